"""Bodies of annotations as HTML: hostile ones give only words."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel

from reader.copies.copy import Copy
from reader.text.markdown import parse_markdown
from reader.ui.margin.richtext import body_html
from reader.ui.reading import ReadingView

TAGS = {"p", "b", "i", "code", "s", "sup", "sub", "a", "pre", "hr", "br", "table", "tr", "td"}
STYLE = re.compile(r"(?:(?:margin|margin-top|padding):[\d px]+;? ?|white-space:pre-wrap)*")


class Strict(HTMLParser):
    """Reads HTML and refuses everything but a few harmless tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ("style", "href"), name
            assert value is not None
            if name == "style":
                assert STYLE.fullmatch(value), value
            else:
                assert tag == "a"
                assert re.match(r"(?:#.|https?://|mailto:)", value), value
                self.links.append(value)
        if tag not in ("hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def read(markdown: str) -> Strict:
    strict = Strict()
    strict.feed(body_html(parse_markdown(markdown)))
    strict.close()
    assert strict.open == []
    return strict


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd" onerror="alert(1)">',
    "<img src=x:y onload=alert(1)//",
    '<a href="javascript:alert(1)">press</a>',
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt&colon;alert(1))",
    "[press](file:///etc/passwd)",
    "[press](data:text/html,<script>alert(1)</script>)",
    "[press](vbscript:x) [press](//evil.example/x) [press](\\\\evil\\share)",
    "![<img src=x>](file:///etc/passwd)",
    '![a](https://evil.example/a.png "<b>title</b>")',
    "<style>p { background: url(http://evil.example/a.png) }</style>",
    '<p style="background:url(http://evil.example/a.png)">words</p>',
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "<!-- comment --> <!DOCTYPE x> <?php echo 1 ?> <![CDATA[x]]>",
    '`<img src=x>` and\n\n    <img src=y>\n\n```html"><img src=z>\n<img src=w>\n```',
    "# <img src=x>\n\n> <img src=x>\n\n- <img src=x>\n\n| <img src=x> |\n|--|\n| <img src=y> |\n",
    '<https://example.org/"onmouseover="x> [a](https://example.org/"><img src=x>)',
    "</p></table></body></html>",
    '<table background="http://evil.example/a.png"><tr><td>cell</td></tr></table>',
    "<qt><object data=x></object><iframe src=x></iframe></qt>",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_markup_gives_only_words(markdown: str) -> None:
    read(markdown)


@given(st.text(st.sampled_from("<>&\"'`*_[]()!#:/=| \n\t-ax1"), max_size=60))
def test_no_markdown_breaks_out(markdown: str) -> None:
    read(markdown)


def test_markup_is_shown_as_it_was_written() -> None:
    words = "".join(read("Press <b onclick='x'>here</b> & there, 1 < 2.").words)
    assert words == "Press <b onclick='x'>here</b> & there, 1 < 2."


def test_what_markdown_says_is_set() -> None:
    html = body_html(
        parse_markdown(
            "*aslant* **heavy** `coded` ~~gone~~ x^2^ H~2~O [out](https://example.org/?a=1&b=2) "
            "[in](#other)\n\n1. first\n2. second\n\n| a | b |\n|--|--|\n| c | d |\n"
        )
    )
    for part in (
        "<i>aslant</i>", "<b>heavy</b>", "<code>coded</code>", "<s>gone</s>",
        '<a href="https://example.org/?a=1&amp;b=2">out</a>', '<a href="#other">in</a>',
        "1.&nbsp;first", "<td style='padding:2px 10px 2px 0'>d</td>",
    ):  # fmt: skip
        assert part in html


def test_a_hard_break_is_a_line_break() -> None:
    assert body_html(parse_markdown("one\\\ntwo")).count("<br>") == 1


def test_no_label_of_any_card_has_anything_to_load(
    make_copy: Callable[..., Copy], make_reading: Callable[..., ReadingView]
) -> None:
    words = " ".join(f"word{number}" for number in range(len(HOSTILE)))
    annotations = "".join(
        f"  - id: a{number}\n    kind: definition\n    title: '<img src=\"t{number}.png\">'\n"
        f"    terms: [word{number}]\n    body: |\n"
        + "".join(f"      {line}\n" for line in body.splitlines())
        for number, body in enumerate(HOSTILE)
    )
    copy = make_copy(f"# Title\n\n{words}\n", annotations)
    reading = make_reading(copy, (1120, 3000))
    labels = reading.margin.findChildren(QLabel)
    assert len(labels) > 2 * len(HOSTILE)
    for label in labels:
        strict = Strict()
        # Links between cards have schemes of their own, which lead nowhere outside.
        strict.feed(re.sub(r' style="text-decoration:none"', "", label.text()))
        strict.close()
    titles = [label.text() for label in labels if label.property("role") == "title"]
    assert all("&lt;img" in title for title in titles)
