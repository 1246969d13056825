"""Handing a copy out: a new revision, and the copy as one file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.annotations.entry import is_date
from reader.ui.author.dialog_look import dialog_sheet
from reader.ui.author.field import Field
from reader.ui.button_box import button_box
from reader.ui.letters import broad
from reader.ui.theme import Theme


class RevisionDialog(QDialog):
    """Asks whether the revision is to be counted up, and of which date it is."""

    agreed = Signal(int, str)
    """The number of the new revision, and its date, or empty to leave that as it is."""

    def __init__(
        self, revision: int, theme: Theme, parent: QWidget, today: date | None = None
    ) -> None:
        super().__init__(parent)
        self.setStyleSheet(dialog_sheet(theme))
        self.setWindowTitle(self.tr("Publish a new revision"))
        self._next = revision + 1
        words = QLabel(
            self.tr(
                "The copy becomes revision {0}. Whoever has revision {1} can open it: their marks "
                "move with the text."
            ).format(self._next, revision)
        )
        words.setWordWrap(True)
        self.date = QLineEdit((today or date.today()).isoformat())
        self.date_field = Field(self.tr("Date of the text; empty: as it was"), self.date)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.publish_button = buttons.addButton(
            self.tr("Publish revision {0}").format(self._next),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        for part in (words, self.date_field, buttons):
            column.addWidget(part)
        # Only a button that is in its dialog can become what Enter means there.
        self.publish_button.setDefault(True)
        self.setMinimumWidth(broad(self, 26))

    def _agree(self) -> None:
        typed = self.date.text().strip()
        if typed and not is_date(typed):
            self.date_field.say_fault(
                self.tr("Write a year, a month or a day: 2025, 2025-06 or 2025-06-01.")
            )
            return
        self.accept()
        self.agreed.emit(self._next, typed)


def packed_name(folder: Path, revision: int) -> str:
    """What a packed copy is called where its author does not say."""
    return f"{folder.name}-{revision}.annotated" if revision > 1 else f"{folder.name}.annotated"
