"""Taking notes out: a format, what goes along, a file, and what that file will hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader.exchange.errors import ExchangeError, TemplateError
from reader.exchange.file_names import safe_name
from reader.exchange.notebook import Notebook
from reader.settings import Settings
from reader.ui.background import Background
from reader.ui.export.choices import Choices
from reader.ui.export.formats import Format, Formats, Preview
from reader.ui.export.own_templates import OwnTemplates
from reader.ui.export.preview import PreviewPane
from reader.ui.export.template_editor import TemplateEditor
from reader.ui.export.words import before_saving, could_not_write
from reader.ui.folders import shown_folder
from reader.ui.fonts import Faces
from reader.ui.letters import breakable
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.two_panes import Said, furnish

_LOOK_AGAIN = 150
"""Milliseconds after a change until the preview is made anew."""

_FEW_MARKS, _SHORT_TEXT, _SHORT_FILE = 200, 100_000, 200_000
"""Marks, code points of a text, and bytes of a file that take no time to notice."""


class ExportDialog(QDialog):
    """Shows, before anything is written, what will be."""

    saved = Signal(object)
    """The Path of the file that was written."""

    def __init__(
        self,
        notebook: Notebook,
        formats: Formats,
        folder: Path,
        theme: Theme,
        faces: Faces,
        parent: QWidget,
        ask: Callable[..., tuple[str, str]] = QFileDialog.getSaveFileName,
        settings: Settings | None = None,
    ) -> None:
        """`folder` is where files go at first; `ask` lets a file be chosen.

        What is chosen is kept in `settings` for the next time.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export notes"))
        self._notebook, self._formats = notebook, formats.with_faces(faces)
        self._folder, self._ask = folder, ask
        self._named, self._suffix = False, ""
        self._text = ""
        self._looking, self._saving = Background(self), Background(self)
        self._later = timer(self, self._show_preview, _LOOK_AGAIN, once=True)
        self._build(theme, faces, settings)
        self._choose_format()

    # What is chosen

    @property
    def way(self) -> Format:
        """The format that is chosen."""
        return self.choices.way

    @property
    def path(self) -> Path:
        """The file that is chosen."""
        name = self.file.text().strip() or self._default_name()
        if name.startswith("~"):
            return Path(name).expanduser()
        return self._folder / name

    def _default_name(self) -> str:
        document = self._notebook.document
        return safe_name(document.title, document.id) + self.way.suffix

    # Parts

    def _build(self, theme: Theme, faces: Faces, settings: Settings | None) -> None:
        names = self._notebook.color_names
        self.choices = Choices(self._formats, theme, settings, names, self._notebook)
        self.format = self.choices.format
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        self.file.textEdited.connect(self._name_file)
        self.where = QLabel()
        self.where.setObjectName("above")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setWordWrap(True)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        self.said = Said()
        self.choices.add(self.tr("File"), self.file)
        self.choices.add("", self.where)
        self.choices.add("", browse)
        self.choices.column.addSpacing(10)
        self.choices.add("", self.said)
        self.choices.column.addStretch()

        self.editor = TemplateEditor(faces, theme)
        self.templates = OwnTemplates(self._formats, self.editor, self)
        self.preview = PreviewPane(faces, theme)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        above = QLabel(self.tr("Preview"))
        above.setObjectName("above")
        column.addWidget(above)
        column.addWidget(self.preview, 1)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.editor)
        panes.addWidget(shown)
        right = QWidget()
        room = QVBoxLayout(right)
        room.setContentsMargins(20, 16, 14, 6)
        room.addWidget(panes)

        self.legend = QLabel(self.tr("Lit up: new in this export"))
        self.legend.setObjectName("above")
        self.copy_button = QPushButton(self.tr("Copy to the clipboard"))
        self.copy_button.clicked.connect(self._copy)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button = QPushButton(self.tr("Export"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        below = (self.legend, None, self.copy_button, cancel, self.save_button)
        furnish(self, theme, self.choices, right, below)

        self.choices.format_changed.connect(lambda: self.templates.leave(self._choose_format))
        self.choices.changed.connect(self._later.start)
        self.choices.copy_wanted.connect(self._copy_template)
        self.choices.edit_wanted.connect(self._edit_template)
        self.choices.delete_wanted.connect(lambda: self.templates.delete(self.way))
        self.editor.changed.connect(self._later.start)
        self.templates.listed.connect(self.format.fill)
        self.templates.shown.connect(self.choices.edit_button.setChecked)
        self.templates.failed.connect(lambda words: self.said.say(words, wrong=True))

    # What happens

    def _choose_format(self) -> None:
        if self._named and self.file.text().strip():
            name = self.file.text().strip().removesuffix(self._suffix) + self.way.suffix
        else:
            name = self._default_name()
        self._suffix = self.way.suffix
        self.file.setText(name)
        self.file.setCursorPosition(0)
        self._show_preview()

    def _name_file(self) -> None:
        self._named = True
        self._later.start()

    def _show_preview(self) -> None:
        self._later.stop()
        way, path = self.way, self.path
        source = self.templates.source_of(way)
        notebook, options = self.choices.filter()(self._notebook), self.choices.options()
        words = self.tr("In {0}").format(shown_folder(path.parent))
        self.where.setText(breakable(words))
        self.where.setAccessibleName(words)
        self.where.setToolTip(str(path.parent))
        self._ready(False)
        self._looking.run(
            lambda progress: self._formats.preview(way, notebook, options, path, source, progress),
            self._show,
            self._show_fault,
            at_once=self._is_quick(),
        )

    def _is_quick(self) -> bool:
        """Whether a preview is there before one could notice; templates can do anything."""
        if self.way.own is not None or len(self._notebook.entries) > _FEW_MARKS:
            return False
        if self.way.paged:
            return False
        if not self.way.merges:
            text = self._notebook.text
            return text is None or len(text.string) <= _SHORT_TEXT
        try:
            return self.path.stat().st_size <= _SHORT_FILE
        except OSError:
            return True

    def _ready(self, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.copy_button.setEnabled(ready)

    def _show(self, preview: Preview) -> None:
        self._text = preview.text
        self.editor.show_fault("", 0)
        self.legend.setVisible(bool(self.preview.show_preview(preview)))
        self._ready(True)
        self.copy_button.setVisible(not self.way.paged)
        self.said.say(self._words(preview))

    def _show_fault(self, error: Exception) -> None:
        if not isinstance(error, ExchangeError):
            raise error
        self.legend.hide()
        if self.templates.source_of(self.way) is not None and isinstance(error, TemplateError):
            # What the template made before stays in sight while it is being mended.
            self.editor.show_fault(str(error), error.line)
            self.said.say("")
        else:
            self.preview.say("")
            self.said.say(str(error), wrong=True)

    def _words(self, preview: Preview) -> str:
        """What will become of the file that is there."""
        if preview.export is not None:
            return before_saving(preview.export)
        if self.path.exists():
            return self.tr("This file is there already; it will be replaced.")
        return ""

    def _browse(self) -> None:
        name, _ = self._ask(self, self.tr("Export notes"), str(self.path))
        if name:
            self.file.setText(name)
            self._named = True
            self._show_preview()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.said.say(self.tr("Copied."))

    def _copy_template(self) -> None:
        way = self.way
        self.templates.leave(lambda: self.templates.copy(way))

    def _edit_template(self) -> None:
        if self.templates.source_of(self.way) is None:
            self.templates.open(self.way)
        else:
            self.templates.leave(self._show_preview)

    def _save(self) -> None:
        if self.templates.save():
            self._write()

    def _write(self) -> None:
        way, path, options = self.way, self.path, self.choices.options()
        notebook = self.choices.filter()(self._notebook)
        self._ready(False)
        self._saving.run(
            lambda progress: self._formats.save(way, notebook, options, path, progress),
            lambda _done: self._written(path),
            lambda error: self._not_written(path, error),
            lambda share: self.said.say(self.tr("Writing… {0} %").format(round(100 * share))),
            at_once=self._is_quick(),
        )

    def _written(self, path: Path) -> None:
        self.choices.keep()
        self.saved.emit(path)
        self.accept()

    def _not_written(self, path: Path, error: Exception) -> None:
        self._ready(True)
        if isinstance(error, ExchangeError):
            self.said.say(str(error), wrong=True)
        elif isinstance(error, OSError):
            self.said.say(could_not_write(path.name, error), wrong=True)
        else:
            raise error

    def reject(self) -> None:
        """Leave; a template that was changed is saved."""
        self.templates.leave(self._reject)

    def _reject(self) -> None:
        super().reject()

    def done(self, result: int) -> None:
        """Give up what is being made, and close."""
        self._later.stop()
        self._looking.cancel()
        self._saving.cancel()
        super().done(result)
