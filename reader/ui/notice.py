"""A notice: one sentence above the page, until it is closed; and the progress of long work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from reader.ui.announce import announce
from reader.ui.icons import Icons
from reader.ui.letters import pixels
from reader.ui.theme import Theme
from reader.ui.timers import timer

_UNNOTICED = 150
"""Milliseconds of work that need no progress bar."""


class Notice(QWidget):
    """Says what went wrong, or what was mended, without stopping anybody."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offer = QPushButton()
        self._offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._offer.clicked.connect(self._take_offer)
        self._offer.hide()
        self._act: Callable[[], object] | None = None
        self._close = QToolButton()
        self._fit()
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(self.tr("Notice"))
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def offered(self) -> str:
        """What its button says; empty while there is none."""
        return "" if self._offer.isHidden() else self._offer.text()

    def say(self, words: str) -> None:
        """Show a sentence; it stays until it is closed or replaced."""
        self._offer.hide()
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self.show()
        announce(self, words, assertive=True)

    def add(self, words: str) -> None:
        """Say a sentence besides what is still being said, and offered."""
        offered, act = self.offered, self._act
        if self.isHidden():
            self.say(words)
        else:
            self.offer(f"{self.words} {words}", offered, act)

    def offer(self, words: str, label: str, act: Callable[[], object] | None) -> None:
        """Show a sentence and a button that does something about it."""
        self.say(words)
        self._act = act
        self._offer.setText(label)
        self._offer.setVisible(bool(label))

    def take_offer(self) -> None:
        """Do what is offered, as a click on the button does."""
        self._offer.click()

    def _take_offer(self) -> None:
        if self._act is not None:
            self._act()

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._close.setIcon(icons.icon("close"))
        self.update()

    def _fit(self) -> None:
        side = pixels(self, 16)
        self._close.setIconSize(QSize(side, side))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("found"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class Progress(QWidget):
    """What is being done and how far it is, with a way to stop it. Short work never shows."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        stop = QPushButton(self.tr("Cancel"))
        stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(14)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        self._later = timer(self, self._appear, _UNNOTICED, once=True)
        self.hide()

    def begin(self, words: str) -> None:
        """Show this work soon, unless it is finished before."""
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setValue(0)
        self._later.start()

    def _appear(self) -> None:
        self.show()
        announce(self, self._words.text())

    def advance(self, share: float) -> None:
        """How much is done, 0 to 1."""
        self._bar.setValue(round(1000 * share))

    def end(self) -> None:
        """The work is done, or given up."""
        self._later.stop()
        self.hide()
