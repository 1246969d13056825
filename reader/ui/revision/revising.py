"""What the window does about revisions: tells of one that has come, and lets marks be placed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from reader.annotations.anchors import State
from reader.copies.copy import Copy
from reader.library.revisions import Arrival, MarkedBefore
from reader.ui.background import Background
from reader.ui.marking import Marking
from reader.ui.marks import Marks
from reader.ui.notice import Notice
from reader.ui.reading import ReadingView
from reader.ui.revision.choosing import Choosing
from reader.ui.revision.words import newest_words, notice_words
from reader.ui.shelf import Shelf
from reader.ui.theme import Theme
from reader.ui.timers import timer

if TYPE_CHECKING:
    from reader.ui.revision.dialog import RevisionDialog

_QUIET = 1_500
"""Milliseconds without a change to the marks, after which their text is kept."""


class Revising(QObject):
    """Follows the copy that is shown. `theme` answers with the colours in force."""

    open_wanted = Signal(object)
    """The Path of another revision."""

    said = Signal(str)
    """A few words for the status line."""

    taken_over = Signal()
    """The marks of another text are those of this one now: show it anew."""

    def __init__(
        self,
        window: QWidget,
        shelf: Shelf,
        marks: Marks,
        marking: Marking,
        reading: ReadingView,
        notice: Notice,
        face: QFont,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window, self._shelf, self._marks = window, shelf, marks
        self._reading, self._notice = reading, notice
        self._face, self._theme = face, theme
        self._copy: Copy | None = None
        self._arrival: Arrival | None = None
        self._dialog: RevisionDialog | None = None
        self._mark = self._told = ""
        self.choosing = Choosing(marking, reading.page, window)
        self.choosing.chosen.connect(self._chosen)
        self.choosing.given_up.connect(self._come_back)
        self._kept: tuple[str, str] | None = None
        self._keeping = Background(self)
        self._soon = timer(self, self._keep, _QUIET, once=True)
        marks.changed.connect(lambda _mark: self._keep_soon())

    def show_copy(self, copy: Copy, arrival: Arrival | None) -> None:
        """Another copy is shown: say what has become of its marks, if that is to be said."""
        self.choosing.give_up()
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.close()
        self._dialog = None
        if self._told and self._notice.words == self._told:
            self._notice.hide()  # it was said of another text
        self._told = ""
        self._copy, self._arrival = copy, arrival
        self._keep_soon()
        if arrival is None:
            return
        if arrival.newest is not None:
            newest = arrival.newest.path
            path = newest if newest.exists() else arrival.newest.kept or newest
            self._offer(
                notice_words(arrival),
                newest_words(arrival),
                partial(self.open_wanted.emit, path),
            )
        elif arrival.fates:
            label = self.tr("Look through them") if arrival.in_doubt else self.tr("See the report")
            self._offer(notice_words(arrival), label, self.show_report)
        elif (before := self._shelf.marked_before(copy)) is not None:
            self._offer_to_take_over(copy, before)

    def show_report(self) -> None:
        """Show what has become of the marks."""
        if self._arrival is None or not self._arrival.fates:
            return
        from reader.ui.revision.dialog import RevisionDialog

        self._dialog = dialog = RevisionDialog(
            self._arrival, self._marks, self._face, self._theme(), self._window
        )
        dialog.choose_wanted.connect(self.choose_words)
        dialog.finished_looking.connect(self._notice.hide)
        dialog.open()

    def confirm(self, mark_id: str) -> None:
        """Let a mark stand where it was found, though that was in doubt."""
        placed = self._marks.get(mark_id)
        if placed is not None and not placed.orphaned:
            self._marks.move(mark_id, placed.start, placed.end)

    def choose_words(self, mark_id: str) -> None:
        """Let the reader choose the words that a mark belongs to."""
        placed = self._marks.get(mark_id)
        if placed is None or self._copy is None:
            return
        self._mark = mark_id
        self._reading.page.clear_selection()
        place = placed.start if not placed.orphaned else placed.mark.selector.start or 0
        place = min(place, max(0, len(self._copy.text.string) - 1))
        if not self._reading.page.is_in_view(place):
            self._reading.travel_to(place)
        self.choosing.start(placed.mark)
        if placed.anchor.state in (State.EXACT, State.MOVED):
            # To have it end a word later, Shift and an arrow key are enough.
            self._reading.page.select(placed.start, placed.end)

    def close(self) -> None:
        """Keep what is still to be kept: the window closes."""
        if self._soon.isActive():
            self._soon.stop()
            self._keep()
        self._keeping.wait()

    # Inside

    def _offer(self, words: str, label: str, act: Callable[[], object]) -> None:
        """Say something of this text, besides what has not been read yet."""
        unread = "" if self._notice.isHidden() else self._notice.words
        self._told = f"{unread} {words}".strip()
        self._notice.offer(self._told, label, act)

    def _chosen(self, start: int, end: int) -> None:
        self._marks.move(self._mark, start, end)
        self._reading.page.looks.flash(start, end)
        self._come_back()

    def _come_back(self) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.come_back()

    def _offer_to_take_over(self, copy: Copy, before: MarkedBefore) -> None:
        words = self.tr(
            "This file has changed since you marked it. Take your %n mark(s) over?",
            "",
            before.marks,
        )
        take = partial(self._take_over, copy, before.id)
        self._offer(words, self.tr("Take them over"), take)

    def _take_over(self, copy: Copy, old: str) -> None:
        if copy is not self._copy:
            return
        self._notice.hide()
        if self._shelf.take_over(old, copy):
            self.taken_over.emit()

    def _keep_soon(self) -> None:
        copy = self._copy
        if copy is None or self._shelf.library is None or not self._marks.are_of(copy):
            return
        if self._marks.all() and (copy.manifest.id, copy.revision) != self._kept:
            self._soon.start()

    def _keep(self) -> None:
        """Keep the words that marks were made on, for the day when they are others."""
        copy, library = self._copy, self._shelf.library
        if copy is None or library is None:
            return
        self._kept = copy.manifest.id, copy.revision
        self._keeping.run(lambda _report: library.hold(copy), _nothing, _nothing)


def _nothing(_answer: object) -> None:
    """Nobody waits for it, and what could not be kept is no harm yet."""
