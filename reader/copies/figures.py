"""Taking a picture into a copy: of a kind that is shown, harmless, under a name of its own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reader.annotations.model import Image
from reader.annotations.naming import numbered, slug
from reader.annotations.writing.errors import CannotEdit
from reader.atomic import write_atomically
from reader.copies.limits import LIMITS, MOST_PIXELS, megabytes
from reader.copies.parts import FIGURES
from reader.copies.pictures import pixels
from reader.copies.sentences import named
from reader.copies.svg import UnsafeSvg, checked_svg
from reader.problems import quoted

_KNOWN = "Use an SVG, PNG, JPEG or WebP file."


def kind_of(data: bytes) -> str:
    """The suffix of the kind of picture that the bytes are, whatever the file is called."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if b"<svg" in data[:4096].lower():
        return ".svg"
    return ""


def take_picture(folder: Path, data: bytes, name: str, alt: str, caption: str = "") -> Image:
    """Put a picture into the figures of the copy at `folder`; how an annotation names it.

    `name` is what its file was called. The same picture is not put there twice. Raises
    CannotEdit if it cannot be shown, if it would do harm, or if `alt` does not say what it
    shows.
    """
    if not alt.strip():
        raise CannotEdit(
            f"Say in a few words what the picture {quoted(name)} shows, for those who cannot "
            "see it."
        )
    suffix = kind_of(data)
    _refuse_unfit(data, suffix, name)
    figures = folder / FIGURES
    if figures.is_symlink():
        raise CannotEdit(f"{named(figures)} is a link; put a folder there.")
    stem = slug(Path(name).stem) or "figure"
    try:
        figures.mkdir(exist_ok=True)
        there = {each.name.lower(): each for each in figures.iterdir()}
        same = next((each for each in there.values() if _is_same(each, data, suffix)), None)
        if same is not None:
            return Image(f"{FIGURES}/{same.name}", alt.strip(), caption.strip())
        stems = {Path(each).stem for each in there}
        path = figures / (numbered(stem, stems) + suffix)
        write_atomically(path, data)
    except OSError as error:
        raise CannotEdit(
            f"The picture {quoted(name)} could not be put into {named(figures)} "
            f"({error.strerror or error}); check the disk's space and your rights."
        ) from error
    return Image(f"{FIGURES}/{path.name}", alt.strip(), caption.strip())


def _refuse_unfit(data: bytes, suffix: str, name: str) -> None:
    if not suffix:
        raise CannotEdit(f"{quoted(name)} is not a picture that can be shown. {_KNOWN}")
    if len(data) > LIMITS.file:
        raise CannotEdit(
            f"{quoted(name)} has {megabytes(len(data))}, and {megabytes(LIMITS.file)} is the "
            "most; save it smaller."
        )
    if suffix == ".svg":
        try:
            checked_svg(data)
        except UnsafeSvg as error:
            raise CannotEdit(
                f"{quoted(name)} {error}, so it would not be drawn; save it as a plain SVG or "
                "as PNG."
            ) from error
        return
    width, height = pixels(BytesIO(data))
    if width * height > MOST_PIXELS:
        raise CannotEdit(
            f"{quoted(name)} has {width:,} × {height:,} pixels, more than can be drawn; save it "
            "smaller."
        )


def _is_same(path: Path, data: bytes, suffix: str) -> bool:
    return (
        path.suffix.lower() == suffix
        and path.is_file()
        and path.stat().st_size == len(data)
        and path.read_bytes() == data
    )
