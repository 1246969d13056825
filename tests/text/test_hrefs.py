from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.hrefs import safe_href


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("#drones", "#drones"),
        ("http://example.org", "http://example.org"),
        ("https://example.org/a_(b)?c=1&amp;d=2#e", "https://example.org/a_(b)?c=1&d=2#e"),
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("https://例え.jp/é", "https://例え.jp/é"),
        ("https://example.org:8080/%20", "https://example.org:8080/%20"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("MailTo:me@example.org?subject=Hello%20you", "mailto:me@example.org?subject=Hello%20you"),
    ],
)
def test_what_may_be_followed_is_kept(written: str, href: str) -> None:
    assert safe_href(written) == href


@pytest.mark.parametrize(
    "written",
    [
        "",
        "#",
        "# a",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "%6aavascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "ftp://example.org",
        "//example.org/a",
        "\\\\host\\share",
        "/etc/passwd",
        "chapter.md",
        "../a#b",
        "http:example.org",
        "http:/example.org",
        "http:///example.org",
        "http://",
        "http://@evil.example",
        "http:\\\\host",
        "https://example.org\\@evil",
        "https://exam ple.org",
        "https://example.org/\u202e",
        "https://example.org/\u200b",
        "https://example.org/%0d%0aSet-Cookie:x",
        "https://example.org/&#10;",
        "https://example.org/&NewLine;",
        "mailto:",
        "mailto:me",
        "mailto:me@example.org?attach=/etc/passwd",
        "mailto:me@example.org?subject=a%0aBcc:b",
        "#a\u0000",
    ],
)
def test_all_else_is_refused(written: str) -> None:
    assert safe_href(written) == ""


@given(st.text() | st.text(alphabet="htps:/#&;%0aj\\ @."))
def test_nothing_kept_can_be_anything_else(written: str) -> None:
    href = safe_href(written)
    assert href == "" or href.startswith(("#", "http://", "https://", "mailto:"))
    assert href.isprintable()
    assert " " not in href
    assert safe_href(href.replace("&", "&amp;")) == href
