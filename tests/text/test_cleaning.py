from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.cleaning import clean, decode_entities


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\ufeffa", "a"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\x0bb\x85c", "a\nb\nc"),
        ("a\x0cb\u2029c", "a\n\nb\n\nc"),
        ("a\tb\u2028c", "a\tb\u2028c"),
        ("a\x00b\x02c\x03d\x1be", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("\ud800\udc00", "\ufffd\ufffd"),
        ("\ufffc\ufdd0\uffff", "\ufffd\ufffd\ufffd"),
        ("é 中 😀 \u200d", "é 中 😀 \u200d"),
    ],
)
def test_clean(source: str, expected: str) -> None:
    assert clean(source) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("&amp;&lt;&nbsp;&#8212;&#x2014;&hellip;", "&<\u00a0——…"),
        ("AT&T &unknown; &copy &;", "AT&T &unknown; &copy &;"),
        ("&amp;amp;", "&amp;"),
        ("&#0;&#xD800;&#xFFFC;", "\ufffd\ufffd\ufffd"),
        ("&#13;&#8233;", "\n\n\n"),
        ("&#99999999999;", "&#99999999999;"),
    ],
)
def test_decode_entities(words: str, expected: str) -> None:
    assert decode_entities(words) == expected


@given(st.text(st.characters(codec=None)))
def test_cleaning_is_done_once_and_makes_utf_8(source: str) -> None:
    cleaned = clean(source)
    assert clean("a" + cleaned) == "a" + cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
