"""Applying the annotations of another copy to the text that is shown, with a report first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.copies.applying import (
    AnnotationSet,
    Applied,
    Outcome,
    annotation_set,
    apply_annotations,
    apply_to,
)
from reader.copies.copy import Copy
from reader.copies.making import Made
from reader.copies.manuscripts import from_copy
from reader.ui.author.dialog_look import PathField, dialog_sheet, free_folder
from reader.ui.author.field import FaultLabel, Field
from reader.ui.author.leading_field import shortened
from reader.ui.author.new_copy import texts_folder
from reader.ui.background import Background, Report
from reader.ui.button_box import button_box
from reader.ui.letters import bounded
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.translation import QT_TRANSLATE_NOOP

_READING = 250
"""Milliseconds after the last letter until a set that is named is looked at."""

_WORDS = {
    Outcome.EXACT: QT_TRANSLATE_NOOP("Reuse", "exact"),
    Outcome.MOVED: QT_TRANSLATE_NOOP("Reuse", "moved"),
    Outcome.DOUBTFUL: QT_TRANSLATE_NOOP("Reuse", "doubtful"),
    Outcome.ORPHANED: QT_TRANSLATE_NOOP("Reuse", "not in this text"),
    Outcome.TERMS: QT_TRANSLATE_NOOP("Reuse", "mentioned"),
    Outcome.WHOLE_TEXT: QT_TRANSLATE_NOOP("Reuse", "whole text"),
    Outcome.NOTHING: QT_TRANSLATE_NOOP("Reuse", "nothing leads to it"),
}
_WORST_FIRST = (
    Outcome.ORPHANED,
    Outcome.DOUBTFUL,
    Outcome.NOTHING,
    Outcome.MOVED,
    Outcome.EXACT,
    Outcome.TERMS,
    Outcome.WHOLE_TEXT,
)


def outcome_words(outcome: Outcome) -> str:
    """What became of an annotation."""
    return QCoreApplication.translate("Reuse", _WORDS[outcome])


class ReuseDialog(QDialog):
    """Asks for the set and a folder; shows what would become of each annotation."""

    made = Signal(object)
    """The Made copy."""

    def __init__(self, copy: Copy, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setStyleSheet(dialog_sheet(theme))
        self.setWindowTitle(self.tr("Apply annotations of another copy"))
        self._copy = copy
        self._set: AnnotationSet | None = None
        self._work = Background(self)
        self.source = PathField(
            self.tr("Choose a copy"), file=self.tr("Copies (*.annotated *.yaml);;All files (*)")
        )
        folder = QPushButton(self.tr("A folder…"))
        folder.setAutoDefault(False)
        folder.clicked.connect(self._choose_folder)
        self.source_field = Field(
            self.tr("Copy whose annotations are applied"), self.source, folder
        )
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.report = QTreeWidget()
        self.report.setColumnCount(3)
        self.report.setHeaderLabels(
            [self.tr("Annotation"), self.tr("Outcome"), self.tr("Words, and what stands there")]
        )
        self.report.setRootIsDecorated(False)
        self.report.setUniformRowHeights(True)
        self.report.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.report.setAccessibleName(self.tr("What becomes of each annotation"))
        self.folder = PathField(self.tr("Choose an empty folder"))
        self.folder.set_path(free_folder(texts_folder(), copy.manifest.title))
        self.folder_field = Field(self.tr("Folder that the new copy is made in"), self.folder)
        self.fault = FaultLabel()
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.make_button = buttons.addButton(
            self.tr("Make the copy"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.make_button.setEnabled(False)
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        for part in (self.source_field, self.counts):
            column.addWidget(part)
        column.addWidget(self.report, 1)
        for below in (self.folder_field, self.fault, buttons):
            column.addWidget(below)
        # Only a button that is in its dialog can become what Enter means there.
        self.make_button.setDefault(True)
        self._soon = timer(self, self._read, _READING, once=True)
        self.source.changed.connect(self._soon.start)
        unit = self.fontMetrics().height()
        self.resize(bounded(self, QSize(44 * unit, 32 * unit)))
        self._show(None)

    # Inside

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a copy's folder"))
        if name:
            self.source.edit.setText(name)

    def _read(self) -> None:
        path, text = self.source.path, self._copy.text
        self.fault.say("")
        if path is None:
            self._show(None)
            return

        def work(_report: Report) -> tuple[AnnotationSet, Applied]:
            found = annotation_set(path)
            return found, apply_annotations(found, text)

        def done(read: tuple[AnnotationSet, Applied]) -> None:
            self._set = read[0]
            self._show(read[1])

        def failed(error: Exception) -> None:
            self._show(None)
            self.fault.tell(error)

        self._work.run(work, done, failed)

    def _show(self, applied: Applied | None) -> None:
        self.report.clear()
        self.make_button.setEnabled(applied is not None and bool(applied.annotations))
        if applied is None:
            self._set = None
            self.counts.setText(
                self.tr("Choose a copy: what becomes of its annotations in this text shows here.")
            )
            return
        if not applied.annotations:
            self.counts.setText(self.tr("There are no annotations in it."))
            return
        counts = applied.counts
        self.counts.setText(
            " · ".join(
                f"{counts[outcome]} {outcome_words(outcome)}"
                for outcome in _WORST_FIRST
                if counts[outcome]
            )
        )
        items = []
        ordered = sorted(applied.annotations, key=lambda each: _WORST_FIRST.index(each.outcome))
        for each in ordered:
            said = "; ".join(
                f"“{shortened(quote.selector.exact, 60)}”"
                + (
                    f" → “{shortened(quote.words, 60)}”"
                    if quote.words and quote.words != quote.selector.exact
                    else ""
                )
                for quote in each.quotes
            )
            mentions = self.tr("%n mention(s)", "", each.mentions)
            items.append(
                QTreeWidgetItem([each.old.title, outcome_words(each.outcome), said or mentions])
            )
        self.report.addTopLevelItems(items)
        for column in (0, 1):
            self.report.resizeColumnToContents(column)

    def _make(self) -> None:
        found, folder, copy = self._set, self.folder.path, self._copy
        self.folder_field.say_fault(
            "" if folder else self.tr("Name a folder that is not there yet.")
        )
        if found is None or folder is None:
            return
        self.make_button.setEnabled(False)

        def work(_report: Report) -> Made:
            return apply_to(found, from_copy(copy, annotations=False), folder)[1]

        def done(made: Made) -> None:
            self.made.emit(made)
            self.accept()

        def failed(error: Exception) -> None:
            self.make_button.setEnabled(True)
            self.fault.tell(error)

        self._work.run(work, done, failed)
