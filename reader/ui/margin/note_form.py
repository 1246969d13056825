"""What the card of an open mark has to write in, and to change the mark's look with.

A card that is only read has none of it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from reader.annotations.marks import Color, Mark
from reader.ui.margin.guide import Guide
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.margin.tag_field import TagField
from reader.ui.page.selection_bar import ColorDot, color_word
from reader.ui.theme import Theme

GAP = 3
"""Pixels between the parts of a card."""


class NoteForm(QWidget):
    """The fields of a note and its tags, one below the other."""

    def __init__(self, guide: Guide, parent: QWidget) -> None:
        super().__init__(parent)
        self.note = NoteEdit(guide, self)
        self.note.setPlaceholderText(self.tr("Write a note …"))
        self.note.setAccessibleName(self.tr("Note"))
        self.tags = TagField(guide, self)
        self.tags.setPlaceholderText(self.tr("Tags, such as essay, negotiation"))
        self.tags.setAccessibleName(self.tr("Tags"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.note)
        column.addWidget(self.tags)

    def set_width(self, width: int) -> None:
        """Be so many pixels wide, and as tall as the words are then."""
        self.note.set_width(width)
        self.updateGeometry()  # or the card would go by what it was before, till the next event


class MarkTools(QWidget):
    """A row of buttons: the colours, the underline, and the end of the mark."""

    color_wanted = Signal(object)
    underline_wanted = Signal(bool)
    delete_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(1)
        self._dots = {color: ColorDot(color, self) for color in Color}
        group = QButtonGroup(self)
        for number, (color, dot) in enumerate(self._dots.items(), 1):
            dot.key = str(number)
            dot.setCheckable(True)
            dot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dot.set_words(color_word(color))
            dot.clicked.connect(lambda _checked=False, color=color: self.color_wanted.emit(color))
            group.addButton(dot)
            row.addWidget(dot)
        self._underline = QToolButton(self)
        self._underline.setText("U")
        font = self._underline.font()
        font.setUnderline(True)
        self._underline.setFont(font)
        self._underline.setCheckable(True)
        self._underline.setToolTip(self.tr("Underline instead of a ground"))
        self._underline.setAccessibleName(self.tr("Underline instead of a ground"))
        self._underline.clicked.connect(self.underline_wanted)
        row.addWidget(self._underline)
        row.addStretch()
        delete = QToolButton(self)
        delete.setText(self.tr("Delete"))
        delete.setAccessibleName(self.tr("Delete this mark"))
        delete.clicked.connect(lambda: self.delete_wanted.emit())
        row.addWidget(delete)
        self.apply_theme(theme)

    def show_mark(self, mark: Mark) -> None:
        """Show the colour and the underline that a mark has."""
        for color, dot in self._dots.items():
            dot.setChecked(color is mark.color)
        self._underline.setChecked(mark.underline)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for dot in self._dots.values():
            dot.theme = theme
        self.update()
