"""What became of the annotations of a file: how many came in, and each of the others and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reader.exchange.importing import ELSEWHERE, Import, ImportRow, Outcome
from reader.ui.button_box import button_box
from reader.ui.letters import bounded
from reader.ui.panel.words import shortened
from reader.ui.translation import QT_TRANSLATE_NOOP

_Index = QModelIndex | QPersistentModelIndex

_WORDS = {
    Outcome.EXACT: QT_TRANSLATE_NOOP("ImportReport", "at its place"),
    Outcome.MOVED: QT_TRANSLATE_NOOP("ImportReport", "found again"),
    Outcome.DOUBTFUL: QT_TRANSLATE_NOOP("ImportReport", "in doubt"),
    Outcome.ORPHANED: QT_TRANSLATE_NOOP("ImportReport", "without a place"),
    Outcome.RENEWED: QT_TRANSLATE_NOOP("ImportReport", "renewed"),
    Outcome.KNOWN: QT_TRANSLATE_NOOP("ImportReport", "here already"),
    Outcome.SKIPPED: QT_TRANSLATE_NOOP("ImportReport", "left out"),
}


def outcome_words(outcome: Outcome) -> str:
    """What became of an annotation, in the language of the interface."""
    return QCoreApplication.translate("ImportReport", _WORDS[outcome])


class ImportReport(QDialog):
    """Says what a file brought. `name` is the file's."""

    mark_chosen = Signal(str)
    """The id of a mark that came in: go there."""

    text_wanted = Signal(str)
    """The id of the text that most of what was left out is about: import the file there."""

    def __init__(
        self,
        name: str,
        brought: Import,
        parent: QWidget,
        title_of: Callable[[str], str] = lambda _id: "",
    ) -> None:
        """`title_of` says what a text is called that the library has; empty where it lacks it."""
        super().__init__(parent)
        self._title_of = title_of
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Imported from {0}").format(name))
        self._rows = brought.rows
        self.said = QLabel(self._sentence(brought))
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.shown = QComboBox()
        self.shown.setAccessibleName(self.tr("Show"))
        self.shown.addItem(self.tr("All ({0})").format(len(self._rows)), None)
        for outcome, count in brought.counts().items():
            if count:
                self.shown.addItem(f"{outcome_words(outcome)} ({count})", outcome)
        self.shown.currentIndexChanged.connect(self._show)
        self.list = self._table()
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        known = [text_id for text_id, _ in brought.elsewhere if title_of(text_id)]
        self.there_button = None
        if known:
            self.there_button = buttons.addButton(
                self.tr("Open that text and import there"),
                QDialogButtonBox.ButtonRole.ActionRole,
            )
            self.there_button.setAutoDefault(False)
            self.there_button.clicked.connect(lambda: self._go_there(known[0]))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        several = self.shown.count() > 2
        self.shown.setVisible(several)
        self.list.setVisible(bool(self._rows))
        unit = self.fontMetrics().height()
        self.resize(bounded(self, QSize(44 * unit, (28 if self._rows else 8) * unit)))
        self._show()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("What became of each"))
        table.setModel(_Rows(self._rows, self))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(1.7 * self.fontMetrics().height()))
        table.horizontalHeader().hide()
        sides = table.horizontalHeader()
        sides.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        sides.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.activated.connect(self._choose)
        return table

    def _show(self) -> None:
        wanted = self.shown.currentData()
        rows = [row for row in self._rows if wanted in (None, row.outcome)]
        self.list.setModel(_Rows(rows, self))

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if row.mark:
            self.mark_chosen.emit(row.mark)
            self.accept()

    def _go_there(self, text_id: str) -> None:
        self.accept()
        self.text_wanted.emit(text_id)

    def _sentence(self, brought: Import) -> str:
        if not brought.rows:
            nothing = self.tr("There are no annotations in this file, so nothing came in.")
            return " ".join((nothing, *brought.failed))
        counts = brought.counts()
        came = len(brought.marks)
        said = [
            self.tr("%n mark(s) came in.", "", came)
            if came
            else self.tr("Nothing new came in: this text has all that the file brings.")
            if counts[Outcome.KNOWN] or counts[Outcome.RENEWED]
            else self.tr("Nothing came in.")
        ]
        if renewed := counts[Outcome.RENEWED]:
            words = self.tr("%n mark(s) renewed, as their makers have changed them.", "", renewed)
            said.append(words)
        if doubtful := counts[Outcome.DOUBTFUL]:
            words = self.tr("%n mark(s) in doubt: see whether the place is right.", "", doubtful)
            said.append(words)
        if orphaned := counts[Outcome.ORPHANED]:
            words = self.tr(
                "%n mark(s) without words in this text: My notes has them.", "", orphaned
            )
            said.append(words)
        if skipped := counts[Outcome.SKIPPED]:
            said.append(self.tr("%n annotation(s) left out.", "", skipped))
        for text_id, count in brought.elsewhere[:_MOST_TEXTS]:
            title = self._title_of(text_id)
            words = (
                self.tr("%n annotation(s) about another text: “{0}”.", "", count)
                if title
                else self.tr("%n annotation(s) about a text that is not here ({0}).", "", count)
            )
            said.append(words.format(title or shortened(text_id)))
        return " ".join((*said, *brought.failed))


_MOST_TEXTS = 3
"""Texts that are named."""

_ROW = Qt.ItemDataRole.UserRole + 1


class _Rows(QAbstractTableModel):
    """A quote, and what became of it."""

    def __init__(self, rows: Sequence[ImportRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        quote = shortened(row.quote) or self.tr("Number {0}").format(row.number)
        fate = outcome_words(row.outcome)
        why = row.why if row.outcome is Outcome.SKIPPED else ""
        if why == ELSEWHERE:
            why = self.tr("is about another text")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return quote if index.column() == 0 else why or fate
            case Qt.ItemDataRole.ToolTipRole:
                return why or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (quote, fate, why)))
            case _ if role == _ROW:
                return row
        return None
