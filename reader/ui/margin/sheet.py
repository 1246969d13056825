"""The sheet that a card is drawn on, and what the mouse and the keyboard do to it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from reader.ui.pressing import enter_presses
from reader.ui.theme import Theme


class Sheet(QFrame):
    """What all cards share. The keyboard reaches it; Enter or a click makes it the active one."""

    activated = Signal(str)
    """The card was chosen: the id of its annotation or mark."""

    annotation_wanted = Signal(str)
    """A link to an annotation or a mark was chosen: what stands in the link."""

    link_activated = Signal(str)
    """An address outside the text was chosen."""

    left = Signal()
    """Escape: back to the words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._active = False
        self._keyboard = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # it is painted anew under the pointer

    @property
    def id(self) -> str:
        """The id of what it shows."""
        raise NotImplementedError

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        raise NotImplementedError

    @property
    def active(self) -> bool:
        """Whether this is the active card."""
        return self._active

    def follow(self, href: str) -> None:
        """Follow a link: `#` and what it leads to, or an address."""
        if href.startswith("#"):
            self.annotation_wanted.emit(href[1:])
        else:
            self.link_activated.emit(href)

    def draw_focus(self, painter: QPainter, body: QRectF) -> None:
        """Draw the frame of a card that has the keyboard; one that a click opened needs none."""
        if self.hasFocus() and self._keyboard:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 7, 7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Side buttons of the mouse go on to the window, for back and forward.
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.activated.emit(self.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_presses(event, self):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.id)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() not in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )
        super().focusInEvent(event)


def draw_sheet(painter: QPainter, body: QRectF, theme: Theme, edge: QColor, active: bool) -> None:
    """Draw a rounded sheet with a soft shadow; the active one has a stronger edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((0.0, 0.05), (1.2, 0.03)):
        painter.setBrush(QColor(0, 0, 0, round(255 * alpha)))
        shadow = body.translated(0, 1.2).adjusted(-spread, 0, spread, spread)
        painter.drawRoundedRect(shadow, 9, 9)
    painter.setPen(QPen(edge, 1.2 if active else 1))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(body, 8, 8)
