"""A row of the report: a mark's words before and now, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from reader.annotations.anchors import State
from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.ui.revision.chips import STATE_COLORS
from reader.ui.revision.diff import Change, Part, Passage, compared
from reader.ui.revision.words import about_mark, state_words
from reader.ui.theme import Theme


class FateRow(QFrame):
    """One mark. `now` is None where its words are gone."""

    confirmed = Signal()
    choose_wanted = Signal()
    apart_wanted = Signal()

    def __init__(
        self,
        placed: PlacedMark,
        state: State,
        old: Passage,
        now: Passage | None,
        face: QFont,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mark_id, self.placed, self.state = placed.mark.id, placed, state
        self.setObjectName("row")
        color = placed.mark.color
        before, after = compared(old.words, now.words if now else "")
        if now is None:
            before = [(Change.SAME, old.words)]
        self.old = _words(face, _html(old, before, color, theme))
        self.old.setAccessibleName(self.tr("Before: {0}").format(old.words))
        if now is None:
            gone = escape(self.tr("Its words are not in this revision."))
            self.now = _words(face, f"<i style='color:{theme['muted']}'>{gone}</i>")
        else:
            self.now = _words(face, _html(now, after, color, theme))
            self.now.setAccessibleName(self.tr("Now: {0}").format(now.words))
        self.setAccessibleName(f"{state_words(state)}: “{old.words}”, {about_mark(placed.mark)}")
        self.buttons: list[QPushButton] = []
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(_pill(placed, state))
        about = QLabel(about_mark(placed.mark))
        about.setObjectName("muted")
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        about.setToolTip(placed.mark.note)
        foot.addWidget(about, 1)
        for button in self._offers(state):
            foot.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 14, 16, 12)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.old, 0, 0)
        grid.addWidget(self.now, 0, 1)
        grid.addLayout(foot, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def focus(self) -> None:
        """Give the keyboard to what is most likely wanted."""
        if self.buttons:
            self.buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offers(self, state: State) -> Sequence[QPushButton]:
        """What can be done about a mark; what is most likely wanted comes last."""
        if state in (State.EXACT, State.MOVED):
            return ()
        if state is State.DOUBTFUL:
            apart = self._button(self.tr("Keep apart"), self.apart_wanted)
            apart.setToolTip(self.tr("It has no place in this revision; My notes keeps it."))
            self._button(self.tr("Choose other words…"), self.choose_wanted)
            here = self._button(self.tr("Yes, here"), self.confirmed)
            here.setObjectName("here")
        else:
            self._button(self.tr("Choose its words…"), self.choose_wanted)
        return self.buttons

    def _button(self, words: str, what: SignalInstance) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setAccessibleDescription(self.accessibleName())
        button.clicked.connect(what)
        self.buttons.append(button)
        return button


def _words(face: QFont, html: str) -> QLabel:
    label = QLabel(html)
    label.setFont(face)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _html(passage: Passage, parts: Sequence[Part], color: Color, theme: Theme) -> str:
    """The words as rich text; what differs is told by a line, too, not by colour alone."""
    looks = {
        Change.SAME: f"background-color:{theme[f'mark_{color}']}",
        Change.GONE: f"background-color:{theme['mark_pink']};text-decoration:line-through",
        Change.NEW: f"background-color:{theme['mark_green']};text-decoration:underline",
    }
    inner = "".join(
        f"<span style='{looks[change]}'>{escape(words)}</span>" for change, words in parts
    )
    whole = f"{escape(passage.before)}{inner}{escape(passage.after)}".replace("\n", "<br>")
    return f"<div style='line-height:135%'>{whole}</div>"


def pill_sheet(theme: Theme, unit: int) -> str:
    """How the signs of all states look; `unit` is the height of letters in pixels."""
    shape = f"border-radius: {unit * 6 // 11}px; padding: 1px {unit // 2}px"
    return "".join(
        f"QLabel#{state} {{ background: {theme[color]}; {shape} }}\n"
        for state, color in STATE_COLORS.items()
    )


def pill_font(font: QFont) -> QFont:
    """The letters of these signs, among others in `font`."""
    result = QFont(font)
    result.setBold(True)
    result.setPointSizeF(font.pointSizeF() * 0.86)
    return result


def _pill(placed: PlacedMark, state: State) -> QLabel:
    words = state_words(state)
    if state is State.DOUBTFUL:
        words = f"{words} · {round(100 * placed.anchor.confidence)} %"
    pill = QLabel(words)
    pill.setObjectName(state)
    pill.setFont(pill_font(pill.font()))
    pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return pill
