"""Opening what the reader names: a copy's folder, a Markdown or a plain text file.

A new format gets its place in `_TEXT_FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from reader.annotations.attaching import attach, footnote_annotations
from reader.annotations.model import Annotation
from reader.annotations.reading import FILE as ANNOTATIONS_FILE
from reader.annotations.reading import AnnotationFile, read_annotations
from reader.copies import manifest as manifests
from reader.copies.checking import cross_check
from reader.copies.copy import Copy
from reader.copies.inside import file_inside
from reader.copies.manifest import Manifest, read_manifest
from reader.problems import CannotOpen, Problem
from reader.text.decoding import UnreadableText, decode
from reader.text.model import Text

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of one text or annotation file; far above any book, far below any trouble."""

Progress = Callable[[float], None]
"""Called with 0.0 to 1.0 now and then; what it raises (to cancel) passes through."""


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
    ".txt": _plain,
    ".text": _plain,
    "": _plain,
}

_NOT_YET = {".html", ".htm", ".xhtml", ".epub", ".pdf", ".docx", ".odt", ".rtf", ".annotated"}


def open_copy(path: Path, progress: Progress | None = None) -> Copy:
    """Open a folder copy, or a bare Markdown or plain text file.

    Raises CannotOpen, with one clear sentence, when there is nothing to show.
    """
    path = path.expanduser().absolute()
    try:
        if path.name in (manifests.FILE, ANNOTATIONS_FILE) and path.is_file():
            return _open_folder(path.parent, progress)
        if path.is_dir():
            return _open_folder(path, progress)
        return _open_file(path, progress)
    except UnreadableText as error:
        raise CannotOpen(str(error)) from error
    except OSError as error:
        raise CannotOpen(_why_not(path, error)) from error


def _open_file(path: Path, progress: Progress | None) -> Copy:
    suffix = path.suffix.lower()
    if suffix in _NOT_YET and path.exists():
        raise CannotOpen(
            f"“{path.name}” is of a kind that cannot be opened yet; "
            "save it as Markdown (.md) or plain text (.txt) and open that."
        )
    data = _read(path)
    source = decode(data, path.name)
    text = _TEXT_FORMATS.get(suffix, _plain)(source, progress)
    # A bare text is known by its content, so that it is found again wherever it lies.
    content = sha256(data).hexdigest()
    title = text.title or path.stem.replace("_", " ").strip() or path.name
    manifest = Manifest(f"urn:uuid:{uuid5(NAMESPACE_OID, content)}", title, path.name)
    annotations = tuple(footnote_annotations(text))
    attachment = attach(text, annotations)
    return Copy(
        path=path,
        manifest=manifest,
        text=text,
        revision=f"sha256:{content}",
        folder=path.parent,
        annotations=annotations,
        attachment=attachment,
        problems=tuple(cross_check(path.name, source, text, AnnotationFile(), attachment, None)),
    )


def _open_folder(folder: Path, progress: Progress | None) -> Copy:
    document = folder / manifests.FILE
    if not document.is_file():
        raise CannotOpen(
            f"“{folder.name}” is not an annotated copy, for it holds no {manifests.FILE}; "
            "open a Markdown or text file inside it instead."
        )
    problems: list[Problem] = []
    manifest_data = _read(document)
    manifest = read_manifest(decode(manifest_data, manifests.FILE), problems)
    if manifest is None:
        raise CannotOpen(str(problems[0]))
    text_path = file_inside(folder, manifest.text_file)
    if text_path is None:
        raise CannotOpen(
            f"{manifests.FILE} names “{manifest.text_file}” as its text, which does not lie "
            "inside the copy; name a file of this folder."
        )
    try:
        text_data = _read(text_path)
    except OSError as error:
        raise CannotOpen(_why_not(text_path, error)) from error
    source = decode(text_data, manifest.text_file)
    text = _TEXT_FORMATS.get(text_path.suffix.lower(), _plain)(source, progress)
    written, annotations_data = _annotations(folder, problems)
    annotations = tuple(written.annotations) + tuple(_free_footnotes(text, written, problems))
    attachment = attach(text, annotations)
    problems += written.problems
    problems += cross_check(manifest.text_file, source, text, written, attachment, folder)
    return Copy(
        path=folder,
        manifest=manifest,
        text=text,
        revision=_revision(manifest_data, text_data, annotations_data),
        folder=folder,
        annotations=annotations,
        attachment=attachment,
        problems=tuple(sorted(problems)),
    )


def _annotations(folder: Path, problems: list[Problem]) -> tuple[AnnotationFile, bytes]:
    """The authored annotations; a file that cannot be read costs nothing but itself."""
    path = folder / ANNOTATIONS_FILE
    if not path.exists():
        return AnnotationFile(), b""
    try:
        inside = file_inside(folder, ANNOTATIONS_FILE)
        if inside is None:
            raise CannotOpen(f"{ANNOTATIONS_FILE} leads out of the copy; put the file itself here.")
        data = _read(inside)
        return read_annotations(decode(data, ANNOTATIONS_FILE), ANNOTATIONS_FILE), data
    except (UnreadableText, CannotOpen) as error:
        problems.append(Problem(ANNOTATIONS_FILE, 0, "unreadable", str(error)))
    except OSError as error:
        problems.append(Problem(ANNOTATIONS_FILE, 0, "unreadable", _why_not(path, error)))
    return AnnotationFile(), b""


def _free_footnotes(text: Text, written: AnnotationFile, problems: list[Problem]) -> list[Annotation]:
    taken = {annotation.id for annotation in written.annotations}
    free = []
    for note in footnote_annotations(text):
        if note.id in taken:
            problems.append(
                Problem(
                    ANNOTATIONS_FILE,
                    written.lines[note.id, "id"],
                    "duplicate-id",
                    f"The id “{note.id}” belongs to a footnote of the text.",
                    "Choose another.",
                )
            )
        else:
            free.append(note)
    return free


def _read(path: Path) -> bytes:
    """A regular file's bytes; devices and pipes, which may never end, are refused."""
    status = path.stat()
    if not path.is_file():
        raise CannotOpen(f"“{path.name}” is not a file that can be read; choose a text file.")
    if status.st_size > LARGEST_FILE:
        size, most = status.st_size // 2**20, LARGEST_FILE // 2**20
        raise CannotOpen(
            f"“{path.name}” has {size} MB, and {most} MB is the most; divide it into parts."
        )
    return path.read_bytes()


def _revision(*parts: bytes) -> str:
    """The hash of a copy's content; line endings, which tools change, do not count."""
    digest = sha256()
    for part in parts:
        unix = part.replace(b"\r\n", b"\n")
        digest.update(len(unix).to_bytes(8, "big") + unix)
    return f"sha256:{digest.hexdigest()}"


def _why_not(path: Path, error: OSError) -> str:
    name = path.name or str(path)
    if isinstance(error, FileNotFoundError):
        return f"There is no “{name}” in {path.parent}; check the name, or open another file."
    if isinstance(error, PermissionError):
        return f"“{name}” may not be read by you; ask its owner, or copy it to a folder of yours."
    reason = error.strerror or str(error)
    return f"“{name}” could not be read ({reason}); check the disk, or open another file."
