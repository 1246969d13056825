"""What can be chosen about a print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Paper(StrEnum):
    """The papers that a PDF is made for; a printer knows its own."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a text is printed.

    `text_size` is a share of the usual size (1.0 is 10.5 points). `cards` prints the
    author's annotations too. Without `every_mark` only marks with a note or tags are shown.
    """

    paper: Paper = Paper.A4
    text_size: float = 1.0
    cards: bool = False
    every_mark: bool = True
