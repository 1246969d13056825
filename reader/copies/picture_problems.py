"""What is wrong with the pictures that a copy names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.copies.inside import file_inside, is_file
from reader.copies.parsed import NamedPicture
from reader.copies.parts import IMAGE_SUFFIXES
from reader.problems import Problem, quoted

if TYPE_CHECKING:
    from reader.copies.pictures import PictureCheck


def picture_problems(folder: Path, pictures: Iterable[NamedPicture]) -> Iterator[Problem]:
    """Everything amiss with the pictures, which lie in `folder`, or should."""
    if not (pictures := list(pictures)):
        return
    # Most copies have none, and are opened without this.
    from reader.copies.pictures import PictureCheck

    looked = PictureCheck()
    for picture in pictures:
        if fault := _fault(folder, picture.name, looked):
            code, message, advice = fault
            yield Problem(picture.file, picture.line, code, message, advice)


def _fault(folder: Path, name: str, looked: PictureCheck) -> tuple[str, str, str] | None:
    """The code, the message and the advice; None for a picture that can be shown."""
    path = file_inside(folder, name)
    if path is None:
        return (
            "picture-outside",
            f"The picture {quoted(name)} does not lie inside the copy.",
            "Put it into the folder figures and name it from there.",
        )
    if path.suffix.lower() not in IMAGE_SUFFIXES:
        return (
            "picture-kind",
            f"{quoted(name)} is not a picture that can be shown.",
            f"Use one of {', '.join(IMAGE_SUFFIXES)}.",
        )
    if not is_file(path):
        return (
            "no-picture",
            f"There is no picture {quoted(name)}.",
            "Put the file there, or mend its name.",
        )
    if fault := looked.fault_of(path):
        return "picture-refused", f"The picture {quoted(name)} {fault[0]}.", fault[1]
    return None
