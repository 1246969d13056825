from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.markdown import parse_markdown
from reader.text.model import Style, Text

Whole = Callable[[Text], Text]
B, I, C, S = Style.BOLD, Style.ITALIC, Style.CODE, Style.STRIKE  # noqa: E741


def styled(source: str) -> tuple[str, list[tuple[str, Style]]]:
    text = parse_markdown(source)
    runs = [run for block in text.blocks for run in block.runs]
    return text.string, [(text.string[run.start : run.end], run.style) for run in runs]


def linked(source: str) -> list[tuple[str, str]]:
    text = parse_markdown(source)
    runs = [run for block in text.blocks for run in block.runs]
    return [(text.string[run.start : run.end], run.href) for run in runs if run.href]


@pytest.mark.parametrize(
    ("source", "words", "runs"),
    [
        ("*a* _b_", "a b", [("a", I), ("b", I)]),
        ("**a** __b__", "a b", [("a", B), ("b", B)]),
        ("***a***", "a", [("a", B | I)]),
        ("~~a b~~ ~c~ ~~~d~~~", "a b ~c~ ~~~d~~~", [("a b", S)]),
        ("**a *b* c**", "a b c", [("a ", B), ("b", B | I), (" c", B)]),
        ("*a **b** c*", "a b c", [("a ", I), ("b", B | I), (" c", I)]),
        ("*a `b` c*", "a b c", [("a ", I), ("b", I | C), (" c", I)]),
        ("**~~a~~**", "a", [("a", B | S)]),
        ("wo*r*d sn_ak_e", "word sn_ak_e", [("r", I)]),
        ("**Lead:** more", "Lead: more", [("Lead:", B)]),
        ("**bold**text **“x”**y", "boldtext “x”y", [("bold", B), ("“x”", B)]),
        ("2 * 3 * 4, 5*3, a_b_c", "2 * 3 * 4, 5*3, a_b_c", []),
        ("*not closed and **too", "*not closed and **too", []),
        ("*a**b*c", "a**bc", [("a**b", I)]),
        ("**a*b**", "a*b", [("a*b", B)]),
        ("*a\nb*", "a b", [("a b", I)]),
        ("a **** b", "a **** b", []),
        ("\\*a\\* \\_b\\_ \\~~c\\~~", "*a* _b_ ~~c~~", []),
        ('\\a \\\\ \\<b> \\" \\#', '\\a \\ <b> " #', []),
        ("&#42;a&#42; &lowbar;b&lowbar;", "*a* _b_", []),
        ("*a ![x](y) b*", "a\n\ufffc\nb", [("a", I), ("b", I)]),
        ("*[a](#b)*", "a", [("a", I)]),
        ("[*a*](#b) *c", "a *c", [("a", I)]),
        ("**[a](#b) c**", "a c", [("a", B), (" c", B)]),
    ],
)
def test_emphasis(source: str, words: str, runs: list[tuple[str, Style]]) -> None:
    assert styled(source) == (words, runs)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("`a`", "a"),
        ("`` a`b ``", "a`b"),
        ("`&amp; <b> \\* *x* [y](z)`", "&amp; <b> \\* *x* [y](z)"),
        ("`a\nb`", "a b"),
        ("`a", "`a"),
        ("\\`a`", "`a`"),
    ],
)
def test_code_spans(source: str, words: str) -> None:
    assert styled(source)[0] == words


@pytest.mark.parametrize(
    "words",
    [
        "<b>x</b>",
        "<script>alert('*x*')</script>",
        '<a href="javascript:alert(1)" title="*_x_*">y</a>',
        "<!-- *a* -->",
        "<img src=x onerror=alert(1)>",
        "</div><p><br class=x>",
        "<x@y>",
        "a < b > c & d",
        "<ftp://example.org>",
        "<javascript://x>",
        "<?php echo 1 ?> <![CDATA[ x ]]>",
        '<iframe src="http://e.org"></iframe>',
        "<b *x* y>",
        "<hr/>",
    ],
)
def test_html_is_words(words: str) -> None:
    assert styled(words) == (words, [])
    assert styled(f"Some {words} more.") == (f"Some {words} more.", [])
    assert styled(f"- {words}\n") == (words, [])


def test_words_between_tags_are_markdown() -> None:
    assert styled("<b>*x*</b>") == ("<b>x</b>", [("x", I)])


def test_a_block_of_html_is_words(whole: Whole) -> None:
    text = whole(parse_markdown('<div class="a">\n\n# Not hidden\n\n</div>\n<style>b{}</style>'))
    assert text.string == '<div class="a">\nNot hidden\n</div> <style>b{}</style>'


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a\nb\n c", "a b c"),
        ("a  \nb", "a\u2028b"),
        ("a     \n   b", "a\u2028b"),
        ("a\\\nb", "a\u2028b"),
        ("a<br>b <BR/> c<br />", "a\u2028b\u2028c"),
        ("a \nb", "a b"),
        ("a   b\t c", "a b c"),
        ("\u00a0a\u00a0&nbsp;b&nbsp;", "a\u00a0\u00a0b"),
        ("a\u2028b", "a\u2028b"),
        ("*a *", "*a *"),
        ("[ a ](#b) c", "a c"),
    ],
)
def test_white_space(source: str, words: str) -> None:
    assert styled(source)[0] == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("&amp; &nbsp;&#8212; &hellip;", "& \u00a0— …"),
        ("AT&T &nothing; &lt;b&gt;", "AT&T &nothing; <b>"),
        ("&amp;amp; \\&amp;", "&amp; &amp;"),
        ("&#10;a&#9;b&#2;&#xFFFC;", "a b\ufffd"),
        ("&#91;a&#93;(http://e.org)", "[a](http://e.org)"),
    ],
)
def test_entities_are_characters(source: str, words: str) -> None:
    assert styled(source)[0] == words


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("[a b](#id)", [("a b", "#id")]),
        ("[a](http://e.org/x_(y)?z=1&amp;w=2 'title')", [("a", "http://e.org/x_(y)?z=1&w=2")]),
        ("[a](<https://e.org>)", [("a", "https://e.org")]),
        ("[a](  https://e.org\n 't' )", [("a", "https://e.org")]),
        ("[a](https://e.org/\\_b\\_)", [("a", "https://e.org/_b_")]),
        ("[a **b** c](#d)", [("a ", "#d"), ("b", "#d"), (" c", "#d")]),
        ("[a [b] c](#d)", [("a [b] c", "#d")]),
        ("[a][r], [R], [r][]\n\n[r]: HTTP://e.org", [(w, "http://e.org") for w in "aRr"]),
        ("<https://e.org/*a*b_c_>", [("https://e.org/*a*b_c_", "https://e.org/*a*b_c_")]),
        (
            "<me@e.org> <mailto:me@e.org>",
            [(w, "mailto:me@e.org") for w in ("me@e.org", "mailto:me@e.org")],
        ),
    ],
)
def test_links(source: str, links: list[tuple[str, str]]) -> None:
    assert linked(source) == links


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "notes.md",
        "//e.org",
        "\\\\\\\\host\\\\share",
        "http:e.org",
        "&#x68;ttp:/e.org",
    ],
)
def test_a_link_elsewhere_is_only_its_words(href: str) -> None:
    assert linked(f"[words]({href})") == []
    assert linked(f"[words][r]\n\n[r]: {href}\n") == []
    assert styled(f"[*words*]({href})") == ("words", [("words", I)])


def test_what_is_no_link_is_words() -> None:
    for words in ("[a]", "[a](b", "[a][b]", "[]", "(a)[b]", "a](b)"):
        assert styled(words) == (words, [])


@given(st.text(alphabet="ab *_~[]()\n`\\<", max_size=40))
def test_no_letter_is_lost(whole: Whole, source: str) -> None:
    text = whole(parse_markdown(f"x{source}"))
    letters = [letter for letter in text.string if letter in "abx"]
    # A target of a link goes with its brackets; nothing else does.
    if "](" not in source:
        assert letters == [letter for letter in "x" + source if letter in "abx"]
