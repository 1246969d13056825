"""What the author's dialogs have in common: a folder to choose, and the buttons below."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from reader.annotations.naming import numbered, slug
from reader.ui.theme import Theme

_SHEET = """
QDialog {{ background: {card} }}
QLabel#above, QLabel#quiet {{ color: {muted} }}
QLabel#fault {{ color: {danger} }}
QLineEdit {{ background: {field}; color: {text}; border: 1px solid {outline}; border-radius: 7px;
    padding: 6px 9px }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 5px 8px }}
QLineEdit[wrong="true"] {{ border-color: {danger} }}
QTreeView {{ background: {page}; color: {text}; border: 1px solid {border}; border-radius: 7px }}
QTreeView::item {{ padding: 4px 2px }}
QHeaderView::section {{ background: {page}; color: {muted}; border: none;
    border-bottom: 1px solid {border}; padding: 4px 6px }}
QPushButton:disabled {{ color: {muted}; background: transparent; border-color: {border} }}
"""


def dialog_sheet(theme: Theme) -> str:
    """The style sheet of a dialog in a theme."""
    return _SHEET.format(**theme.roles, outline=theme.outline().name())


class PathField(QWidget):
    """A path that is typed or chosen."""

    changed = Signal()

    def __init__(self, title: str, *, file: str = "", parent: QWidget | None = None) -> None:
        """`title` heads the window in which one chooses; with `file`, kinds of files, a file."""
        super().__init__(parent)
        self._title, self._file = title, file
        self.edit = QLineEdit()
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(choose)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    @property
    def path(self) -> Path | None:
        """The path, absolute; None while there is none."""
        words = self.edit.text().strip()
        return Path(os.path.abspath(os.path.expanduser(words))) if words else None

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.edit.setText(str(path))

    def _choose(self) -> None:
        here = str(self.path or Path.home())
        if self._file:
            name, _ = QFileDialog.getOpenFileName(self.window(), self._title, here, self._file)
        else:
            name = QFileDialog.getExistingDirectory(self.window(), self._title, here)
        if name:
            self.edit.setText(name)


def free_folder(near: Path, title: str) -> Path:
    """A folder for a copy of that title that is not there yet, beside others in `near`."""
    name = slug(title) or "copy"
    try:
        taken = {each.name for each in near.iterdir()}
    except OSError:
        taken = set()
    return near / numbered(name, taken)
