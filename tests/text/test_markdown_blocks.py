from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.text.markdown import parse_markdown
from reader.text.model import OBJECT, BlockKind, Style, Text

Outline = Callable[[Text], list[tuple[str, int, str, str]]]


def cells(source: str) -> list[list[tuple[str, str]]]:
    text = parse_markdown(source)
    (table,) = (block for block in text.blocks if block.kind is BlockKind.TABLE)
    return [
        [(text.string[cell.start : cell.end], cell.align) for cell in row] for row in table.rows
    ]


def code(source: str) -> list[tuple[str, str]]:
    text = parse_markdown(source)
    return [
        (text.string[block.start : block.end], block.language)
        for block in text.blocks
        if block.kind is BlockKind.CODE
    ]


def test_headings_and_paragraphs(outline: Outline) -> None:
    text = parse_markdown(
        "# One\nRight below\n\nTwo\n===\n\nThree\n---\n\n###### Six ######\n\nA line\nand more.\n"
    )
    assert outline(text) == [
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "Right below"),
        ("heading", 1, "", "Two"),
        ("heading", 2, "", "Three"),
        ("heading", 6, "", "Six"),
        ("paragraph", 0, "", "A line and more."),
    ]
    assert [(section.level, section.title) for section in text.sections] == [
        (1, "One"),
        (1, "Two"),
        (2, "Three"),
        (6, "Six"),
    ]


def test_lists(outline: Outline) -> None:
    text = parse_markdown("- one\n  goes on\n- two\n    - inner\n        - innermost\n- three\n")
    assert outline(text) == [
        ("list-item", 1, "•", "one goes on"),
        ("list-item", 1, "•", "two"),
        ("list-item", 2, "•", "inner"),
        ("list-item", 3, "•", "innermost"),
        ("list-item", 1, "•", "three"),
    ]


def test_numbers_count_on_from_the_first(outline: Outline) -> None:
    text = parse_markdown("3. three\n3. four\n9. five\n\nwords\n\n1984. a year\n")
    assert outline(text) == [
        ("list-item", 1, "3.", "three"),
        ("list-item", 1, "4.", "four"),
        ("list-item", 1, "5.", "five"),
        ("paragraph", 0, "", "words"),
        ("list-item", 1, "1984.", "a year"),
    ]


def test_what_cannot_be_a_number_is_words(outline: Outline) -> None:
    source = "9" * 5000 + ". a"
    assert outline(parse_markdown(source)) == [("paragraph", 0, "", source)]


def test_an_item_holds_more_than_a_paragraph(outline: Outline) -> None:
    text = parse_markdown(
        "1. first\n\n    second paragraph\n\n    > quoted\n\n    ```py\n    a = 1\n\n    b = 2\n"
        "    ```\n\n        indented\n\n    - inner\n\n    a | b\n    --|--\n    c | d\n\n2. next\n"
    )
    assert outline(text) == [
        ("list-item", 1, "1.", "first"),
        ("list-item", 1, "", "second paragraph"),
        ("quote", 1, "", "quoted"),
        ("code", 0, "", "a = 1\n\nb = 2"),
        ("code", 0, "", "indented"),
        ("list-item", 2, "•", "inner"),
        ("table", 0, "", "a\tb\nc\td"),
        ("list-item", 1, "2.", "next"),
    ]


def test_a_deeper_item_ends_where_an_outer_one_starts(outline: Outline) -> None:
    text = parse_markdown("- one\n\n    - inner\n        - innermost\n- two\n")
    assert [(level, words) for _, level, _, words in outline(text)] == [
        (1, "one"),
        (2, "inner"),
        (3, "innermost"),
        (1, "two"),
    ]


def test_quotes(outline: Outline) -> None:
    text = parse_markdown("> one\n> goes on\nlazily\n>\n> two\n>\n> > inner\n>\n> - item\n\nout\n")
    assert outline(text) == [
        ("quote", 1, "", "one goes on lazily"),
        ("quote", 1, "", "two"),
        ("quote", 2, "", "inner"),
        ("list-item", 1, "•", "item"),
        ("paragraph", 0, "", "out"),
    ]


def test_a_quoted_heading_is_no_section() -> None:
    text = parse_markdown("# Own\n\n> # Quoted\n>\n> words\n")
    assert [section.title for section in text.sections] == ["Own"]
    assert text.blocks[1].kind is BlockKind.QUOTE
    assert text.blocks[1].runs[0].style is Style.BOLD


def test_tables() -> None:
    source = "| a | b | c |\n|---|:-:|--:|\n| 1 | *2* | `x|y` |\n| short |\n| 1 | 2 | 3 | lost |\n"
    assert cells(source) == [
        [("a", "left"), ("b", "center"), ("c", "right")],
        [("1", "left"), ("2", "center"), ("x|y", "right")],
        [("short", "left"), ("", "center"), ("", "right")],
        [("1", "left"), ("2", "center"), ("3", "right")],
    ]
    text = parse_markdown(source)
    assert text.string == "a\tb\tc\n1\t2\tx|y\nshort\t\t\n1\t2\t3"
    assert [(text.string[run.start : run.end], run.style) for run in text.blocks[0].runs] == [
        ("2", Style.ITALIC),
        ("x|y", Style.CODE),
    ]


def test_a_table_of_a_header_alone_has_one_row() -> None:
    assert cells("a | b\n--|--\n") == [[("a", "left"), ("b", "left")]]


def test_a_cell_breaks_a_line_and_names_a_picture() -> None:
    assert cells("a | b\n--|--\none<br>two | ![alt](x.png)\n")[1] == [
        ("one\u2028two", "left"),
        ("alt", "left"),
    ]


def test_a_long_table_is_one_block() -> None:
    assert len(cells("a | b\n--|--\n" + "1 | 2\n" * 2500)) == 2501


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```\na\n```", ("a", "")),
        ("``` python\n\ta\n```", ("    a", "python")),
        ("~~~ {.js #id}\na\n~~~~", ("a", "js")),
        ("````\n```\na\n```\n````", ("```\na\n```", "")),
        ("```\nnever closed\n\n# not a heading", ("never closed\n\n# not a heading", "")),
        ("    a\n\n      b\n    c", ("a\n\n  b\nc", "")),
        ("    &amp; <b>*x*</b>", ("&amp; <b>*x*</b>", "")),
        ("```\n&lt; *x* [^1] \\*\n```\n\n[^1]: n", ("&lt; *x* [^1] \\*", "")),
        ("> ```\n> a\n>\n> > b\n> ```\nafter", ("a\n\n> b", "")),
        ("    ```\n    a\n    ```", ("```\na\n```", "")),
    ],
)
def test_code_is_kept_as_written(source: str, expected: tuple[str, str]) -> None:
    assert code(source) == [expected]


def test_a_fence_needs_no_empty_lines_around_it(outline: Outline) -> None:
    text = parse_markdown("before\n```\na\n```\nafter\n> quote\n> ```\n> b\n> ```\n> more\n")
    assert outline(text) == [
        ("paragraph", 0, "", "before"),
        ("code", 0, "", "a"),
        ("paragraph", 0, "", "after"),
        ("quote", 1, "", "quote"),
        ("code", 0, "", "b"),
        ("quote", 1, "", "more"),
    ]


def test_a_quote_that_ends_ends_its_fence(outline: Outline) -> None:
    text = parse_markdown("> ```\n> a\n\n# Heading\n")
    assert outline(text) == [("code", 0, "", "a"), ("heading", 1, "", "Heading")]


def test_rules(outline: Outline) -> None:
    text = parse_markdown("a\n\n---\n\n* * *\n\nb\n")
    assert [kind for kind, *_ in outline(text)] == ["paragraph", "rule", "rule", "paragraph"]
    assert text.string == "a\n\n\nb"


def test_definition_lists(outline: Outline) -> None:
    text = parse_markdown("A *term*\n: First\n\n    more\n\n: Second\n")
    assert outline(text) == [
        ("paragraph", 0, "", "A term"),
        ("list-item", 1, "", "First"),
        ("list-item", 1, "", "more"),
        ("list-item", 1, "", "Second"),
    ]
    assert [run.style for run in text.blocks[0].runs] == [Style.BOLD, Style.BOLD | Style.ITALIC]


def test_an_image_alone_is_a_block() -> None:
    text = parse_markdown('![An *alt* &amp; text](figures/a b.png "The \\"caption\\"")')
    (block,) = text.blocks
    assert text.string == OBJECT
    assert block.kind is BlockKind.IMAGE
    assert block.source == "figures/a b.png"
    assert (block.alt, block.caption) == ("An *alt* & text", 'The "caption"')


@pytest.mark.parametrize("link", ["![a][pic]", "![pic][]", "![pic]"])
def test_an_image_by_reference(link: str) -> None:
    (block,) = parse_markdown(f'{link}\n\n[pic]: x.svg "c"\n').blocks
    assert (block.kind, block.source, block.caption) == (BlockKind.IMAGE, "x.svg", "c")


def test_an_image_among_words_stands_between_them(outline: Outline) -> None:
    text = parse_markdown("Before *it* ![x](a.png) and [![y](b.png)](http://e.org) after\n")
    assert outline(text) == [
        ("paragraph", 0, "", "Before it"),
        ("image", 0, "", OBJECT),
        ("paragraph", 0, "", "and"),
        ("image", 0, "", OBJECT),
        ("paragraph", 0, "", "after"),
    ]
    assert [block.source for block in text.blocks if block.source] == ["a.png", "b.png"]


def test_an_image_in_an_item_or_a_heading(outline: Outline) -> None:
    text = parse_markdown("# Title ![x](a.png) words\n\n- ![y](b.png) item\n")
    assert outline(text) == [
        ("heading", 1, "", "Title words"),
        ("image", 0, "", OBJECT),
        ("image", 0, "", OBJECT),
        ("list-item", 1, "•", "item"),
    ]


@pytest.mark.parametrize("source", ["", " \n\n\t\n", "\ufeff", "\r\n", "[a]: http://e.org", "#"])
def test_a_source_without_words_is_an_empty_text(source: str) -> None:
    assert parse_markdown(source) == Text("", ())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_will_do(newline: str) -> None:
    source = "\ufeff# A\n\nb\nc\n\n    d\n"
    assert parse_markdown(source.replace("\n", newline)) == parse_markdown(source)
    assert parse_markdown(source).string == "A\nb c\nd"
