"""Texts that read from right to left: where their lines begin, on the page and on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from reader.copies.copy import Copy
from reader.ui.fonts import Faces
from reader.ui.page.page import PageView
from reader.ui.printing.faces import PaperTypography
from reader.ui.scripts import is_right_to_left, slanted
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker
from tests.ui.test_layout import layout_of

ARTICLE = """# الحرب والسلام

هذا نص عربي طويل، وفيه أرقام 537 وكلمات English في الوسط. هذا نص عربي طويل، وفيه أرقام كثيرة.

- نقطة أولى

| الاسم | العدد |
|---|---:|
| طائرة | 12 |

English goes from the left.
"""


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE)


def test_the_first_letter_with_a_direction_decides() -> None:
    def reads_so(words: str) -> bool:
        return is_right_to_left(words, 0, len(words))

    assert reads_so("12, «שלום» and English")
    assert not reads_so("English, then שלום")
    assert not reads_so("12.")


def test_lines_begin_at_the_right(copy: Copy, faces: Faces, theme: Theme) -> None:
    layout = layout_of(copy, faces, theme)
    right = layout.left + layout.typography.column

    def rect_of(words: str) -> tuple[float, float]:
        start = copy.text.string.index(words)
        (rect,) = layout.range_rects(start, start + len(words))
        return rect.left(), rect.right()

    assert rect_of("الحرب")[1] == pytest.approx(right, abs=1)
    assert rect_of("هذا نص")[1] == pytest.approx(right, abs=1)
    assert rect_of("في الوسط")[1] < rect_of("English في")[1], "words follow each other leftwards"
    assert right - 60 < rect_of("نقطة")[1] < right - 10, "there is room for the item's sign"
    assert rect_of("الاسم")[0] > rect_of("العدد")[1], "the first column is the rightmost"
    assert rect_of("الاسم")[1] > right - 20
    assert rect_of("English goes")[0] == pytest.approx(layout.left, abs=1)


def test_a_click_on_a_cell_is_in_that_cell(copy: Copy, faces: Faces, theme: Theme) -> None:
    layout = layout_of(copy, faces, theme)
    for words in ("الاسم", "العدد", "طائرة", "12"):
        start = copy.text.string.index(words)
        center = layout.range_rects(start, start + len(words))[0].center()
        hit = layout.offsets.to_points(layout.hitTest(center, Qt.HitTestAccuracy.FuzzyHit))
        assert start <= hit <= start + len(words)


def test_the_sign_of_an_item_stands_right_of_it(
    make_page: Callable[..., PageView], copy: Copy
) -> None:
    page = make_page(copy)
    layout = page.page_layout()
    assert layout is not None
    start = copy.text.string.index("نقطة")
    words = layout.range_rects(start, start + 4)[0].translated(0, -page.scroll())
    image = page.viewport().grab().toImage()
    ground = image.pixelColor(2, 2)

    def has_ink(left: float, right: float) -> bool:
        return any(
            image.pixelColor(x, y) != ground
            for x in range(round(left), round(right))
            for y in range(round(words.top() + 4), round(words.bottom() - 4))
        )

    edge = layout.left + layout.typography.column
    assert has_ink(words.right() + 4, edge)
    assert not has_ink(layout.left, layout.left + 60)


def test_the_place_that_is_read_is_where_its_line_begins(
    make_page: Callable[..., PageView], make_copy: CopyMaker, settle: Callable[[Any], None]
) -> None:
    copy = make_copy("\n\n".join(["هذا نص عربي طويل، وفيه أرقام وكلمات في الوسط. " * 12] * 8))
    page = make_page(copy)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
    settle(page)
    layout, place = page.page_layout(), page.place()
    assert layout is not None
    before = layout.line_rect(max(0, place - 1)).top()
    assert before < layout.line_rect(place).top(), "the letter before it is on another line"


def test_on_paper_they_begin_at_the_right_too(copy: Copy, faces: Faces, theme: Theme) -> None:
    from reader.ui.page.pieces import Row
    from reader.ui.printing.pieces import Lines, Stack
    from reader.ui.printing.setting import Setting

    typography = PaperTypography(faces, 1.0, 600)
    setting = Setting(copy.text, typography, theme, 900.0, faces.text)
    paragraph = setting.piece(Row(1, 1))
    assert isinstance(paragraph, Lines)
    words = paragraph._columns[0].words
    line = words.layout.lineAt(0)
    assert line.naturalTextRect().right() == pytest.approx(typography.column, abs=4)
    item = setting.piece(Row(2, 2))
    assert isinstance(item, Lines)
    assert item._columns[0].left < typography.style(copy.text.blocks[2].kind, 1).left
    table = setting.piece(Row(3, 3, 2, 0))
    assert isinstance(table, Stack)
    assert table._indent > 0
    lines = table._pieces[0].piece
    assert isinstance(lines, Lines)
    assert lines._columns[0].left > lines._columns[1].left


def test_what_knows_no_italics_stands_upright(
    make_copy: CopyMaker, faces: Faces, theme: Theme
) -> None:
    copy = make_copy("> هذا نص\n\n> A quote\n\nهذا *نص*\n\nA *word*\n")
    layout = layout_of(copy, faces, theme)
    italics = []
    for row in range(layout.row_count):
        layout.ensure(row)
        formats = layout.paragraphs.findBlockByNumber(row).layout().formats()
        italics.append(formats[-1].format.font().italic())
    assert italics == [False, True, False, True]
    assert slanted("نص", "نص") == "نص"
    assert slanted("word", "word") == "<i>word</i>"
