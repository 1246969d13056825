"""What leads to an annotation: words wherever they stand, these words only, or nothing but it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from reader.annotations.model import Annotation
from reader.annotations.selectors import Selector
from reader.ui.author.chip_field import ChipField
from reader.ui.author.field import FaultLabel, small_label
from reader.ui.panel.tabs import Switch
from reader.ui.theme import Theme

TERMS, QUOTES, TEXT = range(3)


class LeadingField(QWidget):
    """A switch of the three ways, and the words of the one that is chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quotes: list[Selector] = []
        self.by_hand = False
        """Whether words of the text lead here by hand, so that nothing else has to."""
        self.ways = Switch(
            theme, (self.tr("Every mention"), self.tr("Only here"), self.tr("Whole text"))
        )
        self.ways.setAccessibleName(self.tr("What leads here"))
        self.ways.currentChanged.connect(self._show_parts)
        self.terms = ChipField()
        self.terms.setAccessibleName(self.tr("Words that lead here"))
        self.terms.changed.connect(self.changed)
        self.count = small_label("quiet")
        self._rows: list[QWidget] = []
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        self._whole = small_label("quiet")
        self._whole.setText(self.tr("It stands at the beginning, for the text as a whole."))
        self._fault = FaultLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.ways)
        column.addWidget(self.terms)
        column.addLayout(self._lines)
        column.addWidget(self._whole)
        column.addWidget(self.count)
        column.addWidget(self._fault)
        self._show_parts()

    # What it holds

    @property
    def way(self) -> int:
        """TERMS, QUOTES or TEXT."""
        return self.ways.currentIndex()

    def set_way(self, way: int) -> None:
        """Choose a way."""
        self.ways.setCurrentIndex(way)

    @property
    def place(self) -> QWidget:
        """The part in which one types or chooses."""
        return self.terms if self.way == TERMS else self.ways

    def show_annotation(self, annotation: Annotation, quotes: Sequence[Selector] = ()) -> None:
        """Show what leads to an annotation; `quotes` are offered should only they lead here."""
        self.terms.set_values(annotation.terms)
        self._quotes = list(annotation.targets or quotes)
        way = TEXT if annotation.whole_text else TERMS
        if annotation.targets and not annotation.terms:
            way = QUOTES
        self._also = bool(annotation.targets and annotation.terms)
        self.set_way(way)
        self._renew()

    _also = False
    """Whether quotes lead here besides terms."""

    def chosen_terms(self) -> tuple[str, ...]:
        """The terms, with one that is still being typed."""
        return self.terms.all_values if self.way == TERMS else ()

    def targets(self) -> tuple[Selector, ...]:
        """The quotes."""
        here = self.way == QUOTES or (self.way == TERMS and self._also)
        return tuple(self._quotes) if here else ()

    @property
    def whole_text(self) -> bool:
        """Whether it belongs to the text as a whole."""
        return self.way == TEXT

    def typed(self) -> tuple[object, ...]:
        """All that is chosen and typed, to be compared."""
        return self.chosen_terms(), self.targets(), self.whole_text

    def add_quote(self, quote: Selector) -> None:
        """Let other words lead here too."""
        if quote not in self._quotes:
            self._quotes.append(quote)
            self._also = self._also or self.way == TERMS
            self._renew()
            self.changed.emit()

    def say_count(self, words: str) -> None:
        """Say how many mentions there are."""
        self.count.setText(words)
        self.count.setVisible(bool(words) and self.way == TERMS)

    def say_fault(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self._fault.say(words)
        self.terms.setAccessibleDescription(words)

    def faults(self) -> str:
        """Why nothing would lead here, in a sentence; else empty."""
        if self.whole_text or self.by_hand or self.targets() or self.chosen_terms():
            return ""
        if self.way == QUOTES:
            return self.tr("Select the words in the text, or choose another way.")
        return self.tr("Type the words that lead here, or choose the whole text.")

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.ways.apply_theme(theme)

    # Inside

    def _show_parts(self) -> None:
        self.terms.setVisible(self.way == TERMS)
        self.count.setVisible(self.way == TERMS and bool(self.count.text()))
        self._whole.setVisible(self.way == TEXT)
        self._fault.setVisible(False)
        for row in self._rows:
            row.setVisible(self.way == QUOTES or (self.way == TERMS and self._also))
        self.changed.emit()

    def _renew(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(quote) for quote in self._quotes]
        for row in self._rows:
            self._lines.addWidget(row)
        self._show_parts()

    def _row(self, quote: Selector) -> QWidget:
        row = QWidget()
        words = QLabel(f"“{shortened(quote.exact)}”")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setToolTip(quote.exact)
        remove = QToolButton()
        remove.setObjectName("quiet")
        remove.setText("×")
        name = self.tr("Take “{0}” away").format(shortened(quote.exact, 40))
        remove.setAccessibleName(name)
        remove.setToolTip(name)
        remove.clicked.connect(lambda: self._remove(quote))
        line = QHBoxLayout(row)
        line.setContentsMargins(4, 0, 0, 0)
        line.addWidget(words, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _remove(self, quote: Selector) -> None:
        self._quotes.remove(quote)
        self._renew()
        self.changed.emit()


def shortened(words: str, most: int = 110) -> str:
    """Words on one line, their middle left out where there are too many."""
    line = " ".join(words.replace("\ufffc", " ").split())
    if len(line) <= most:
        return line
    return f"{line[: most // 2].rstrip()} … {line[-(most // 2 - 3) :].lstrip()}"


def mention_count(count: int, section: str) -> str:
    """How many mentions some terms find, and where the first one stands."""
    if not count:
        return QCoreApplication.translate("Author", "These words are not in the text.")
    words = QCoreApplication.translate("Author", "%n mention(s) in the text", "", count)
    if not section:
        return words
    return QCoreApplication.translate("Author", "{0}, first in “{1}”").format(words, section)
