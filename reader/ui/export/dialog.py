"""Taking notes out: a format, what goes along, a file, and what that file will hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Color
from reader.exchange.errors import ExchangeError
from reader.exchange.file_names import safe_name
from reader.exchange.notebook import Notebook
from reader.exchange.options import NotesOptions
from reader.ui.export.formats import Format, Formats, Preview
from reader.ui.fonts import Faces
from reader.ui.page.selection_bar import ColorDot, color_word
from reader.ui.theme import Theme
from reader.ui.timers import timer

_LOOK_AGAIN = 150
"""Milliseconds after a change until the preview is made anew."""

_MOST_SHOWN = 60_000
"""Code points of a preview; more takes long to show and nobody reads it there."""


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
    ) -> None:
        """`folder` is where files go at first; `ask` lets a file be chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export notes"))
        self._notebook, self._formats = notebook, formats
        self._folder, self._theme, self._ask = folder, theme, ask
        self._build(faces)
        field = (
            f"background: {theme['field']}; color: {theme['text']};"
            f" border: 1px solid {theme['border']}; border-radius: 7px;"
        )
        focus = f"border: 2px solid {theme['accent']};"
        self.setStyleSheet(
            f"QLineEdit {{ {field} padding: 6px 9px }} QPlainTextEdit {{ {field} padding: 8px }}"
            f"QLineEdit:focus, QPlainTextEdit:focus {{ {focus} }}"
            "QLineEdit:focus { padding: 5px 8px }"
        )
        self._later = timer(self, self._show_preview, _LOOK_AGAIN, once=True)
        self._choose_format()
        unit = self.fontMetrics().height()
        self.resize(54 * unit, 38 * unit)

    # What is chosen

    @property
    def way(self) -> Format:
        """The format that is chosen."""
        return self._formats.all[self.format.currentIndex()]

    @property
    def path(self) -> Path:
        """The file that is chosen."""
        name = self.file.text().strip() or self._default_name()
        return Path(name).expanduser() if Path(name).is_absolute() else self._folder / name

    def _chosen(self) -> Notebook:
        colors = [dot.color for dot in self._dots if dot.isChecked()]
        return self._notebook if len(colors) == len(Color) else self._notebook.only(colors)

    def _options(self) -> NotesOptions:
        return NotesOptions(
            figures=self.figures.isChecked(), annotations=self.annotations.isChecked()
        )

    def _default_name(self) -> str:
        document = self._notebook.document
        return safe_name(document.title, document.id) + self.way.suffix

    # Parts

    def _build(self, faces: Faces) -> None:
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        for way in self._formats.all:
            self.format.addItem(way.title)
        self.format.currentIndexChanged.connect(self._choose_format)
        self.annotations = QCheckBox(self.tr("What the annotations say there"))
        self.figures = QCheckBox(self.tr("Figures as tables"))
        for box in (self.annotations, self.figures):
            box.toggled.connect(self._changed)
        dots = QHBoxLayout()
        dots.setSpacing(2)
        self._dots = [ColorDot(color) for color in Color]
        for dot in self._dots:
            name = self._notebook.color_names.get(dot.color, "")
            word = color_word(dot.color)
            dot.set_words(f"{word}: {name}" if name else word)
            dot.theme = self._theme
            dot.setCheckable(True)
            dot.setChecked(True)
            dot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dot.toggled.connect(self._changed)
            dots.addWidget(dot)
        dots.addStretch()
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        self.file.textEdited.connect(self._changed)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        left = QVBoxLayout()
        left.setSpacing(6)
        for words, part in (
            (self.tr("Format"), self.format),
            (self.tr("What goes along"), self.annotations),
            ("", self.figures),
            (self.tr("Only these colours"), dots),
            (self.tr("File"), self.file),
            ("", browse),
            ("", self.said),
        ):
            if words:
                label = QLabel(words)
                label.setContentsMargins(0, 10, 0, 0)
                left.addWidget(label)
            if isinstance(part, QWidget):
                left.addWidget(part)
            else:
                left.addLayout(part)
        left.addStretch()
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(faces.code)
        self.preview.setAccessibleName(self.tr("Preview"))
        right = QVBoxLayout()
        right.addWidget(QLabel(self.tr("Preview")))
        right.addWidget(self.preview, 1)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        self.legend = QLabel(self.tr("Lit up: new in this export"))
        self.copy_button = QPushButton(self.tr("Copy to the clipboard"))
        self.copy_button.clicked.connect(self._copy)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button = QPushButton(self.tr("Export"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        below = QHBoxLayout()
        below.addWidget(self.legend)
        below.addStretch()
        for button in (self.copy_button, cancel, self.save_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addLayout(middle, 1)
        column.addLayout(below)

    # What happens

    def _choose_format(self) -> None:
        self.file.setText(self._default_name())
        for box in (self.annotations, self.figures):
            box.setEnabled(self.way.merges)
        self._show_preview()

    def _changed(self) -> None:
        self._later.start()

    def _show_preview(self) -> None:
        try:
            preview = self._formats.preview(self.way, self._chosen(), self._options(), self.path)
        except ExchangeError as error:
            self.preview.setPlainText("")
            self.said.setText(str(error))
            self.save_button.setEnabled(False)
            self.copy_button.setEnabled(False)
            return
        self.save_button.setEnabled(True)
        self.copy_button.setEnabled(True)
        self._text = preview.text
        self.preview.setPlainText(preview.text[:_MOST_SHOWN])
        self._light_up(preview)
        self.said.setText(self._words(preview))

    def _light_up(self, preview: Preview) -> None:
        merged = preview.export is not None and preview.export.before is not None
        self.legend.setVisible(merged and bool(preview.new_lines))
        look = QTextCharFormat()
        look.setBackground(self._theme.color("mark_green"))
        selections = []
        for number in preview.new_lines if merged else ():
            block = self.preview.document().findBlockByNumber(number)
            if block.isValid():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = QTextCursor(block)
                selection.cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                selection.format = look
                selections.append(selection)
        self.preview.setExtraSelections(selections)

    def _words(self, preview: Preview) -> str:
        """What will become of the file that is there."""
        export = preview.export
        if export is None:
            if self.path.exists():
                return self.tr("This file is there already; it will be replaced.")
            return ""
        if export.before is None:
            return self.tr("%n mark(s) go out.", "", len(export.added))
        if export.unchanged:
            return self.tr("This file has everything already; nothing in it will change.")
        said = [self.tr("This file was exported before. Your own edits in it stay.")]
        if export.added:
            said.append(self.tr("%n new", "", len(export.added)))
        if export.changed:
            said.append(self.tr("%n changed", "", len(export.changed)))
        if export.struck:
            said.append(self.tr("%n struck out", "", len(export.struck)))
        if export.conflicts:
            said.append(
                self.tr("%n changed on both sides: both are kept", "", len(export.conflicts))
            )
        return "\n".join(said)

    def _browse(self) -> None:
        name, _ = self._ask(self, self.tr("Export notes"), str(self.path))
        if name:
            self.file.setText(name)
            self._show_preview()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.said.setText(self.tr("Copied."))

    def _save(self) -> None:
        path = self.path
        try:
            self._formats.save(self.way, self._chosen(), self._options(), path)
        except ExchangeError as error:
            self.said.setText(str(error))
        except OSError as error:
            self.said.setText(
                self.tr("{0} could not be written ({1}); choose another place.").format(
                    path.name, error.strerror or error
                )
            )
        else:
            self.saved.emit(path)
            self.accept()
