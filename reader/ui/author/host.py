"""Where the form stands: in the margin beside the words, or over the text where there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.ui.author.form import AnnotationForm
from reader.ui.margin.popover import beside
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme
from reader.ui.timers import timer

_AIR = 8
_LIFT = 12
"""Pixels by which the form stands above its line, so that its first line is level with it."""
_WIDTH = 380


class FormHost(QWidget):
    """Holds the form. Where it covers the margin, the cards there wait until it is closed."""

    def __init__(self, reading: ReadingView, theme: Theme) -> None:
        super().__init__(reading.page)
        self._reading, self._theme = reading, theme
        self._position = 0
        self._covers = True
        self.form = AnnotationForm(theme, self)
        self._soon = timer(self, self.place, once=True)
        self.form.height_changed.connect(self._soon.start)
        reading.arranged.connect(self.place)
        reading.page.place_changed.connect(self.place)
        reading.page.geometry_changed.connect(self.place)
        self.hide()

    def open(self, position: int) -> None:
        """Show the form beside the code point `position`."""
        self._position = position
        self._reading.margin.setEnabled(False)
        self.show()
        self.raise_()
        self.place()

    def close_form(self) -> None:
        """Show the cards again."""
        self.hide()
        self._reading.margin.setEnabled(True)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.form.apply_theme(theme)
        self.update()

    def place(self) -> None:
        """Stand beside the words as far as all of the form is in view."""
        if not self.isVisible():
            return
        page, margin = self._reading.page, self._reading.margin
        room = page.viewport().rect()
        line = page.line_top(self._position) - page.scroll()
        self._covers = self._reading.margin_shown()
        if self._covers:
            area = margin.geometry()
            self.setGeometry(area)
            height = min(self.form.wanted_height(area.width()), area.height() - 2 * _AIR)
            top = min(max(_AIR, round(line) - _LIFT), area.height() - height - _AIR)
            self.form.setGeometry(0, top, area.width(), height)
        else:
            unit = max(1.0, self.fontMetrics().height() / 17)
            width = min(round(_WIDTH * unit), room.width() - 2 * _AIR)
            height = self.form.wanted_height(width)
            words = page.line_rect(self._position)
            place = (
                beside(words, width, height, room)
                if room.intersects(words.toAlignedRect())
                else QRect(room.width() - width - _AIR, _AIR, width, room.height() - 2 * _AIR)
            )
            place.setHeight(max(place.height(), min(height, room.height() // 2)))
            place.moveTop(max(_AIR, min(place.top(), room.height() - place.height() - _AIR)))
            self.setGeometry(place)
            self.form.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("page"))
