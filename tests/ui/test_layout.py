"""The page's layout: the document is the text, letter for letter, and everything is findable."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from reader.copies.copy import Copy
from reader.text.model import Block, BlockKind, Text
from reader.ui.page.layout import PageLayout
from reader.ui.page.page import PageView
from reader.ui.page.pictures import Pictures
from reader.ui.page.pieces import prepare
from reader.ui.page.typography import Typography

ARTICLE = """\
# A title with 🚀 in it

The 👩‍🚀 astronaut and the 𝒜lgebraist met a *slanted* word, a **heavy** one, a `coded` one,
an [outside](https://example.org/) link, H~2~O and x^2^, éclairs and naïve ﬁgures, 漢字 and عربي,
until after a hard break\\
they went to the quay of a town whose name nobody could ever remember for long.

- apples and pears
- cherries 🍒 too
    - nested plums

1. first
2. second

> Quoted words stand aslant.

| Fruit | Colour | Count |
|:--|:-:|--:|
| apple 🍏 | green | 12 |
| a plum of uncommon length that has to be broken into lines | purple | 345 |
| | pale | |

```python
def answer():
    return "🌍" + 'forty-two'
```

![A missing picture](figures/none.png "Its caption")

***

The end.
"""


@pytest.fixture
def copy(make_copy: Callable[..., Copy]) -> Copy:
    return make_copy(ARTICLE)


def layout_of(copy: Copy, faces: Any, theme: Any, scale: float = 1, room: int = 634) -> PageLayout:
    prepared, typography = prepare(copy.text), Typography(faces, scale, room)
    layout = PageLayout(prepared, copy.text, typography, Pictures(copy.picture), theme)
    prepared.document.setDocumentLayout(layout)
    return layout


# The document -------------------------------------------------------------------------------------


def test_the_document_is_the_canonical_string_letter_for_letter(copy: Copy) -> None:
    string = copy.text.string
    units = prepare(copy.text).document.toRawText().encode("utf-16-le", "surrogatepass")
    shown = units.decode("utf-16-le")
    assert len(shown) == len(string)
    # Line ends and tabs are where Qt's own separators stand; all else is the same letter.
    swapped = {"\n": "\u2029\u2028", "\t": "\u2029"}
    for here, there in zip(string, shown, strict=True):
        assert there == here or there in swapped.get(here, "")


@pytest.mark.parametrize("name", ["shipped", "guide"])
def test_the_shipped_texts_are_letter_for_letter_too(
    name: str, request: pytest.FixtureRequest
) -> None:
    copy: Copy = request.getfixturevalue(name)
    shown = prepare(copy.text).document.toPlainText()
    assert shown == copy.text.string.replace("\t", "\n").replace("\u2028", "\n")


def test_letters_that_qt_would_take_for_something_else_keep_their_places() -> None:
    string = "A\x0bB\x0cC\x1eD\x85E\u2029F\ufdd0G\ufdefH\x00I 🚀\nNext one."
    end = string.index("\n")
    blocks = [Block(BlockKind.PARAGRAPH, 0, end), Block(BlockKind.PARAGRAPH, end + 1, len(string))]
    prepared = prepare(Text(string, tuple(blocks)))
    assert prepared.document.blockCount() == 2
    assert len(prepared.document.toPlainText()) == len(string)
    start = prepared.document.find("Next").selectionStart()
    assert prepared.offsets.to_points(start) == string.index("Next")


def test_every_block_and_cell_is_a_paragraph(copy: Copy) -> None:
    prepared = prepare(copy.text)
    assert sum(row.cells for row in prepared.rows) == prepared.document.blockCount()
    for row in prepared.rows:
        block = copy.text.blocks[row.block]
        paragraph = prepared.document.findBlockByNumber(row.first)
        starts = [cell.start for cell in block.rows[row.number]] if row.number >= 0 else []
        for start in starts or [block.start]:
            assert prepared.offsets.to_points(paragraph.position()) == start
            paragraph = paragraph.next()


# Where words stand --------------------------------------------------------------------------------

WORDS = [
    "title", "🚀", "astronaut", "lgebraist", "slanted", "heavy", "coded", "outside", "éclairs",
    "remember", "they", "apples", "cherries", "too", "plums", "second", "Quoted", "Fruit", "Count",
    "apple", "green", "12", "uncommon", "broken", "purple", "345", "pale", "answer", "return",
    "forty", "end",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_point_on_a_word_is_that_word(copy: Copy, faces: Any, theme: Any, word: str) -> None:
    layout = layout_of(copy, faces, theme)
    start = copy.text.string.index(word)
    rects = layout.range_rects(start, start + len(word))
    assert len(rects) == 1
    for index in range(len(word)):
        (letter,) = layout.range_rects(start + index, start + index + 1)
        assert rects[0].contains(letter.center())
        if letter.width() < 1:
            continue  # the second letter of a ligature
        units = layout.hitTest(letter.center(), Qt.HitTestAccuracy.ExactHit)
        assert layout.offsets.to_points(units) == start + index


@pytest.mark.parametrize(
    "word", ["astronaut", "slanted", "remember", "cherries", "purple", "answer"]
)
def test_a_double_click_on_a_word_selects_it(
    copy: Copy, make_page: Callable[..., PageView], word: str
) -> None:
    page = make_page(copy, (760, 900))
    start = copy.text.string.index(word)
    page.go_to(start)
    layout = page.page_layout()
    assert layout is not None
    (rect,) = layout.range_rects(start, start + len(word))
    place = rect.center().toPoint() - QPoint(0, page.scroll())
    QTest.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.selected_range() == (start, start + len(word))
    assert page.selected_text() == word


def test_beside_the_words_there_is_nothing(copy: Copy, faces: Any, theme: Any) -> None:
    layout = layout_of(copy, faces, theme)
    start = copy.text.string.index("The end.")
    (rect,) = layout.range_rects(start, start + 8)
    for aside in (QPointF(rect.right() + 12, rect.center().y()), QPointF(-9, rect.center().y())):
        assert layout.hitTest(aside, Qt.HitTestAccuracy.ExactHit) == -1
    beside = QPointF(rect.right() + 100, rect.center().y())
    near = layout.hitTest(beside, Qt.HitTestAccuracy.FuzzyHit)
    assert layout.offsets.to_points(near) == start + 8


def test_words_across_a_line_break_have_a_rectangle_on_each_line(
    copy: Copy, faces: Any, theme: Any
) -> None:
    layout = layout_of(copy, faces, theme)
    start, last = copy.text.string.index("an outside"), copy.text.string.index("for long")
    rects = layout.range_rects(start, last)
    assert len(rects) >= 3
    for above, below in pairwise(rects):
        assert below.top() >= above.bottom() - 6
        assert below.left() == pytest.approx(layout.left, abs=1)
    column = layout.left + layout.typography.column
    assert all(rect.width() > 0 and rect.right() <= column + 1 for rect in rects)


def test_words_across_paragraphs_and_cells(copy: Copy, faces: Any, theme: Any) -> None:
    layout = layout_of(copy, faces, theme)
    start = copy.text.string.index("pears")
    end = copy.text.string.index("cherries") + len("cherries")
    assert len(layout.range_rects(start, end)) == 2
    fruit, count = copy.text.string.index("Fruit"), copy.text.string.index("Count")
    cells = layout.range_rects(fruit, count + 5)
    assert len(cells) == 3
    assert cells[0].right() < cells[1].left() < cells[1].right() < cells[2].left()
    assert layout.range_rects(fruit, fruit) == []


def test_cells_are_aligned_as_the_table_says(copy: Copy, faces: Any, theme: Any) -> None:
    layout = layout_of(copy, faces, theme)
    string = copy.text.string

    def sides(words: str) -> tuple[float, float]:
        at = string.index(words)
        (rect,) = layout.range_rects(at, at + len(words))
        return rect.left(), rect.right()

    assert sides("12")[1] == pytest.approx(sides("345")[1], abs=1)
    assert sum(sides("green")) == pytest.approx(sum(sides("purple")), abs=2)
    assert sides("apple 🍏")[0] == pytest.approx(sides("Fruit")[0], abs=1)


# Rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_rows_stand_below_each_other_whatever_was_laid_out_first(
    guide: Copy, faces: Any, theme: Any, seed: int
) -> None:
    in_order = layout_of(guide, faces, theme)
    for row in range(in_order.row_count):
        in_order.ensure(row)
    mixed = layout_of(guide, faces, theme)
    rows = list(range(mixed.row_count))
    random.Random(seed).shuffle(rows)
    grown = 0.0
    guessed = mixed.documentSize().height()

    def count(_row: int, growth: float) -> None:
        nonlocal grown
        grown += growth

    mixed.grown = count
    for row in rows:
        mixed.ensure(row)
    assert mixed.row_tops() == pytest.approx(in_order.row_tops(), abs=0.01)
    assert mixed.documentSize().height() == pytest.approx(guessed + grown, abs=0.01)
    for row in range(mixed.row_count):
        below = mixed.row_top(row) + mixed.row_height(row)
        after = mixed.row_top(row + 1) if row + 1 < mixed.row_count else below
        assert below == pytest.approx(after, abs=0.01)
        assert mixed.row_at(mixed.row_top(row) + 0.5) == row


def test_a_row_knows_its_block_and_a_block_its_row(guide: Copy, faces: Any, theme: Any) -> None:
    layout = layout_of(guide, faces, theme)
    for index, block in enumerate(guide.text.blocks):
        row = layout.row_of_block(index)
        assert layout.block(row) is block
        assert layout.row_of(block.start) == row
        assert layout.row_of(max(block.start, block.end - 1)) >= row


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_row_is_as_tall_as_it_was_measured(
    copy: Copy,
    guide: Copy,
    faces: Any,
    theme: Any,
    scale: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.ui.page.layout._MOST_KEPT", 1)
    # Else the text would jump when one comes to where it was measured alone.
    for each in (copy, guide):
        layout = layout_of(each, faces, theme, scale)
        while layout.lay_some(1):
            pass
        measured = [layout.row_height(row) for row in range(layout.row_count)]
        for row in range(layout.row_count):
            layout.ensure(row)
        assert [layout.row_height(row) for row in range(layout.row_count)] == measured


def test_rows_that_were_let_go_come_back_where_they_were(
    guide: Copy, faces: Any, theme: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.page.layout._MOST_KEPT", 5)
    layout = layout_of(guide, faces, theme)
    for row in range(layout.row_count):
        layout.ensure(row)
    tops = layout.row_tops()
    words = guide.text.string.index("Press Ctrl+O")
    rect = layout.line_rect(words)
    layout.let_go(0, 3)
    assert [row for row in range(layout.row_count) if layout.is_laid(row)] == [0, 1, 2]
    assert layout.line_rect(words) == rect
    assert layout.row_tops() == tops


def test_an_empty_text_has_no_rows_and_no_accidents(shipped: Copy, faces: Any, theme: Any) -> None:
    layout = layout_of(replace(shipped, text=Text("", ())), faces, theme)
    assert layout.row_at(10) == -1
    assert list(layout.rows_between(0, 100)) == []
    assert layout.hitTest(QPointF(5, 5), Qt.HitTestAccuracy.FuzzyHit) == 0
    assert not layout.lay_some(1)


# Widths -------------------------------------------------------------------------------------------

DEEP = "".join(f"{'    ' * depth}- item at depth {depth + 1} of many\n" for depth in range(7))
NARROW = f"""\
# Antidisestablishmentarianism

{DEEP}
> outer
>
> > inner
> >
> > > {"innermost " * 5}

| {"Unbreakable" * 6} | b |
|--|--|
| c | {"words " * 40} |

    {"x" * 300}

{"W" * 400}
"""


@pytest.mark.parametrize("room", [120, 168, 380, 634])
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5, 3.0])
def test_nothing_is_cut_at_the_side(
    make_copy: Callable[..., Copy], faces: Any, theme: Any, room: int, scale: float
) -> None:
    copy = make_copy(NARROW)
    layout = layout_of(copy, faces, theme, scale, room)
    assert layout.typography.column <= room
    for block in copy.text.blocks:
        for rect in layout.range_rects(block.start, block.end):
            assert rect.left() >= layout.left - 1
            assert rect.right() <= layout.left + room + 1


def test_a_column_of_long_words_leaves_the_others_whole(
    make_copy: Callable[..., Copy], faces: Any, theme: Any
) -> None:
    copy = make_copy(f"| Year | Address |\n|--|--|\n| 1903 | {'x' * 300} |\n")
    layout = layout_of(copy, faces, theme)
    for words in ("Year", "1903"):
        start = copy.text.string.index(words)
        assert len(layout.range_rects(start, start + 4)) == 1


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_deep_lists_keep_room_for_their_words(
    make_copy: Callable[..., Copy], faces: Any, theme: Any, scale: float
) -> None:
    copy = make_copy(DEEP)
    layout = layout_of(copy, faces, theme, scale, 168)
    for block in copy.text.blocks:
        assert block.kind is BlockKind.LIST_ITEM
        rects = layout.range_rects(block.start, block.end)
        assert max(rect.width() for rect in rects) >= 40


@pytest.mark.parametrize("kind", ["definition list", "quote", "code"])
def test_lines_never_overlap_even_with_a_taller_face(
    make_copy: Callable[..., Copy], faces: Any, theme: Any, kind: str
) -> None:
    words = "Tall ꦧꦱꦗꦮ नमस्ते ﷽ 🧑🏽‍🚀 words, and again. " * 12
    article = {"quote": f"> {words}", "code": f"    {words}"}.get(kind, f"Term\n:   {words}")
    copy = make_copy(article)
    layout = layout_of(copy, faces, theme)
    block = copy.text.blocks[-1]
    rects = layout.range_rects(block.start, block.end)
    for above, below in pairwise(rects):
        # A rectangle reaches two pixels above and three below its line.
        assert below.top() + 2 >= above.bottom() - 3 - 0.01
