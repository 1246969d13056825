"""What an author wrote in the form."""

from __future__ import annotations

from dataclasses import dataclass

from reader.annotations.model import Annotation
from reader.ui.author.picture_field import NewPicture


@dataclass(frozen=True, slots=True)
class Written:
    """The annotation, and a picture that is not in the copy yet.

    `seen` is the annotation as it was when the author began; None for a new one, which has
    no id yet.
    """

    annotation: Annotation
    picture: NewPicture | None = None
    seen: Annotation | None = None
