"""Asking what a template is to be called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.ui.button_box import button_box
from reader.ui.export.formats import Formats


class TemplateNameDialog(QDialog):
    """Takes no name that is taken, or that no file can have, and says which of the two it is."""

    named = Signal(str)

    def __init__(self, formats: Formats, proposal: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Copy a template"))
        self._formats = formats
        label = QLabel(self.tr("What is your template called?"))
        self.name = QLineEdit(self._free(proposal))
        self.name.setAccessibleName(label.text())
        self.name.selectAll()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        buttons = button_box(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.button.setText(self.tr("Copy"))
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for part in (label, self.name, self.said, buttons):
            column.addWidget(part)
        self.resize(22 * self.fontMetrics().height(), self.sizeHint().height())
        self._check()

    def _free(self, proposal: str) -> str:
        name, number = proposal, 2
        while not self._formats.is_free(name):
            name, number = f"{proposal} {number}", number + 1
        return name

    def _check(self) -> None:
        name = self.name.text().strip()
        said = ""
        if name and not self._formats.can_be_named(name):
            said = self.tr("A file cannot be called so; use letters, digits and spaces.")
        elif name and not self._formats.is_free(name):
            said = self.tr("There is a format of this name already; choose another.")
        self.said.setText(said)
        self.button.setEnabled(bool(name) and not said)

    def _take(self) -> None:
        if self.button.isEnabled():
            self.named.emit(self.name.text().strip())
            self.accept()
