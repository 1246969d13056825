"""A text as it is printed: pages, and what is drawn on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from reader.exchange.notebook import Notebook
from reader.text.model import BlockKind
from reader.text.progress import Progress, Steps
from reader.ui.fonts import Faces
from reader.ui.printing.breaking import Measures, Page, PageBreaker, Part, Slot
from reader.ui.printing.content import content_of
from reader.ui.printing.items import NoteItem, items_of
from reader.ui.printing.notes import NoteSetter
from reader.ui.printing.options import PrintOptions
from reader.ui.printing.pieces import HAIR, Note, Piece
from reader.ui.printing.setup import Setup
from reader.ui.printing.sheet import RESOLUTION, divide
from reader.ui.theme import Theme

_KEPT = 96
"""Pieces that stay set; others are set again where they are drawn, which saves memory."""

_GAP = 0.5
"""Between two notes, in sizes of the body's face."""

_RULE = 1.4
"""Between the text and the notes at the end of a page, in sizes of the body's face."""


class PrintedText:
    """A notebook's text with its notes, on paper.

    Make it, `layout` it for a size of paper, then `paint` any page; all in one thread,
    which need not be the window's.
    """

    def __init__(
        self, notebook: Notebook, faces: Faces, options: PrintOptions, theme: Theme
    ) -> None:
        """`theme` gives the colours of words and marks; the paper is white."""
        self._notebook, self._faces, self._options, self._theme = notebook, faces, options, theme
        self._content = content_of(notebook, options, theme)
        copy = notebook.copy
        self._find_picture = copy.picture if copy is not None else lambda _name: None
        self._pages: list[Page] = []

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 before the layout."""
        return len(self._pages)

    def layout(self, size: QSizeF, progress: Progress | None = None) -> None:
        """Break the text into pages of a size, which is in points.

        `progress` is called now and then with 0.0 to 1.0; what it raises passes through.
        """
        content, scale = self._content, self._options.text_size
        self._sheet = divide(size, scale, bool(content.notes))
        self._setup = Setup(self._sheet, self._faces, scale, self._theme, self._find_picture)
        beside = NoteSetter(self._setup, self._setup.beside)
        below = NoteSetter(self._setup, self._setup.below)
        self._items = items_of(self._notebook, content, self._setup)
        self._wide = below

        def set_beside(note: int) -> Note:
            return beside.piece(content.notes[note - 1])

        def set_below(note: int) -> Note:
            return below.piece(content.notes[note - 1])

        self._piece: Callable[[int], Piece] = lru_cache(_KEPT)(self._make_piece)
        self._beside: Callable[[int], Note] = lru_cache(_KEPT)(set_beside)
        self._below: Callable[[int], Note] = lru_cache(_KEPT)(set_below)
        self._pages = self._broken(Steps(progress))

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw a page, counted from 0, from the painter's origin, which is the paper's corner."""
        sheet, what = self._sheet, self._pages[page]
        painter.save()
        device = painter.device()
        painter.scale(device.logicalDpiX() / RESOLUTION, device.logicalDpiY() / RESOLUTION)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in what.parts:
            self._draw(painter, self._piece(part.index), part, sheet.left)
        for note, y in what.beside:
            piece = self._beside(note)
            self._draw(painter, piece, Part(note, 0, len(piece.slots), y), sheet.margin_left)
        if what.below:
            y = sheet.top + what.below[0].y - 0.4 * _RULE * self._setup.em
            painter.setPen(QPen(self._theme.color("rule"), HAIR))
            painter.drawLine(QPointF(sheet.left, y), QPointF(sheet.left + sheet.column / 3, y))
        for part in what.below:
            self._draw(painter, self._below(part.index), part, sheet.left)
        self._draw_foot(painter, page)
        painter.restore()

    # Breaking into pages

    def _broken(self, steps: Steps) -> list[Page]:
        em = self._setup.em

        @cache
        def beside(note: int) -> float | None:
            return self._beside(note).slots[-1].bottom if self._sheet.margin else None

        @cache
        def below(note: int) -> Sequence[Slot]:
            return self._below(note).slots

        paragraph = BlockKind.PARAGRAPH, 0
        # The first line of a note stands level with the line of its words.
        line, of_note = (
            each.style(*paragraph).line for each in (self._setup.body, self._setup.beside)
        )
        drop = (line - of_note) / 2
        measures = Measures(self._sheet.height, _GAP * em, _RULE * em, drop, beside, below)
        breaker = PageBreaker(measures)
        for index, item in enumerate(self._items):
            steps.at(index / len(self._items))
            piece = self._piece(index)
            notes: dict[int, list[int]] = defaultdict(list)
            for slot, note in piece.notes():
                notes[slot].append(note)
            breaker.add(index, piece.slots, item.gap, notes, self._keeps(index))
        steps.at(1.0)
        return breaker.finish()

    def _keeps(self, index: int) -> bool:
        item = self._items[index]
        return not isinstance(item, NoteItem) and item.setting.keeps(item.row)

    def _make_piece(self, index: int) -> Piece:
        item = self._items[index]
        if isinstance(item, NoteItem):
            return self._wide.piece(item.note)
        return item.setting.piece(item.row)

    # Drawing

    def _draw(self, painter: QPainter, piece: Piece, part: Part, left: float) -> None:
        at = QPointF(left, self._sheet.top + part.y)
        piece.draw(painter, at, part.first, part.last, part.above)

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        """The title and the number of the page."""
        sheet, theme = self._sheet, self._theme
        font = self._setup.below.style(BlockKind.PARAGRAPH, 0).font
        metrics = QFontMetricsF(font)
        painter.setPen(QPen(theme.color("rule"), HAIR))
        painter.drawLine(QPointF(sheet.left, sheet.foot), QPointF(sheet.right, sheet.foot))
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        baseline = sheet.foot + 1.6 * metrics.ascent()
        locale = QLocale()
        number = QCoreApplication.translate("Printing", "{0} of {1}").format(
            locale.toString(page + 1), locale.toString(len(self._pages))
        )
        room = metrics.horizontalAdvance(number)
        title = metrics.elidedText(
            " ".join(self._notebook.document.title.split()),
            Qt.TextElideMode.ElideRight,
            sheet.right - sheet.left - 2 * room,
        )
        painter.drawText(QPointF(sheet.left, baseline), title)
        painter.drawText(QPointF(sheet.right - room, baseline), number)
