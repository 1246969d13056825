"""Sharing a copy: what of it leaves this machine is chosen, told beforehand, and nothing else.

A plan holds the very bytes that will be written, the pictures apart, which are read at the
end; so what a preview says of it is what happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.model import Kind
from reader.annotations.note_links import first_words
from reader.atomic import write_atomically
from reader.copies.container import SUFFIX, container_bytes, is_container
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.layer_writing import layer_bytes
from reader.copies.layers import Layer, layer_of
from reader.copies.limits import LIMITS, megabytes
from reader.copies.names import collision, fault_of, plain_name
from reader.copies.parts import is_picture
from reader.copies.sentences import named, why_not
from reader.copies.sources import words_of
from reader.problems import CannotOpen, quoted

_LONGEST_NAME = 200


class CannotShare(CannotOpen):
    """What cannot be handed on; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes along, besides the text itself.

    `kinds` are those of the author's annotations, `layers` the ids of other people's. Of my
    own marks go, under `name`: with "highlights" the marked passages with their colours
    alone, with "all" also notes, tags, answers and bookmarks; with `tags` only those that
    have one of them.
    """

    kinds: frozenset[Kind] = frozenset(Kind)
    figures: bool = True
    layers: frozenset[str] = frozenset()
    mine: Literal["none", "highlights", "all"] = "none"
    tags: frozenset[str] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that goes along: its path inside the copy, and its size in bytes."""

    name: str
    size: int
    path: Path = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SharePlan:
    """Exactly what will leave this machine.

    `annotations` counts the author's that go, `left_out` those that stay. `layers` are other
    people's, `mine` is my own. `notices` are sentences on what the reader may not expect.
    `parts` are the files but for the pictures, by their paths in the copy. The plan holds
    `copy`, so that pictures which were unpacked for it stay on the disk.
    """

    title: str
    document: str
    annotations: dict[Kind, int]
    left_out: int
    figures: tuple[Figure, ...]
    layers: tuple[Layer, ...]
    mine: Layer | None
    notices: tuple[str, ...]
    parts: dict[str, bytes] = field(repr=False)
    copy: Copy = field(repr=False, compare=False)

    @property
    def files(self) -> tuple[tuple[str, int], ...]:
        """Every file with its bytes, in order."""
        sizes = {name: len(data) for name, data in self.parts.items()}
        return tuple(sorted((sizes | {each.name: each.size for each in self.figures}).items()))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size in self.files)

    @property
    def marks(self) -> dict[MarkKind, int]:
        """How many marks of my own go, by kind."""
        counted = Counter(mark.kind for mark in self.mine.marks) if self.mine else Counter()
        return {kind: counted[kind] for kind in MarkKind if counted[kind]}

    @property
    def notes(self) -> tuple[str, ...]:
        """The first words of each of my notes that goes."""
        marks = self.mine.marks if self.mine else ()
        return tuple(first_words(mark.note) for mark in marks if mark.note)


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written: the file, its bytes, and what lies in it."""

    file: Path
    size: int
    files: tuple[str, ...]


def plan_share(copy: Copy, my_marks: Iterable[Mark], choice: Choice | None = None) -> SharePlan:
    """What sharing a copy with `choice` will write, which is without marks where none is given.

    `my_marks` are the library's of this text; those of other creators, which were imported,
    are none of mine and stay. Raises CannotShare, or CannotOpen when the files of the copy
    cannot be read.
    """
    choice = choice or Choice()
    words = words_of(copy, choice.kinds)
    gone, notices = words.gone, [*words.notices]
    own = [mark for mark in my_marks if not mark.creator]
    mine = _mine(own, choice, gone, copy.layers)
    layers = _chosen(copy, choice.layers, gone)
    if mine:
        # What I handed on before comes again as it is now, not twice.
        ids = {mark.id for mark in own}
        again = [layer for layer in layers if any(mark.id in ids for mark in layer.marks)]
        notices += [f"Your layer {quoted(each.name)} is replaced by the new one." for each in again]
        layers = [layer for layer in layers if layer not in again]
    figures: list[Figure] = []
    if choice.figures:
        for name in words.pictures:
            _take_figure(copy, name, figures, notices)
    every = [*layers, mine] if mine else layers
    parts = words.files | {each.file: layer_bytes(each, copy.manifest.id) for each in every}
    notices += [
        f"{quoted(name)} holds the path of your own folder." for name in _telltale(parts, figures)
    ]
    plan = SharePlan(
        title=copy.manifest.title,
        document=copy.manifest.id,
        annotations=words.counted,
        left_out=len(gone),
        figures=tuple(figures),
        layers=tuple(layers),
        mine=mine,
        notices=tuple(notices),
        parts=parts,
        copy=copy,
    )
    _refuse(plan)
    return plan


def share(plan: SharePlan, file: Path) -> Shared:
    """Write what a plan tells into `file`, which is replaced only by a whole one.

    The same plan gives the same bytes. Raises CannotShare.
    """
    if not is_container(file):
        raise CannotShare(f"{named(file)} has to end in {SUFFIX}; give it another name.")
    source = plan.copy.path
    if file.exists() and source.exists() and file.samefile(source):
        raise CannotShare(f"{named(file)} is the copy that is shared; choose another name.")
    contents = dict(plan.parts)
    for figure in plan.figures:
        try:
            data = figure.path.read_bytes()
        except OSError as error:
            raise CannotShare(why_not(figure.path, error)) from error
        if len(data) != figure.size:
            raise CannotShare(f"{quoted(figure.name)} has changed just now; look at it all again.")
        contents[figure.name] = data
    data = container_bytes(sorted(contents.items()))
    try:
        write_atomically(file, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotShare(
            f"{named(file)} could not be written ({reason}); choose another place."
        ) from error
    return Shared(file, len(data), tuple(sorted(contents)))


def _mine(
    own: list[Mark], choice: Choice, gone: Collection[str], layers: Iterable[Layer]
) -> Layer | None:
    """My marks as the layer that they become; None when there are none to go."""
    if choice.mine == "none":
        return None
    name = " ".join(choice.name.split())[:_LONGEST_NAME]
    if not name:
        raise CannotShare("Your marks go along under a name; say which.")
    marks = [mark for mark in own if not choice.tags or choice.tags & set(mark.tags)]
    if choice.mine == "highlights":
        bare = [mark for mark in marks if mark.kind is MarkKind.HIGHLIGHT and not mark.note]
        marks = [replace(mark, tags=()) for mark in bare]
    marks = [mark for mark in marks if mark.answers not in gone]
    return layer_of(name, name, marks, [each.id for each in layers]) if marks else None


def _chosen(copy: Copy, wanted: Collection[str], gone: Collection[str]) -> list[Layer]:
    """The layers that go along, without answers to questions that do not."""
    known = {layer.id: layer for layer in copy.layers}
    if unknown := sorted(set(wanted) - set(known)):
        there = ", ".join(quoted(identifier) for identifier in known)
        raise CannotShare(
            f"There is no layer {quoted(unknown[0])}; "
            + (f"there is {there}." if there else "this copy has no layers.")
        )
    chosen = []
    for layer in copy.layers:
        marks = tuple(mark for mark in layer.marks if mark.answers not in gone)
        if layer.id in wanted and marks:
            chosen.append(replace(layer, marks=marks))
    return chosen


def _take_figure(copy: Copy, written: str, figures: list[Figure], notices: list[str]) -> None:
    """Add a picture that the text names, or say why it stays."""
    name = plain_name(written)
    path = file_inside(copy.folder, written) if copy.folder else None
    if any(figure.name == name for figure in figures):
        return
    fault = ""
    if path is None or not is_file(path):
        fault = "it is not there"
    elif not is_picture(name) or name.startswith(".") or "/." in name:
        fault = "it is no picture that can be shown"
    elif problem := fault_of(name):
        fault = f"its name {problem}"
    else:
        size = path.stat().st_size
        if size <= LIMITS.file:
            figures.append(Figure(name, size, path))
            return
        fault = f"it has {megabytes(size)}, and {megabytes(LIMITS.file)} is the most"
    notices.append(f"The picture {quoted(written)} stays behind: {fault}.")


def _telltale(parts: dict[str, bytes], figures: Iterable[Figure]) -> list[str]:
    """The names of files that hold the path of the user's own folder."""
    try:
        home = str(Path.home())
    except RuntimeError:
        return []
    signs = {home.encode(), home.replace("\\", "/").encode(), home.replace("\\", "\\\\").encode()}
    if len(home) < len("/home"):
        return []
    contents = dict(parts)
    for figure in figures:
        if figure.name.lower().endswith(".svg"):
            with suppress(OSError):  # it is told of when the picture is written
                contents[figure.name] = figure.path.read_bytes()
    return [name for name, data in contents.items() if any(sign in data for sign in signs)]


def _refuse(plan: SharePlan) -> None:
    """Raise CannotShare where others could not open what would be written."""
    names = [name for name, _ in plan.files]
    for name in names:
        if fault := fault_of(name):
            raise CannotShare(
                f"{quoted(name)} {fault}, so it cannot be unpacked everywhere; "
                "give it another name."
            )
    if both := collision(names):
        raise CannotShare(
            f"{both} are the same on some systems; give one of them quite another name."
        )
    if len(names) > LIMITS.files or plan.size > LIMITS.total:
        raise CannotShare(
            f"The copy has {len(names):,} files and {megabytes(plan.size)}; {LIMITS.files:,} and "
            f"{megabytes(LIMITS.total)} are the most. Leave out the figures."
        )
