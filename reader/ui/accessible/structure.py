"""The structure of a text: sections, headings, lists, tables, and the words that lead somewhere.

A text edit has words and lines, and Qt tells of those itself. This stands beside it, as what is
inside the text edit: a document whose parts are made when somebody asks for them, so that the
longest book costs nothing until it is walked through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QRectF, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from reader.annotations.attachment import Mention
from reader.text.model import Block, BlockKind, Cell, Text
from reader.ui.accessible.nodes import Heading, Link, Nest, Node, Words
from reader.ui.accessible.saying import marks_in, mention_words
from reader.ui.page.page import PageView

_Role = QAccessible.Role

_LARGEST = 200
"""Blocks of a section at the most: what has no headings is divided anyhow."""

_ROLES = {
    BlockKind.PARAGRAPH: _Role.Paragraph,
    BlockKind.LIST_ITEM: _Role.ListItem,
    BlockKind.QUOTE: _Role.BlockQuote,
    BlockKind.CODE: _Role.Paragraph,
    BlockKind.IMAGE: _Role.Graphic,
    BlockKind.RULE: _Role.Separator,
}


class Structure(QAccessibleWidget):
    """What is inside a page, which this speaks for."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page.viewport(), _Role.Document)
        self._page = page
        self._parts: list[Node] | None = None
        self._stale: list[Node] = []
        self._inline: list[Nest] = []
        page.text_shown.connect(self._text_changed)
        page.words_changed.connect(self._words_changed)

    @property
    def is_shown(self) -> bool:
        """Whether there is a text to tell of."""
        return self._page.shown_copy() is not None

    def link_at(self, start: int, end: int) -> Node | None:
        """The link on the words `start:end`, if there is one."""
        block = self._block_node(start)
        inside = block.nodes() if block else ()
        return next((each for each in inside if (each.start, each.end) == (start, end)), None)

    # Where things are

    def rect_of(self, start: int, end: int) -> QRect:
        """Where the blocks that hold `start:end` are on the screen, as far as it is known."""
        layout, text = self._page.page_layout(), self._text()
        if layout is None or text is None or not layout.row_count:
            return QRect()
        last = text.block_index(max(start, end - 1)) + 1
        first_row = layout.row_of_block(text.block_index(start))
        past = layout.row_of_block(last) if last < len(text.blocks) else layout.row_count
        top = layout.row_top(first_row)
        bottom = layout.row_top(past - 1) + layout.row_height(past - 1)
        return self._on_screen(QRectF(layout.left, top, layout.typography.column, bottom - top))

    def rect_of_words(self, start: int, end: int) -> QRect:
        """Where words are on the screen; where they are not laid out yet, their block."""
        layout = self._page.page_layout()
        if layout is None or not layout.is_laid(layout.row_of(start)):
            return self.rect_of(start, end)
        around = QRectF()
        for rect in layout.range_rects(start, end):
            around = around.united(rect)
        return self._on_screen(around)

    def is_seen(self, rect: QRect) -> bool:
        """Whether something of a rectangle of the screen is in view."""
        return self._page.isVisible() and rect.intersects(super().rect())

    def has_keyboard(self, start: int, end: int) -> bool:
        """Whether the keyboard's frame is around these words."""
        return self._page.focused_words() == (start, end) and self._page.hasFocus()

    def _on_screen(self, rect: QRectF) -> QRect:
        corner = self._page.viewport().mapToGlobal(QPoint(0, -self._page.scroll()))
        return rect.toAlignedRect().translated(corner)

    # What Qt asks for

    def text(self, kind: QAccessible.Text) -> str:
        copy = self._page.shown_copy()
        return copy.manifest.title if copy and kind == QAccessible.Text.Name else ""

    def childCount(self) -> int:
        return len(self._sections())

    def child(self, index: int) -> QAccessibleInterface | None:
        sections = self._sections()
        return sections[index] if 0 <= index < len(sections) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, node in enumerate(self._sections()) if node is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        viewport = self._page.viewport()
        place = viewport.mapFromGlobal(QPoint(x, y))
        if not viewport.rect().contains(place):
            return None
        block = self._block_node(self._page.caret_at(place.toPointF()))
        return (block.childAt(x, y) or block) if block else None

    def focusChild(self) -> QAccessibleInterface | None:
        words = self._page.focused_words()
        return self.link_at(*words) if words is not None else None

    # What is inside

    def _text(self) -> Text | None:
        copy = self._page.shown_copy()
        return copy.text if copy else None

    def _sections(self) -> list[Node]:
        if self._parts is None:
            self._parts = list(self._make_sections())
        return self._parts

    def _make_sections(self) -> Iterator[Node]:
        text = self._text()
        begin = 0
        for number, block in enumerate(text.blocks if text else ()):
            if number - begin >= _LARGEST or (block.kind is BlockKind.HEADING and number > begin):
                yield self._section(begin, number)
                begin = number
        if text and text.blocks:
            yield self._section(begin, len(text.blocks))

    def _section(self, first: int, past: int) -> Node:
        text = self._text()
        assert text is not None
        blocks = text.blocks[first:past]
        head = blocks[0]
        name = text.string[head.start : head.end] if head.kind is BlockKind.HEADING else ""
        ends = head.start, blocks[-1].end
        return Nest(self, self, _Role.Section, ends, partial(self._blocks, blocks), name)

    def _blocks(self, blocks: tuple[Block, ...], parent: Nest) -> Iterator[Node]:
        for is_list, some in groupby(blocks, lambda each: each.kind is BlockKind.LIST_ITEM):
            group = tuple(some)
            if is_list:
                ends = group[0].start, group[-1].end
                yield Nest(self, parent, _Role.List, ends, partial(self._items, group))
            else:
                yield from self._items(group, parent)

    def _items(self, blocks: tuple[Block, ...], parent: Nest) -> Iterator[Node]:
        for block in blocks:
            yield self._block(block, parent)

    def _block(self, block: Block, parent: Nest) -> Node:
        text = self._text()
        assert text is not None
        ends, words = (block.start, block.end), text.string[block.start : block.end]
        inline = partial(self._links_and_marks, block)
        if block.kind is BlockKind.HEADING:
            node: Nest = Heading(self, parent, ends, inline, words, block.level)
        elif block.kind is BlockKind.TABLE:
            name = self._row_words(block, 0)
            return Nest(self, parent, _Role.Table, ends, partial(self._rows, block), name)
        elif block.kind is BlockKind.IMAGE:
            return Node(self, parent, _Role.Graphic, *ends, block.alt, block.caption)
        else:
            words = " ".join(filter(None, (block.marker, words)))
            node = Nest(self, parent, _ROLES[block.kind], ends, inline, words)
        self._inline.append(node)
        return node

    def _rows(self, block: Block, parent: Nest) -> Iterator[Node]:
        for number, cells in enumerate(block.rows):
            ends = cells[0].start, cells[-1].end
            make = partial(self._cells, block, number)
            yield Nest(self, parent, _Role.Row, ends, make, self._row_words(block, number))

    def _row_words(self, block: Block, number: int) -> str:
        """A row of a table as one says it, each cell after the head of its column."""
        heads, cells = block.rows[0], block.rows[number]
        if number == 0:
            return ", ".join(map(self._cell_words, heads))
        pairs = zip(map(self._cell_words, heads), map(self._cell_words, cells), strict=False)
        return ", ".join(f"{head}: {words}" if head else words for head, words in pairs)

    def _cell_words(self, cell: Cell) -> str:
        text = self._text()
        return text.string[cell.start : cell.end] if text else ""

    def _cells(self, block: Block, number: int, parent: Nest) -> Iterator[Node]:
        role = _Role.Cell if number else _Role.ColumnHeader
        for cell in block.rows[number]:
            words = self._cell_words(cell)
            make = partial(self._links_and_marks, Block(block.kind, cell.start, cell.end))
            node = Nest(self, parent, role, (cell.start, cell.end), make, words)
            self._inline.append(node)
            yield node

    def _links_and_marks(self, block: Block, parent: Nest) -> Iterator[Node]:
        found = [*self._links(block, parent), *self._marks(block, parent)]
        yield from sorted(found, key=lambda each: (each.start, -each.end))

    def _links(self, block: Block, parent: Nest) -> Iterator[Node]:
        page, copy = self._page, self._page.shown_copy()
        assert copy is not None
        for mention in page.mentions_in(block.start, block.end):
            yield Link(
                self,
                parent,
                (mention.start, mention.end),
                mention_words(copy, mention),
                partial(self._follow, mention),
                partial(page.take_mention, mention),
            )
        for run in block.runs:
            if run.href and not run.href.startswith("#"):
                words = copy.text.string[run.start : run.end]
                follow = partial(page.link_activated.emit, run.href)
                ends = run.start, run.end
                yield Link(self, parent, ends, words, follow, description=run.href)

    def _follow(self, mention: Mention) -> None:
        if not self._page.is_in_view(mention.start):
            self._page.go_to(mention.start)
        self._page.mention_activated.emit(mention)

    def _marks(self, block: Block, parent: Nest) -> Iterator[Node]:
        text = self._text()
        assert text is not None
        for start, end, said in marks_in(self._page, block.start, block.end):
            words = text.string[max(start, block.start) : min(end, block.end)]
            yield Words(self, parent, _Role.Note, start, end, f"{said}: {words}")

    def _block_node(self, position: int) -> Nest | None:
        """The node of the paragraph, or the cell, that holds a code point."""
        nodes = self._sections()
        while nodes:
            nodes = [node for node in nodes if node.start <= position <= node.end]
            holder = nodes[-1] if nodes else None
            if isinstance(holder, Nest) and holder in self._inline:
                return holder
            nodes = holder.nodes() if holder is not None else []
        return None

    # What changes

    def _text_changed(self) -> None:
        """Another text is shown: let go of the nodes, once nobody is being answered."""
        self._stale += self._parts or []
        self._parts, self._inline = None, []
        QTimer.singleShot(0, self._page, self._free)

    def _words_changed(self) -> None:
        """Other words lead somewhere, or are marked."""
        QTimer.singleShot(0, self._page, self._free_inline)

    def _free(self) -> None:
        stale, self._stale = self._stale, []
        for node in stale:
            node.free()

    def _free_inline(self) -> None:
        for node in self._inline:
            node.free_nodes()
