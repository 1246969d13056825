"""Many quotes at once, and whatever else a text or a selector may be."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import anchor, anchor_all, anchor_each
from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import selector_of
from reader.annotations.selectors import Selector

WORDS = [
    *("ship", "harbour", "ledger", "weather", "the", "of", "and", "a", "in", "wind", "daughter"),
    *("company", "hours", "cupboard", "nobody", "grandmother", "it’s", "“good”", "–", "\n", ""),
    *("账簿天气", "ชื่อเรือ", "é", "e\u0301", "hy\u00adphen", "👩\u200d🚀"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join)
ODD = st.text(
    st.sampled_from("ab \n.'’-—…\u00a0\u00ad\u200b\u200d\u0301\u1100\u1161é账ช🚀🏽🇫🇷\ud800\0"),
    max_size=40,
)
POSITIONS = st.none() | st.integers(-5, 60) | st.just(10**12)


@st.composite
def selectors_of(draw: st.DrawFn, text: str) -> Selector:
    start = draw(st.integers(0, max(0, len(text) - 1)))
    end = draw(st.integers(start, min(len(text), start + 60)))
    return selector_of(text, start, end)


@given(st.data(), TEXTS)
def test_in_its_own_text_every_quote_has_its_place(data: st.DataObject, text: str) -> None:
    selector = data.draw(selectors_of(text))
    if selector.exact:
        assert anchor(text, selector) == Anchor(State.EXACT, selector.start, selector.end, 1.0)


@settings(max_examples=60)
@given(st.data(), TEXTS, TEXTS)
def test_many_at_once_have_the_same_answers(data: st.DataObject, old: str, new: str) -> None:
    # The new text has something of both.
    cut = data.draw(st.integers(0, len(old)))
    new = new + old[cut:] + new[: len(new) // 2] + old[:cut]
    selectors = data.draw(st.lists(selectors_of(old), min_size=20, max_size=30))
    selectors += [Selector(each.exact, start=each.start) for each in selectors[:6]]
    assert anchor_all(new, selectors) == [anchor(new, each) for each in selectors]


def test_a_mark_that_lost_its_letter_does_not_hide_a_place() -> None:
    # The text was cut after a letter of Thai, whose tone mark now stands on a dash.
    old = "\u0e0a\u0e37\u0e48\u0e2d\u0e40\u0e23\u0e37\u0e2d ship ship ship ship ship e\u0301"
    new = "\u2013" + old[2:] + old[:2]
    selectors = [selector_of(old, at, at + 1) for at in range(len(old))]
    assert anchor_all(new, selectors) == [anchor(new, each) for each in selectors]


@given(ODD, ODD, ODD, ODD, POSITIONS)
def test_whatever_comes_the_answer_is_a_range_or_none(
    text: str, exact: str, prefix: str, suffix: str, start: int | None
) -> None:
    selector = Selector(exact, prefix, suffix, start)
    answer = anchor(text, selector)
    if answer.state is State.ORPHANED:
        assert answer == Anchor(State.ORPHANED)
    else:
        assert answer.start is not None
        assert answer.end is not None
        assert 0 <= answer.start < answer.end <= len(text)
        assert 0 < answer.confidence <= 1
    assert anchor_all(text, [selector] * 20) == [answer] * 20


def test_texts_without_end_words_or_letters() -> None:
    for text in ("a" * 100_000, "ab" * 50_000, "a " * 50_000, "\u0301" * 20_000, "账" * 50_000):
        for exact in ("a" * 5_000, "b a" * 20, "ac" * 50, "账本" * 30, "\u0301" * 40, "🚀"):
            for selector in (Selector(exact), Selector(exact, text[:40], "zz" * 16, 70)):
                answer = anchor(text, selector)
                assert answer.state is not State.EXACT or exact in text


def test_answers_come_one_by_one() -> None:
    text = " ".join(f"word{n}" for n in range(5_000))
    selectors = [selector_of(text, at, at + 20) for at in range(0, 5_000, 50)]
    new = "First of all: " + text
    answers = list(islice(anchor_each(new, iter(selectors)), 3))
    assert [each.start for each in answers] == [14, 64, 114]


def test_nothing_is_read_for_no_selectors() -> None:
    assert anchor_all("text", []) == []


def test_words_that_stand_where_they_stood_need_no_alignment() -> None:
    program = (
        "import sys\n"
        "from reader.annotations.anchoring import anchor\n"
        "from reader.annotations.marks import selector_of\n"
        "text = 'The harbour master kept two ledgers.'\n"
        "assert anchor(text, selector_of(text, 4, 18)).start == 4\n"
        "assert anchor('So: ' + text, selector_of(text, 4, 18)).start == 8\n"
        "sys.exit('rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
