"""What a reader takes for the same becomes the same, and stays where it was."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.folding import fold, fold_accents, fold_case, fold_variants

FOLDS = [fold, fold_accents, fold_case, fold_variants]


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("‘one’ ‚two‛ thirdʼs", "'one' 'two' third's"),
        ("“one” „two‟", '"one" "two"'),
        ("a‐b‑c‒d–e—f−g", "a-b-c-d-e-f-g"),
        ("a\u00a0b\u2007c\u2009d\u200ae\u202ff\u2028g\th", "a b c d e f g h"),
        ("a\nb", "a\nb"),
        ("Été «x» 東京 😀 plain - ' \"", "Été «x» 東京 😀 plain - ' \""),
        ("", ""),
    ],
)
def test_variants(words: str, folded: str) -> None:
    assert fold_variants(words) == folded


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Putin PUTIN", "putin putin"),
        ("ÉTÉ Ядро ΑΒΓ", "été ядро αβγ"),
        ("𐐀", "𐐨"),
        ("ẞ ß", "ß ß"),
        ("İstanbul ABC", "İstanbul abc"),
        ("東京 😀 ½", "東京 😀 ½"),
    ],
)
def test_case(words: str, folded: str) -> None:
    assert fold_case(words) == folded


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("été Zelenskyý Åse ñ", "ete Zelenskyy Ase n"),
        ("e\u0301", "e\u0301"),
        ("ǖ ệ", "u e"),
        ("\u0301 alone", "\u0301 alone"),
        ("ø ł đ", "ø ł đ"),
        ("東京 😀", "東京 😀"),
    ],
)
def test_accents(words: str, folded: str) -> None:
    assert fold_accents(words) == folded


def test_all_of_it() -> None:
    assert fold("“ÉTÉ” — Zelenskyý’s") == '"ete" - zelenskyy\'s'


@pytest.mark.parametrize("folding", FOLDS)
@given(words=st.text())
def test_a_position_stays_the_position(folding: Callable[[str], str], words: str) -> None:
    assert len(folding(words)) == len(words)


@pytest.mark.parametrize("folding", [fold_accents, fold_case, fold_variants])
@given(words=st.text())
def test_folding_twice_changes_nothing(folding: Callable[[str], str], words: str) -> None:
    assert folding(folding(words)) == folding(words)


@given(st.text("aeouéèüñÅ东 -", max_size=20), st.text("aeouéèüñÅ东 -", max_size=20))
def test_letter_by_letter_or_all_at_once_is_the_same(one: str, two: str) -> None:
    assert fold_accents(one + two) == fold_accents(one) + fold_accents(two)
    assert fold_variants(one + two) == fold_variants(one) + fold_variants(two)


@given(st.characters(categories=["L"], max_codepoint=0x24F))
def test_latin_letters_lose_their_accents_only(letter: str) -> None:
    base = fold_accents(letter)
    assert base == unicodedata.normalize("NFD", letter)[0]
    assert unicodedata.normalize("NFD", base) == base


@pytest.mark.parametrize("words", ["x" * 1_000_000, "“é” — " * 150_000, "é\u0301" * 300_000])
def test_long_texts(words: str) -> None:
    assert len(fold(words)) == len(words)


def test_a_korean_syllable_is_a_letter_of_its_own() -> None:
    assert fold("한글") != fold("한국")
    assert fold_accents("한글") == "한글"


def test_accents_go_before_capitals() -> None:
    assert fold("İstanbul") == "istanbul"
    assert fold("ÉCOLE") == "ecole"
