"""The revisions of a text: which ones were read, where they lie, and where marks stand in each.

Opening a revision never changes a mark. What is found out when one is opened for the first
time is written down for that revision alone (`placements`), with where the marks were in the
one before: so an older revision, opened later, has its marks where they were and undoes
nothing. A revision is known by its number and its words; corrected annotations make no other.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import NamedTuple

from reader.annotations.anchors import State
from reader.annotations.marks import Mark, selector_of
from reader.annotations.placing import PlacedMark
from reader.annotations.revising import SURE, Placements, basis_of, fates, place_revised
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.copies.store import discard, home_of, is_inside
from reader.library.connections import Database, as_text
from reader.library.marks import Marks
from reader.library.marks import State as Counted
from reader.problems import CannotOpen

MOST_HELD = 10
"""Earlier revisions of one text that are kept, besides those that came as files."""

_SOME = 200
_BREATH = 0.005
"""Placements that are written at a time, and seconds in which others can write: nobody waits."""


class Revision(NamedTuple):
    """One revision of a text; `edition` is its author's number, `words` a Text's digest.

    `path` is where it lay, `kept` where in the library it lies, if it does. `opened` and
    `arrived` are seconds since 1970; `arrived` is None until marks were placed in it.
    """

    edition: int
    words: str
    revision: str
    path: Path
    kept: Path | None
    opened: float
    arrived: float | None

    @property
    def age(self) -> tuple[int, float]:
        """What tells the newest."""
        return self.edition, self.arrived if self.arrived is not None else float("inf")


class Fate(NamedTuple):
    """What became of a mark when another revision came: `old` are its words before."""

    mark: Mark
    old: Selector
    state: State
    placed: PlacedMark


@dataclass(frozen=True)
class Arrival:
    """A copy with its marks in their places.

    Where it is a revision that is new here, `before` is the one on which the marks were
    last, `before_text` its words if they are still there, and `fates` tell of all marks.
    `newest` is another revision that is newer than this one. `is_first` tells that no marks
    were placed in this one yet, were there any. `read` is how far changes to marks were
    counted when they were read; what was changed later is not in it.
    """

    copy: Copy
    placed: tuple[PlacedMark, ...] = ()
    fates: tuple[Fate, ...] = ()
    before: Revision | None = None
    before_text: str = field(default="", repr=False)
    newest: Revision | None = None
    is_first: bool = True
    read: Counted | None = None

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many marks there are of each fate."""
        return Counter(fate.state for fate in self.fates)

    @property
    def in_doubt(self) -> int:
        """How many marks somebody has to look at."""
        return self.counts[State.DOUBTFUL] + self.counts[State.ORPHANED]


class MarkedBefore(NamedTuple):
    """A text that lay where another lies now, and the number of marks on it."""

    id: str
    title: str
    marks: int


class Revisions:
    """Reads and writes revisions. `now` is in seconds since 1970; kept ones lie in `store`."""

    def __init__(
        self, database: Database, marks: Marks, store: Path, now: Callable[[], float]
    ) -> None:
        self._database, self._marks, self._now = database, marks, now
        self.store = store
        self._settling = threading.Lock()

    def of(self, text_id: str) -> list[Revision]:
        """All revisions of a text that were opened, the newest first."""
        with self._database.reading() as connection:
            return _revisions(connection, text_id)

    def readable(self, copy: Copy) -> list[Revision]:
        """Those besides `copy` that can be opened."""
        here = _key(copy)
        return [
            each
            for each in self.of(copy.manifest.id)
            if (each.edition, each.words) != here and each.kept and each.kept.is_dir()
        ]

    def is_older(self, copy: Copy) -> bool:
        """Whether the library has a newer revision of it, elsewhere."""
        return _newer(self.of(copy.manifest.id), copy) is not None

    def record(self, copy: Copy) -> None:
        """Record that a revision is opened."""
        edition, words = _key(copy)
        path = as_text(str(copy.path))
        kept = path if is_inside(copy.path, self.store) else b""
        text_id = copy.manifest.id
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE OR REPLACE revisions SET words = ? "
                "WHERE text_id = ? AND edition = ? AND words = '' AND revision = ?",
                (words, text_id, edition, copy.revision),
            )
            newest = max(_revisions(connection, text_id), key=lambda each: each.age, default=None)
            connection.execute(_RECORD, (text_id, edition, words, copy.revision, path, kept,
                                         self._now()))  # fmt: skip
            if newest and newest.arrived and newest.path == copy.path:
                # What lies in its place is the newest again, were it as an earlier one was.
                connection.execute(
                    "UPDATE revisions SET arrived = ? WHERE text_id = ? AND edition = ? "
                    "AND words = ? AND arrived IS NOT NULL",
                    (self._now(), text_id, edition, words),
                )

    def placements(
        self, text_id: str, words: str, marks: Collection[str] | None = None
    ) -> Placements:
        """How the marks of a text were found in the revision of these words, and in others.

        `marks` are the ids of those that are asked for; None for all.
        """
        with self._database.reading() as connection:
            return _placements(connection, text_id, words, marks)

    def arrive(self, copy: Copy, goes_on: Callable[[float], object] = lambda _: None) -> Arrival:
        """Place the marks of a copy; nothing is written. Best called on a thread.

        `goes_on` is called with how much is done, 0 to 1; what it raises passes through.
        """
        text_id, string, words = copy.manifest.id, copy.text.string, copy.text.digest
        while not self._settling.acquire(timeout=0.02):
            goes_on(0.0)  # another thread writes down where marks stand in the revision before
        self._settling.release()
        read = self._marks.state()
        marks = self._marks.of(text_id)
        known = self.of(text_id)
        newest = _newer(known, copy)
        is_first = not any(
            (each.edition, each.words) == _key(copy) and each.arrived is not None for each in known
        )
        if not marks:
            return Arrival(copy, newest=newest, is_first=is_first, read=read)
        placements = self.placements(text_id, words)
        placed = place_revised(string, words, marks, placements, goes_on)
        before = _before(known, copy)
        if before is None:
            return Arrival(copy, tuple(placed), newest=newest, is_first=is_first, read=read)
        there = self.placements(text_id, before.words).here
        old = [there.get(mark.id, mark.selector) for mark in marks]
        states = fates(string, placed, old)
        found = map(Fate, marks, old, states, placed)
        changed = any(state is not State.EXACT for state in states)
        text = _text_of(before) if changed else ""
        return Arrival(copy, tuple(placed), tuple(found), before, text, newest, read=read)

    def settle(self, arrival: Arrival) -> None:
        """Write down where marks stand in a revision that has come, and where they stood.

        Best called on a thread where they are many. Until all of it is written the revision
        counts as one that has yet to come.
        """
        with self._settling:
            self._settle(arrival)

    def _settle(self, arrival: Arrival) -> None:
        copy = arrival.copy
        string, (edition, words), text_id = copy.text.string, _key(copy), copy.manifest.id
        rows = []
        for fate in arrival.fates:
            basis = basis_of(fate.mark.selector)
            if arrival.before is not None:
                rows.append(
                    (text_id, arrival.before.words, fate.mark.id, basis, _written(fate.old))
                )
        for each in arrival.placed:
            own = each.mark.selector
            if each.anchor.state in SURE and (own.start, own.end) != (each.start, each.end):
                found = selector_of(string, each.start, each.end)
                rows.append((text_id, words, each.mark.id, basis_of(own), _written(found)))
        if not (rows or arrival.is_first):
            return
        for first in range(0, len(rows), _SOME):
            if first:
                sleep(_BREATH)
            with self._database.writing() as connection:
                some = rows[first : first + _SOME]
                connection.executemany(_PUT_DOWN, some)
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE revisions SET arrived = ? WHERE text_id = ? AND edition = ? "
                "AND words = ? AND arrived IS NULL",
                (self._now(), text_id, edition, words),
            )

    def place(self, text_id: str, words: str, marks: Iterable[tuple[Mark, bool]]) -> None:
        """Write down that marks' own selectors are how they are found in a revision, or not."""
        rows = [
            ((text_id, words, mark.id, basis_of(mark.selector), _written(mark.selector)), stands)
            for mark, stands in marks
        ]
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM placements WHERE text_id = ? AND words = ? AND mark_id = ?",
                [row[:3] for row, _ in rows],
            )
            connection.executemany(
                "INSERT INTO placements VALUES (?, ?, ?, ?, ?)",
                [row for row, stands in rows if stands],
            )

    def keep(self, copy: Copy, held: Path) -> None:
        """Record that a revision is held in the library; those held before all others go."""
        text_id, (edition, words) = copy.manifest.id, _key(copy)
        gone: list[Path] = []
        with self._database.writing() as connection:
            known = _revisions(connection, text_id)
            for each in known:
                here = (each.edition, each.words) == (edition, words)
                if here and each.kept and each.kept != held:
                    gone.append(each.kept)
            others = [
                (each, each.kept)
                for each in known
                if (each.edition, each.words) != (edition, words)
                and each.kept
                and each.kept not in (each.path, held)
            ]
            for each, folder in others[MOST_HELD - 1 :]:
                gone.append(folder)
                _keep(connection, text_id, each.edition, each.words, "")
            _keep(connection, text_id, edition, words, str(held))
        for folder in gone:
            if folder != copy.path:
                discard(folder, self.store)

    def forget(self, text_id: str) -> None:
        """Take out all revisions of a text, and the files of those that the library keeps."""
        with self._database.writing() as connection:
            kept = [each.kept for each in _revisions(connection, text_id)]
            connection.execute("DELETE FROM placements WHERE text_id = ?", (text_id,))
            connection.execute("DELETE FROM revisions WHERE text_id = ?", (text_id,))
        for folder in (*kept, home_of(text_id, self.store)):
            if folder is not None:
                discard(folder, self.store)

    # A bare text is known by its content, so that an edited one is another.

    def marked_before(self, copy: Copy) -> MarkedBefore | None:
        """The marked text that lay where `copy`, a bare file, lies; None if there was none."""
        if copy.path.is_dir():
            return None
        with self._database.reading() as connection:
            row = connection.execute(
                _MARKED_BEFORE, (as_text(str(copy.path)), copy.manifest.id)
            ).fetchone()
        return MarkedBefore(*row) if row else None

    def take_over(self, old: str, copy: Copy) -> None:
        """Let the marks of the text `old` be those of `copy`, and `old` a revision of it.

        All of it happens or nothing; in `old` the marks are among the deleted.
        """
        new = copy.manifest.id
        with self._database.writing() as connection:
            for mark in self._marks.of(old):
                self._marks.put_over(connection, old, new, mark)
            for each in _revisions(connection, old):
                if each.kept and not _given(each.kept, new):
                    _keep(connection, old, each.edition, each.words, "")
            for table in ("revisions", "placements"):
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET text_id = ? WHERE text_id = ?", (new, old)
                )
            # The marks have yet to be placed in it, whatever was the case before.
            connection.execute(
                "UPDATE revisions SET arrived = NULL WHERE text_id = ? AND words = ?",
                (new, copy.text.digest),
            )
            connection.execute(
                "UPDATE OR IGNORE places SET text_id = ? WHERE text_id = ?", (new, old)
            )
            connection.execute("DELETE FROM texts WHERE id = ?", (old,))


_RECORD = """
    INSERT INTO revisions (text_id, edition, words, revision, path, kept, opened)
    VALUES (?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?)
    ON CONFLICT (text_id, edition, words) DO UPDATE SET
        revision = excluded.revision, path = excluded.path, opened = excluded.opened,
        kept = CASE WHEN excluded.kept != '' THEN excluded.kept ELSE kept END
"""

_PUT_DOWN = "INSERT OR IGNORE INTO placements VALUES (?, ?, ?, ?, ?)"

_MARKED_BEFORE = """
    SELECT texts.id, title, count(*) FROM texts JOIN marks ON marks.text_id = texts.id
    WHERE path = CAST(? AS TEXT) AND texts.id != ? AND deleted IS NULL
    GROUP BY texts.id ORDER BY opened DESC LIMIT 1
"""


def _key(copy: Copy) -> tuple[int, str]:
    return copy.manifest.revision, copy.text.digest


def _revisions(connection: sqlite3.Connection, text_id: str) -> list[Revision]:
    rows = connection.execute(
        "SELECT edition, words, revision, path, kept, opened, arrived FROM revisions "
        "WHERE text_id = ?",
        (text_id,),
    )
    found = [
        Revision(edition, words, revision, Path(path), Path(kept) if kept else None, *moments)
        for edition, words, revision, path, kept, *moments in rows
    ]
    return sorted(found, key=lambda each: each.age, reverse=True)


def _before(known: Sequence[Revision], copy: Copy) -> Revision | None:
    """The revision on which the marks were last, if `copy` is one that has yet to arrive."""
    placed = [each for each in known if each.arrived is not None]
    if any((each.edition, each.words) == _key(copy) for each in placed):
        return None
    same = [each for each in placed if not each.words and each.revision == copy.revision]
    if same or not placed:
        return None
    return max(placed, key=lambda each: each.arrived or 0.0)


def _newer(known: Sequence[Revision], copy: Copy) -> Revision | None:
    """The newest revision, if it is newer than `copy` and lies somewhere else."""
    newest = next((each for each in known if each.arrived is not None), None)
    if newest is None or newest.path == copy.path:
        return None
    key = _key(copy)
    here = next((each for each in known if (each.edition, each.words) == key), None)
    age = here.age if here else (copy.manifest.revision, float("inf"))
    place = next((each for each in (newest.path, newest.kept) if each and each.exists()), None)
    return newest if age < newest.age and place else None


def _placements(
    connection: sqlite3.Connection, text_id: str, words: str, marks: Collection[str] | None
) -> Placements:
    here: dict[str, Selector] = {}
    elsewhere: dict[str, list[tuple[int, Selector]]] = defaultdict(list)
    arrived = {each.words: each.arrived or 0.0 for each in _revisions(connection, text_id)}
    sought = "SELECT words, mark_id, basis, selector FROM placements WHERE text_id = ?"
    if marks is None:
        rows = connection.execute(sought, (text_id,)).fetchall()
    else:
        sought += " AND words = ? AND mark_id = ?"  # as its primary key has them
        rows = [
            row
            for mark in marks
            for each in {*arrived, words}
            for row in connection.execute(sought, (text_id, each, mark))
        ]
    rows.sort(key=lambda row: arrived.get(row[0], 0.0), reverse=True)
    for of, mark_id, basis, written in rows:
        selector = _read(written)
        if selector is None:
            continue
        if of == words:
            here[mark_id] = selector
        else:
            elsewhere[mark_id].append((basis, selector))
    return Placements(here, elsewhere)


def _keep(
    connection: sqlite3.Connection, text_id: str, edition: int, words: str, kept: str
) -> None:
    connection.execute(
        "UPDATE revisions SET kept = CAST(? AS TEXT) "
        "WHERE text_id = ? AND edition = ? AND words = ?",
        (as_text(kept), text_id, edition, words),
    )


def _text_of(revision: Revision) -> str:
    """The words of a revision, if they are where it is kept."""
    for path in (revision.kept, revision.path):
        if path is None or not path.exists():
            continue
        try:
            text = open_copy(path).text
        except CannotOpen:
            continue
        if text.digest == revision.words:
            return text.string
    return ""


def _given(held: Path, text_id: str) -> bool:
    from reader.copies.holding import give_id  # which hardly anybody ever needs

    try:
        give_id(held, text_id)
    except (OSError, CannotOpen):
        return False
    return True


_DENSE = json.JSONEncoder(separators=(",", ":"))


def _written(selector: Selector) -> str:
    words = selector.exact, selector.prefix, selector.suffix
    return _DENSE.encode([*words, selector.start, selector.end])


def _read(written: str) -> Selector | None:
    try:
        exact, prefix, suffix, start, end = json.loads(written)
        if not all(isinstance(each, str) for each in (exact, prefix, suffix)):
            return None
        return Selector(exact, prefix, suffix, start and int(start), end and int(end))
    except (ValueError, TypeError):
        return None
