"""The palette in its window: a field, the rows found below it, and what is run last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reader.ui.actions import Actions
from reader.ui.commands import COMMANDS
from reader.ui.icons import Icons
from reader.ui.palette.offered import Candidates, Entry, Row, command_rows, entry_rows
from reader.ui.palette.row_painter import LEAD, row_height
from reader.ui.palette.row_view import RowView
from reader.ui.panel.painting import scaled
from reader.ui.theme import Theme

_MOST_RECENT = 8
_EDGE = 6  # between the card and its rows
_ROUNDED = 12.0
_SHADOW = 20
_AWAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_OURS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class CommandPalette(QWidget):
    """Lies over its window while it is open, and keeps what was run last."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        icons: Icons,
        theme: Theme,
        entries: Callable[[], Iterable[Entry]] = tuple,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._entries = entries
        self._theme = theme
        self._recent: list[tuple[str, ...]] = []
        self._candidates = Candidates((), ())
        self._came_from: QWidget | None = None
        self.setAccessibleName(self.tr("Command palette"))
        self._build()
        self.apply_theme(theme, icons)
        self.hide()
        window.installEventFilter(self)
        for command in COMMANDS:
            if command.id != "palette":
                actions[command.id].triggered.connect(self.dismiss)

    def _build(self) -> None:
        self._card = QFrame(self)
        self._magnifier = QLabel(self._card)
        self._magnifier.setAccessibleName(self.tr("Search"))
        self._magnifier.setFixedWidth(LEAD)
        self._magnifier.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field = QLineEdit(self._card)
        self._field.setPlaceholderText(self.tr("Type what to do, or where to go"))
        self._field.setAccessibleName(self.tr("What to do, or where to go"))
        self._field.textEdited.connect(self._find)
        self._field.installEventFilter(self)
        self._list = RowView(self._theme, self._card)
        self._list.setAccessibleName(self.tr("Commands and places"))
        self._list.run_wanted.connect(self._run)
        self._nothing = QLabel(self._card)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 10, 0)
        top.setSpacing(0)
        top.addWidget(self._magnifier)
        top.addWidget(self._field)
        self._column = QVBoxLayout(self._card)
        self._column.setSpacing(_EDGE)
        self._column.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        self._column.addLayout(top)
        self._column.addWidget(self._list)
        self._column.addWidget(self._nothing)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw with this theme's roles and these icons from now on."""
        self._theme = theme
        self._list.apply_theme(theme)
        size = round(self.fontMetrics().height() * 0.95)
        self._magnifier.setPixmap(
            icons.icon("search").pixmap(QSize(size, size), self.devicePixelRatio())
        )
        self._card.setStyleSheet(
            "QLineEdit, QListView, QLabel { border: 0; padding: 0; background: transparent;"
            f" color: {theme['text']} }}"
            f"QLineEdit {{ placeholder-text-color: {theme['muted']};"
            f" selection-background-color: {theme['selection']};"
            f" selection-color: {theme['text']} }}"
            f"QLabel {{ color: {theme['muted']} }}"
            "QScrollBar { border: 0; margin: 0; background: transparent; width: 8px }"
            f"QScrollBar::handle {{ border-radius: 3px; background: {theme['rule']};"
            " margin: 0 0 0 2px; min-height: 24px }"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0 }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent }"
        )
        self.update()

    def open(self) -> None:
        """Show the palette; when it is open already, close it."""
        if self.isVisible():
            self.dismiss()
            return
        self._came_from = QApplication.focusWidget()
        rows = [*command_rows(self._actions), *entry_rows(self._entries())]
        self._candidates = Candidates(rows, self._recent)
        self._field.clear()
        if window := self.parentWidget():
            self.setGeometry(window.rect())
        self.raise_()
        self.show()
        self._find("")
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close the palette; the focus returns to where it came from."""
        if not self.isVisible():
            return
        came_from, self._came_from = self._came_from, None
        had_focus = self._field.hasFocus()
        self.hide()
        if had_focus and came_from and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> None:
        self._list.show_rows(self._candidates.found(text))
        self._nothing.setText(self.tr("Nothing is called “{0}”.").format(text.strip()))
        self._arrange()
        self._list.choose_first()

    def _run(self, row: Row) -> None:
        if row.key in self._recent:
            self._recent.remove(row.key)
        self._recent = [row.key, *self._recent][:_MOST_RECENT]
        self.dismiss()
        row.run()

    # Where it lies, and how it looks

    def _arrange(self) -> None:
        font = scaled(self.font(), 1.15)
        self._field.setFont(font)
        self._field.setFixedHeight(round(QFontMetrics(font).height() * 2.4))
        row = row_height(self.font())
        self._nothing.setMinimumHeight(row)
        self._nothing.setContentsMargins(LEAD, 0, LEAD, 0)
        found = self._list.count > 0
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        width = min(self.fontMetrics().averageCharWidth() * 92, self.width() - 4 * _EDGE)
        top = max(2 * _EDGE, self.height() // 9)
        self._list.fit(self.height() - top - self._field.height() - 5 * _EDGE)
        height = self._field.height() + 2 * _EDGE
        height += self._list.height() if found else max(row, self._nothing.sizeHint().height())
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("window", 0.35))
        card = QRectF(self._card.geometry()).adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.color("window" if theme.dark else "text", 0.05 if theme.dark else 0.008)
        )
        for spread in range(_SHADOW, 0, -1):
            around = card.adjusted(-spread, 4 - spread, spread, 4 + spread)
            painter.drawRoundedRect(around, _ROUNDED + spread, _ROUNDED + spread)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(card, _ROUNDED, _ROUNDED)
        line = self._card.y() + self._field.height() + 0.5
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawLine(QPointF(card.left(), line), QPointF(card.right(), line))
        painter.end()

    # What comes from outside

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._arrange()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # the field keeps the focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if watched is self._field:
                if event.type() == QEvent.Type.KeyPress:
                    return self._key(event)
                if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                    event.accept()
                    return True
            case QFocusEvent() if watched is self._field:
                if event.lostFocus() and event.reason() not in _AWAY:
                    self.dismiss()
            case QResizeEvent() if watched is self.parentWidget():
                self.resize(event.size())
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        return (event.key() in _OURS and not event.modifiers()) or self._closes(event)

    def _closes(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        return event.key() == Qt.Key.Key_Escape or keys in self._actions["palette"].shortcuts()

    def _key(self, event: QKeyEvent) -> bool:
        if self._list.take_key(event):
            return True
        if self._closes(event):
            self.dismiss()
            return True
        return False
