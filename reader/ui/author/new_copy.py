"""Making an annotated copy: of a file, of the clipboard's words, or of the copy that is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.copies.copy import Copy
from reader.copies.making import Made, make_copy
from reader.copies.manuscripts import Manuscript, from_copy, from_words, manuscript
from reader.ui.author.dialog_look import PathField, dialog_sheet, free_folder
from reader.ui.author.field import FaultLabel, Field, small_label
from reader.ui.background import Background, Report
from reader.ui.button_box import button_box
from reader.ui.letters import broad
from reader.ui.notice import Progress
from reader.ui.panel.tabs import Switch
from reader.ui.theme import Theme
from reader.ui.timers import timer

_READING = 250
"""Milliseconds after the last letter until a file that is named is looked at."""

FILE, CLIPBOARD = range(2)


class NewCopyDialog(QDialog):
    """Asks for the text, its title and a folder, and makes the copy."""

    made = Signal(object)
    """The Made copy."""

    def __init__(
        self, theme: Theme, parent: QWidget, *, copy: Copy | None = None, why: str = ""
    ) -> None:
        """With `copy` it becomes one's own; `why` says why it is not annotated itself."""
        super().__init__(parent)
        self.setStyleSheet(dialog_sheet(theme))
        self._copy = copy
        self._manuscript: Manuscript | None = None
        self._titled = ""
        self._foldered = ""
        self._work = Background(self)
        self.source = Switch(theme, (self.tr("A file"), self.tr("The clipboard")))
        self.source.setAccessibleName(self.tr("What it is made of"))
        self.file = PathField(
            self.tr("Choose a text"),
            file=self.tr("Texts (*.md *.markdown *.mdown *.txt);;All files (*)"),
        )
        self.file_field = Field(self.tr("Markdown or plain text"), self.file)
        self.said = small_label("quiet")
        self.title = QLineEdit()
        self.title_field = Field(self.tr("Title"), self.title)
        self.annotations = QCheckBox(self.tr("Take its annotations along"))
        self.annotations.setChecked(True)
        self.folder = PathField(self.tr("Choose an empty folder"))
        self.folder_field = Field(self.tr("Folder that the copy is made in"), self.folder)
        self.fault = FaultLabel()
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancelled)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.make_button = buttons.addButton(
            self.tr("Make the copy"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        if why:
            reason = QLabel(why)
            reason.setWordWrap(True)
            column.addWidget(reason)
        parts: tuple[QWidget, ...] = (self.source, self.file_field, self.said, self.title_field)
        for part in (*parts, self.annotations, self.folder_field, self.fault, self.progress):
            column.addWidget(part)
        column.addStretch()
        column.addWidget(buttons)
        # Only a button that is in its dialog can become what Enter means there.
        self.make_button.setDefault(True)
        self._soon = timer(self, self._read, _READING, once=True)
        self.source.currentChanged.connect(self._source_changed)
        self.file.changed.connect(self._soon.start)
        self.title.textEdited.connect(self._offer_folder)
        self.setMinimumWidth(broad(self, 30))
        if copy is not None:
            self.setWindowTitle(self.tr("Make my own annotated copy"))
            self.source.hide()
            self.file_field.hide()
            has_any = any(not each.id.startswith("footnote-") for each in copy.annotations)
            self.annotations.setVisible(has_any)
            self.annotations.toggled.connect(self._read)
            self._read()
        else:
            self.setWindowTitle(self.tr("New annotated copy"))
            self.annotations.hide()
            self._source_changed()

    # Inside

    def _source_changed(self) -> None:
        from_file = self.source.currentIndex() == FILE
        self.file_field.setVisible(from_file and self._copy is None)
        self._manuscript = None
        self._read()
        self.adjustSize()

    def _read(self) -> None:
        """Read what the copy is to be made of, and say what could not be taken over."""
        work = self._reading()
        self.make_button.setEnabled(False)
        if work is None:
            self._work.cancel()
            self.said.setText("")
            return

        def failed(error: Exception) -> None:
            self._manuscript = None
            self.said.setText("")
            self.fault.tell(error)

        self.fault.say("")
        self._work.run(lambda _report: work(), self._has_read, failed)

    def _reading(self) -> Callable[[], Manuscript] | None:
        if self._copy is not None:
            copy, along = self._copy, self.annotations.isChecked()
            return lambda: from_copy(copy, along)
        if self.source.currentIndex() == CLIPBOARD:
            words = QGuiApplication.clipboard().text()
            return lambda: from_words(words)
        path = self.file.path
        return (lambda: manuscript(path)) if path is not None else None

    def _has_read(self, read: Manuscript) -> None:
        self._manuscript = read
        words = len(read.text.string.split())
        lines = [self.tr("%n word(s).", "", words), *read.notices]
        self.said.setText("\n".join(lines))
        if self.title.text() == self._titled:
            self._titled = read.manifest.title
            self.title.setText(self._titled)
        self._offer_folder()
        self.make_button.setEnabled(True)

    def _offer_folder(self) -> None:
        """Offer a folder, unless the author has named one."""
        if self.folder.edit.text() == self._foldered:
            self._foldered = str(free_folder(texts_folder(), self.title.text()))
            self.folder.edit.setText(self._foldered)

    def _make(self) -> None:
        read, folder = self._manuscript, self.folder.path
        self.title_field.say_fault("" if self.title.text().strip() else self.tr("Give it a title."))
        self.folder_field.say_fault(
            "" if folder else self.tr("Name a folder that is not there yet.")
        )
        if read is None or folder is None or self.title_field.fault or self._work.busy:
            return
        title = self.title.text().strip()
        self.make_button.setEnabled(False)
        self.progress.begin(self.tr("Making the copy …"))

        def work(_report: Report) -> Made:
            return make_copy(read, folder, title=title)

        def done(made: Made) -> None:
            self.progress.end()
            self.made.emit(made)
            self.accept()

        def failed(error: Exception) -> None:
            self.progress.end()
            self.make_button.setEnabled(True)
            self.fault.tell(error)

        self._work.run(work, done, failed)

    def _cancelled(self) -> None:
        self._work.cancel()
        self.progress.end()
        self.make_button.setEnabled(True)


def texts_folder() -> Path:
    """Where a person keeps texts."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents) if documents else Path.home()
    return folder if folder.is_dir() else Path.home()
