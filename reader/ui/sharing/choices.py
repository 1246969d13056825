"""What is chosen of a copy that is shared: whose annotations, figures, and which marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.copies.sharing import Choice
from reader.ui.kinds import kind_heading
from reader.ui.layer_list import count_words
from reader.ui.two_panes import LeftPane


class Choices(LeftPane):
    """The left column. Of other people's marks and of mine nothing is ticked at first."""

    changed = Signal()
    """Something else is to go along."""

    def __init__(self, copy: Copy, own: Sequence[Mark], name: str) -> None:
        """`own` are the reader's marks, `name` is under what they went along last."""
        super().__init__()
        self._copy, self._own = copy, own
        self.kinds = self._add_kinds()
        self.figures = self._box(self.tr("Picture files of the copy"), on=True)
        self.add(self.tr("With the text"), self.figures)
        self.layers = self._add_layers()
        self._add_mine()
        self.name = QLineEdit(name)
        self.name.setPlaceholderText(self.tr("Your name, as others shall see it"))
        self.name.setAccessibleName(self.tr("Shared as"))
        self.name.setMaxLength(200)
        self.name.textEdited.connect(self.changed)
        self.add(self.tr("Shared as"), self.name)
        self._show_name()

    def choice(self) -> Choice:
        """What goes along."""
        out = {kind for kind, box in self.kinds.items() if not box.isChecked()}
        tag = self.tag.currentData()
        return Choice(
            kinds=frozenset(Kind) - out,
            figures=self.figures.isChecked(),
            layers=frozenset(name for name, box in self.layers.items() if box.isChecked()),
            mine=self._mine(),
            tags=frozenset({tag} if tag else ()),
            name=self.name.text(),
        )

    @property
    def lacks_name(self) -> bool:
        """Whether my marks would go along under no name."""
        return self._mine() != "none" and not self.name.text().strip()

    # Parts

    def _box(self, words: str, *, on: bool = False, count: int | None = None) -> QCheckBox:
        shown = words if count is None else f"{words} ({count})"
        box = QCheckBox(shown.replace("&", "&&"))
        box.setChecked(on)
        box.toggled.connect(self.changed)
        return box

    def _add_kinds(self) -> dict[Kind, QCheckBox]:
        counts = Counter(annotation.kind for annotation in self._copy.annotations)
        boxes = {
            kind: self._box(kind_heading(kind), on=True, count=counts[kind])
            for kind in Kind
            if counts[kind]
        }
        if boxes:
            room = QWidget()
            grid = QGridLayout(room)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(6)
            for number, box in enumerate(boxes.values()):
                grid.addWidget(box, number // 2, number % 2)
            self.add(self.tr("The author's annotations"), room)
        return boxes

    def _add_layers(self) -> dict[str, QCheckBox]:
        boxes: dict[str, QCheckBox] = {}
        for layer in self._copy.layers:
            metrics = self.fontMetrics()
            elide, room = Qt.TextElideMode.ElideRight, 14 * metrics.height()
            box = self._box(metrics.elidedText(layer.name, elide, room), count=len(layer.marks))
            box.setToolTip(f"{layer.name}: {count_words(layer.marks)}")
            box.setAccessibleName(f"{layer.name}, {count_words(layer.marks)}")
            self.add("" if boxes else self.tr("Other people's layers"), box)
            boxes[layer.id] = box
        return boxes

    def _add_mine(self) -> None:
        bare = [mark for mark in self._own if is_bare(mark)]
        rest = len(self._own) - len(bare)
        self.highlights = self._box(self.tr("My highlights"), count=len(bare))
        self.notes = self._box(self.tr("My notes, tags, answers and bookmarks"), count=rest or None)
        self.notes.setToolTip(self.tr("What you wrote for yourself: it goes only when you say so"))
        self.tag = QComboBox()
        self.tag.setAccessibleName(self.tr("Of my marks only those with this tag"))
        self.tag.view().setAccessibleName(self.tag.accessibleName())
        self.tag.addItem(self.tr("With any tag, or none"), "")
        tags = sorted({tag for mark in self._own for tag in mark.tags}, key=str.casefold)
        for tag in tags:
            self.tag.addItem(self.tr("Only #{0}").format(tag), tag)
        self.tag.currentIndexChanged.connect(self.changed)
        self.add(self.tr("My own marks"), self.highlights)
        self.add("", self.notes)
        self.add("", self.tag)
        self.tag.setVisible(bool(tags))
        self.highlights.setEnabled(bool(self._own))
        self.notes.setEnabled(bool(self._own))
        if not self._own:
            none = QLabel(self.tr("You have marked nothing in this text."))
            none.setObjectName("above")
            none.setWordWrap(True)
            self.column.addWidget(none)
        # Notes stand on marked words, which then go along.
        self.notes.toggled.connect(
            lambda on: self.highlights.setChecked(on or self.highlights.isChecked())
        )
        self.highlights.toggled.connect(
            lambda on: self.notes.setChecked(on and self.notes.isChecked())
        )
        for box in (self.highlights, self.notes):
            box.toggled.connect(self._show_name)

    def _show_name(self) -> None:
        taken = self._mine() != "none"
        self.name.setEnabled(taken)
        self.tag.setEnabled(taken)

    def _mine(self) -> Literal["none", "highlights", "all"]:
        if self.notes.isChecked():
            return "all"
        return "highlights" if self.highlights.isChecked() else "none"


def is_bare(mark: Mark) -> bool:
    """Whether a mark says nothing but which words it is on."""
    return mark.kind is MarkKind.HIGHLIGHT and not mark.note


def own_of(marks: Iterable[Mark]) -> list[Mark]:
    """The reader's own marks among those of a text."""
    return [mark for mark in marks if not mark.creator]
