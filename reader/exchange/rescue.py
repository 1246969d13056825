"""What could not be saved, as a file beside the library: the last way out for a reader's notes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from reader.annotations.marks import Mark
from reader.atomic import write_atomically

_NAME = "annotated-reader-not-saved-"


class Unsaved(NamedTuple):
    """A change that is not on the disk: to which text, the mark, and whether it was deleted."""

    text_id: str
    title: str
    mark: Mark
    deleted: bool = False


def rescue_words(unsaved: Iterable[Unsaved]) -> str:
    """Changes that are not saved as Markdown: quotes, notes and tags, below their texts' titles."""
    from reader.exchange.quoting import escaped  # the start looks for such files, and waits

    words, title = ["# Not saved by Annotated Reader"], ""
    for each in unsaved:
        mark = each.mark
        if each.title != title:
            title = each.title
            words.append(f"## {escaped(title)}")
        quote = "\n".join(f"> {escaped(line)}" for line in mark.selector.exact.splitlines())
        tags = " ".join(f"#{tag}" for tag in mark.tags if f"#{tag}" not in mark.note)
        kind = f"({mark.kind}, {mark.color})"
        words += [quote, "(deleted)" if each.deleted else mark.note.strip() or kind, tags]
    return "\n\n".join(filter(None, words)) + "\n"


def rescue_folders(data: Path) -> list[Path]:
    """Where such a file may lie: the user's data folder, the home folder, the temporary one."""
    folders = [data]
    with suppress(RuntimeError):  # nobody knows where it is
        folders.append(Path.home())
    return [*folders, Path(tempfile.gettempdir())]


def write_rescue(words: str, folders: Sequence[Path]) -> Path | None:
    """Write words into the first folder that takes them; None where none does."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    for folder in folders:
        file = folder / f"{_NAME}{stamp}.md"
        with suppress(OSError):
            write_atomically(file, words.encode())
            file.chmod(0o600)
            return file
    return None


def rescued(folders: Sequence[Path]) -> list[Path]:
    """The files that were written, as long as they lie there."""
    found: list[Path] = []
    for folder in folders:
        with suppress(OSError):
            found += sorted(folder.glob(f"{_NAME}*.md"))
    # Others, too, have the folder of temporary files.
    return [file for file in found if os.access(file, os.W_OK)]
