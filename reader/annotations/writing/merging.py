"""Bringing together what two have changed in one annotations.yaml, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reader.annotations.model import Annotation
from reader.annotations.reading import read_annotations
from reader.annotations.writing.entries import Entries
from reader.annotations.writing.errors import CannotEdit


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry as it was, and as each side has it now; None where it is not there."""

    id: str
    base: Annotation | None
    ours: Annotation | None
    theirs: Annotation | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The source with both sides' changes, or what both have changed, each otherwise."""

    source: str = ""
    conflicts: tuple[Difference, ...] = ()


def merged(base: str, ours: str, theirs: str, file: str, ours_wins: bool = False) -> Merged:
    """`theirs` with what `ours` changed in `base`; comments outside of entries are theirs.

    With `ours_wins` an entry that both have changed becomes ours. Raises CannotEdit, naming
    the line, if one of the three cannot be read.
    """
    if theirs == base:
        return Merged(ours)
    if theirs == ours:
        return Merged(theirs)
    before, mine, now = (_raw(source, file) for source in (base, ours, theirs))
    touched = [name for name in (*mine, *before) if before.get(name) != mine.get(name)]
    touched = [name for name in dict.fromkeys(touched) if now.get(name) != mine.get(name)]
    conflicts = [name for name in touched if now.get(name) != before.get(name)]
    if conflicts and not ours_wins:
        read = [
            {a.id: a for a in read_annotations(s, file).annotations} for s in (base, ours, theirs)
        ]
        return Merged(
            conflicts=tuple(
                Difference(name, *(annotations.get(name) for annotations in read))
                for name in conflicts
            )
        )
    source = theirs
    for name in touched:
        source = _patched(source, name, mine, file)
    _prove(source, ours, touched, file)
    return Merged(source)


def _raw(source: str, file: str) -> dict[str, str]:
    """The entries as written; line ends do not count."""
    if not source.strip():
        return {}
    return {
        name: words.replace("\r\n", "\n") for name, words in Entries(source, file).raw().items()
    }


def _patched(source: str, name: str, mine: Mapping[str, str], file: str) -> str:
    if not source.strip():
        source = "annotations: []\n"
    entries = Entries(source, file)
    there = name in entries.raw()
    if name not in mine:
        return entries.without(name) if there else source
    words = mine[name].replace("\n", entries.style.newline)
    if there:
        return entries.with_raw(name, words)
    names = list(mine)
    before = [each for each in names[: names.index(name)] if each in entries.raw()]
    return entries.with_new_raw(words, before[-1] if before else "")


def _prove(source: str, ours: str, touched: list[str], file: str) -> None:
    read = [{a.id: a for a in read_annotations(s, file).annotations} for s in (source, ours)]
    if any(read[0].get(name) != read[1].get(name) for name in touched):
        raise CannotEdit(
            f"{file} was changed by another program in a way that cannot be joined with your "
            "change; open the text again and make it once more."
        )
