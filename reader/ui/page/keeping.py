"""Keeping the line that is being read where it is, while the text around it gets its true height.

The heights of rows that were never in view are guessed (see `layout`). What is in view is laid
out at once, the rest bit by bit; by what rows above the view turn out to be taller than guessed,
the view is scrolled, so that the eye sees nothing move.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTextEdit

from reader.ui.page.layout import PageLayout
from reader.ui.page.typography import Typography
from reader.ui.timers import timer

_SLICE = 0.006
"""Seconds of laying out at a time, so that no key press waits."""

_AROUND = 300
"""Pixels above and below the view that are laid out with it."""

_KEPT_ABOVE = 1500
_KEPT_BELOW = 3000
"""Pixels above the view, and from its top on, whose rows stay laid out."""


class Keeping(QObject):
    """Holds one place of a text at one height of the view. Places are code points."""

    settled = Signal()
    """The true heights of all rows are known."""

    def __init__(self, page: QTextEdit, place: Callable[[], int]) -> None:
        """`place` is where one reads in `page`, as far as that can be seen."""
        super().__init__(page)
        self._page, self._place = page, place
        self._layout: PageLayout | None = None
        self._setting = self._laying = self._catching_up = False
        self._owed = 0.0
        """Pixels by which rows above the view have grown since it was last scrolled."""
        self._held: tuple[int, float] | None = None
        self._settling = timer(self, self._settle_some)

    def show(self, layout: PageLayout) -> None:
        """Turn to another text, of which no place is held."""
        self._layout = layout
        self._settling.stop()
        self._owed, self._held = 0.0, None
        layout.grown = self._grown

    @property
    def held(self) -> tuple[int, float] | None:
        """A place, and the pixels of the view above its line; None once somebody has scrolled."""
        return self._held

    @property
    def settles(self) -> bool:
        """Whether there are rows of which the true heights are still being found out."""
        return self._settling.isActive()

    @property
    def catching_up(self) -> bool:
        """Whether it is not the reader who scrolls: the words in view stay where they are."""
        return self._catching_up

    def here(self) -> tuple[int, float]:
        """The place that is held, or else where one reads, and the pixels above its line."""
        if self._held is not None:
            return self._held
        place = self._place()
        return place, self._above(place)

    def hold(self, place: int) -> None:
        """Keep a place at the height at which its line stands now."""
        self._held = place, self._above(place)

    def let_go(self) -> None:
        """Hold nothing: the reader scrolls."""
        self._held = None

    def put(self, place: int, above: float) -> None:
        """Scroll so that there are so many pixels above a place's line, and keep it there."""
        if self._layout is not None:
            top = self._layout.line_rect(place).top()
            self._page.verticalScrollBar().setValue(round(top - above))
            self._held = place, above

    def set_anew(self, typography: Typography) -> None:
        """Set the text in another way, with the place that is held, or else read, where it is."""
        layout = self._layout
        if layout is None:
            return
        place, above = self.here()
        self._setting = True
        layout.set_typography(typography)
        top = layout.line_rect(place).top()
        self.tell_size()
        self._page.verticalScrollBar().setValue(round(top - above))
        self.settle_view()
        self._setting, self._owed = False, 0.0
        self.tell_size()
        # Until somebody scrolls it is these words that stay, however often they are set anew.
        self.put(place, above)

    def settle_view(self) -> None:
        """Lay out what is in view and a little around it; what is hidden has no size yet."""
        layout = self._layout
        if layout is None or not self._page.isVisible():
            return
        around = self._page.viewport().height() + _AROUND
        row = max(0, layout.row_at(self._scroll() - _AROUND))
        self._laying = True
        while row < layout.row_count and layout.row_top(row) < self._scroll() + self._owed + around:
            layout.ensure(row)
            row += 1
        self._laying = False
        self._catch_up()

    def settle_rest(self) -> None:
        """Find out bit by bit how high the rest is."""
        self._settling.start()

    def tell_size(self) -> None:
        """Tell Qt how tall the text is; if that scrolls the view, it is not the reader who does."""
        if (layout := self._layout) is not None:
            before, self._catching_up = self._catching_up, True
            layout.documentSizeChanged.emit(layout.documentSize())
            self._catching_up = before

    def _settle_some(self) -> None:
        layout = self._layout
        if layout is None:
            self._settling.stop()
            return
        self._laying = True
        more = layout.lay_some(_SLICE)
        self._laying = False
        self._catch_up()
        first = max(0, layout.row_at(self._scroll() - _KEPT_ABOVE))
        layout.let_go(first, layout.row_at(self._scroll() + _KEPT_BELOW) + 1)
        if not more:
            self._settling.stop()
            self.settled.emit()

    def _grown(self, row: int, growth: float) -> None:
        """A row above the view grew: move with it."""
        layout = self._layout
        if layout is None or self._setting:
            return
        if layout.row_top(row) + layout.row_height(row) - growth <= self._scroll() + self._owed:
            self._owed += growth
        if not self._laying:
            self._catch_up()

    def _catch_up(self) -> None:
        """Scroll by what rows above the view have grown."""
        self.tell_size()
        if whole := round(self._owed):
            self._owed -= whole
            self._catching_up = True
            self._page.verticalScrollBar().setValue(self._scroll() + whole)
            self._catching_up = False
            # Qt has moved the picture with the scroll bar, but the words stand where they stood.
            self._page.viewport().update()

    def _scroll(self) -> int:
        return self._page.verticalScrollBar().value()

    def _above(self, place: int) -> float:
        top = self._layout.line_rect(place).top() if self._layout is not None else 0.0
        return top - self._scroll()
