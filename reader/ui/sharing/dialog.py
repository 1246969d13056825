"""Sharing a copy: what goes along at the left, and at the right what will leave this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Mark
from reader.copies.container import SUFFIX
from reader.copies.copy import Copy
from reader.copies.sharing import Shared, SharePlan, plan_share, share
from reader.exchange.file_names import safe_name
from reader.problems import CannotOpen
from reader.settings import Settings
from reader.ui.background import Background
from reader.ui.letters import breakable
from reader.ui.sharing.choices import Choices, own_of
from reader.ui.sharing.words import plan_html, size_words
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.two_panes import Said, furnish

_LOOK_AGAIN = 150
"""Milliseconds after a change until the preview is made anew."""

_FEW_MARKS, _SHORT_TEXT, _SMALL = 500, 100_000, 2_000_000
"""Marks, code points of a text, and bytes to write that take no time to notice."""


class ShareDialog(QDialog):
    """Writes what it shows, and nothing that it does not."""

    saved = Signal(object)
    """The Shared that was written."""

    def __init__(
        self,
        copy: Copy,
        marks: Sequence[Mark],
        folder: Path,
        theme: Theme,
        settings: Settings,
        parent: QWidget,
        ask: Callable[..., tuple[str, str]] = QFileDialog.getSaveFileName,
    ) -> None:
        """`marks` are all of this text; `folder` is where files go at first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Share a copy"))
        self._copy, self._marks, self._folder = copy, marks, folder
        self._theme, self._settings, self._ask = theme, settings, ask
        self._plan: SharePlan | None = None
        self._looking, self._saving = Background(self), Background(self)
        self._later = timer(self, self._look, _LOOK_AGAIN, once=True)
        self._build()
        self._look()

    @property
    def path(self) -> Path:
        """The file that is chosen."""
        name = self.file.text().strip() or self._default_name()
        if not name.lower().endswith(SUFFIX):
            name += SUFFIX
        return Path(name).expanduser() if name.startswith("~") else self._folder / name

    def _default_name(self) -> str:
        manifest = self._copy.manifest
        return safe_name(manifest.title, manifest.id) + SUFFIX

    # Parts

    def _build(self) -> None:
        own = own_of(self._marks)
        self.choices = Choices(self._copy, own, self._settings["share-name"])
        self.file = QLineEdit(self._default_name())
        self.file.setAccessibleName(self.tr("File"))
        self.file.setCursorPosition(0)
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

        self.preview = QTextBrowser()
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setOpenLinks(False)
        self.preview.setAccessibleName(self.tr("What leaves this machine"))
        self.preview.setStyleSheet("QTextBrowser { background: transparent }")
        right = QWidget()
        room = QVBoxLayout(right)
        room.setContentsMargins(20, 16, 14, 6)
        above = QLabel(self.tr("Preview"))
        above.setObjectName("above")
        room.addWidget(above)
        room.addWidget(self.preview, 1)

        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(8 * self.fontMetrics().height())
        self.progress.setAccessibleName(self.tr("Writing the file"))
        self.progress.hide()
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button = QPushButton(self.tr("Save the copy"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        furnish(
            self, self._theme, self.choices, right, (self.progress, None, cancel, self.save_button)
        )
        self.choices.changed.connect(self._change)
        self.file.textEdited.connect(self._say_file)

    # What happens

    def _change(self) -> None:
        """What is shown is not what is chosen any more."""
        self._plan = None
        self.save_button.setEnabled(False)
        self._later.start()

    def _look(self) -> None:
        self._later.stop()
        self._plan = None
        self.save_button.setEnabled(False)
        if self.choices.lacks_name:
            self.choices.name.setFocus()
            words = self.tr("Your marks go along under a name: write it at “Shared as”.")
            self._say_fault(words)
            return
        copy, choice, marks = self._copy, self.choices.choice(), self._marks
        small = len(marks) <= _FEW_MARKS and len(copy.text.string) <= _SHORT_TEXT
        theirs = sum(len(layer.marks) for layer in copy.layers)
        self._looking.run(
            lambda _progress: plan_share(copy, marks, choice),
            self._show,
            self._show_fault,
            at_once=small and theirs <= _FEW_MARKS,
        )

    def _show(self, plan: SharePlan) -> None:
        self._plan = plan
        place = self.preview.verticalScrollBar().value()
        self.preview.setHtml(plan_html(plan, self._marks, self._theme))
        self.preview.verticalScrollBar().setValue(place)
        self.save_button.setEnabled(True)
        self._say_file()

    def _show_fault(self, error: Exception) -> None:
        if not isinstance(error, CannotOpen):
            raise error
        self._say_fault(str(error))

    def _say_fault(self, words: str) -> None:
        self.preview.setPlainText(self.tr("Nothing leaves this machine yet."))
        self.said.say(words, wrong=True)
        self._say_where()

    def _say_file(self) -> None:
        self._say_where()
        there = self.path.exists()
        self.said.say(self.tr("This file is there already; it will be replaced.") if there else "")

    def _say_where(self) -> None:
        words = self.tr("In {0}").format(self.path.parent)
        self.where.setText(breakable(words))
        self.where.setAccessibleName(words)

    def _browse(self) -> None:
        kinds = self.tr("Annotated copies (*{0})").format(SUFFIX)
        name, _ = self._ask(self, self.tr("Share a copy"), str(self.path), kinds)
        if name:
            self.file.setText(name)
            self._say_file()

    def _save(self) -> None:
        plan, path = self._plan, self.path
        if plan is None:
            return
        self._working(True)
        self.said.say(self.tr("Writing… {0}").format(size_words(plan.size)))
        self._saving.run(
            lambda _progress: share(plan, path),
            self._written,
            self._not_written,
            at_once=plan.size <= _SMALL,
        )

    def _working(self, working: bool) -> None:
        self.progress.setVisible(working)
        self.choices.setEnabled(not working)
        self.save_button.setEnabled(not working)

    def _written(self, shared: Shared) -> None:
        if self.choices.name.text().strip():
            self._settings["share-name"] = self.choices.name.text().strip()
        self._settings["share-folder"] = str(shared.file.parent)
        self.saved.emit(shared)
        self.accept()

    def _not_written(self, error: Exception) -> None:
        self._working(False)
        if not isinstance(error, CannotOpen):
            raise error
        self.said.say(str(error), wrong=True)

    def done(self, result: int) -> None:
        """Give up what is being made, and close."""
        self._later.stop()
        self._looking.cancel()
        self._saving.cancel()
        super().done(result)
