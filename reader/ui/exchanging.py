"""Ways out and in, as the window offers them: exporting a text's marks, and importing some."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.copies.copy import Copy
from reader.settings import Settings
from reader.ui.appearance import Appearance
from reader.ui.folders import shown_folder
from reader.ui.fonts import Faces
from reader.ui.marks import Marks
from reader.ui.notice import Progress
from reader.ui.shelf import Shelf

if TYPE_CHECKING:
    from reader.exchange.importing import Import
    from reader.exchange.notebook import Notebook


class Exchanging(QObject):
    """What is heavy is imported when it is first asked for."""

    said = Signal(str)
    """Something went well: a few words."""

    failed = Signal(str)
    """Something could not be done: a sentence."""

    import_wanted = Signal(str, object)
    """The id of another text, and the Path of a file: open that text, and import it there."""

    mark_wanted = Signal(str)
    """The id of a mark of the text that is shown: go there."""

    def __init__(
        self,
        window: QWidget,
        marks: Marks,
        shelf: Shelf,
        settings: Settings,
        templates: tuple[Path, Path],
        faces: Faces,
        appearance: Appearance,
        progress: Progress,
    ) -> None:
        """`templates` are the folders of the program's and of the user's own templates."""
        super().__init__(window)
        self._window = window
        self._marks, self._shelf, self._settings = marks, shelf, settings
        self._templates, self._faces, self._appearance = templates, faces, appearance
        self._progress = progress

    def export(self, copy: Copy) -> None:
        """Take the marks out of the text that is shown."""
        self._show_export(self._notebook(copy))

    def print(self, copy: Copy) -> None:
        """Print the text that is shown, with its marks, once one has seen the pages."""
        from reader.exchange.options import NotesOptions
        from reader.ui.export.paper import print_options
        from reader.ui.printing.dialog import PrintDialog

        paper = print_options(NotesOptions()).paper
        theme = self._appearance.theme
        PrintDialog(self._notebook(copy), paper, theme, self._faces, self._window).open()

    def export_text(self, text_id: str) -> None:
        """Take the marks out of a text of the library, be it gone from its place."""
        if (library := self._shelf.library) is None:
            return
        from reader.jobs.export import notebook_named
        from reader.ui.background import Background

        work = Background(self)
        self._progress.begin(self.tr("Opening the text …"))
        self._progress.cancelled.connect(work.cancel)

        def show(notebook: Notebook) -> None:
            self._progress.end()
            self._show_export(notebook)

        def fail(error: Exception) -> None:
            self._progress.end()
            self.failed.emit(str(error))

        work.run(lambda _progress: notebook_named(text_id, library), show, fail)

    def export_all(self) -> None:
        """Take the marks out of all texts of the library, a file for each."""
        if (library := self._shelf.library) is None:
            return
        from reader.jobs.export import notebook_named
        from reader.ui.export.folder_dialog import ExportFolderDialog
        from reader.ui.export.formats import Formats
        from reader.ui.export.many import TextNotes

        texts = [
            TextNotes(text.id, text.title, partial(notebook_named, text.id, library))
            for text in self._shelf.marked_texts()
        ]
        if not texts:
            self.failed.emit(self.tr("Nothing is marked yet, in any text of your library."))
            return
        dialog = ExportFolderDialog(
            texts,
            Formats(*self._templates),
            self._folder(),
            self._appearance.theme,
            self._faces,
            self._window,
            settings=self._settings,
            color_names=self._shelf.color_names(),
        )
        dialog.saved.connect(self._exported_all)
        dialog.open()

    def _notebook(self, copy: Copy) -> Notebook:
        from reader.exchange.notebook import notebook_of

        marks = [placed.mark for placed in self._marks.all()]
        names, deleted = self._shelf.color_names(), self._shelf.deleted_marks(copy)
        return notebook_of(copy, marks, names, deleted, self._shelf.placements(copy))

    def _show_export(self, notebook: Notebook) -> None:
        from reader.ui.export.dialog import ExportDialog
        from reader.ui.export.formats import Formats

        dialog = ExportDialog(
            notebook,
            Formats(*self._templates),
            self._folder(),
            self._appearance.theme,
            self._faces,
            self._window,
            settings=self._settings,
        )
        dialog.saved.connect(self._exported)
        dialog.open()

    def _folder(self) -> Path:
        return Path(self._settings["export-folder"] or Path.home())

    def ask_import(self, copy: Copy) -> None:
        """Let a file be chosen, and take its marks in."""
        kinds = self.tr("Annotations (*.jsonld *.json *.annotation);;All files (*)")
        folder = self._settings["export-folder"] or str(Path.home())
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import notes"), folder, kinds)
        if name:
            self.import_into(copy, Path(name))

    def import_into(self, copy: Copy, file: Path) -> None:
        """Take a file's marks into the text that is shown, and say what became of each."""
        from reader.ui.importing.importing import Importing

        importing = Importing(self)
        importing.brought.connect(partial(self._brought, copy, file))
        importing.failed.connect(self.failed)
        importing.progressed.connect(self._progress.advance)
        importing.ended.connect(self._progress.end)
        self._progress.cancelled.connect(importing.cancel)
        self._progress.begin(self.tr("Importing {0} …").format(file.name))
        importing.start(file, copy, [placed.mark for placed in self._marks.all()])

    def _exported(self, path: Path) -> None:
        self._settings["export-folder"] = str(path.parent)
        folder = shown_folder(path.parent)
        self.said.emit(self.tr("Exported to {0} in {1}").format(path.name, folder))

    def _exported_all(self, folder: Path) -> None:
        self._settings["export-folder"] = str(folder)
        self.said.emit(self.tr("Exported to {0}").format(shown_folder(folder)))

    def _brought(self, copy: Copy, file: Path, name: str, brought: Import) -> None:
        from reader.ui.importing.report import ImportReport

        if not self._marks.are_of(copy):
            self.failed.emit(
                self.tr("Nothing was taken in from “{0}”, as another text is shown now.").format(
                    name
                )
            )
            return
        self._marks.take_in(brought.marks)
        report = ImportReport(name, brought, self._window, self._shelf.title_of)
        report.text_wanted.connect(lambda text_id: self.import_wanted.emit(text_id, file))
        report.mark_chosen.connect(self.mark_wanted)
        report.open()
