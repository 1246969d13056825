"""What is chosen of an export: a format, what goes along, whose marks, and which colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from reader.annotations.marks import Color
from reader.exchange.notebook import Notebook
from reader.exchange.options import NotesOptions
from reader.settings import Settings
from reader.ui.export.format_box import FormatBox
from reader.ui.export.formats import Format, Formats
from reader.ui.page.selection_bar import ColorDot, color_word
from reader.ui.theme import Theme
from reader.ui.two_panes import LeftPane


class Choices(LeftPane):
    """The upper part of the left column. What was chosen last is chosen again."""

    format_changed = Signal()
    changed = Signal()
    """Something else is to go out."""

    copy_wanted = Signal()
    edit_wanted = Signal()
    delete_wanted = Signal()
    """The template that is chosen is to be copied, changed, deleted."""

    def __init__(
        self,
        formats: Formats,
        theme: Theme,
        settings: Settings | None = None,
        color_names: Mapping[Color, str] | None = None,
        notebook: Notebook | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """With a `notebook`, one may choose among those who made its marks, and change templates.

        Those are changed where one text goes out.
        """
        super().__init__(parent)
        self._settings = settings
        self._has_one = notebook is not None
        self.format = FormatBox(formats)
        self.add(self.tr("Format"), self.format)
        self._add_template_buttons()
        creators = Counter(entry.mark.creator for entry in notebook.entries) if notebook else {}
        self._creators = self._add_creators(creators) if len(creators) > 1 else {}
        self.annotations = QCheckBox(self.tr("What the annotations say there"))
        self.figures = QCheckBox(self.tr("Figures as tables"))
        self.add(self.tr("What goes along"), self.annotations)
        self.add("", self.figures)
        self._add_dots(theme, color_names or {})
        if settings is not None:
            self.annotations.setChecked(settings["export-annotations"])
            self.figures.setChecked(settings["export-figures"])
            self.format.fill(settings["export-format"])
        for box in (self.annotations, self.figures, *self._creators.values()):
            box.toggled.connect(self.changed)
        self.format.currentIndexChanged.connect(self._show_format)
        self._show_format()

    @property
    def way(self) -> Format:
        """The format that is chosen."""
        return self.format.way

    def options(self) -> NotesOptions:
        """What goes along with the marks."""
        return NotesOptions(
            figures=self.figures.isChecked(), annotations=self.annotations.isChecked()
        )

    def filter(self) -> Callable[[Notebook], Notebook]:
        """What leaves those marks alone in a notebook that are to go out; good on any thread."""
        colors = [dot.color for dot in self.dots if dot.isChecked()]
        creators = [name for name, box in self._creators.items() if box.isChecked()]
        if len(colors) == len(Color) and len(creators) == len(self._creators):
            return lambda notebook: notebook
        wanted = creators if self._creators else None
        return lambda notebook: notebook.only(colors, wanted)

    def keep(self) -> None:
        """Remember what is chosen for the next time."""
        if self._settings is not None:
            self._settings["export-format"] = self.way.name
            self._settings["export-annotations"] = self.annotations.isChecked()
            self._settings["export-figures"] = self.figures.isChecked()

    def _add_template_buttons(self) -> None:
        self.copy_button = _quiet(self.tr("Copy this template to change it…"))
        self.edit_button = _quiet(self.tr("Change this template"))
        self.edit_button.setCheckable(True)
        self.delete_button = _quiet(self.tr("Delete…"))
        self.delete_button.setAccessibleName(self.tr("Delete this template…"))
        self.copy_button.clicked.connect(lambda: self.copy_wanted.emit())
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit())
        self.delete_button.clicked.connect(lambda: self.delete_wanted.emit())
        self.own = QWidget()
        row = QHBoxLayout(self.own)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit_button, 1)
        row.addWidget(self.delete_button)
        self.column.addWidget(self.own)
        self.column.addWidget(self.copy_button)

    def _add_creators(self, creators: Mapping[str, int]) -> dict[str, QCheckBox]:
        boxes = {}
        for number, name in enumerate(sorted(creators)):
            words = name or self.tr("My highlights and notes")
            box = QCheckBox(f"{words} ({creators[name]})".replace("&", "&&"))
            box.setChecked(True)
            self.add("" if number else self.tr("Whose marks"), box)
            boxes[name] = box
        return boxes

    def _add_dots(self, theme: Theme, names: Mapping[Color, str]) -> None:
        row = QWidget()
        named = any(names.values())
        dots = QGridLayout(row)
        dots.setContentsMargins(0, 0, 0, 0)
        dots.setHorizontalSpacing(6 if named else 2)
        dots.setVerticalSpacing(0)
        self.dots: Sequence[ColorDot] = [ColorDot(color) for color in Color]
        for number, dot in enumerate(self.dots):
            word, name = color_word(dot.color), names.get(dot.color, "")
            dot.set_words(f"{word}: {name}" if name else word)
            dot.theme = theme
            dot.setCheckable(True)
            dot.setChecked(True)
            dot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dot.toggled.connect(self.changed)
            if not named:
                dots.addWidget(dot, 0, number)
                continue
            label = QLabel(name or word)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setBuddy(dot)
            dots.addWidget(dot, number, 0)
            dots.addWidget(label, number, 1)
        dots.setColumnStretch(1 if named else len(self.dots), 1)
        self.add(self.tr("Only these colours"), row)

    def _show_format(self) -> None:
        way = self.way
        self.annotations.setEnabled(way.merges or way.paged)
        self.figures.setEnabled(way.merges)
        self.own.setVisible(self._has_one and way.own is not None)
        self.copy_button.setVisible(self._has_one and way.merges)
        self.format_changed.emit()


def _quiet(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return button
