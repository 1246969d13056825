from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.decoding import UnreadableText, decode


@pytest.mark.parametrize(
    "data",
    [
        "héllo".encode(),
        codecs.BOM_UTF8 + "héllo".encode(),
        codecs.BOM_UTF16_LE + "héllo".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "héllo".encode("utf-16-be"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read(data: bytes) -> None:
    assert decode(data, "a.txt") == "héllo"


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n\x0cd\te", "a.txt") == "a\r\nb\rc\n\x0cd\te"


def test_a_stray_control_character_in_a_long_text_is_let_through() -> None:
    assert decode(b"word " * 1000 + b"\x1a", "a.txt").endswith("\x1a")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"“a\.txt” is empty: choose"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "words".encode("utf-16-le"),
        "words".encode("utf-32"),
        b"\x01\x02\x03\x04 words",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"“a\.png” is not a text but binary data .*: choose"):
        decode(data, "a.png")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_another_encoding_is_refused_with_its_place(mark: bytes) -> None:
    data = mark + "first\nsecond é\n".encode("latin-1")
    place = len(mark) + 13
    with pytest.raises(UnreadableText, match=rf"“a.txt” is not UTF-8 \(byte {place}, line 2\)"):
        decode(data, "a.txt")


def test_broken_utf_16_is_refused() -> None:
    with pytest.raises(UnreadableText, match="breaks off or is damaged at byte"):
        decode(codecs.BOM_UTF16_LE + b"a\0b\0c", "a.txt")


def test_it_is_a_value_error_of_one_sentence() -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        decode(b"\xff\xfe\xfd", "Élan.md")
    message = str(caught.value)
    assert message.startswith("“Élan.md” ")
    assert message.endswith(".")
    assert "\n" not in message


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        words = decode(data, "a.txt")
    except UnreadableText:
        return
    assert words.strip()
    assert "\0" not in words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_was_written_as_utf_8_is_read(words: str) -> None:
    words = "x" + words
    assert decode(words.encode(), "a.txt") == words
    assert decode(codecs.BOM_UTF16_BE + words.encode("utf-16-be"), "a.txt") == words
