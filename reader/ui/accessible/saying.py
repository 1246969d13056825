"""What is said of words on the page, besides the words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.text.model import Block, BlockKind
from reader.ui.kinds import kind_name
from reader.ui.mark_words import mark_words
from reader.ui.page.page import PageView


def mention_words(copy: Copy, mention: Mention) -> str:
    """Words that lead to an annotation, and to what: “Istanbul, place, annotation”."""
    words = copy.text.string[mention.start : mention.end]
    kind = kind_name(copy.by_id[mention.annotation].kind).lower()
    return ", ".join((words, kind, QCoreApplication.translate("Structure", "annotation")))


def marks_in(page: PageView, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The marks that touch `start:end` (code points), each as one says what it is."""
    layout = page.page_layout()
    for here, there, look in layout.decorations.touching(start, end) if layout else ():
        if look.mark is not None and here < end and there > start:
            yield here, there, mark_words(look.mark, look.maker)


def block_words(page: PageView, position: int) -> str:
    """What the block with a code point is, where it is no mere paragraph: “heading, level 2”."""
    copy = page.shown_copy()
    if copy is None or not copy.text.blocks:
        return ""
    return ", ".join(_block_words(copy.text.blocks[copy.text.block_index(position)], position))


def inline_words(page: PageView, start: int, end: int) -> list[str]:
    """The links and marks that touch `start:end` (code points), as one says what they are."""
    copy = page.shown_copy()
    if copy is None or not copy.text.blocks or end <= start:
        return []
    said = [mention_words(copy, mention) for mention in page.mentions_in(start, end)]
    for run in copy.text.blocks[copy.text.block_index(start)].runs:
        if run.start < end and run.end > start and run.href and not run.href.startswith("#"):
            words = copy.text.string[run.start : run.end]
            said.append(QCoreApplication.translate("Structure", "{0}, link").format(words))
    return said + [words for _, _, words in marks_in(page, start, end)]


def _block_words(block: Block, position: int) -> list[str]:
    match block.kind:
        case BlockKind.HEADING:
            return [
                QCoreApplication.translate("Structure", "heading, level {0}").format(block.level)
            ]
        case BlockKind.LIST_ITEM:
            return [QCoreApplication.translate("Structure", "list item")]
        case BlockKind.QUOTE:
            return [QCoreApplication.translate("Structure", "quotation")]
        case BlockKind.CODE:
            return [QCoreApplication.translate("Structure", "code")]
        case BlockKind.IMAGE:
            return [
                QCoreApplication.translate("Structure", "picture"),
                *filter(None, (block.alt, block.caption)),
            ]
        case BlockKind.RULE:
            return [QCoreApplication.translate("Structure", "line between sections")]
        case BlockKind.TABLE:
            return [QCoreApplication.translate("Structure", "table"), *_cell_words(block, position)]
        case _:
            return []


def _cell_words(block: Block, position: int) -> list[str]:
    """Which cell of a table a code point is in."""
    for number, cells in enumerate(block.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell.start <= position <= cell.end:
                words = QCoreApplication.translate("Structure", "row {0}, column {1}")
                return [words.format(number, column)]
    return []
