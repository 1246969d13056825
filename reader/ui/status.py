"""The status line: how far one is, and what there is to know."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from reader.ui.announce import announce
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme
from reader.ui.timers import timer

_MOST_MINUTES = 99
"""What takes longer is told in hours."""


_SAID_FOR = 12_000
"""Milliseconds for which it is said what has happened."""


class Status(QWidget):
    """One row below everything else."""

    problems_wanted = Signal()
    """The number of problems was chosen."""

    share_wanted = Signal()
    """The author's copy is to be handed out."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Status"))
        self._place = QLabel()
        self._author = QLabel()
        self._author.hide()
        self._share = QToolButton()
        self._share.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._share.clicked.connect(self.share_wanted)
        self._share.hide()
        self._count = QLabel()
        self._marks = QLabel()
        self._said = _Said()
        self._stays = False
        self._is_over = timer(self, self.forget, _SAID_FOR, once=True)
        self._problems = QToolButton()
        self._problems.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._problems.clicked.connect(self.problems_wanted)
        self._problems.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 14, 3)
        row.setSpacing(18)
        self._text = QWidget()
        text = StripLayout(self._text, gap=18)
        for part in (self._author, self._place, self._count, self._marks):
            text.addWidget(part)
        text.turn()
        text.addWidget(self._problems)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self._said)
        row.addWidget(self._share)
        for label in (self._author, self._place, self._count, self._marks):
            label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

    def show_place(self, progress: float, minutes: int) -> None:
        """How far one is (0 to 1), and the minutes to the end."""
        percent = self.tr("{0} %").format(round(100 * progress))
        left = self._left_words(minutes)
        self._place.setText(" · ".join(filter(None, (percent, left))))

    def _left_words(self, minutes: int) -> str:
        """How long it takes to the end; nobody reckons a novel in minutes."""
        if minutes > _MOST_MINUTES:
            return self.tr("%n h left", "", round(minutes / 60))
        return self.tr("%n min left", "", minutes) if minutes else ""

    def show_counts(self, annotations: int, problems: int) -> None:
        """How many annotations the text has, and how many problems the copy."""
        self._count.setText(self.tr("%n annotation(s)", "", annotations) if annotations else "")
        self._count.setVisible(bool(annotations))
        self._problems.setText(self.tr("%n problem(s) in this copy", "", problems))
        self._problems.setVisible(bool(problems))

    def show_marks(self, highlights: int, notes: int, answers: int) -> None:
        """How many marks the reader has made in this text."""
        words = (
            self.tr("%n highlight(s)", "", highlights) if highlights else "",
            self.tr("%n note(s)", "", notes) if notes else "",
            self.tr("%n answer(s)", "", answers) if answers else "",
        )
        self._marks.setText(" · ".join(filter(None, words)))
        self._marks.setVisible(any(words))

    def show_author(self, words: str, share: str = "") -> None:
        """Say which file is written and when it was; empty outside of author mode.

        `share` are the words of the button that hands the copy out.
        """
        self._author.setText(words)
        self._author.setVisible(bool(words))
        self._place.setVisible(not words)
        self._share.setText(share)
        self._share.setVisible(bool(share))

    def show_text(self, shown: bool) -> None:
        """Say what there is to know of the text; of no text while another page is shown."""
        self.forget()
        self._text.setVisible(shown)
        self._share.setVisible(shown and bool(self._share.text()))

    def say(self, words: str, quietly: bool = False, stays: bool = False) -> None:
        """Say in a word or two what has just happened, such as “Saved”; `quietly` is not heard.

        It goes after a while, or with the text, unless it `stays`: then it is how things are.
        """
        self._said.setText(words)
        self._said.setToolTip(words if " " in words else "")
        self._stays = stays
        self._is_over.start()
        if not quietly:
            announce(self, words)

    def forget(self) -> None:
        """Say no more of what has happened; what stays is said until it is otherwise."""
        if not self._stays:
            self._said.setText("")
            self._said.setToolTip("")

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("muted"))
        for label in (self._author, self._place, self._count, self._marks, self._said):
            label.setPalette(palette)
        self._problems.setStyleSheet(
            f"QToolButton {{ color: {theme['danger']}; padding: 0 6px; min-height: 24px }}"
        )
        self.update()

    def paintEvent(self, _event: object) -> None:
        if self._theme is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(0, 0, self.width(), 0)


class _Said(QLabel):
    """What has just happened; a long path in it is shortened, and whole in its tip."""

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        return QSize(min(size.width(), 12 * self.fontMetrics().height()), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)
