from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.text.markdown import parse_markdown
from reader.text.model import Style, Text

Whole = Callable[[Text], Text]


def notes(source: str) -> tuple[str, list[tuple[str, int, str]]]:
    text = parse_markdown(source)
    return text.string, [(note.label, note.start, note.body) for note in text.footnotes]


def test_marks_are_numbered_in_the_order_of_the_text(whole: Whole) -> None:
    source = "a[^z] b[^a]\n\n[^a]: first\n[^z]: second\n"
    assert notes(source) == ("a[1] b[2]", [("1", 1, "second"), ("2", 6, "first")])
    runs = whole(parse_markdown(source)).blocks[0].runs
    assert [(run.start, run.end, run.style) for run in runs] == [
        (1, 4, Style.SUPERSCRIPT),
        (6, 9, Style.SUPERSCRIPT),
    ]


def test_order_is_that_of_the_text_whatever_surrounds_a_mark() -> None:
    source = "*a[^1]* b[^2]\n\n- c[^3]\n\n> d[^4]\n\ne | f[^5]\n--|--\ng[^6] | h\n\n"
    source += "".join(f"[^{n}]: note {n}\n" for n in range(9, 0, -1))
    assert [(label, body) for label, _, body in notes(source)[1]] == [
        (str(n), f"note {n}") for n in range(1, 7)
    ]


def test_a_second_mark_has_a_note_of_its_own() -> None:
    assert notes("a[^n] b[^n]\n\n[^n]: body") == ("a[1] b[1]", [("1", 1, "body"), ("1", 6, "body")])


def test_a_mark_keeps_the_style_around_it() -> None:
    runs = parse_markdown("*a[^n]*\n\n[^n]: b").blocks[0].runs
    assert [run.style for run in runs] == [Style.ITALIC, Style.ITALIC | Style.SUPERSCRIPT]


def test_a_body_is_markdown_as_written() -> None:
    source = (
        "a[^n] b[^m]\n\n[^n]: *One* \\* &amp;\n    more [x](#y)\n\n    > two\n\n"
        "    ```py\n    a = 1\n\n    b\n    ```\n\n    three[^m]\n\n[^m]: next\nlazy\n\nafter\n"
    )
    string, found = notes(source)
    assert string == "a[1] b[2]\nafter"
    assert found == [
        (
            "1",
            1,
            "*One* \\* &amp;\nmore [x](#y)\n\n> two\n\n```py\na = 1\n\nb\n```\n\nthree[^m]",
        ),
        ("2", 6, "next\nlazy"),
    ]
    assert [str(block.kind) for block in parse_markdown(found[0][2]).blocks] == [
        "paragraph",
        "quote",
        "code",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a[^n]", "a[^n]"),
        ("a[^n]\n\n[^m]: b", "a[^n]"),
        ("a\n\n[^m]: never marked", "a"),
        ("`a[^n]`\n\n[^n]: b", "a[^n]"),
        ("a\\[^n]\n\n[^n]: b", "a[^n]"),
    ],
)
def test_what_is_no_mark_is_words(source: str, words: str) -> None:
    assert notes(source) == (words, [])
