"""A text without what typography alone changes, and the way back to the text's positions."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.folded import Folded

ODD = st.text("ab \n\u00a0'’\"“-–—…\u00ad\u200b\u200d\u0301é가\u1100\u1161🚀👩\ud800.", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain words", "plain words"),
        ("‘it’s’ “so”, «so» „so“", '\'it\'s\' "so", "so" "so"'),
        ("1939–1945 — a‐b −1 -- c", "1939-1945 - a-b -1 - c"),
        ("one\ntwo\u00a0three\r\n\r\nfour \t five\u3000six", "one two three four five six"),
        ("hy\u00adphen\u200bate\ufeff", "hyphenate"),
        ("a \u200b b", "a b"),
        ("wait…", "wait..."),
        ("cafe\u0301 na\u0131\u0308ve", "café na\u0131\u0308ve"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u212b", "Å"),
        ("ＡＢＣ！", "ABC!"),
        ("❤\ufe0f 👩\u200d🚀", "❤ 👩🚀"),
        ("", ""),
    ],
)
def test_what_becomes_the_same(text: str, folded: str) -> None:
    assert Folded(text).string == folded


def test_positions_lead_back_to_the_text() -> None:
    text = "He said:  “cafe\u0301…”\n\nhy\u00adphen"
    folded = Folded(text)

    def back(words: str) -> str:
        start = folded.string.index(words)
        return text[folded.start(start) : folded.end(start + len(words))]

    assert back("café") == "cafe\u0301"
    assert back('"café..."') == "“cafe\u0301…”"
    assert back("hyphen") == "hy\u00adphen"
    assert back("phen") == "phen"
    assert back("hy") == "hy"
    assert back("said") == "said"
    assert back("café.") == "cafe\u0301…"
    assert back('.."') == "…”"


def test_positions_lead_into_the_folded_text() -> None:
    text = "a  b\u00adc…d"
    folded = Folded(text)
    assert folded.string == "a bc...d"
    assert folded.inward(text.index("b")) == 2
    assert folded.inward(text.index("c")) == 3
    assert folded.inward(text.index("d")) == 7
    assert folded.inward(len(text)) == len(folded.string)


@given(ODD)
def test_every_position_has_one_in_the_text_and_their_order_is_kept(text: str) -> None:
    folded = Folded(text)
    places = range(len(folded.string) + 1)
    starts, ends = [folded.start(each) for each in places], [folded.end(each) for each in places]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= each <= len(text) for each in starts + ends)
    # No range is empty.
    assert all(start < end for start, end in zip(starts, ends[1:], strict=False))
    inward = [folded.inward(each) for each in range(len(text) + 1)]
    assert inward == sorted(inward)
    assert (inward[0], inward[-1]) == (0, len(folded.string))


@given(ODD)
def test_what_is_folded_already_stays_as_it_is(text: str) -> None:
    once = Folded(text).string
    # Marks that stand on nothing may have kept dashes apart.
    if unicodedata.is_normalized("NFC", once) and "--" not in once:
        assert Folded(once).string == once
