"""The preview: the first words of an annotation, while the pointer rests on its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QVBoxLayout, QWidget

from reader.ui.dates import date_words
from reader.ui.kinds import kind_name
from reader.ui.letters import pixels
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.ui.margin.card import CardContent

_WIDTH = 320
_LETTERS = 180


class Preview(QWidget):
    """A small sheet that takes neither the focus nor the mouse."""

    def __init__(self, page: QAbstractScrollArea, theme: Theme) -> None:
        # No child of the viewport, for Qt moves those whenever the page scrolls.
        super().__init__(page)
        self._room = page.viewport()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 10, 14, 12)
        self._box.addWidget(self._label)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def show_for(self, content: CardContent, words: QRectF) -> None:
        """Show an annotation below `words`, a rectangle in pixels of the page."""
        from html import escape

        annotation = content.annotation
        body = content.body.string.replace("\n", " ")
        if len(body) > _LETTERS:
            body = body[:_LETTERS].rsplit(" ", 1)[0] + " …"
        head = " · ".join(
            filter(
                None, (kind_name(annotation.kind), date_words(annotation.date, annotation.until))
            )
        )
        muted, kind = self._theme["muted"], self._theme[annotation.kind.value]
        self._label.setText(
            f"<span style='color:{kind}'>■</span> <span style='color:{muted}'>{escape(head)}</span>"
            f"<br><b>{escape(annotation.title)}</b><br>{escape(body)}"
        )
        room = self._room
        width = min(pixels(self, _WIDTH), room.width() - 16)
        height = self._box.totalHeightForWidth(width)
        x = round(min(max(8.0, words.left() - 12), room.width() - width - 8))
        below = words.bottom() + 8
        fits = below + height <= room.height()
        y = round(below if fits else words.top() - 8 - height)
        self.resize(width, height)
        self.move(QPoint(x, y))
        self.show()
        self.raise_()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("rule"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
