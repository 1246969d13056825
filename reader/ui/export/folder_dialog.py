"""Taking the notes of many texts out: a file for each, all in one folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Color
from reader.settings import Settings
from reader.ui.background import Background
from reader.ui.export.choices import Choices
from reader.ui.export.files_model import FILE, TEXT, FilesModel
from reader.ui.export.formats import Formats, Preview
from reader.ui.export.many import CANNOT, Place, Result, TextNotes, export_many, places_of
from reader.ui.export.preview import PreviewPane
from reader.ui.export.words import outcome
from reader.ui.fonts import Faces
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.two_panes import Said, furnish

_LOOK_AGAIN = 200
"""Milliseconds after a change until the files are looked for, and the preview is made, anew."""


class ExportFolderDialog(QDialog):
    """Shows which files will be written, writes them, and says what became of each."""

    saved = Signal(object)
    """The Path of the folder, when files were written."""

    def __init__(
        self,
        texts: Sequence[TextNotes],
        formats: Formats,
        folder: Path,
        theme: Theme,
        faces: Faces,
        parent: QWidget,
        ask: Callable[..., str] = QFileDialog.getExistingDirectory,
        settings: Settings | None = None,
        color_names: Mapping[Color, str] | None = None,
    ) -> None:
        """`folder` is where files go at first; `ask` lets a folder be chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export the notes of all texts"))
        self._texts, self._formats = texts, formats.with_faces(faces)
        self._folder, self._ask, self._theme = folder, ask, theme
        self._places: list[Place] = []
        self._merges = False
        self._results: dict[int, Result] = {}
        """What became of the texts, by their numbers, since files were looked for last."""
        self._wanted = 0
        self._stop = Event()
        self._finding, self._looking = Background(self), Background(self)
        self._saving = Background(self)
        self._later = timer(self, self._find, _LOOK_AGAIN, once=True)
        self._preview_later = timer(self, self._show_preview, _LOOK_AGAIN, once=True)
        self.choices = Choices(self._formats, theme, settings, color_names)
        self._build(faces)
        self._find()

    @property
    def folder(self) -> Path:
        """The folder that is chosen."""
        return self._folder / Path(self.file.text().strip()).expanduser()

    # Parts

    def _build(self, faces: Faces) -> None:
        self.format = self.choices.format
        self.file = QLineEdit(str(self._folder))
        self.file.setAccessibleName(self.tr("Folder"))
        self.file.textEdited.connect(self._later.start)
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.clicked.connect(self._browse)
        self.said = Said()
        self.choices.add(self.tr("Folder"), self.file)
        self.choices.add("", self.browse)
        self.choices.column.addSpacing(10)
        self.choices.add("", self.said)
        self.choices.column.addStretch()

        self.list = self._listed()
        self.preview = PreviewPane(faces, self._theme)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.setChildrenCollapsible(False)
        panes.addWidget(_under(self.tr("Files"), self.list))
        panes.addWidget(_under(self.tr("Preview"), self.preview))
        right = QWidget()
        room = QVBoxLayout(right)
        room.setContentsMargins(20, 16, 14, 6)
        room.addWidget(panes)

        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setMinimumWidth(8 * self.fontMetrics().height())
        self.progress.hide()
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self.save_button = QPushButton(self.tr("Export"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        below = (self.progress, None, self.leave, self.save_button)
        furnish(self, self._theme, self.choices, right, below)
        self.choices.format_changed.connect(self._find)
        self.choices.changed.connect(self._preview_later.start)

    def _listed(self) -> QTreeView:
        view = QTreeView()
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        headers = [self.tr("Text"), self.tr("File"), self.tr("What becomes of it")]
        titles = [text.title for text in self._texts]
        self.files = FilesModel(titles, headers, self._told, self._ink, view)
        view.setModel(self.files)
        view.setAccessibleName(self.tr("Files"))
        header = view.header()
        header.setStretchLastSection(True)
        for column in (TEXT, FILE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, 13 * self.fontMetrics().height())
        view.setCurrentIndex(self.files.index(0, TEXT))
        self.files.chosen.connect(self._count)
        view.selectionModel().currentChanged.connect(lambda: self._preview_later.start())
        return view

    def _told(self, number: int, column: int, tip: bool) -> str:
        """What the list says of the file of a text, and of what becomes of it."""
        if number >= len(self._places):
            return ""
        place = self._places[number]
        if column == FILE:
            return str(place.path) if tip else place.path.name
        if (result := self._results.get(number)) is not None:
            return self._state(result)
        if not place.exists:
            return self.tr("new file")
        if self._merges:
            return self.tr("is there; your own edits stay")
        return self.tr("is there; will be replaced")

    def _ink(self, number: int) -> QColor:
        result = self._results.get(number)
        if result is None:
            return self._theme.color("muted")
        return self._theme.color("danger" if result.failed else "text")

    # Looking

    def _find(self) -> None:
        """Find out which files there are to be, and which of them are there."""
        self._later.stop()
        texts, folder, suffix = self._texts, self.folder, self.choices.way.suffix
        self.save_button.setEnabled(False)
        self._finding.run(
            lambda _report: places_of(texts, folder, suffix), self._show_places, self._cannot_find
        )

    def _show_places(self, places: list[Place]) -> None:
        self._places, self._merges, self._results = places, self.choices.way.merges, {}
        self.files.renew()
        self._count()
        self._show_preview()

    def _cannot_find(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self.said.say(
            self.tr("This folder cannot be read ({0}); choose another.").format(
                error.strerror or error
            ),
            wrong=True,
        )

    def _chosen(self) -> list[tuple[int, TextNotes, Place]]:
        return [
            (number, self._texts[number], place)
            for number, place in enumerate(self._places)
            if self.files.is_chosen(number)
        ]

    def _count(self) -> None:
        """Say how many files there will be."""
        if self._saving.busy:
            return
        chosen = self._chosen()
        there = sum(place.exists for _, _, place in chosen)
        said = [self.tr("%n file(s) will be written.", "", len(chosen))]
        if there and self.choices.way.merges:
            said.append(self.tr("%n of them is there already; your edits stay.", "", there))
        elif there:
            said.append(self.tr("%n of them is there already and will be replaced.", "", there))
        self.said.say("\n".join(said))
        self.save_button.setEnabled(bool(chosen))

    def _show_preview(self) -> None:
        number = self.list.currentIndex().row()
        if not 0 <= number < len(self._places) or self._saving.busy:
            return
        text, place, way = self._texts[number], self._places[number], self.choices.way
        options, only = self.choices.options(), self.choices.filter()
        self._looking.run(
            lambda report: self._formats.preview(
                way, only(text.notebook()), options, place.path, progress=report
            ),
            self._show,
            self._show_fault,
        )

    def _show(self, preview: Preview) -> None:
        self.preview.show_preview(preview)

    def _show_fault(self, error: Exception) -> None:
        if not isinstance(error, CANNOT):
            raise error
        self.preview.say(str(error))

    def _browse(self) -> None:
        name = self._ask(self, self.tr("Export the notes of all texts"), str(self.folder))
        if name:
            self.file.setText(name)
            self._find()

    # Writing

    def _save(self) -> None:
        chosen, way, options = self._chosen(), self.choices.way, self.choices.options()
        only = self.choices.filter()
        self._results, self._wanted = {}, len(chosen)
        self._stop.clear()
        self.choices.keep()
        self._working(True)
        self.progress.setRange(0, len(chosen))
        self.progress.setValue(0)
        self._saving.run(
            lambda report: export_many(
                chosen, self._formats, way, options, only, self._stop, report
            ),
            lambda _done: self._ended(),
            self._failed,
            self._hear,
        )

    def _working(self, working: bool) -> None:
        for part in (self.format, self.file, self.browse, self.list):
            part.setEnabled(not working)
        self.progress.setVisible(working)
        self.save_button.setEnabled(False)
        self.leave.setText(self.tr("Stop") if working else self.tr("Close"))

    def _hear(self, result: Result | None) -> None:
        if result is None:
            return
        self._results[result.number] = result
        self.progress.setValue(len(self._results))
        self.said.say(
            self.tr("{0} of {1}: {2}").format(
                len(self._results), self._wanted, self._texts[result.number].title
            )
        )
        self.files.renew(result.number)

    def _state(self, result: Result) -> str:
        if result.failed:
            return result.failed
        if result.export is not None:
            return ", ".join(outcome(result.export)) or self.tr("nothing new")
        return self.tr("written") if result.written else self.tr("no marks")

    def _ended(self) -> None:
        self._working(False)
        stopped = self._stop.is_set()
        words = outcome(*(each.export for each in self._results.values() if each.export))
        files = sum(each.written for each in self._results.values())
        failed = sum(bool(each.failed) for each in self._results.values())
        said = [self.tr("Stopped.")] if stopped else []
        said.append(self.tr("%n file(s) were written.", "", files))
        if words:
            said.append(", ".join(words))
        if failed:
            said.append(self.tr("%n text(s) could not be written; see the list.", "", failed))
        self.said.say("\n".join(said), wrong=bool(failed) and not files)
        self.leave.setFocus()
        if files:
            self.saved.emit(self.folder)

    def _failed(self, error: Exception) -> None:
        self._working(False)
        raise error

    def reject(self) -> None:
        """Stop what is being written; else leave."""
        if self._saving.busy:
            self._stop.set()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Give up what is being made, and close."""
        for each in (self._finding, self._looking, self._saving):
            each.cancel()
        self._later.stop()
        self._preview_later.stop()
        super().done(result)


def _under(words: str, part: QWidget) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 4)
    label = QLabel(words)
    label.setObjectName("above")
    column.addWidget(label)
    column.addWidget(part, 1)
    return both
