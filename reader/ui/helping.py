"""Help, as the window offers it: the guides, what is new, and a report of a problem."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reader import __version__
from reader.locations import bundled
from reader.settings import Settings
from reader.ui.appearance import Appearance
from reader.ui.fonts import Faces
from reader.ui.keymap import Keymap
from reader.ui.notice import Notice

if TYPE_CHECKING:
    from reader.ui.help.window import HelpWindow

_USERS = "guide/users-guide.md"
_TEACHERS = "guide/teachers-guide.md"

TOPICS = {
    "": (_USERS, ""),
    "library": (_USERS, "the-library"),
    "layers": (_USERS, "other-peoples-marks"),
    "keys": ("guide/keyboard.md", ""),
    "export": (_USERS, "taking-your-notes-out"),
    "print": (_USERS, "printing"),
    "preferences": (_USERS, "preferences"),
    "author": (_TEACHERS, "annotating-in-the-window"),
    "share": (_TEACHERS, "handing-a-copy-out"),
    "news": ("CHANGELOG.md", ""),
}
"""Where each topic is told of: a guide, and what links call its heading."""


class Helping(QObject):
    """Nothing of Help is imported before it is asked for."""

    failed = Signal(str)
    """Something could not be shown: a sentence."""

    def __init__(
        self,
        window: QWidget,
        faces: Faces,
        appearance: Appearance,
        settings: Settings,
        keymap: Keymap,
        data: Path,
    ) -> None:
        """`data` is the user's data folder, where reports of faults lie."""
        super().__init__(window)
        self._window, self._faces, self._appearance = window, faces, appearance
        self._settings, self._keymap, self._data = settings, keymap, data
        self._help: HelpWindow | None = None

    def show(self, topic: str = "") -> None:
        """Show the guides at a topic; at none, where one was reading, or the first of them."""
        help_window = self._made()
        if help_window is None:
            return
        if not topic and help_window.guide is not None:
            help_window.come_to_front()
        else:
            help_window.show_place(*TOPICS[topic])

    def on(self, dialog: QWidget, topic: str) -> None:
        """Let the key of Help lead from a dialog to what is said of it."""
        for keys in self._keymap.of("help"):
            QShortcut(QKeySequence(keys), dialog).activated.connect(partial(self.show, topic))

    def report(self) -> None:
        """Gather what is worth knowing about a problem, for the reader to send."""
        from reader.ui.help.report_dialog import ReportDialog
        from reader.ui.help.surroundings import surroundings

        words = surroundings(self._window, self._settings, self._appearance.theme, self._data)
        dialog = ReportDialog(words, self._window)
        dialog.failed.connect(self.failed)
        dialog.open()

    def offer_news(self, notice: Notice) -> None:
        """Offer what is new, once after an update; a first start has nothing that is new."""
        told = self._settings["news-told"]
        if told == __version__ or not notice.isHidden():
            return
        if told and self._has_news_since(told):
            words = self.tr("Annotated Reader is {0} now.").format(__version__)
            notice.offer(words, self.tr("What is new"), partial(self._show_news, notice))
        self._settings["news-told"] = __version__

    def close(self) -> None:
        """Close the window of Help, if there is one."""
        if self._help is not None:
            self._help.close()
            self._help.deleteLater()
            self._help = None

    @property
    def window(self) -> HelpWindow | None:
        """The window of Help; None before it is asked for."""
        return self._help

    def _show_news(self, notice: Notice) -> None:
        notice.hide()
        self.show("news")

    @staticmethod
    def _has_news_since(version: str) -> bool:
        from reader.ui.help.guides import has_news, newer

        with suppress(FileNotFoundError):
            return newer(__version__, version) and has_news(bundled("CHANGELOG.md"))
        return False

    def _made(self) -> HelpWindow | None:
        if self._help is None:
            from reader.ui.help.guides import read_guides
            from reader.ui.help.window import HelpWindow

            try:
                guides = read_guides(bundled("docs"), bundled("CHANGELOG.md"))
            except OSError as error:
                missing = error.filename or error
                self.failed.emit(
                    self.tr("The guides cannot be read ({0}); install the program again.").format(
                        missing
                    )
                )
                return None
            self._help = HelpWindow(
                guides, self._faces, self._appearance, self._settings, self._keymap
            )
            self._help.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        return self._help
