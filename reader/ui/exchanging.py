"""Ways out and in, as the window offers them: exporting a text's marks, and importing some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.copies.copy import Copy
from reader.library.errors import LibraryError
from reader.settings import Settings
from reader.ui.appearance import Appearance
from reader.ui.background import Background, Report
from reader.ui.folders import shown_folder
from reader.ui.fonts import Faces
from reader.ui.late import are_imported, import_all
from reader.ui.marks import Marks
from reader.ui.notice import Progress
from reader.ui.shelf import Shelf

if TYPE_CHECKING:
    from reader.exchange.importing import Import
    from reader.exchange.notebook import Notebook
    from reader.ui.export.many import TextNotes


_EXPORTING = (
    "reader.exchange.notebook",
    "reader.ui.export.dialog",
    "reader.ui.export.formats",
    "jinja2.sandbox",
)
_PRINTING = ("reader.exchange.notebook", "reader.ui.export.paper", "reader.ui.printing.dialog")
_EXPORTING_ALL = (
    "reader.jobs.export",
    "reader.ui.export.folder_dialog",
    "reader.ui.export.formats",
    "jinja2.sandbox",
)

_FEW_MARKS = 200
"""Marks whose notes are put together in less time than it takes to notice."""


class Exchanging(QObject):
    """What is heavy is imported when it is first asked for."""

    said = Signal(str)
    """Something went well: a few words."""

    failed = Signal(str)
    """Something could not be done: a sentence."""

    import_wanted = Signal(str, object)
    """The id of another text, and the Paths of files: open that text, and import them there."""

    shown = Signal(object, str)
    """A dialog, and the topic of Help that tells of it."""

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
        self._gathering = Background(self)

    def export(self, copy: Copy) -> None:
        """Take the marks out of the text that is shown."""
        self._gather(copy, self._show_export, _EXPORTING, self._preparing())

    def print(self, copy: Copy) -> None:
        """Print the text that is shown, with its marks, once one has seen the pages."""
        self._gather(copy, self._show_print, _PRINTING)

    def _show_print(self, notebook: Notebook) -> None:
        from reader.exchange.options import NotesOptions
        from reader.ui.export.paper import print_options
        from reader.ui.printing.dialog import PrintDialog

        paper = print_options(NotesOptions()).paper
        theme = self._appearance.theme
        dialog = PrintDialog(notebook, paper, theme, self._faces, self._window)
        self.shown.emit(dialog, "print")
        dialog.open()

    def export_text(self, text_id: str) -> None:
        """Take the marks out of a text of the library, be it gone from its place."""
        if (library := self._shelf.library) is None:
            return
        work, prepare = Background(self), self._preparing()
        self._progress.begin(self.tr("Opening the text …"))
        self._progress.cancelled.connect(work.cancel)

        def show(notebook: Notebook) -> None:
            self._progress.end()
            self._show_export(notebook)

        def fail(error: Exception) -> None:
            self._progress.end()
            self.failed.emit(str(error))

        def gather(_progress: Report) -> Notebook:
            import_all(_EXPORTING)
            prepare()
            from reader.jobs.export import notebook_named

            return notebook_named(text_id, library)

        work.run(gather, show, fail)

    def export_all(self) -> None:
        """Take the marks out of all texts of the library, a file for each."""
        if (library := self._shelf.library) is None:
            return

        def read(_progress: Report) -> list[TextNotes]:
            import_all(_EXPORTING_ALL)
            from reader.jobs.export import notebook_named
            from reader.ui.export.many import TextNotes

            return [
                TextNotes(text.id, text.title, partial(notebook_named, text.id, library))
                for text in library.texts()
                if text.marks
            ]

        def fail(error: Exception) -> None:
            if not isinstance(error, LibraryError):
                raise error
            self.failed.emit(str(error))

        try:
            at_once = library.extent() <= _FEW_MARKS and are_imported(_EXPORTING_ALL)
        except LibraryError as error:
            fail(error)
            return
        self._gathering.run(read, self._show_export_all, fail, at_once=at_once)

    def _show_export_all(self, texts: Sequence[TextNotes]) -> None:
        from reader.ui.export.folder_dialog import ExportFolderDialog
        from reader.ui.export.formats import Formats

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

    def _gather(
        self,
        copy: Copy,
        show: Callable[[Notebook], object],
        modules: Sequence[str],
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Put the notes on a text together, on a thread where they are many, and show them.

        `modules` are those that show them, which are imported there too; whatever else has to
        be there first, `prepare` does.
        """
        marks = [placed.mark for placed in self._marks.all()]
        names = self._shelf.color_names()

        def gather(_progress: Report) -> Notebook:
            import_all(modules)
            prepare()
            from reader.exchange.notebook import notebook_of

            deleted, placements = self._shelf.deleted_marks(copy), self._shelf.placements(copy)
            return notebook_of(copy, marks, names, deleted, placements)

        def take(notebook: Notebook) -> None:
            if self._marks.are_of(copy):  # else another text is shown by now
                show(notebook)

        def fail(error: Exception) -> None:
            raise error

        at_once = len(marks) <= _FEW_MARKS and are_imported(modules)
        self._gathering.run(gather, take, fail, at_once=at_once)

    def _preparing(self) -> Callable[[], object]:
        """What has the format ready that was chosen last; it may be done on any thread."""
        templates, name = self._templates, self._settings["export-format"]

        def prepare() -> None:
            from reader.ui.export.formats import Formats

            Formats(*templates).prepare(name)

        return prepare

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
        self.shown.emit(dialog, "export")
        dialog.open()

    def _folder(self) -> Path:
        return Path(self._settings["export-folder"] or Path.home())

    def ask_import(self, copy: Copy) -> None:
        """Let files be chosen, and take their marks in."""
        kinds = self.tr(
            "Annotations, and copies with layers (*.jsonld *.json *.annotation *.annotated);;"
            "All files (*)"
        )
        folder = self._settings["export-folder"] or str(Path.home())
        words = self.tr("Import notes")
        names, _ = QFileDialog.getOpenFileNames(self._window, words, folder, kinds)
        if names:
            self.import_into(copy, [Path(name) for name in names])

    def import_into(self, copy: Copy, files: Sequence[Path]) -> None:
        """Take the marks in files into the text that is shown, and say what became of each."""
        from reader.ui.importing.importing import Importing

        importing = Importing(self)
        importing.brought.connect(partial(self._brought, copy, files))
        importing.failed.connect(self.failed)
        importing.progressed.connect(self._progress.advance)
        importing.ended.connect(self._progress.end)
        self._progress.cancelled.connect(importing.cancel)
        self._progress.begin(self.tr("Importing {0} …").format(_named(files)))
        known = [placed.mark for placed in self._marks.all()]
        known += [mark for layer in copy.layers for mark in layer.marks]
        importing.start(files, copy, known)

    def _exported(self, path: Path) -> None:
        self._settings["export-folder"] = str(path.parent)
        folder = shown_folder(path.parent)
        self.said.emit(self.tr("Exported to {0} in {1}").format(path.name, folder))

    def _exported_all(self, folder: Path) -> None:
        self._settings["export-folder"] = str(folder)
        self.said.emit(self.tr("Exported to {0}").format(shown_folder(folder)))

    def _brought(self, copy: Copy, files: Sequence[Path], brought: Import) -> None:
        from reader.ui.importing.report import ImportReport

        if not self._marks.are_of(copy):
            self.failed.emit(
                self.tr("Nothing was taken in from “{0}”, as another text is shown now.").format(
                    _named(files)
                )
            )
            return
        self._marks.take_in((*brought.marks, *brought.newer))
        report = ImportReport(_named(files), brought, self._window, self._shelf.title_of)
        report.text_wanted.connect(lambda text_id: self.import_wanted.emit(text_id, files))
        report.mark_chosen.connect(self.mark_wanted)
        report.open()


def _named(files: Sequence[Path]) -> str:
    """What files are called: one by its name, several by their number."""
    if len(files) == 1:
        return files[0].name
    return QCoreApplication.translate("Exchanging", "%n file(s)", "", len(files))
