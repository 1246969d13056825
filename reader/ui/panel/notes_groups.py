"""The orders that the page of notes may have, and the groups that its rows fall into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import cmp_to_key, partial
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from reader.annotations.marks import Color, MarkKind
from reader.ui.panel.entries import collator
from reader.ui.panel.notes_entries import NoteEntry


class Order(StrEnum):
    """How marks are arranged."""

    TEXT = "text"
    COLOR = "color"
    TAG = "tag"
    DATE = "date"


Key = Color | MarkKind | date | str | tuple[str, str] | None
"""What a group has in common: a tag is a str, a layer its id and its name, and None is what has
no tag or no date."""

Groups = Iterable[tuple[Key, list[NoteEntry]]]

_COLORS: tuple[Key, ...] = (*Color, MarkKind.BOOKMARK, MarkKind.ANSWER)


class Row(NamedTuple):
    """A mark in its group; without an entry, the heading of a group of `size` marks."""

    group: Key
    entry: NoteEntry | None
    size: int = 0

    @property
    def key(self) -> tuple[Key, str]:
        """What tells it from all other rows of its order, whatever changes in the mark."""
        return self.group, self.entry.mark.id if self.entry else ""


def rows_of(entries: Sequence[NoteEntry], order: Order) -> list[Row]:
    """The rows that show `entries`, which are in the order of the text."""
    match order:
        case Order.TEXT:
            return list(_rows(None, entries))
        case Order.COLOR:
            groups = _by_color(entries)
        case Order.TAG:
            groups = _by_tag(entries)
        case Order.DATE:
            groups = _by_day(entries)
    return [row for key, group in groups for row in _group(key, group)]


def color_of(entry: NoteEntry) -> Color | None:
    """The colour by which a mark is told; bookmarks and answers mean nothing by theirs.

    Nor do other people's marks: what a colour is called is the reader's own.
    """
    kinds = (MarkKind.BOOKMARK, MarkKind.ANSWER)
    return None if entry.mark.kind in kinds or entry.layer else entry.mark.color


def _group(key: Key, entries: Sequence[NoteEntry]) -> Iterator[Row]:
    yield Row(key, None, len(entries))
    yield from _rows(key, entries)


def _rows(key: Key, entries: Iterable[NoteEntry]) -> Iterator[Row]:
    # As Row() makes them, but for many at a time.
    return map(partial(tuple.__new__, Row), zip(repeat(key), entries, repeat(0)))


def _by_color(entries: Sequence[NoteEntry]) -> Groups:
    groups: dict[Key, list[NoteEntry]] = {key: [] for key in _COLORS}
    for entry in entries:
        if entry.layer is not None:
            groups.setdefault((entry.layer.id, entry.layer.name), []).append(entry)
        else:
            groups[color_of(entry) or entry.mark.kind].append(entry)
    return [(key, group) for key, group in groups.items() if group]


def _by_tag(entries: Sequence[NoteEntry]) -> Groups:
    """A mark is in the group of each of its tags; capitals make no other tag."""
    groups: dict[str, tuple[str, list[NoteEntry]]] = {}
    without: list[NoteEntry] = []
    for entry in entries:
        for low, tag in {tag.casefold(): tag for tag in entry.mark.tags}.items():
            groups.setdefault(low, (tag, []))[1].append(entry)
        if not entry.mark.tags:
            without.append(entry)
    key = cmp_to_key(collator().compare)
    tagged = sorted(groups.values(), key=lambda group: key(group[0]))
    return [*tagged, *_rest(without)]


def _by_day(entries: Sequence[NoteEntry]) -> Groups:
    """The last day first, and what was made last on it."""
    groups: dict[date, list[NoteEntry]] = {}
    without: list[NoteEntry] = []
    made: list[tuple[datetime, NoteEntry]] = []
    for entry in entries:
        moment = _moment(entry.placed.mark.created)
        if moment is None:
            without.append(entry)
        else:
            made.append((moment, entry))
    made.sort(key=itemgetter(0), reverse=True)
    group: list[NoteEntry] = []
    midnight: datetime | None = None
    for moment, entry in made:
        # To ask for the day of each by the clock of this place would take most of the time.
        if midnight is None or moment < midnight:
            try:
                day = moment.astimezone().date()
                midnight = datetime.combine(day, time()).astimezone()
            except (OverflowError, OSError):
                without.append(entry)
                continue
            group = groups[day] = []
        group.append(entry)
    return [*groups.items(), *_rest(without)]


def _moment(created: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(created)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _rest(entries: list[NoteEntry]) -> Groups:
    """What belongs to no group comes after all others."""
    return [(None, entries)] if entries else []
