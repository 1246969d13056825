"""A field that narrows a list as you type, with a button that empties it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from reader.ui.panel.painting import draw_outline, fill_rounded
from reader.ui.theme import Theme


class ClearButton(QAbstractButton):
    """A small cross."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(self.tr("Clear the filter"))
        self.setToolTip(self.tr("Clear the filter"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # Escape does the same from the field itself.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(22, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "text" if self.underMouse() else "muted"
        painter.setPen(QPen(self.theme.color(role), 1.5, c=Qt.PenCapStyle.RoundCap))
        middle, arm = QRectF(self.rect()).center(), 3.5
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))


class FilterField(QLineEdit):
    """One line to filter by. Down goes on to the list, Escape empties it."""

    left_downwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clear = ClearButton(theme, self)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda words: self._clear.setVisible(bool(words)))
        self.setFrame(False)
        # The application's style sheet would fill it with the colour of the page.
        self.setStyleSheet("QLineEdit { background: transparent; }")
        self.setPlaceholderText(self.tr("Filter"))
        self.setAccessibleName(self.tr("Filter the index"))
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = self._clear.theme = theme
        palette = theme.palette()
        # The ground is drawn here, with round corners.
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(super().sizeHint().width(), height + 2 * round(height * 0.36))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, self._theme.color("field"), self._theme.color("border"))
        if self.hasFocus():
            draw_outline(painter, rect.adjusted(-1, -1, 1, 1), self._theme.color("accent"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._clear.sizeHint()
        self._clear.resize(size)
        self._clear.move(self.width() - size.width() - 3, (self.height() - size.height()) // 2)
        self.setTextMargins(7, 0, size.width() + 2, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clears(event):
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _clears(self, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return pressed and bool(self.text())
