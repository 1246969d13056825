"""Terms in a text: what is found, what is not, and who wins where they overlap."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.attachment import Mention
from reader.annotations.mentions import MOST_HITS, find_mentions, has_letters, terms_found
from reader.annotations.model import bare_term


def words_found(text: str, *terms: str) -> list[str]:
    """The mentions of `terms` as they stand in `text`."""
    found = find_mentions(text, [(term, "a") for term in terms])
    return [text[mention.start : mention.end] for mention in found]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        # Word boundaries.
        ("war, warning, prewar, (war) war", "war", 3),
        ("Spiderweb spiderwebs Spiderwebs", "Spiderweb", 1),
        ("drone-maker and drones", "drone", 1),
        ("under_score under", "under", 1),
        ("F16 F-16 F16s", "F16", 1),
        ("2025 20255 12025 2025.", "2025", 2),
        ("one\ntwo", "one two", 0),
        ("one\u2028two", "one two", 1),
        ("one\ttwo", "one two", 0),
        ("Ядро ядра Ядром", "Ядро", 1),
        ("naïve naïves", "naïve", 1),
        # Case.
        ("Putin PUTIN putin", "Putin", 1),
        ("Putin PUTIN putin", "i:putin", 3),
        ("Putin PUTIN putin", "i: PUTIN", 3),
        ("straße STRASSE Straße", "i:STRAßE", 2),
        ("ΟΔΟΣ οδος Οδός", "i:ΟΔΟΣ", 2),
        ("ΟΔΟΣ İ", "i:οδος", 1),
        ("İstanbul istanbul", "İstanbul", 1),
        # What a reader takes for the same.
        ("Putin’s Putin's", "Putin's", 2),
        ("Putin’s Putin's", "Putin’s", 2),
        ("“root causes” \"root causes\" 'root causes'", "“root causes”", 2),
        ("the 19\u00a0June, 19 June, 19\u202fJune", "19 June", 3),
        ("cease–fire cease-fire cease\u2011fire cease—fire", "cease-fire", 4),
        ("cease-fire", "cease–fire", 1),
        # Composed and decomposed letters.
        ("Zelenskyý Zelenskyy\u0301", "Zelenskyý", 2),
        ("Zelenskyý Zelenskyy\u0301", "Zelenskyy\u0301", 2),
        ("cafe\u0301 cafe", "cafe", 1),
        ("e\u0301cafe", "cafe", 0),
        ("\u212bngström Ångström", "\u212bngström", 2),
        ("é e\u0301 ée\u0301", "ée\u0301", 1),
        ("한국 \u1112\u1161\u11ab\u1100\u116e\u11a8", "한국", 2),
        ("İstanbul I\u0307stanbul", "i:İstanbul", 2),
        # Scripts without spaces, and with signs that cling to a letter.
        ("私は東京に住む。東京都", "東京", 2),
        ("東京タワーのTokyo塔", "Tokyo", 1),
        ("\U00020bb7野家の\U00020bb7野", "\U00020bb7野", 2),
        ("คนไทยในประเทศไทย", "ไทย", 2),
        ("กิน กา", "ก", 1),
        ("พม่า မြန်မာနိုင်ငံ", "မြန်မာ", 1),
        ("हिन्दी हिन्द", "हिन्द", 1),
        ("हिन्दी में हिन्दी", "हिन्दी", 2),
        ("हिन्दी", "ह", 0),
        ("שָׁלוֹם שָ", "שָ", 1),
        ("نص مُحَمَّد", "م", 0),
        ("می‌خواهم می", "می", 1),
        ("spider\u00adweb spider", "spider", 1),
        # Emoji and letters beyond the first plane.
        ("😀 Kyiv 😀Kyiv👩‍🚀", "Kyiv", 2),
        ("𝒜lpha 𝒜", "𝒜", 1),
        ("𐐷𐐯𐐻 𐐷", "𐐷𐐯𐐻", 1),
        ("❤️ love", "❤️ love", 1),
        # Terms that begin or end with a sign.
        ("$150 billion, US$150 billion, 150 billion", "$150 billion", 2),
        ("C++ and C++, but C", "C++", 2),
        ("C++ and C", "C", 2),
        ("C# .NET asp.NET", ".NET", 2),
        ("(see) “see”", "(see)", 1),
        ("50%, 50% of 150%", "50%", 2),
        ("«Азов» и Азов", "«Азов»", 1),
        # Possessives.
        ("Putin’s, Russia's, the Russians’", "Putin", 1),
        ("Putin’s, Russia's, the Russians’", "Russians", 1),
        # Nothing to hold on to.
        ("+ $ — … 👍", "+", 0),
        ("+ $ — … 👍", "👍", 0),
        ("+ $ — … 👍", "—", 0),
        ("กิ ิ", "ิ", 0),
        ("anything", "i:", 0),
        ("anything", "", 0),
        ("", "anything", 0),
        ("short", "a term longer than the text", 0),
        ("war", "$war", 0),
    ],
)
def test_a_term_is_found_where_its_words_stand(text: str, term: str, found: int) -> None:
    assert len(words_found(text, term)) == found
    assert bool(terms_found(text, [term])) is bool(found)


def test_positions_are_code_points() -> None:
    text = "𝒜😀 Kyiv — 👩‍🚀 Kyiv"
    assert [text[m.start : m.end] for m in find_mentions(text, [("Kyiv", "a")])] == ["Kyiv"] * 2
    assert find_mentions(text, [("Kyiv", "a")])[0] == Mention(3, 7, "a")


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        # The longer one wins, wherever it starts and however they are declared.
        ("Operation Spiderweb", ["Spiderweb", "Operation Spiderweb"], ["Operation Spiderweb"]),
        ("Operation Spiderweb", ["Operation Spiderweb", "Spiderweb"], ["Operation Spiderweb"]),
        ("one two three", ["one two", "two three"], ["two three"]),
        ("a bb ccc dd e", ["a bb", "bb ccc", "ccc dd e"], ["a bb", "ccc dd e"]),
        # What a longer one gives up is free for a shorter one.
        (
            "one two three four",
            ["one two three", "two three four", "one"],
            ["one", "two three four"],
        ),
        # Of the same length the one that starts earlier.
        ("aa bb cc", ["bb cc", "aa bb"], ["aa bb"]),
        ("aa bb cc dd", ["bb cc", "aa bb", "cc dd"], ["aa bb", "cc dd"]),
    ],
)
def test_where_terms_overlap(text: str, terms: list[str], expected: list[str]) -> None:
    assert words_found(text, *terms) == expected


@pytest.mark.parametrize("terms", [("war", "i:WAR"), ("i:WAR", "war"), ("i:war", "i:War")])
def test_of_the_same_words_the_term_declared_first_wins(terms: tuple[str, str]) -> None:
    declared = [(terms[0], "first"), (terms[1], "second")]
    assert find_mentions("war", declared) == [Mention(0, 3, "first")]


def test_a_term_claimed_twice_is_found_for_the_first_only() -> None:
    declared = [("war", "first"), ("war", "second"), ("wars", "third")]
    assert {m.annotation for m in find_mentions("war wars war", declared)} == {"first", "third"}
    assert terms_found("war", ["war", "war", "wars"]) == {0, 1}


def test_a_term_inside_a_longer_one_counts_as_being_there() -> None:
    assert terms_found("Operation Spiderweb", ["Spiderweb", "Operation Spiderweb"]) == {0, 1}


def test_what_is_taken_is_left_alone() -> None:
    text = "war and war and war"
    found = find_mentions(text, [("war", "a")], taken=[(8, 11)])
    assert [(m.start, m.end) for m in found] == [(0, 3), (16, 19)]
    assert find_mentions(text, [("and war", "a")], taken=[(8, 9)]) == [Mention(12, 19, "a")]
    assert find_mentions(text, [("war", "a")], taken=[(0, len(text))]) == []


@pytest.mark.parametrize(
    ("term", "bare"), [("i:war", "war"), ("i: war ", "war"), ("war", "war"), ("in: war", "in: war")]
)
def test_the_words_of_a_term(term: str, bare: str) -> None:
    assert bare_term(term) == bare


@pytest.mark.parametrize(
    ("term", "has"),
    [
        ("C++", True),
        ("5", True),
        ("京", True),
        ("i:x", True),
        ("i:", False),
        ("→ 👍", False),
        ("ิ", False),
    ],
)
def test_whether_a_term_has_letters(term: str, has: bool) -> None:
    assert has_letters(term) is has


# A simple reference: every term at every place, then the rule as it is written.

LETTERS = "abAB\u0301é京กิ\u200d'’ -–.$_\n\t\u00a01😀𝒜ςΣİ"
UNSPACED = "京กิ"


def same(words: str, any_case: bool) -> str:
    for letters, plain in {"’": "'", "–": "-", "\u00a0\t": " "}.items():
        for letter in letters:
            words = words.replace(letter, plain)
    if any_case:
        words = "".join(low if len(low := c.lower()) == 1 else c for c in words).replace("ς", "σ")
    return words


def clings(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" or letter == "\u200d"


def is_boundary(text: str, place: int) -> bool:
    if place in (0, len(text)):
        return True
    if clings(text[place]):
        return False
    before = text[:place]
    while len(before) > 1 and clings(before[-1]):
        before = before[:-1]
    pair = (before[-1], text[place])
    return not all((c.isalnum() or c == "_") and c not in UNSPACED for c in pair)


def reference(text: str, terms: list[tuple[str, str]]) -> list[Mention]:
    hits = []
    for order, (term, annotation) in enumerate(terms):
        any_case = term.startswith("i:")
        words = term.removeprefix("i:").strip()
        forms = {words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words)}
        for form, start in product(forms, range(len(text))):
            end = start + len(form)
            if (
                any(c.isalnum() or c == "_" for c in form)
                and same(text[start:end], any_case) == same(form, any_case)
                and "\t" not in text[start:end]
                and is_boundary(text, start)
                and is_boundary(text, end)
            ):
                hits.append((start - end, start, order, Mention(start, end, annotation)))
    taken: set[int] = set()
    mentions = []
    for *_, mention in sorted(hits, key=lambda hit: hit[:3]):
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.start)


@given(
    st.text(LETTERS, max_size=40),
    st.lists(
        st.tuples(
            st.builds(str.__add__, st.sampled_from(["", "i:"]), st.text(LETTERS, max_size=4)),
            st.sampled_from("xyz"),
        ),
        max_size=8,
    ),
)
def test_mentions_are_those_of_a_simple_search(text: str, terms: list[tuple[str, str]]) -> None:
    assert find_mentions(text, terms) == reference(text, terms)


@given(st.data())
def test_terms_taken_from_the_text_are_those_of_a_simple_search(data: st.DataObject) -> None:
    text = data.draw(st.text("ab A-\u0301京", min_size=5, max_size=30))
    places = st.tuples(st.integers(0, len(text)), st.integers(1, 6))
    ranges = data.draw(st.lists(places, max_size=6))
    terms = [(text[start : start + length], str(n)) for n, (start, length) in enumerate(ranges)]
    assert find_mentions(text, terms) == reference(text, terms)


def test_ten_thousand_terms_that_begin_alike_in_a_million_characters() -> None:
    # Comparing each of them with each place would take minutes.
    terms = [(f"Operation {n:05}", f"a{n}") for n in range(10_000)]
    text = "Operation nothing whatever. " * 45_000 + "Operation 00042"
    assert len(text) > 1_000_000
    assert [mention.annotation for mention in find_mentions(text, terms)] == ["a42"]


def test_one_term_claimed_ten_thousand_times() -> None:
    terms = [("war", f"a{n}") for n in range(10_000)]
    text = "war " * 20_000
    assert {mention.annotation for mention in find_mentions(text, terms)} == {"a0"}
    assert terms_found(text, [term for term, _ in terms]) == set(range(10_000))


def test_ten_thousand_terms_in_a_million_characters() -> None:
    terms = [(f"Name{n} Family{n % 97}", f"a{n}") for n in range(10_000)]
    text = " ".join(f"Name{n % 12_000} Family{n % 97} did something." for n in range(35_000))
    assert len(text) > 1_000_000
    found = find_mentions(text, terms)
    assert all(text[m.start : m.end].startswith(f"Name{m.annotation[1:]} ") for m in found)
    assert len(found) > 2_000


def test_long_runs_of_signs_that_cling_end() -> None:
    text = "a" + "\u0301" * 50_000 + " b" * 1_000
    assert len(find_mentions(text, [("b", "x")])) == 1_000


def test_terms_that_stand_everywhere_are_not_looked_for_for_ever() -> None:
    text = "a " * (MOST_HITS + 10)
    assert len(find_mentions(text, [("a", "a")])) == MOST_HITS
    assert terms_found(text, ["a"]) is None
    # Each place counts as often as there are lengths of terms to be tried there.
    nested = [" ".join("a" * n) for n in range(1, 101)]
    assert len(find_mentions(text, [(term, "a") for term in nested])) <= MOST_HITS // 100
