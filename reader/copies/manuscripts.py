"""What a new copy can be made of: a file, words from the clipboard, another copy.

A format gets its place in `_READERS`: a reader makes Markdown of a file and says what was
lost on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.model import Kind
from reader.copies.as_markdown import as_markdown, lost_in_markdown
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.limits import LIMITS, megabytes
from reader.copies.manifest import Manifest
from reader.copies.names import fault_of, plain_name
from reader.copies.parts import is_picture
from reader.copies.passing import PassingFolder
from reader.copies.pictures import PictureCheck
from reader.copies.reading import open_copy
from reader.copies.sources import words_of
from reader.problems import CannotOpen, quoted
from reader.text.decoding import decode
from reader.text.markdown import parse_markdown
from reader.text.model import Text
from reader.text.plain import parse_plain

_MARKDOWN = (".md", ".markdown", ".mdown")
_NOTHING: tuple[str, ...] = ()
_ELSEWHERE = "put it into the folder figures of the copy and name it from there"


@dataclass(frozen=True)
class Manuscript:
    """A text about to become a copy.

    `markdown` is the text as it will be written, `text` what that says. `manifest` is what is
    known of it, its title at least; its id is that of the copy that it was taken from, empty
    for a bare text. `annotations` is the source of an annotations.yaml, `pictures` the files
    by their paths in the copy, `notices` sentences on what could not be taken over.
    """

    markdown: str
    text: Text
    manifest: Manifest
    annotations: str = ""
    pictures: Mapping[str, Path] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    passing: PassingFolder | None = field(default=None, repr=False, compare=False)


def manuscript(path: Path, annotations: bool = True) -> Manuscript:
    """What a copy can be made of, out of a file or the folder of a copy. Raises CannotOpen.

    See `from_copy` for the annotations.
    """
    reader = _READERS.get(path.suffix.lower()) if path.is_file() else None
    return reader(path) if reader else from_copy(open_copy(path), annotations)


def from_copy(copy: Copy, annotations: bool = True) -> Manuscript:
    """What another copy can be made of, out of one that is open. Raises CannotOpen.

    Without its annotations the links that lead to them from the text go too.
    """
    words = words_of(copy, frozenset(Kind) if annotations else frozenset())
    files = {name: decode(data, name) for name, data in words.files.items()}
    name = next(name for name in files if not name.endswith(".yaml"))
    markdown, text, lost = files[name], copy.text, _NOTHING
    if Path(name).suffix.lower() not in _MARKDOWN:
        markdown, text, lost = _converted(text)
    elif not annotations:
        text = parse_markdown(markdown)
    bare = copy.path.is_file() and not copy.passing
    pictures, missing = _pictures(copy, words.pictures)
    return Manuscript(
        markdown=markdown,
        text=text,
        manifest=replace(copy.manifest, id="") if bare else copy.manifest,
        annotations=files.get(ANNOTATIONS_FILE, ""),
        pictures=pictures,
        notices=(*lost, *words.notices, *missing),
        passing=copy.passing,
    )


def from_words(words: str, markdown: bool = False) -> Manuscript:
    """What a copy can be made of, out of words as they come from a clipboard.

    Raises CannotOpen when there are none, or too many.
    """
    if not words.strip():
        raise CannotOpen("The clipboard holds no words; copy a text first.")
    text = parse_markdown(words) if markdown else parse_plain(words)
    lost = _NOTHING
    if not markdown:
        words, text, lost = _converted(text)
    first = text.string[text.blocks[0].start : text.blocks[0].end] if text.blocks else ""
    title = " ".join((text.title or first).split())
    title = title if len(title) <= 80 else title[:79].rpartition(" ")[0] + "…"
    return Manuscript(
        words, text, Manifest(id="", title=title or "Untitled", text_file=""), notices=lost
    )


_READERS: dict[str, Callable[[Path], Manuscript]] = {}
"""How a file becomes a manuscript, by its suffix: HTML and EPUB will have their readers here.
What is not named is opened as the window opens it, which says what it cannot open."""


def _converted(text: Text) -> tuple[str, Text, tuple[str, ...]]:
    """A plain text as Markdown, what that says, and what it does not say."""
    markdown = as_markdown(text)
    read = parse_markdown(markdown)
    lost = [*lost_in_markdown(text)]
    if read.string != text.string:
        changed = next(
            (
                line
                for line, now in zip(text.string.split("\n"), read.string.split("\n"), strict=False)
                if line != now
            ),
            "",
        )
        lost.append(f"The text reads differently as Markdown, first at {quoted(changed)}.")
    return markdown, read, tuple(lost)


def _pictures(copy: Copy, names: tuple[str, ...]) -> tuple[dict[str, Path], list[str]]:
    """The pictures that can go along, and a sentence on each that cannot."""
    found: dict[str, Path] = {}
    missing: list[str] = []
    check = PictureCheck()
    size = 0
    for name in names:
        path = file_inside(copy.folder, name) if copy.folder else None
        plain = plain_name(name)
        what = f"The picture {quoted(name)}"
        if path is None:
            missing.append(f"{what} lies elsewhere and was not taken along; {_ELSEWHERE}.")
        elif not is_file(path):
            missing.append(f"{what} is not there; {_ELSEWHERE}.")
        elif fault := _fault(plain, path, check):
            missing.append(f"{what} {fault}, and was not taken along.")
        elif (size := size + path.stat().st_size) > LIMITS.total:
            missing.append(f"{what} is one too many: all have more than {megabytes(LIMITS.total)}.")
        else:
            found[plain] = path
    return found, missing


def _fault(name: str, path: Path, check: PictureCheck) -> str:
    """Why a picture is not one for a copy, as “is …”; else empty."""
    if not is_picture(name):
        return "is of a kind that is not shown"
    if fault := fault_of(name):
        return fault
    found = check.fault_of(path)
    return found[0] if found else ""
