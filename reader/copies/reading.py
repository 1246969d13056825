"""Opening what the reader names: a copy as a folder or a file, a Markdown or a plain text file.

A new format gets its place in `_TEXT_FORMATS`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import NAMESPACE_OID, uuid5

from reader.annotations.attaching import attach, footnote_annotations
from reader.annotations.model import Annotation
from reader.annotations.reading import FILE as ANNOTATIONS_FILE
from reader.annotations.reading import AnnotationFile, read_annotations
from reader.copies import manifest as manifests
from reader.copies.checking import cross_check
from reader.copies.container import SUFFIX, is_container
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.limits import LIMITS, MEGABYTE, Limits, pieces_in
from reader.copies.manifest import Manifest, read_manifest
from reader.copies.parts import LAYERS
from reader.copies.passing import PassingFolder
from reader.copies.sentences import named, why_not
from reader.problems import CannotOpen, Problem, quoted
from reader.text.decoding import UnreadableText, decode
from reader.text.model import Text
from reader.text.progress import Progress, share_of

if TYPE_CHECKING:
    from reader.copies.layers import Layer


LARGEST_TEXT = 64 * MEGABYTE
"""Bytes of a bare text file, which is the reader's own; `LIMITS` are those of a copy."""

_WORTH_KEEPING = 100_000
"""Code points from which parsing a text takes longer than fetching it parsed."""

_UNPACKING = 0.2  # the share of opening a copy that is a file


def text_suffix(path: Path) -> str:
    """The suffix of a file that is read as this one is."""
    suffix = path.suffix.lower()
    return suffix if suffix in _TEXT_FORMATS else ".txt"


class TextCache(Protocol):
    """Keeps parsed texts; the library is one. What it cannot keep or find, it leaves out."""

    def text_of(self, content_hash: str) -> Text | None:
        """The text that was parsed from some content before."""

    def keep_text(self, content_hash: str, text: Text) -> None:
        """Keep a text."""


def _markdown(source: str, progress: Progress | None) -> Text:
    from reader.text.markdown import parse_markdown

    return parse_markdown(source, progress)


def _plain(source: str, progress: Progress | None) -> Text:
    from reader.text.plain import parse_plain

    return parse_plain(source, progress)


_TEXT_FORMATS: dict[str, Callable[[str, Progress | None], Text]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".mdown": _markdown,
}
"""How a file is read, by its suffix; whatever is not named is read as plain text."""

_NOT_YET = {".html", ".htm", ".xhtml", ".epub", ".pdf", ".docx", ".odt", ".rtf", SUFFIX}


def open_copy(path: Path, progress: Progress | None = None, cache: TextCache | None = None) -> Copy:
    """Open a copy, as a folder or a file, or a bare Markdown or plain text file.

    A copy as a file is unpacked into a folder that lasts as long as the answer; to have it
    last longer, open what `keeping.keep` answers. A long text is parsed once and then comes
    from `cache`. `progress` is called now and then with 0.0 to 1.0; what it raises (to
    cancel) passes through. Raises CannotOpen, with one clear sentence, when there is
    nothing to show.
    """
    with suppress(RuntimeError):  # there is no such user: the file is called so
        path = path.expanduser()
    try:
        path = path.absolute()
        if path.name in (manifests.FILE, ANNOTATIONS_FILE) and path.is_file():
            path = path.parent
        if path.is_dir():
            return _open_folder(path, progress, cache)
        opening = _open_container if is_container(path) else _open_file
        return opening(path, progress, cache)
    except UnreadableText as error:
        raise CannotOpen(str(error)) from error
    except OSError as error:
        raise CannotOpen(why_not(path, error)) from error


def _open_container(path: Path, progress: Progress | None, cache: TextCache | None) -> Copy:
    from reader.copies.unpacking import unpack

    passing = PassingFolder()
    folder = unpack(path, passing.path / "copy", LIMITS, share_of(progress, 0, _UNPACKING)).folder
    copy = _open_folder(folder, share_of(progress, _UNPACKING, 1), cache, path.stem)
    return replace(copy, path=path, passing=passing)


def _open_file(path: Path, progress: Progress | None, cache: TextCache | None) -> Copy:
    source, text = _text(path, path.name, None, progress, cache)
    # A bare text is known by its content, so that it is found again wherever it lies.
    revision = _revision(source)
    manifest = Manifest(
        id=f"urn:uuid:{uuid5(NAMESPACE_OID, revision)}",
        title=text.title or _title_from(path.stem),
        text_file=path.name,
    )
    annotations = tuple(footnote_annotations(text))
    attachment = attach(text, annotations)
    problems = cross_check(path.name, source, text, AnnotationFile(), attachment, None)
    return Copy(
        path=path,
        manifest=manifest,
        text=text,
        revision=revision,
        folder=path.parent,
        annotations=annotations,
        attachment=attachment,
        problems=tuple(sorted(problems)),
    )


def _open_folder(
    folder: Path, progress: Progress | None, cache: TextCache | None, name: str = ""
) -> Copy:
    """Open a folder; a copy that has no title is called `name`, or as the folder is."""
    try:
        (folder / manifests.FILE).lstat()
    except FileNotFoundError as error:
        raise CannotOpen(
            f"{named(folder)} is not an annotated copy, for it holds no {manifests.FILE}; "
            "open a Markdown or text file inside it instead."
        ) from error
    problems: list[Problem] = []
    declared = _yaml(folder, manifests.FILE)
    manifest = read_manifest(declared, problems)
    text_path = file_inside(folder, manifest.text_file)
    if text_path is None:
        raise CannotOpen(
            f"{manifests.FILE} names {quoted(manifest.text_file)} as the text, which does not "
            "lie inside the copy; name a file of this folder."
        )
    try:
        source, text = _text(text_path, manifest.text_file, LIMITS, progress, cache)
    except OSError as error:
        raise CannotOpen(why_not(folder / manifest.text_file, error)) from error
    written, annotated = _annotations(folder)
    annotations = (*written.annotations, *_free_footnotes(text, written))
    attachment = attach(text, annotations)
    problems += written.problems
    problems += cross_check(manifest.text_file, source, text, written, attachment, folder)
    layers, amiss = _layers(folder, manifest.id)
    problems += amiss
    return Copy(
        path=folder,
        manifest=replace(
            manifest, title=manifest.title or text.title or _title_from(name or folder.name)
        ),
        text=text,
        revision=_revision(declared, source, annotated),
        folder=folder,
        annotations=annotations,
        attachment=attachment,
        problems=tuple(sorted(problems)),
        layers=layers,
    )


def _text(
    path: Path, name: str, limits: Limits | None, progress: Progress | None, cache: TextCache | None
) -> tuple[str, Text]:
    """A text file as written, and what it says; messages call it `name`. None: a bare text."""
    suffix = path.suffix.lower()
    if suffix in _NOT_YET and is_file(path):
        raise CannotOpen(
            f"{named(path)} is of a kind that cannot be opened yet; "
            "save it as Markdown (.md) or plain text (.txt) and open that."
        )
    source = decode(_read(path, limits.text if limits else LARGEST_TEXT), name)
    if limits:
        _refuse_endless(source, name)
    parse = _TEXT_FORMATS.get(suffix, _plain)
    if cache is None or len(source) < _WORTH_KEEPING:
        return source, parse(source, progress)
    content = f"{parse.__name__} {source}".encode("utf-8", "surrogatepass")
    key = sha256(content).hexdigest()
    text = cache.text_of(key)
    if text is None:
        text = parse(source, progress)
        cache.keep_text(key, text)
    return source, text


def _annotations(folder: Path) -> tuple[AnnotationFile, str]:
    """The authored annotations; a file that cannot be read costs nothing but itself."""
    if not os.path.lexists(folder / ANNOTATIONS_FILE):
        return AnnotationFile(), ""
    try:
        source = _yaml(folder, ANNOTATIONS_FILE)
    except (UnreadableText, CannotOpen) as error:
        problem = Problem(ANNOTATIONS_FILE, 0, "unreadable", str(error))
        return AnnotationFile(problems=[problem], readable=False), ""
    return read_annotations(source, ANNOTATIONS_FILE), source


def _layers(folder: Path, document: str) -> tuple[tuple[Layer, ...], list[Problem]]:
    """The layers of a copy; most copies have none."""
    if not os.path.lexists(folder / LAYERS):
        return (), []
    from reader.copies.layer_reading import read_layers

    return read_layers(folder, document)


def _free_footnotes(text: Text, written: AnnotationFile) -> list[Annotation]:
    """The text's footnotes, but for those whose id an authored annotation has taken."""
    free = []
    for note in footnote_annotations(text):
        if note.id in written.ids:
            written.problems.append(
                Problem(
                    ANNOTATIONS_FILE,
                    written.lines[note.id, "id"],
                    "duplicate-id",
                    f"The id {quoted(note.id)} belongs to a footnote of the text.",
                    "Choose another.",
                )
            )
        else:
            free.append(note)
    return free


def _yaml(folder: Path, name: str) -> str:
    """The words of a copy's YAML file; that there are none is for whoever reads them to say."""
    path = file_inside(folder, name)
    if path is None:
        raise CannotOpen(
            f"{quoted(name)} is a link that leads out of the copy; put the file itself there."
        )
    try:
        data = _read(path, LIMITS.yaml)
    except OSError as error:
        raise CannotOpen(why_not(folder / name, error)) from error
    source = decode(data, name) if data.strip() else ""
    _refuse_endless(source, name)
    return source


def _refuse_endless(source: str, name: str) -> None:
    """Refuse what is of a size to be read, but of a form that would take minutes."""
    if (pieces := pieces_in(source)) > LIMITS.pieces:
        raise CannotOpen(
            f"{quoted(name)} falls into some {pieces:,} paragraphs, items, cells and links, and "
            f"{LIMITS.pieces:,} is the most that can be opened; divide it into parts."
        )


def _read(path: Path, most: int) -> bytes:
    """A regular file's bytes; devices and pipes, which may never end, are refused."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise CannotOpen(
            f"{named(path)} is not a file but a folder, a device or a pipe; choose a text file."
        )
    if status.st_size > most:
        raise CannotOpen(
            f"{named(path)} has {status.st_size / MEGABYTE:.1f} MB, and {most // MEGABYTE} MB "
            "is the most that can be opened; divide it into parts."
        )
    return path.read_bytes()


def _revision(*parts: str) -> str:
    """The hash of a copy's content; line endings, which tools change, do not count."""
    digest = sha256()
    for part in parts:
        data = part.replace("\r\n", "\n").encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"sha256:{digest.hexdigest()}"


def _title_from(name: str) -> str:
    """A file's or folder's name as a title."""
    title = name.replace("_", " ").strip() or "Untitled"
    return title.encode("utf-8", "replace").decode()
