"""Where a quote belongs in a text, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import ORPHAN, Anchor, State
from reader.annotations.selectors import Selector

TEXT = "The war began. The war went on. The peace did not come."


def found(text: str, selector: Selector) -> tuple[State, str, int | None]:
    """State, words and start of what `selector` is anchored to."""
    answer = anchor(text, selector)
    if answer.start is None or answer.end is None:
        return answer.state, "", None
    return answer.state, text[answer.start : answer.end], answer.start


@pytest.mark.parametrize(
    ("selector", "state", "start"),
    [
        # The words stand once.
        (Selector("peace"), State.EXACT, 36),
        (Selector("peace", start=36), State.EXACT, 36),
        (Selector("peace", "The ", " did", 36, 41), State.EXACT, 36),
        (Selector("peace", "The ", " did"), State.EXACT, 36),
        # They stand elsewhere than they did.
        (Selector("peace", start=3), State.MOVED, 36),
        (Selector("peace", "The ", " did", start=3), State.MOVED, 36),
        # Some of what stood around them has changed.
        (Selector("peace", "The ", " was far"), State.MOVED, 36),
        (Selector("peace", "A ", " did", start=36), State.MOVED, 36),
        # All of it has.
        (Selector("peace", "no such", "words", start=36), State.DOUBTFUL, 36),
        # They stand several times; the context tells which.
        (Selector("war", "The ", " began"), State.EXACT, 4),
        (Selector("war", "The ", " went"), State.EXACT, 19),
        (Selector("war", suffix=" went on", start=4), State.MOVED, 19),
        (Selector("war", "began. The "), State.EXACT, 19),
        # The position tells which, where it is right.
        (Selector("war", start=19), State.EXACT, 19),
        (Selector("war", "The ", start=19), State.EXACT, 19),
        # Nothing tells for certain: the nearest, as a question.
        (Selector("war"), State.DOUBTFUL, 4),
        (Selector("war", "The "), State.DOUBTFUL, 4),
        (Selector("war", start=18), State.DOUBTFUL, 19),
        (Selector("war", start=10_000), State.DOUBTFUL, 19),
        (Selector("war", start=5), State.DOUBTFUL, 4),
        # They do not stand there.
        (Selector("ceasefire"), State.ORPHANED, None),
        (Selector("War"), State.ORPHANED, None),
        (Selector("ceasefire", "The ", " began", 4, 13), State.ORPHANED, None),
        (Selector(""), State.ORPHANED, None),
        (Selector("", "The ", start=4), State.ORPHANED, None),
        # Positions that no text has.
        (Selector("come.", start=-5), State.MOVED, 50),
        (Selector("peace", start=-1), State.MOVED, 36),
        (Selector("peace", start=len(TEXT)), State.MOVED, 36),
        (Selector("peace", start=10**12), State.MOVED, 36),
        # The edges of the text.
        (Selector("The war began", "", ". The"), State.EXACT, 0),
        (Selector("did not come.", "peace "), State.EXACT, 42),
        (Selector("The war began", "long before, ", ". The"), State.MOVED, 0),
        (Selector("come.", "not ", " And then"), State.MOVED, 50),
        (Selector(TEXT), State.EXACT, 0),
        (Selector("!" + TEXT[1:5]), State.ORPHANED, None),
    ],
)
def test_where_a_quote_belongs(selector: Selector, state: State, start: int | None) -> None:
    words = selector.exact if start is not None else ""
    assert found(TEXT, selector) == (state, words, start)


def test_an_orphan_has_no_place() -> None:
    assert anchor("", Selector("x")) == ORPHAN == Anchor(State.ORPHANED, None, None, 0.0)


def test_places_that_overlap_each_other_all_count() -> None:
    assert found("aaaa", Selector("aa", start=1)) == (State.EXACT, "aa", 1)
    assert found("aaab", Selector("aa", suffix="b")) == (State.EXACT, "aa", 1)
    assert found("aaa", Selector("aa"))[0] is State.DOUBTFUL


def test_positions_are_code_points() -> None:
    text = "𝒜😀 peace 👩‍🚀 peace"
    assert found(text, Selector("peace", "👩‍🚀 ")) == (State.EXACT, "peace", 13)
    assert found(text, Selector("peace", start=3)) == (State.EXACT, "peace", 3)
    assert found(text, Selector("👩‍🚀")) == (State.EXACT, "👩‍🚀", 9)


def test_what_stands_nearest_to_the_words_tells_most() -> None:
    text = "once a big war, then a bad war"
    assert found(text, Selector("war", "in the bad ")) == (State.MOVED, "war", 27)


def test_words_that_stand_everywhere_are_found_by_their_context() -> None:
    text = "so e " + "e " * 20_000 + "no e"
    assert found(text, Selector("e", "no ")) == (State.EXACT, "e", len(text) - 1)
    # Thousands of places are as good as each other: the nearest, as a question.
    assert found(text, Selector("e", "e ", start=5_000)) == (State.DOUBTFUL, "e", 4_999)
    assert found(text, Selector("e", "ye ")) == (State.ORPHANED, "", None)


def test_confidence_falls_with_what_is_known() -> None:
    exact = anchor(TEXT, Selector("war", "The ", " went on", start=19))
    changed = anchor(TEXT, Selector("war", "The ", " went off", start=25))
    alone = anchor(TEXT, Selector("peace", "no such", "words"))
    guess = anchor(TEXT, Selector("war"))
    orphan = anchor(TEXT, Selector("ceasefire"))
    confidences = [a.confidence for a in (exact, changed, alone, guess, orphan)]
    assert confidences == sorted(set(confidences), reverse=True)
    assert (confidences[0], confidences[-1]) == (1.0, 0.0)


@given(st.text("ab ", max_size=30), st.data())
def test_words_with_their_context_and_place_are_found_again(
    before: str, data: st.DataObject
) -> None:
    text = before + data.draw(st.text("ab ", min_size=1, max_size=30))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    context = data.draw(st.integers(0, 8))
    selector = Selector(
        text[start:end],
        text[max(0, start - context) : start],
        text[end : end + context],
        start,
        end,
    )
    assert anchor(text, selector) == Anchor(State.EXACT, start, end, 1.0)


@given(
    st.text("ab", max_size=20),
    st.text("ab", max_size=3),
    st.text("ab", max_size=3),
    st.text("ab", max_size=3),
    st.none() | st.integers(-5, 25),
)
def test_an_anchor_is_where_the_words_stand_and_sure_only_of_the_best(
    text: str, exact: str, prefix: str, suffix: str, start: int | None
) -> None:
    answer = anchor(text, Selector(exact, prefix, suffix, start))
    whole = prefix + exact + suffix
    rivals = [place for place in range(len(text)) if text.startswith(whole, place)]
    if answer.start is None or answer.end is None:
        assert answer == ORPHAN
        assert not exact or not rivals
        return
    assert 0 < answer.confidence <= 1
    assert text[answer.start : answer.end] == exact or answer.state is not State.EXACT
    if answer.state is State.EXACT:
        assert answer.start - len(prefix) in rivals
    if answer.state is State.MOVED and rivals:
        assert rivals == [answer.start - len(prefix)]
