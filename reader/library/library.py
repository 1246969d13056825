"""The library as the app uses it: all that this reader has, in one folder.

One instance serves all threads of the app. Every method may raise LibraryError,
whose message is a sentence for the reader; what was asked is then not done at all.
What is written is on the disk when the method returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.marks import Color, Mark
from reader.annotations.revising import Placements
from reader.copies.copy import Copy
from reader.copies.store import STORE, is_inside
from reader.library.cache import Cache
from reader.library.colors import Colors
from reader.library.connections import PATIENCE
from reader.library.errors import LibraryError as LibraryError
from reader.library.errors import NewerLibrary as NewerLibrary
from reader.library.marks import Changed, DamagedMark, Marks, State
from reader.library.opening import daily_snapshot, open_library
from reader.library.places import Place, Places
from reader.library.revisions import Arrival, MarkedBefore, Revision, Revisions
from reader.library.texts import KnownText, TextEntry, Texts

if TYPE_CHECKING:
    # Imported when they are first asked for: the first picture needs none of them.
    from reader.library.index import Index
    from reader.library.linking import Backlink, Linking, LinkTarget
    from reader.library.parsed import Parsed
    from reader.library.search import Hit, Search
    from reader.library.snapshots import Snapshot


class Library:
    """One open library. `notice` is a sentence for the reader when it had to be mended.

    `now` tells the time in seconds since 1970; `patience` is how many seconds to wait
    for another window or program that has a file for itself.
    """

    def __init__(
        self, folder: Path, now: Callable[[], float] = time.time, patience: float = PATIENCE
    ) -> None:
        opened = open_library(folder, now, patience)
        self.notice = opened.notice
        self._database = opened.database
        self._presence = opened.presence
        self._snapshots = opened.snapshots
        self._texts = Texts(opened.database, now)
        self._places = Places(opened.database)
        self._marks = Marks(opened.database, now)
        self._colors = Colors(opened.database)
        self._cache = Cache(opened.folder, opened.presence, patience)
        self._lent = opened.lent
        self.store = folder / STORE
        """The folder in which copies are kept that came as files, and earlier revisions."""
        self._revisions = Revisions(opened.database, self._marks, self.store, now)

    def close(self) -> None:
        """Close the files; the library cannot be used after. Other threads should be done."""
        self._cache.close()
        self._database.close()
        self._presence.release()
        if self._lent is not None:
            self._lent.cleanup()

    @property
    def keeps(self) -> bool:
        """Whether it can be written; else the `notice` says why not, and so does what is refused.

        What the app notes by itself, such as that a text was opened, is passed over then.
        """
        return self._lent is None

    def changed_elsewhere(self) -> bool:
        """Whether another window, or another thread of this one, has written since last asked."""
        return self._database.changed_elsewhere()

    # Texts

    def known(self, text_id: str) -> KnownText | None:
        """One text, also one that was removed; None for one that was never opened."""
        return self._texts.known(text_id)

    def opened(self, copy: Copy) -> None:
        """Record that a copy was opened now; a text that was removed is back on the list."""
        if self.keeps:
            self._texts.add(copy, opened=True, as_older=self._revisions.is_older(copy))
            self._revisions.record(copy)

    def add(self, copy: Copy) -> None:
        """Take a copy in that nobody has read yet."""
        self._texts.add(copy, opened=False)

    def recent(self, most: int = 12) -> list[KnownText]:
        """The texts opened last, newest first."""
        return self._texts.recent(most)

    def texts(self) -> list[TextEntry]:
        """Every text, the one opened last coming first; those that were removed are marked so."""
        return self._texts.all()

    def extent(self) -> int:
        """About how many texts and marks there are, found at once: never fewer than there are."""
        return self._texts.extent()

    def remove_text(self, text_id: str) -> None:
        """Take a text off the list. Its marks stay, and so does the place in it."""
        self._texts.remove(text_id)
        with suppress(LibraryError):  # the search passes over it anyhow
            self._cache.renewing(lambda: self._index.drop_text(text_id))

    def bring_back(self, text_id: str) -> None:
        """Put a text that was removed back on the list; `index_text` has it found again."""
        self._texts.bring_back(text_id)

    def forget_text(self, text_id: str) -> None:
        """Take out all that is kept of a text, its marks too, for ever."""
        self._texts.forget(text_id)
        self._revisions.forget(text_id)
        with suppress(LibraryError):
            self._cache.renewing(lambda: self._index.drop_text(text_id, marks_too=True))

    def remember_place(self, copy: Copy, position: int, progress: float) -> None:
        """Keep where the reader is: a code point, and how far that is (0 to 1)."""
        if self.keeps:
            self._places.remember(copy, position, progress)

    def place(self, copy: Copy) -> Place | None:
        """Where the reader was in this text, be it another revision; None if never there."""
        return self._places.of(copy)

    # Revisions

    def arrive(self, copy: Copy, goes_on: Callable[[float], object] = lambda _: None) -> Arrival:
        """Place the marks of a copy, be it a new revision; best called on a thread.

        Nothing is written. `goes_on` is called with 0 to 1; what it raises passes through.
        """
        return self._revisions.arrive(copy, goes_on)

    def settle(self, arrival: Arrival) -> None:
        """Write down where the marks stand in a revision that was opened."""
        if self.keeps:
            self._revisions.settle(arrival)

    def placements(
        self, text_id: str, words: str, marks: Collection[str] | None = None
    ) -> Placements:
        """How marks were found in the revision of a text whose digest is `words`, and in others.

        `marks` are the ids of those that are asked for; None for all.
        """
        return self._revisions.placements(text_id, words, marks)

    def place_marks(self, text_id: str, words: str, marks: Iterable[tuple[Mark, bool]]) -> None:
        """Write down that marks' selectors are how they are found in that revision.

        Or that nothing is known of one there, unless it stands where its selector says, as
        is told beside it. All of that is written, or nothing.
        """
        self._revisions.place(text_id, words, marks)

    def has_revisions(self, text_id: str) -> bool:
        """Whether several revisions of a text were opened."""
        return len(self._revisions.of(text_id)) > 1

    def other_revisions(self, copy: Copy) -> list[Revision]:
        """The revisions besides this one that can still be read, the newest first."""
        return self._revisions.readable(copy)

    def hold(self, copy: Copy) -> None:
        """Keep what a copy says now, wherever it lies; best called on a thread.

        What cannot be kept (see `CannotHold`) is not.
        """
        from reader.copies.holding import CannotHold, hold  # once a text has marks

        with suppress(CannotHold):
            if self.keeps and not is_inside(copy.path, self.store):
                self._revisions.keep(copy, hold(copy, self.store))

    def marked_before(self, copy: Copy) -> MarkedBefore | None:
        """The marked text that lay where a bare file lies now; None if there was none."""
        return self._revisions.marked_before(copy)

    def take_over(self, old: str, copy: Copy) -> None:
        """Let the marks of the text `old` be those of `copy`, as of a newer revision of it."""
        self._revisions.take_over(old, copy)
        with suppress(LibraryError):
            self._cache.renewing(lambda: self._index.drop_text(old, marks_too=True))

    @cached_property
    def parsed(self) -> Parsed:
        """What was parsed of copies that were opened before."""
        from reader.library.parsed import Parsed

        return Parsed(self._cache)

    # Marks

    def marks(self, text_id: str) -> list[Mark]:
        """The marks of a text, in its order."""
        return self._marks.of(text_id)

    def text_of_mark(self, mark_id: str) -> str:
        """The id of the text that a mark is on; empty when there is no such mark."""
        return self._marks.text_of(mark_id)

    def all_marks(self) -> list[tuple[str, Mark]]:
        """The marks of all texts, as (text id, mark)."""
        return self._marks.all()

    def marks_state(self) -> State:
        """How far changes to marks are counted now."""
        return self._marks.state()

    def marks_since(
        self, text_id: str, state: State
    ) -> tuple[State, dict[str, Mark | None]] | None:
        """The marks of a text that were changed after `state`, None for those that are gone.

        With what `marks_state` is now; None when all may have been changed.
        """
        return self._marks.since(text_id, state)

    def marked_since(self, state: State) -> set[str] | None:
        """The texts with marks that were changed after `state`; None when all may have been."""
        return self._marks.marked_since(state)

    def damaged_marks(self, goes_on: Callable[[], bool] = lambda: True) -> list[DamagedMark]:
        """The marks that cannot be read; a snapshot may have them whole.

        It reads all of them, without haste, unless `goes_on` says no; best called on a thread.
        """
        return self._marks.damaged(goes_on)

    def save_mark(self, text_id: str, mark: Mark) -> None:
        """Insert a mark, or update the one with its id; a deleted one is back."""
        self._marks.save(text_id, [mark])

    def save_marks(self, text_id: str, marks: Iterable[Mark]) -> None:
        """The same for many, all of them or none."""
        self._marks.save(text_id, marks)

    def change_mark(self, text_id: str, before: Mark | None, after: Mark | None) -> Mark | None:
        """Write a mark that was read as `before`, or delete it; the answer is what is there now.

        What another window wrote to it in the meantime is joined with `after`, as
        `reader.annotations.merging` does it.
        """
        return self._marks.change(text_id, before, after)

    def change_marks(self, text_id: str, changes: Sequence[Changed]) -> list[Mark | None]:
        """The same for many, as (before, after): all of them or none."""
        return self._marks.change_all(text_id, changes)

    def delete_mark(self, text_id: str, mark_id: str) -> None:
        """Put a mark among the deleted."""
        self._marks.delete(text_id, mark_id)

    def deleted_marks(self, text_id: str) -> list[Mark]:
        """The deleted marks of a text, the one deleted last coming first."""
        return self._marks.deleted(text_id)

    def restore_mark(self, text_id: str, mark_id: str) -> None:
        """Take a mark back from among the deleted."""
        self._marks.restore(text_id, mark_id)

    def color_names(self) -> dict[Color, str]:
        """What the reader means by the colours, of those that have a name."""
        return self._colors.names()

    def name_color(self, color: Color, name: str) -> None:
        """Name a colour; an empty name takes its name away."""
        self._colors.name(color, name)

    # The index

    def tags(self) -> dict[str, int]:
        """Every tag with the number of marks that have it, the most frequent first."""
        return self._cache.renewing(self._index.tags)

    def backlinks(self, text_id: str) -> list[Backlink]:
        """The notes of other texts that lead, or mean to lead, to something in this text."""
        return self._cache.renewing(lambda: self._linking.backlinks(text_id))

    def link_targets(self, typed: str, most: int, but: str = "") -> list[LinkTarget]:
        """What a link can lead to: annotations by title, then notes, of all texts but one.

        At most `most` of either; best called on a thread.
        """
        return self._cache.renewing(lambda: self._linking.targets(typed, most, but))

    def search(self, query: str, most: int = 50) -> list[Hit]:
        """Passages with all words of the query in them, best first.

        Words may be in "quotes" to stand together; the last one may be the beginning of
        a word. Case and accents do not count.
        """
        return self._cache.renewing(lambda: self._search.hits(query, most))

    def index_text(self, copy: Copy, goes_on: Callable[[], bool] = lambda: True) -> bool:
        """Have a copy's text and annotations found by `search`; best called on a thread.

        The answer is whether they are: not if `goes_on` says no before. The index can be
        lost, too: `unindexed` tells which texts have to be put in again.
        """
        there = self._cache.renewing(lambda: self._index.add_text(copy, goes_on))
        self._cache.renewing(lambda: self._index.take_in_marks(goes_on))
        return there

    def unindexed(self) -> list[TextEntry]:
        """The texts that `search` does not know, or no longer, the one opened last coming first."""
        known = self._cache.renewing(self._index.texts)
        return [text for text in self.texts() if not (text.removed or text.id in known)]

    # Snapshots

    def snapshots(self) -> list[Snapshot]:
        """The copies of the library that were taken, newest first."""
        return self._snapshots.all()

    def snapshot_today(self) -> str:
        """Take today's snapshot if there is none yet; a sentence if that cannot be done.

        Opening the library does it too; this is for a window that stays open for days.
        """
        if not self.keeps:
            return ""
        with self._database.reading() as connection:
            return daily_snapshot(connection, self._snapshots)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot. What there is now becomes a snapshot of its own."""
        from reader.library.restoring import restore

        restore(self._database, self._snapshots, snapshot)

    @cached_property
    def _index(self) -> Index:
        from reader.library.index import Index

        return Index(self._cache, self._marks)

    @cached_property
    def _search(self) -> Search:
        from reader.library.search import Search

        return Search(self._cache, self._index, self._texts)

    @cached_property
    def _linking(self) -> Linking:
        from reader.library.linking import Linking

        return Linking(self._cache, self._index, self._texts)
