"""Leaving while something is not saved: asking what is to become of it, and rescuing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from reader.atomic import write_atomically

if TYPE_CHECKING:
    from reader.ui.marks import Marks

_NAME = "not-saved.md"


class Leaving(QObject):
    """Keeps a window open while the reader's marks are not on the disk."""

    said = Signal(str)
    """What was done, in a word or two."""

    failed = Signal(str)
    """What could not be done, in one sentence."""

    def __init__(self, window: QWidget, marks: Marks, title_of: Callable[[str], str]) -> None:
        """`title_of` tells the title of a text by its id, or nothing."""
        super().__init__(window)
        self._window, self._marks, self._title_of = window, marks, title_of
        self._asking = self._may_lose = False

    def may_close(self) -> bool:
        """Whether the window may close; where marks would be lost, that is asked first."""
        if self._may_lose or self._marks.save():
            return True
        if not self._asking:
            self._ask()
        return False

    def rescue(self, folders: Sequence[Path]) -> tuple[Path | None, str]:
        """Have the window close unasked, for nobody can wait.

        The answer is where what is not saved was written, and what it is. The file is None
        where no folder takes it; the words are empty when everything is saved.
        """
        self._may_lose = True
        if self._marks.save():
            return None, ""
        from reader.exchange.rescue import write_rescue

        words = self._words()
        return write_rescue(words, folders), words

    # Inside

    def _ask(self) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Close without saving?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        count = len(self._marks.unsaved())
        box.setText(self.tr("%n change(s) to your notes could not be saved.", "", count))
        box.setInformativeText(
            self.tr("Closing the window loses them. While it is open, saving is tried again.")
        )
        action = QMessageBox.ButtonRole.ActionRole
        copy = box.addButton(self.tr("Copy what is not saved"), action)
        elsewhere = box.addButton(self.tr("Save it elsewhere …"), action)
        lose = box.addButton(self.tr("Close without it"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        copy.clicked.connect(self._copy)
        elsewhere.clicked.connect(lambda: QTimer.singleShot(0, self._save_elsewhere))
        lose.clicked.connect(self._close)
        box.finished.connect(self._asked)
        self._asking = True
        box.open()

    def _asked(self) -> None:
        self._asking = False

    def _copy(self) -> None:
        # The window stays: on some systems the clipboard forgets what a program that ended copied.
        QGuiApplication.clipboard().setText(self._words())
        self.said.emit(self.tr("Copied"))

    def _save_elsewhere(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save what is not saved"), str(Path.home() / _NAME), "*.md"
        )
        if not name:
            return
        try:
            write_atomically(Path(name), self._words().encode())
        except OSError as error:
            why = error.strerror or str(error)
            self.failed.emit(
                self.tr("“{0}” could not be written ({1}); choose another folder.").format(
                    name, why
                )
            )
        else:
            self._close()

    def _close(self) -> None:
        self._may_lose = True
        QTimer.singleShot(0, self._window.close)

    def _words(self) -> str:
        from reader.exchange.rescue import Unsaved, rescue_words

        return rescue_words(
            Unsaved(text_id, self._title_of(text_id) or text_id, mark, deleted)
            for text_id, mark, deleted in self._marks.unsaved()
        )
