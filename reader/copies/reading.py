"""Opening what the reader names: a copy as a folder or a file, a Markdown or a plain text file.

What was parsed before comes from a cache, so that a text that is opened again needs little
of what is imported here when it is needed. A new format gets its place in `_TEXT_FORMATS`.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.copies import manifest as manifests
from reader.copies.container import SUFFIX, is_container
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.limits import LIMITS, MEGABYTE
from reader.copies.manifest import Manifest
from reader.copies.parsed import Attached, Declared, ParsedCache
from reader.copies.parts import LAYERS
from reader.copies.passing import PassingFolder
from reader.copies.picture_problems import picture_problems
from reader.copies.sentences import named, why_not
from reader.problems import CannotOpen, Problem, quoted
from reader.text.decoding import UnreadableText, decode
from reader.text.model import Text
from reader.text.progress import Progress, share_of

if TYPE_CHECKING:
    from reader.copies.layers import Layer


LARGEST_TEXT = 64 * MEGABYTE
"""Bytes of a bare text file, which is the reader's own; `LIMITS` are those of a copy."""

_UNPACKING = 0.2  # the share of opening a copy that is a file


def text_suffix(path: Path) -> str:
    """The suffix of a file that is read as this one is."""
    suffix = path.suffix.lower()
    return suffix if suffix in _TEXT_FORMATS else ".txt"


_TEXT_FORMATS = {".md": "markdown", ".markdown": "markdown", ".mdown": "markdown"}
"""How a file is read, by its suffix; whatever is not named is read as plain text."""

_NOT_YET = {".html", ".htm", ".xhtml", ".epub", ".pdf", ".docx", ".odt", ".rtf", SUFFIX}


def open_copy(
    path: Path, progress: Progress | None = None, cache: ParsedCache | None = None
) -> Copy:
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


def _open_container(path: Path, progress: Progress | None, cache: ParsedCache | None) -> Copy:
    from reader.copies.unpacking import unpack

    passing = PassingFolder()
    folder = unpack(path, passing.path / "copy", LIMITS, share_of(progress, 0, _UNPACKING)).folder
    copy = _open_folder(folder, share_of(progress, _UNPACKING, 1), cache, path.stem)
    return replace(copy, path=path, passing=passing)


def _open_file(path: Path, progress: Progress | None, cache: ParsedCache | None) -> Copy:
    from uuid import NAMESPACE_OID, uuid5

    source = _source(path, path.name, LARGEST_TEXT)
    text = _text(path, source, progress, cache)
    # A bare text is known by its content, so that it is found again wherever it lies.
    revision = _revision(source)
    manifest = Manifest(
        id=f"urn:uuid:{uuid5(NAMESPACE_OID, revision)}",
        title=text.title or _title_from(path.stem),
        text_file=path.name,
    )
    attached = _attached((path.name, revision), source, text, None, "", cache)
    return Copy(
        path=path,
        manifest=manifest,
        text=text,
        revision=revision,
        folder=path.parent,
        annotations=attached.annotations,
        attachment=attached.attachment,
        problems=tuple(sorted(attached.problems)),
    )


def _open_folder(
    folder: Path, progress: Progress | None, cache: ParsedCache | None, name: str = ""
) -> Copy:
    """Open a folder; a copy that has no title is called `name`, or as the folder is."""
    try:
        (folder / manifests.FILE).lstat()
    except FileNotFoundError as error:
        raise CannotOpen(
            f"{named(folder)} is not an annotated copy, for it holds no {manifests.FILE}; "
            "open a Markdown or text file inside it instead."
        ) from error
    declaration = _yaml(folder, manifests.FILE)
    declared = _declared(declaration, cache)
    manifest = declared.manifest
    text_path = file_inside(folder, manifest.text_file)
    if text_path is None:
        raise CannotOpen(
            f"{manifests.FILE} names {quoted(manifest.text_file)} as the text, which does not "
            "lie inside the copy; name a file of this folder."
        )
    try:
        source = _source(text_path, manifest.text_file, LIMITS.text)
        text = _text(text_path, source, progress, cache, manifest.text_file)
    except OSError as error:
        raise CannotOpen(why_not(folder / manifest.text_file, error)) from error
    written, why = _annotations(folder)
    revision = _revision(declaration, source, written or "")
    attached = _attached((manifest.text_file, revision), source, text, written, why, cache)
    layers, amiss = _layers(folder, manifest.id)
    problems = [*declared.problems, *attached.problems, *amiss]
    problems += picture_problems(folder, attached.pictures)
    return Copy(
        path=folder,
        manifest=replace(
            manifest, title=manifest.title or text.title or _title_from(name or folder.name)
        ),
        text=text,
        revision=revision,
        folder=folder,
        annotations=attached.annotations,
        attachment=attached.attachment,
        problems=tuple(sorted(problems)),
        layers=layers,
    )


def _source(path: Path, name: str, most: int) -> str:
    """A text file of `most` bytes at most, as written; messages call it `name`."""
    if path.suffix.lower() in _NOT_YET and is_file(path):
        raise CannotOpen(
            f"{named(path)} is of a kind that cannot be opened yet; "
            "save it as Markdown (.md) or plain text (.txt) and open that."
        )
    return decode(_read(path, most), name)


def _text(
    path: Path,
    source: str,
    progress: Progress | None,
    cache: ParsedCache | None,
    limited: str = "",
) -> Text:
    """What the text file at `path` says; one that is `limited`, as a name, by what it may hold."""
    form = _TEXT_FORMATS.get(path.suffix.lower(), "plain")
    key = _key(form, source) if cache else ""
    text = cache.text_of(key) if cache else None
    if text is None:
        if limited:
            from reader.copies.parsing import refuse_endless

            refuse_endless(source, limited)
        if form == "markdown":
            from reader.text.markdown import parse_markdown as parse
        else:
            from reader.text.plain import parse_plain as parse
        text = parse(source, progress)
        if cache:
            cache.keep_text(key, text)
    return text


def _declared(source: str, cache: ParsedCache | None) -> Declared:
    key = _key("declared", source)
    declared = cache.declared_of(key) if cache else None
    if declared is None:
        from reader.copies.parsing import parse_declared

        declared = parse_declared(source)
        if cache:
            cache.keep_declared(key, declared)
    return declared


def _attached(
    file: tuple[str, str],
    source: str,
    text: Text,
    written: str | None,
    why: str,
    cache: ParsedCache | None,
) -> Attached:
    """The annotations in their places; `file` are the text file's name and the revision.

    `written` is the annotations.yaml, None where there is none; `why` says why it cannot be read.
    """
    key = _key("attached", *file, "none" if written is None else "some", why)
    attached = cache.attached_of(key) if cache else None
    if attached is None:
        from reader.copies.parsing import attach_written, no_annotations, parse_annotations

        entries = no_annotations(why) if written is None else parse_annotations(written)
        attached = attach_written(file[0], source, text, entries)
        if cache:
            cache.keep_attached(key, attached)
    return attached


def _annotations(folder: Path) -> tuple[str | None, str]:
    """The annotations.yaml as written, None without one; and why it cannot be read, else empty."""
    if not os.path.lexists(folder / ANNOTATIONS_FILE):
        return None, ""
    try:
        return _yaml(folder, ANNOTATIONS_FILE), ""
    except (UnreadableText, CannotOpen) as error:
        return None, str(error)


def _layers(folder: Path, document: str) -> tuple[tuple[Layer, ...], list[Problem]]:
    """The layers of a copy; most copies have none."""
    if not os.path.lexists(folder / LAYERS):
        return (), []
    from reader.copies.layer_reading import read_layers

    return read_layers(folder, document)


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
    return decode(data, name) if data.strip() else ""


def _key(*parts: str) -> str:
    """By what something is kept that was parsed from these parts."""
    return _hash(*(part.encode("utf-8", "surrogatepass") for part in parts))


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
    return "sha256:" + _hash(*(part.replace("\r\n", "\n").encode() for part in parts))


def _hash(*parts: bytes) -> str:
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _title_from(name: str) -> str:
    """A file's or folder's name as a title."""
    title = name.replace("_", " ").strip() or "Untitled"
    return title.encode("utf-8", "replace").decode()
