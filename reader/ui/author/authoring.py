"""Author mode in the window: its commands, its dialogs, and what title and status line say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.copies.copy import Copy
from reader.problems import CannotOpen
from reader.ui.actions import Actions
from reader.ui.background import Background, Report
from reader.ui.marking import Marking
from reader.ui.notice import Notice, Progress
from reader.ui.panel.panel import Panel
from reader.ui.status import Status
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.copies.making import Made
    from reader.copies.packing import Packed
    from reader.ui.author.author import Author


class Authoring(QObject):
    """What the window needs to have its copy annotated. The author is made when one begins."""

    changed = Signal()
    """Author mode began or ended, or there is more, or less, to undo."""

    renewed = Signal(object, object)
    """The Copy is another than before, with its PreparedText if its text is."""

    open_wanted = Signal(object)
    """The Path of a copy that was made."""

    ended = Signal(object)
    """Author mode has ended: the Copy as it is now."""

    check_wanted = Signal()
    """The page with the problems is to be shown."""

    def __init__(
        self,
        window: QWidget,
        make_author: Callable[[], Author],
        marking: Marking,
        actions: Actions,
        panel: Panel,
        status: Status,
        notice: Notice,
        progress: Progress,
        theme: Callable[[], Theme],
    ) -> None:
        """`theme` answers with the colours in force."""
        super().__init__(window)
        self._window, self._make_author, self._actions = window, make_author, actions
        self._marking = marking
        self._panel, self._status, self._notice = panel, status, notice
        self._progress, self._theme = progress, theme
        self._copy: Copy | None = None
        self._start_in: Path | None = None
        """The folder of a copy that was made, and is to be annotated once it is shown."""
        self._packing = Background(self)
        self._was_on = False
        self._asking = self._may_lose = False
        panel.problem_chosen.connect(lambda problem: self.author.go_to_problem(problem))
        status.share_wanted.connect(lambda: actions["share"].trigger())
        self.show_state()

    @cached_property
    def author(self) -> Author:
        """The author, who is made now if nothing was annotated yet."""
        author = self._make_author()
        author.apply_theme(self._theme())
        author.changed.connect(self.show_state)
        author.changed.connect(self.changed)
        author.renewed.connect(self.renewed)
        author.failed.connect(self._notice.say)
        author.said.connect(self._say)
        return author

    @property
    def _made_author(self) -> Author | None:
        """The author, if one was made; whatever only asks must not make one."""
        made: Author | None = self.__dict__.get("author")
        return made

    @property
    def on(self) -> bool:
        """Whether the copy that is shown is being annotated."""
        return (made := self._made_author) is not None and made.on

    @property
    def writing(self) -> bool:
        """Whether the form is open."""
        return (made := self._made_author) is not None and made.writing

    @property
    def can_undo(self) -> bool:
        """Whether a change to an annotation can be taken back."""
        return (made := self._made_author) is not None and made.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change to an annotation can be made again."""
        return (made := self._made_author) is not None and made.can_redo

    def form_has(self, widget: QWidget) -> bool:
        """Whether a widget is part of the form."""
        return (made := self._made_author) is not None and made.host.isAncestorOf(widget)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        if (made := self._made_author) is not None:
            made.apply_theme(theme)

    def close(self) -> None:
        """Have done with all files, before the program ends."""
        if (made := self._made_author) is not None:
            made.close()

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each of the author's commands does, and undo and redo, which are for marks too."""
        return {
            "author": self._toggle,
            "annotate": lambda: self.author.annotate(),
            "edit-annotation": lambda: self.author.edit_active(),
            "delete-annotation": lambda: self.author.delete_active(),
            "undo": lambda: (self._made_author or self._marking).undo(),
            "redo": lambda: (self._made_author or self._marking).redo(),
            "check": self.check_wanted.emit,
            "new-copy": self.ask_new,
            "own-copy": self.ask_own,
            "publish": self._ask_revision,
            "pack": self._ask_pack,
            "apply": self._ask_reuse,
        }

    def show_copy(self, copy: Copy) -> None:
        """Another copy is shown, or the same one opened again."""
        self._copy = copy
        if (made := self._made_author) is not None:
            made.show_copy(copy)
        if self._start_in == copy.path:
            self._start_in = None
            self.author.start(copy)
        self.show_state()

    def renew(self, copy: Copy) -> None:
        """The copy has other annotations."""
        self._copy = copy
        self.show_state()

    def title_words(self, copy: Copy) -> str:
        """What the header says of the copy in author mode; empty outside of it."""
        if not self.on:
            return ""
        return self.tr("author mode, revision {0}").format(copy.manifest.revision)

    def may_close(self) -> bool:
        """Whether the window may close; where something would be lost, that is asked first."""
        made = self._made_author
        if self._may_lose or made is None or not made.is_unsaved:
            return True
        if self._asking:
            return False
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Close without saving?"))
        box.setText(self.tr("An annotation is not saved yet. Closing loses what you typed."))
        lose = box.addButton(self.tr("Close and lose it"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        lose.clicked.connect(self._lose)
        box.finished.connect(self._asked)
        self._asking = True
        box.open()
        return False

    def _lose(self) -> None:
        self._may_lose = True
        QTimer.singleShot(0, self._window.close)

    def _asked(self) -> None:
        self._asking = False

    def show_state(self) -> None:
        """Have commands, panel and status line say what is possible now."""
        author, copy, on = self._made_author, self._copy, self.on
        self._actions["author"].setChecked(on)
        for name in ("annotate", "publish", "pack", "check"):
            self._actions[name].setEnabled(on)
        for name in ("edit-annotation", "delete-annotation"):
            self._actions[name].setEnabled(on)
        for name in ("own-copy", "apply"):
            self._actions[name].setEnabled(copy is not None)
        self._actions["pack"].setEnabled(copy is not None and copy.path.is_dir())
        self._panel.set_problems(copy.problems if on and copy is not None else None)
        if author is not None and author.on:
            words = ANNOTATIONS_FILE
            if author.saved_at.isValid():
                short = QLocale.FormatType.ShortFormat
                time = QLocale().toString(author.saved_at, short)
                words = self.tr("{0} · saved {1}").format(ANNOTATIONS_FILE, time)
            share = self._actions["share"]
            keys = share.shortcut().toString(share.shortcut().SequenceFormat.NativeText)
            self._status.show_author(words, f"{share.text().replace('&', '')}   {keys}".rstrip())
        else:
            self._status.show_author("")
        if self._was_on and not on and copy is not None:
            self.ended.emit(copy)
        self._was_on = on

    # Commands

    def _toggle(self, on: bool) -> None:
        copy = self._copy
        if not on or copy is None:
            if (made := self._made_author) is not None:
                made.stop()
        elif why := self.author.why_not(copy):
            self.ask_own(why)
        else:
            self.author.start(copy)
        self.show_state()

    def ask_own(self, why: str = "") -> None:
        """Ask where one's own copy of the text that is shown is to be made."""
        if self._copy is None:
            return
        if why:
            why = self.tr("{0} Make a copy of your own, and annotate that.").format(why)
        self._ask_copy(self._copy, why)

    def ask_new(self) -> None:
        """Ask what a new copy is to be made of."""
        self._ask_copy(None, "")

    def _ask_copy(self, copy: Copy | None, why: str) -> None:
        from reader.ui.author.new_copy import NewCopyDialog

        dialog = NewCopyDialog(self._theme(), self._window, copy=copy, why=why)
        dialog.made.connect(self._made)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _made(self, made: Made) -> None:
        """Show a copy that was made, ready to be annotated."""
        self._start_in = made.folder
        self.open_wanted.emit(made.folder)
        if made.notices:
            self._notice.say(" ".join(made.notices))

    def _ask_revision(self) -> None:
        from reader.ui.author.publishing import RevisionDialog

        if self._copy is None or not self.on:
            return
        dialog = RevisionDialog(self._copy.manifest.revision, self._theme(), self._window)
        dialog.agreed.connect(self._publish)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _publish(self, revision: int, date: str) -> None:
        fields: dict[str, str | int] = {"revision": revision}
        if date:
            fields["date"] = date
        self.author.set_document(**fields)
        self._say(self.tr("This is revision {0} now").format(revision))

    def _ask_pack(self) -> None:
        from reader.ui.author.publishing import packed_name

        copy = self._copy
        if copy is None or not copy.path.is_dir():
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Pack a copy"),
            str(copy.path.parent / packed_name(copy.path, copy.manifest.revision)),
            self.tr("Annotated copies (*.annotated)"),
        )
        if name:
            file = Path(name)
            self.pack(copy.path, file if file.suffix else file.with_suffix(".annotated"))

    def pack(self, folder: Path, file: Path) -> None:
        """Pack the copy in a folder into a file."""
        from reader.copies.packing import CannotPack, pack

        def work(_report: Report) -> Packed:
            return pack(folder, file)

        def done(packed: Packed) -> None:
            self._progress.end()
            words = self.tr("Packed into {0}.").format(packed.file)
            if packed.left_out:
                left = ", ".join(packed.left_out[:10])
                words = self.tr("{0} What stayed behind: {1}.").format(words, left)
            self._notice.say(words)

        def failed(error: Exception) -> None:
            self._progress.end()
            if isinstance(error, CannotPack) and error.problems:
                self._notice.say(
                    self.tr("It was not packed, for something is wrong with it: {0}").format(
                        error.problems[0].sentence
                    )
                )
                if self.on:
                    self.check_wanted.emit()
            elif isinstance(error, CannotOpen):
                self._notice.say(str(error))
            else:
                raise error

        self._progress.begin(self.tr("Packing …"))
        self._packing.run(work, done, failed)

    def _ask_reuse(self) -> None:
        from reader.ui.author.reuse import ReuseDialog

        if self._copy is None:
            return
        dialog = ReuseDialog(self._copy, self._theme(), self._window)
        dialog.made.connect(self._made)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say(self, words: str) -> None:
        self._status.say(words)
