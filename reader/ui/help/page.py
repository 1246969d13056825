"""A guide on the page that texts are read on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.attachment import Mention
from reader.ui.fonts import Faces
from reader.ui.help.guides import Guide
from reader.ui.page.composition import Composition
from reader.ui.page.page import PageView
from reader.ui.page.typography import column_width
from reader.ui.theme import Theme


class HelpPage(QWidget):
    """Shows one guide at a time. Positions are code points of its text."""

    link_chosen = Signal(object)
    """A Link was clicked, or Enter pressed on it."""

    jumped = Signal(int)
    """The page left a place for another, to which finding led."""

    def __init__(self, faces: Faces, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._guide: Guide | None = None
        self._scale, self._composition, self._air = 1.0, Composition(), 32
        self.page = PageView(faces, theme, self)
        self.page.setAccessibleName(self.tr("Guide"))
        self.page.set_underlines("every")
        self.page.resized.connect(self._arrange)
        self.page.mention_activated.connect(self._follow)

    @property
    def guide(self) -> Guide | None:
        """What is shown; None before the first."""
        return self._guide

    def show_guide(self, guide: Guide, place: int = 0) -> None:
        """Show a guide, with the code point `place` at the top."""
        if guide != self._guide or guide.dark != self._guide.dark:
            self._guide = guide
            self.page.show_copy(guide)
            self.page.setAccessibleName(guide.title)
            self._arrange()
        self.page.go_to(place, 0)

    def place(self) -> int:
        """The code point at the top of the view."""
        return self.page.place()

    def column_pixels(self) -> int:
        """How wide the text's column is."""
        left, right = self.page.column()
        return right - left

    def travel_to(self, start: int, end: int | None = None, fraction: float = 0.25) -> None:
        """Jump to a code point, and say from where; words up to `end` light up."""
        self.jumped.emit(self.place())
        self.page.go_to(start, fraction)
        if end is not None:
            self.page.looks.flash(start, end)

    def set_scale(self, scale: float) -> None:
        """Set the guide in another size; 1.0 is 100 %."""
        self._scale = scale
        self.page.set_scale(scale)
        self._arrange()

    def set_composition(self, composition: Composition, air: int) -> None:
        """Set the guide in another manner, with at least `air` pixels beside it."""
        self._composition, self._air = composition, air
        self.page.set_composition(composition)
        self._arrange()

    def _arrange(self) -> None:
        width = self.page.viewport().width()
        room = width - 2 * self._air
        column = column_width(self._scale, room, self._composition.width(self._faces))
        self.page.set_column((width - column) // 2, room)

    def _follow(self, mention: Mention) -> None:
        if self._guide is not None:
            self.link_chosen.emit(self._guide.links[mention.annotation])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.page.setGeometry(self.rect())
