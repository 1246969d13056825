"""Finding words, however they are written, however often they stand there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from reader.ui import finder as finder_module
from reader.ui.finder import Finder

pytestmark = pytest.mark.usefixtures("qapp")


def finished(finder: Finder) -> Finder:
    while finder.searching:
        QCoreApplication.processEvents()
    return finder


def found(text: str, query: str) -> list[str]:
    finder = Finder()
    finder.set_text(text)
    finder.search(query)
    return [text[start:end] for start, end in finished(finder).places]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("the", ["The", "the", "THE"]),
        ("THE", ["The", "the", "THE"]),
        ("cafe", ["Café"]),
        ("CAFÉ", ["Café"]),
        ("it's", ["it’s", "it's"]),
        ("it’s", ["it’s", "it's"]),
        ('"quoted"', ["“quoted”"]),
        ("end-to-end", ["end–to-end"]),
        ("a b", ["a\u00a0b"]),
        ("🚀", ["🚀", "🚀"]),
        ("🚀the", ["🚀THE"]),
        ("(", ["("]),
        (".*", []),
        ("nothing", []),
        ("", []),
        ("  ", []),
    ],
)
def test_it_finds_as_a_person_would(query: str, words: list[str]) -> None:
    text = "The Café, the 🚀 and it’s “quoted”, it's end–to-end (a\u00a0b) 🚀THE"
    assert found(text, query) == words


@given(
    st.text(st.sampled_from("aAbé\n 🚀"), max_size=40),
    st.text(st.sampled_from("aAbé 🚀"), max_size=3),
)
def test_it_finds_what_a_plain_search_finds(text: str, query: str) -> None:
    plain = text.lower().replace("é", "e").replace("\n", " "), query.lower().replace("é", "e")
    expected, at = [], plain[0].find(plain[1])
    while query.strip() and at >= 0:
        expected.append(text[at : at + len(query)])
        at = plain[0].find(plain[1], at + len(query))
    assert found(text, query) == expected


def test_it_goes_round_both_ways() -> None:
    finder = Finder()
    finder.set_text("one two one two one")
    finder.search("one")
    assert finder.places == [(0, 3), (8, 11), (16, 19)]
    assert finder.number() == 0
    seen = []
    at = 4
    for _ in range(4):
        current = finder.go(at)
        assert current is not None
        seen.append((current[0], finder.number()))
        at = current[0] + 1
    assert seen == [(8, 2), (16, 3), (0, 1), (8, 2)]
    back = []
    for _ in range(4):
        current = finder.go(at - 1, forward=False)
        assert current is not None
        back.append(finder.number())
        at = current[0] + 1
    assert back == [1, 3, 2, 1]


def test_nothing_found_leads_nowhere() -> None:
    finder = Finder()
    finder.set_text("words")
    finder.search("other")
    assert finder.go(0) is None
    assert (finder.current, finder.number()) == (None, 0)


def test_another_text_or_query_begins_anew() -> None:
    finder = Finder()
    finder.set_text("aaa")
    finder.search("a")
    finder.go(0)
    finder.search("aa")
    assert (finder.places, finder.current) == ([(0, 2)], None)
    finder.set_text("bbb")
    assert (finder.places, finder.query) == ([], "")
    finder.search("a")
    assert finder.places == []


def test_three_hundred_thousand_places_are_found_a_slice_at_a_time(
    monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    finder = Finder()
    finder.set_text("e " * 300_000)
    finder.prepare()
    assert not finder.ready
    qtbot.waitUntil(lambda: finder.ready)
    # However fast the machine is, one slice is not all of it.
    monkeypatch.setattr(finder_module, "_SLICE", 0.0)
    told: list[int] = []
    finder.changed.connect(lambda: told.append(len(finder.places)))
    finder.search("e")
    assert finder.searching
    assert 0 < len(finder.places) < 10_000, "the first are known at once"
    assert finder.go(0) == (0, 1)
    told.clear()
    monkeypatch.setattr(finder_module, "_SLICE", 0.008)
    finished(finder)
    assert len(finder.places) == 300_000
    assert told == sorted(told)
    assert finder.current == (0, 1), "what was gone to stays"
    assert finder.go(599_998, forward=False) == (599_996, 599_997)
    assert finder.number() == 299_999


def test_a_long_text_is_got_ready_a_slice_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder_module, "_SLICE", 0.0)
    words = "Ὀδυσσεὺς, and\n\nso on. "
    text = words * 20_000 + "Ὀδυσσεὺς "
    finder = Finder()
    finder.set_text(text)
    finder.search("ΟΔΥΣΣΕΥς")
    assert not finder.ready
    assert (finder.places, finder.searching) == ([], True)
    finished(finder)
    assert finder.places == [(start, start + 8) for start in range(0, len(text), len(words))], (
        "be it where two slices meet"
    )


def test_a_search_that_is_given_up_finds_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder_module, "_SLICE", 0.0)
    finder = Finder()
    finder.set_text("e " * 5_000)
    finder.search("e")
    finder.search("")
    for _ in range(5):
        QCoreApplication.processEvents()
    assert finder.places == []
    assert not finder.searching
