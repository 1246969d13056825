"""Choosing words in the page for a mark that is there already."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from reader.annotations.marks import Mark
from reader.ui.marking import Marking
from reader.ui.page.page import PageView
from reader.ui.panel.words import shortened
from reader.ui.theme import Theme


class Choosing(QWidget):
    """A strip above the page that says what to do. Enter in the page places, Escape gives up."""

    chosen = Signal(int, int)
    """These words, in code points."""

    given_up = Signal()

    def __init__(self, marking: Marking, page: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._marking, self._page = marking, page
        self._theme: Theme | None = None
        self._had_caret = False
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.place_button = QPushButton(self.tr("Place here"))
        self.place_button.setToolTip(self.tr("Enter, in the text"))
        self.stop_button = QPushButton(self.tr("Leave it"))
        self.place_button.clicked.connect(self._place)
        self.stop_button.clicked.connect(self.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        row.addWidget(self.place_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignTop)
        self._keys = [
            _shortcut(Qt.Key.Key_Return, page, self._place),
            _shortcut(Qt.Key.Key_Enter, page, self._place),
            _shortcut(Qt.Key.Key_Escape, page, self.give_up),
            _shortcut(Qt.Key.Key_Escape, self, self.give_up),
        ]
        page.selectionChanged.connect(self._selection_changed)
        self._set_keys(False)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def start(self, mark: Mark) -> None:
        """Let words be chosen for a mark; those that are selected already will do."""
        quote = shortened(mark.selector.exact, 90)
        said = self.tr("Select the words that “{0}” belongs to, then press Enter.").format(quote)
        self._words.setText(said)
        self.setAccessibleName(said)
        self._had_caret = self._page.caret_mode
        self._page.set_caret_mode(True)
        self._marking.choosing = True
        self._set_keys(True)
        self._selection_changed()
        self.show()
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Choose nothing after all."""
        if self._marking.choosing:
            self._end()
            self.given_up.emit()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.setStyleSheet(
            "QPushButton:disabled {{ color: {muted}; background: transparent }}".format(
                **theme.roles
            )
        )
        self.update()

    def _place(self) -> None:
        words = self._marking.selected()
        if words is not None and self._marking.choosing:
            self._end()
            self._page.clear_selection()
            self.chosen.emit(*words)

    def _end(self) -> None:
        self._marking.choosing = False
        self._set_keys(False)
        self._page.set_caret_mode(self._had_caret)
        self.hide()

    def _set_keys(self, on: bool) -> None:
        for shortcut in self._keys:
            shortcut.setEnabled(on)

    def _selection_changed(self) -> None:
        if self._marking.choosing:
            self.place_button.setEnabled(self._marking.selected() is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("selection"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _shortcut(key: Qt.Key, parent: QWidget, act: object) -> QShortcut:
    shortcut = QShortcut(QKeySequence(key), parent)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
    return shortcut
