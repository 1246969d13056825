"""A chart from a small table: labels and numbers, and below them the chart as it will be drawn."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reader.annotations.model import Chart, ChartKind
from reader.ui.author.field import FaultLabel
from reader.ui.margin.chart import ChartView
from reader.ui.panel.tabs import Switch
from reader.ui.theme import Theme

MOST_ROWS = 200
_KINDS = (ChartKind.BARS, ChartKind.SHARE, ChartKind.LINE)


class ChartField(QWidget):
    """Edits a chart. There is always an empty row to type in; empty rows do not count."""

    changed = Signal()

    def __init__(self, theme: Theme, role: str, parent: QWidget | None = None) -> None:
        """`role` is the colour role that the chart is drawn in."""
        super().__init__(parent)
        self._theme, self._role = theme, role
        self._rows: list[tuple[_Cell, _Cell]] = []
        self.kind = Switch(theme, (self.tr("Bars"), self.tr("Shares"), self.tr("Line")))
        self.kind.setAccessibleName(self.tr("How the numbers are drawn"))
        self.kind.currentChanged.connect(self._changed)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("What is counted"))
        self.title.setAccessibleName(self.tr("What is counted"))
        self.unit = QLineEdit()
        self.unit.setPlaceholderText(self.tr("Unit, such as %"))
        self.unit.setAccessibleName(self.tr("Unit"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._fault = FaultLabel()
        self._view: ChartView | None = None
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.title, 3)
        line.addWidget(self.unit, 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.kind)
        self._column.addLayout(line)
        self._column.addLayout(self._grid)
        self._column.addWidget(self._fault)
        for each in (self.title, self.unit):
            each.textEdited.connect(self._changed)
        self._add_row()

    # What it holds

    def set_chart(self, chart: Chart | None) -> None:
        """Show a chart, or an empty table."""
        self.kind.setCurrentIndex(_KINDS.index(chart.kind) if chart else 0)
        self.title.setText(chart.title if chart else "")
        self.unit.setText(chart.unit if chart else "")
        self._fill([(label, _typed(number)) for label, number in chart.values] if chart else [])

    def chart(self) -> Chart | None:
        """The chart as it stands; None while nothing can be drawn, or something is wrong."""
        if self.faults():
            return None
        values = tuple((label, _number(number) or 0.0) for label, number in self._filled())
        if not values:
            return None
        kind = _KINDS[self.kind.currentIndex()]
        return Chart(kind, values, self.unit.text().strip(), self.title.text().strip())

    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self._filled() and not self.title.text() and not self.unit.text()

    def typed(self) -> tuple[object, ...]:
        """All that is typed, to be compared."""
        return (
            self.kind.currentIndex(),
            self.title.text(),
            self.unit.text(),
            tuple(self._filled()),
        )

    def faults(self) -> str:
        """What is wrong with the table, in a sentence; empty when nothing is."""
        seen: set[str] = set()
        share = _KINDS[self.kind.currentIndex()] is ChartKind.SHARE
        for label, typed in self._filled():
            number = _number(typed)
            if not label:
                return self.tr("Say what “{0}” is the number of.").format(typed)
            if not typed:
                return self.tr("Give “{0}” a number, or take it away.").format(label)
            if number is None:
                return self.tr("“{0}” is not a number; write digits, such as 12.7.").format(typed)
            if share and number < 0:
                return self.tr("A share cannot be less than nothing; use bars for “{0}”.").format(
                    label
                )
            if label in seen:
                return self.tr("“{0}” stands twice; give one of them another name.").format(label)
            seen.add(label)
        return ""

    def say_faults(self) -> str:
        """Show what is wrong beside the table; the answer is the sentence."""
        fault = self.faults()
        if not fault and not self._filled() and not self.is_empty():
            fault = self.tr("Type at least one label with its number.")
        self._fault.say(fault)
        return fault

    def first_cell(self) -> QWidget:
        """Where one begins to type."""
        return self._rows[0][0]

    def apply_theme(self, theme: Theme, role: str) -> None:
        """Draw in other colours."""
        self._theme, self._role = theme, role
        self.kind.apply_theme(theme)
        self._draw()

    # Inside

    def _filled(self) -> list[tuple[str, str]]:
        rows = [(a.text().strip(), b.text().strip()) for a, b in self._rows]
        return [row for row in rows if any(row)]

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        while len(self._rows) < min(len(rows) + 1, MOST_ROWS):
            self._add_row()
        for number, cells in enumerate(self._rows):
            words = rows[number] if number < len(rows) else ("", "")
            for cell, each in zip(cells, words, strict=True):
                cell.setText(each)
        self._draw()

    def _add_row(self) -> None:
        number = len(self._rows)
        cells = _Cell(self), _Cell(self)
        names = self.tr("Label {0}"), self.tr("Number {0}")
        for column, (cell, name) in enumerate(zip(cells, names, strict=True)):
            cell.setAccessibleName(name.format(number + 1))
            cell.textEdited.connect(self._changed)
            cell.pasted.connect(lambda words, number=number: self._paste(number, words))
            self._grid.addWidget(cell, number, column)
            cell.show()
        if not number:
            cells[0].setPlaceholderText(self.tr("Label"))
            cells[1].setPlaceholderText(self.tr("Number"))
        before = self._rows[-1][1] if self._rows else self.unit
        for cell in cells:
            QWidget.setTabOrder(before, cell)
            before = cell
        self._rows.append(cells)

    def _paste(self, number: int, words: str) -> None:
        """Put a table from elsewhere, a line a row, in place from a row on."""
        rows = [(a.text().strip(), b.text().strip()) for a, b in self._rows[:number]]
        for line in words.splitlines():
            if line.strip():
                label, tab, value = line.partition("\t")
                if not tab:
                    label, _, value = line.rpartition(",") if "," in line else (line, "", "")
                rows.append((label.strip(), value.strip()))
        self._fill(rows[:MOST_ROWS])
        self.changed.emit()

    def _changed(self) -> None:
        if any(cell.text() for cell in self._rows[-1]) and len(self._rows) < MOST_ROWS:
            self._add_row()
        if not self._fault.isHidden():
            self.say_faults()
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        """Draw the chart anew; while something is wrong, the last one that could be drawn."""
        chart = self.chart()
        if chart is None and not self.is_empty() and self._view is not None and self._filled():
            return
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        if chart is not None:
            self._view = ChartView(chart, self._role)
            self._view.apply_theme(self._theme)
            self._column.addWidget(self._view)


class _Cell(QLineEdit):
    """A cell of the table; a table that is pasted is handed on."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            words = QGuiApplication.clipboard().text()
            if "\n" in words.strip() or "\t" in words.strip():
                self.pasted.emit(words)
                return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)


def _number(typed: str) -> float | None:
    """A number with a point, as the file has it, else as people here write it."""
    words = "".join(typed.split()).replace("\u2212", "-")
    try:
        number = float(words)
    except ValueError:
        number, understood = QLocale().toDouble(words)
        if not understood:
            return None
    return number if math.isfinite(number) else None


def _typed(number: float) -> str:
    """A number as one would type it."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
