from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.builder import Builder, Span, tidied
from reader.text.model import OBJECT, BlockKind, Run, Style, Text

Whole = Callable[[Text], Text]


def words(*spans: Span) -> str:
    return "".join(span.words for span in tidied(spans))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([" a  b\n\tc "], "a b c"),
        (["a ", " b"], "a b"),
        (["a", " ", " ", "b"], "a b"),
        (["a", "\n", "b", "  "], "a b"),
        (["\u00a0a\u00a0b\u00a0"], "a\u00a0b"),
        (["a ", "\u2028", " b"], "a\u2028b"),
        (["a \u2028 \u2028 b"], "a\u2028\u2028b"),
        (["\u2028", "a", "\u2028"], "a"),
        (["a\u2003b"], "a\u2003b"),
        ([" ", "\t\n", "\u2028"], ""),
        ([], ""),
    ],
)
def test_white_space_is_set_as_on_a_page(spans: list[str], expected: str) -> None:
    assert words(*map(Span, spans)) == expected


def test_a_space_keeps_the_style_of_its_own_span() -> None:
    tidy = tidied([Span("a ", Style.BOLD), Span(" b")])
    assert tidy == [Span("a ", Style.BOLD), Span("b")]


def test_blocks_are_set_apart_by_one_newline(whole: Whole) -> None:
    builder = Builder()
    builder.add(BlockKind.HEADING, [Span("One")], level=1)
    builder.add_rule()
    builder.add_image("a.png", "A", "")
    builder.add(BlockKind.PARAGRAPH, [Span("Two")])
    text = whole(builder.text())
    assert text.string == f"One\n\n{OBJECT}\nTwo"
    assert [(block.start, block.end) for block in text.blocks] == [(0, 3), (4, 4), (5, 6), (7, 10)]


def test_blocks_without_words_are_left_out(whole: Whole) -> None:
    builder = Builder()
    assert not builder.add(BlockKind.PARAGRAPH, [Span(" \n")])
    builder.add_code("\n  \n")
    builder.add_table([])
    assert builder.add(BlockKind.PARAGRAPH, [Span("a")])
    assert whole(builder.text()).string == "a"


def test_neighbours_that_are_alike_become_one_run(whole: Whole) -> None:
    builder = Builder()
    spans = [Span("a", Style.BOLD), Span("b", Style.BOLD), Span("c", Style.BOLD, "#d"), Span("e")]
    builder.add(BlockKind.PARAGRAPH, spans)
    assert whole(builder.text()).blocks[0].runs == (
        Run(0, 2, Style.BOLD),
        Run(2, 3, Style.BOLD, "#d"),
    )


def test_code_keeps_its_lines_and_loses_empty_ones_around_it(whole: Whole) -> None:
    builder = Builder()
    builder.add_code("\n \n    a\n\n  b  \n\n", "py")
    block = whole(builder.text()).blocks[0]
    assert builder.text().string == "    a\n\n  b"
    assert block.language == "py"


def test_short_rows_are_padded(whole: Whole) -> None:
    builder = Builder()
    builder.add_table([[[Span("a")], [Span("b\tc")]], [[Span(" d ", Style.BOLD)]]], ["right"])
    text = whole(builder.text())
    assert text.string == "a\tb c\nd\t"
    assert [cell.align for cell in text.blocks[0].rows[0]] == ["right", "left"]
    assert text.blocks[0].runs == (Run(6, 7, Style.BOLD),)


def test_a_note_is_found_where_its_mark_stands(whole: Whole) -> None:
    builder = Builder()
    builder.add(BlockKind.PARAGRAPH, [Span(" a "), Span("[1]", Style.SUPERSCRIPT, note="body")])
    (note,) = whole(builder.text()).footnotes
    assert (note.label, note.start, note.end, note.body) == ("1", 2, 5, "body")


SPANS = st.lists(
    st.builds(
        Span,
        st.text(alphabet="ab \n\t\u2028\u00a0é😀", max_size=6),
        st.sampled_from([Style.NONE, Style.BOLD, Style.ITALIC]),
        st.sampled_from(["", "#x"]),
    ),
    max_size=6,
)


@given(st.lists(SPANS, max_size=4))
def test_any_spans_make_a_whole_text(whole: Whole, blocks: list[list[Span]]) -> None:
    builder = Builder()
    for spans in blocks:
        builder.add(BlockKind.PARAGRAPH, spans)
    builder.add_table([blocks])
    whole(builder.text())


@given(SPANS)
def test_tidying_is_done_once(spans: list[Span]) -> None:
    tidy = tidied(spans)
    assert tidied(tidy) == tidy
    kept = "".join(span.words for span in spans).split()
    assert "".join(words(*spans).split()) == "".join(kept)
