"""The report on a revision that has come: every mark, with its words before and now."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import State
from reader.annotations.placing import PlacedMark
from reader.library.revisions import Arrival, Fate
from reader.ui.marks import Marks
from reader.ui.revision.chips import StateChip
from reader.ui.revision.diff import Passage, passage_in, passage_of
from reader.ui.revision.row import FateRow, pill_font, pill_sheet
from reader.ui.revision.words import column_words, title_words
from reader.ui.theme import Theme
from reader.ui.timers import timer

MOST = 50
"""Rows that are shown before one asks for more."""

_AHEAD = 12
"""Rows that are made before one scrolls to them: more than are in view at once."""

_SLICE = 0.006
"""Seconds in which rows are made at a time, and one whatever it takes."""

_SHEET = """
QDialog, QWidget#rows, QWidget#head, QWidget#chips, QWidget#foot {{ background: {card} }}
QWidget#head, QWidget#chips {{ border-bottom: 1px solid {border} }}
QWidget#foot {{ border-top: 1px solid {border} }}
QScrollArea {{ background: {card}; border: none }}
QLabel {{ color: {text}; background: transparent }}
QLabel#muted {{ color: {muted} }}
QFrame#row {{ background: {card}; border: 1px solid {border}; border-radius: 9px }}
QPushButton#here {{ background: {accent}; color: {accent_text}; border-color: {accent};
    font-weight: bold }}
QPushButton#here:focus {{ border: 2px solid {text} }}
"""


class RevisionDialog(QDialog):
    """Shows what became of the marks, and lets the reader decide where that is in doubt.

    What is decided is done at once, through the marks, and can be taken back.
    """

    choose_wanted = Signal(str)
    """Words are to be chosen in the page for a mark; the dialog has gone aside."""

    finished_looking = Signal()
    """Done was chosen: nobody needs to be told of this any more."""

    def __init__(
        self, arrival: Arrival, marks: Marks, face: QFont, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._arrival, self._marks, self._theme = arrival, marks, theme
        self._face = QFont(face)
        self._face.setPointSizeF(self.font().pointSizeF() * 1.18)
        self._most = MOST
        self._fates = sorted(arrival.fates, key=lambda fate: fate.old.start or 0)
        """In the order of the text as it was."""
        self._numbers = {fate.mark.id: number for number, fate in enumerate(self._fates)}
        self._states = list(map(self._state_of, self._fates))
        """What became of each of them, and of the reader's answer to that."""
        self._wanted: list[Fate] = []
        """Those of the chosen state."""
        self._near = _AHEAD
        self._adding = timer(self, self._add_rows, once=True)
        self._now = arrival.copy.text.string
        self.setWindowTitle(title_words(arrival))
        self.chips = {state: StateChip(state, theme) for state in State}
        self._group = QButtonGroup(self)
        for chip in self.chips.values():
            self._group.addButton(chip)
        self._rows = QWidget()
        self._rows.setObjectName("rows")
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(22, 14, 22, 14)
        self._list.setSpacing(14)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._rows)
        self.done_button = QPushButton(self.tr("Done"))
        self.later_button = QPushButton(self.tr("Later"))
        self._lay_out(parent)
        unit = QFontMetrics(pill_font(self.font())).height()
        self.setStyleSheet(_SHEET.format(**theme.roles) + pill_sheet(theme, unit))
        order = (State.DOUBTFUL, State.ORPHANED, State.MOVED, State.EXACT)
        first = next((state for state in order if state in self._states), State.EXACT)
        self.chips[first].setChecked(True)
        self._group.buttonToggled.connect(self._choose_state)
        marks.changed.connect(self._marks_changed)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._look_ahead)
        bar.rangeChanged.connect(self._look_ahead)
        for keys, act in ((QKeySequence.StandardKey.Undo, marks.undo),
                          (QKeySequence.StandardKey.Redo, marks.redo)):  # fmt: skip
            QShortcut(QKeySequence(keys), self, self._taking(act))
        self.done_button.clicked.connect(self._done)
        self.later_button.clicked.connect(self.reject)
        self._fill()
        self._take_focus(0)

    @property
    def shown(self) -> list[FateRow]:
        """The rows that are shown, from the top down."""
        items = (self._list.itemAt(place) for place in range(self._list.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [each for each in widgets if isinstance(each, FateRow)]

    @property
    def state(self) -> State:
        """Which marks are shown."""
        return next(state for state, chip in self.chips.items() if chip.isChecked())

    # Looks

    def _lay_out(self, parent: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = QLabel(title_words(self._arrival))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        large = QFont(title.font())
        large.setBold(True)
        large.setPointSizeF(large.pointSizeF() * 1.3)
        title.setFont(large)
        calm = QLabel(self._calming())
        calm.setObjectName("muted")
        calm.setWordWrap(True)
        column.addWidget(_band("head", [title], 14))
        column.addWidget(_band("chips", [*self.chips.values(), calm], 12))
        heads = QWidget()
        heads.setObjectName("rows")
        row = QHBoxLayout(heads)
        row.setContentsMargins(38, 14, 38, 0)
        row.setSpacing(32)
        for words in column_words(self._arrival):
            head = QLabel(words)
            head.setObjectName("muted")
            row.addWidget(head, 1)
        column.addWidget(heads)
        column.addWidget(self.area, 1)
        apart = QLabel(
            self.tr("Apart: it stays in My notes with its old quote, and can be placed later.")
        )
        apart.setObjectName("muted")
        apart.setWordWrap(True)
        self.later_button.setAutoDefault(False)
        self.later_button.setToolTip(self.tr("What is in doubt stays so; My notes says which."))
        self.done_button.setDefault(True)
        column.addWidget(_band("foot", [apart, self.later_button, self.done_button], 13, 0))
        unit = self.fontMetrics().height()
        wanted = QSize(60 * unit, 43 * unit)
        self.resize(wanted.boundedTo(parent.size() - QSize(60, 60)))

    def _calming(self) -> str:
        before = self._arrival.before
        if before is None or before.kept is None or not before.kept.is_dir():
            return self.tr("Nothing was lost.")
        if before.edition == self._arrival.copy.manifest.revision:
            return self.tr("Nothing was lost. The text as it was stays readable.")
        return self.tr("Nothing was lost. Revision {0} stays readable.").format(before.edition)

    # What is shown

    def _state_of(self, fate: Fate) -> State | None:
        """What became of a mark, and of the reader's answer to that; None if it was deleted."""
        placed = self._marks.get(fate.mark.id)
        if placed is None:
            return None
        mark = placed.mark
        same = mark is fate.mark or (
            (mark.selector, mark.apart) == (fate.mark.selector, fate.mark.apart)
        )
        return fate.state if same else placed.anchor.state

    def _fill(self) -> None:
        self._adding.stop()
        for state, chip in self.chips.items():
            chip.set_count(self._states.count(state))
        chosen = self.state
        pairs = zip(self._fates, self._states, strict=True)
        self._wanted = [fate for fate, state in pairs if state is chosen]
        left = {}
        while (item := self._list.takeAt(0)) is not None:
            if isinstance(widget := item.widget(), FateRow):
                left[widget.mark_id] = widget
            elif widget is not None:
                _discard(widget)
        for fate in self._wanted[: self._most]:
            # Rows that say what they said stay, and with them all that is in view.
            row = left.get(fate.mark.id)
            if row is None or (row.placed, row.state) != (self._placed_of(fate), chosen):
                break
            self._list.addWidget(left.pop(fate.mark.id))
        for row in left.values():
            _discard(row)
        self._add_rows()

    def _add_rows(self) -> None:
        """Make rows near those in view: some now, the others while nothing else is done."""
        until = time.perf_counter() + _SLICE
        there, most = self._list.count(), min(self._most, len(self._wanted))
        if there > most:
            return  # what comes last is there, too
        for fate in self._wanted[there : min(most, self._near)]:
            self._list.addWidget(self._row(fate))
            if time.perf_counter() > until:
                self._adding.start()
                return
        if self._list.count() < most:
            return
        if not self._wanted:
            none = QLabel(self.tr("There are none of these."))
            none.setObjectName("muted")
            self._list.addWidget(none)
        if len(self._wanted) > self._most:
            more = QPushButton(self.tr("Show %n more", "", len(self._wanted) - self._most))
            more.setAutoDefault(False)
            more.clicked.connect(self._show_more)
            self._list.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addStretch()

    def _look_ahead(self) -> None:
        """Make more rows when one comes near the last of them."""
        bar, most = self.area.verticalScrollBar(), min(self._most, len(self._wanted))
        if self._list.count() < most and bar.maximum() - bar.value() < bar.pageStep():
            self._near = self._list.count() + _AHEAD
            self._adding.start()

    def _placed_of(self, fate: Fate) -> PlacedMark:
        return self._marks.get(fate.mark.id) or fate.placed

    def _row(self, fate: Fate) -> FateRow:
        placed = self._placed_of(fate)
        orphaned = placed.orphaned
        now = None if orphaned else passage_in(self._now, placed.start, placed.end)
        row = FateRow(placed, self.state, self._old(fate), now, self._face, self._theme)
        mark_id = fate.mark.id
        row.confirmed.connect(
            lambda: self._act(mark_id, lambda: self._marks.move(mark_id, placed.start, placed.end))
        )
        row.apart_wanted.connect(
            lambda: self._act(mark_id, lambda: self._marks.keep_apart(mark_id))
        )
        row.choose_wanted.connect(lambda: self._go_aside(mark_id))
        return row

    def _old(self, fate: Fate) -> Passage:
        text, old = self._arrival.before_text, fate.old
        if not text:
            return passage_of(old)
        if old.stands_in(text) and old.start is not None:
            return passage_in(text, old.start, old.start + len(old.exact))
        found = anchor(text, old)
        if found.state in (State.EXACT, State.MOVED) and found.start is not None:
            return passage_in(text, found.start, found.end or found.start)
        return passage_of(old)

    # What is done

    def _act(self, mark_id: str, act: Callable[[], object]) -> None:
        place = next((n for n, row in enumerate(self.shown) if row.mark_id == mark_id), 0)
        act()
        self._take_focus(place)

    def _taking(self, act: Callable[[], object]) -> Callable[[], None]:
        def take() -> None:
            act()
            self._take_focus(0)

        return take

    def _take_focus(self, place: int) -> None:
        rows = [row for row in self.shown if row.buttons]
        if rows:
            rows[min(place, len(rows) - 1)].focus()
        else:
            self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_aside(self, mark_id: str) -> None:
        self.hide()
        self.choose_wanted.emit(mark_id)

    def come_back(self) -> None:
        """Be there again, after words were chosen or not."""
        self.open()
        self._take_focus(0)

    def _marks_changed(self, mark_id: str) -> None:
        if not self._marks.are_of(self._arrival.copy):
            return
        if mark_id in self._numbers:
            number = self._numbers[mark_id]
            self._states[number] = self._state_of(self._fates[number])
        elif not mark_id:
            self._states = list(map(self._state_of, self._fates))
        self._fill()

    def _choose_state(self, _chip: object, chosen: bool) -> None:
        if chosen:
            self._most, self._near = MOST, _AHEAD
            self._fill()
            self.area.verticalScrollBar().setValue(0)

    def _show_more(self) -> None:
        self._most += 10 * MOST
        self._near += _AHEAD
        self._fill()

    def _done(self) -> None:
        self.finished_looking.emit()
        self.accept()


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


def _band(name: str, parts: list[QWidget], padding: int, stretched: int = -1) -> QWidget:
    """A strip across the dialog; what is stretched takes the room that is left."""
    band = QWidget()
    band.setObjectName(name)
    band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(band)
    row.setContentsMargins(22, padding, 22, padding)
    row.setSpacing(12)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == stretched % len(parts) else 0)
    return band
