"""Quotes in texts that were revised: found, asked about, or given up."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import State
from reader.annotations.marks import selector_of
from reader.annotations.selectors import Selector

TEXT = (
    "The harbour master kept two ledgers. In the first he wrote the names of the ships, "
    "the day on which they came in, and what they carried.\n"
    "The second ledger was for the weather. He measured the wind with a cup on a pole, and "
    "the rain with a jar that his daughter emptied every morning at six.\n"
    "When the new pier was built, the company asked for a third ledger: every boat had to "
    "pay for the hours that it lay there. He refused at first, but wrote it in the end.\n"
    "Nobody has read the ledgers since. They stand in a cupboard behind the post office, "
    "tied with a string that somebody’s grandmother knotted — “for good”, she said."
)
Form = Literal["NFC", "NFD"]
SURE = (State.EXACT, State.MOVED)


def marked(text: str, words: str) -> Selector:
    """A selector as a reader's mark has it, for the only place with `words`."""
    assert text.count(words) == 1
    start = text.index(words)
    return selector_of(text, start, start + len(words))


def found(text: str, selector: Selector) -> str | None:
    """The words that the quote is surely anchored to; None if it is not sure."""
    answer = anchor(text, selector)
    return text[answer.start : answer.end] if answer.state in SURE else None


@pytest.mark.parametrize(
    ("words", "changes", "now"),
    [
        # A letter, a word, several words.
        ("measured the wind", {"measured": "mesured"}, "mesured the wind"),
        ("every morning at six", {"morning at six": "day at six"}, "every day at six"),
        (
            "He measured the wind with a cup on a pole",
            {"a cup on a pole": "three cups on a tall pole"},
            "He measured the wind with three cups on a tall pole",
        ),
        # Words put in, words taken out.
        ("names of the ships", {"names of": "names and flags of"}, "names and flags of the ships"),
        (
            "pay for the hours that it lay there",
            {"hours that it lay there": "hours there"},
            "pay for the hours there",
        ),
        # The first and the last words, which were next to the context.
        (
            "Nobody has read the ledgers since.",
            {"Nobody has": "No one ever"},
            "No one ever read the ledgers since.",
        ),
        ("behind the post office", {"post office": "post house"}, "behind the post house"),
        # One word, whose neighbours stayed.
        ("daughter", {"daughter": "daughters"}, "daughters"),
        ("measured", {"measured": "measures"}, "measures"),
    ],
)  # fmt: skip
def test_a_quote_is_found_with_its_edits(words: str, changes: dict[str, str], now: str) -> None:
    new = TEXT
    for old, other in changes.items():
        new = new.replace(old, other)
    assert found(new, marked(TEXT, words)) == now


@pytest.mark.parametrize(
    "words", ["ledger was for the weather", "jar", "at six.\nWhen the new pier"]
)
def test_a_quote_is_found_when_what_stands_around_it_is_edited(words: str) -> None:
    new = (
        TEXT.replace("The second", "His second")
        .replace("measured the wind", "took the wind")
        .replace("the rain with a", "the rain in a")
        .replace("emptied every", "poured out each")
        .replace("was built", "was done")
    )
    assert found(new, marked(TEXT, words)) == words


@pytest.mark.parametrize(
    "words",
    ["ledgers since", "knotted — “for good”, she", "second", "third ledger: every boat had to pay"],
)
def test_paragraphs_may_change_places(words: str) -> None:
    new = "\n".join(reversed(TEXT.split("\n")))
    selector = marked(TEXT, words)
    assert found(new, selector) == words
    # And be edited on the way.
    edited = new.replace("behind the", "at the old").replace("was for", "held only")
    assert found(edited, selector) == words


def test_paragraphs_may_be_joined_and_split() -> None:
    joined, split = TEXT.replace("\n", " "), TEXT.replace(". ", ".\n").replace(", ", ",\n\n")
    across = marked(TEXT, "what they carried.\nThe second ledger")
    assert found(joined, across) == "what they carried. The second ledger"
    inside = marked(TEXT, "the names of the ships, the day")
    assert found(split, inside) == "the names of the ships,\n\nthe day"
    assert found(split, marked(TEXT, "weather")) == "weather"


@pytest.mark.parametrize(
    ("words", "change", "now"),
    [
        ("somebody’s", ("’", "'"), "somebody's"),
        ("“for good”", ("“", '"'), '"for good”'),
        ("knotted — “for", ("—", "--"), "knotted -- “for"),
        ("new pier", ("new pier", "new\u00a0pier"), "new\u00a0pier"),
        ("cupboard", ("cupboard", "cup\u00adboard"), "cup\u00adboard"),
        ("a string that", ("a string", "a  \n string"), "a  \n string that"),
    ],
)
def test_typography_makes_no_difference(words: str, change: tuple[str, str], now: str) -> None:
    assert found(TEXT.replace(*change), marked(TEXT, words)) == now


def test_letters_composed_and_decomposed_are_the_same() -> None:
    text = "Le garçon à l’école a étudié la leçon. Le maître était très fier de l’élève."
    apart = unicodedata.normalize("NFD", text)
    for words in ("garçon", "étudié la leçon", "l’élève"):
        assert found(apart, marked(text, words)) == unicodedata.normalize("NFD", words)
        back = marked(apart, unicodedata.normalize("NFD", words))
        assert found(text, back) == words


def test_typography_tells_apart_what_nothing_else_does() -> None:
    text = "He said 'yes' to them.\nHe said ‘yes’ to them."
    selector = Selector("‘yes’", "said ", " to you", 900)
    assert found(text, selector) == "‘yes’"


@pytest.mark.parametrize(
    "words", ["daughter", "the wind", "cup on a pole", "He measured the wind with a cup on a pole"]
)
def test_what_was_deleted_is_not_found_elsewhere(words: str) -> None:
    start, end = TEXT.index("He measured"), TEXT.index("When the new")
    others = "\nHis daughter went to sea. The wind was fair, with a flag on every pole."
    assert found(TEXT[:start] + TEXT[end:] + others, marked(TEXT, words)) is None


def test_what_other_words_were_put_for_is_gone() -> None:
    new = TEXT.replace("wrote the names of the ships", "drew a picture of each vessel that called")
    assert found(new, marked(TEXT, "names of the ships")) is None
    assert anchor(new, marked(TEXT, "names")).state is State.ORPHANED


def test_the_same_word_in_another_passage_is_no_answer() -> None:
    selector = marked(TEXT, "cupboard")
    new = "A cupboard is a piece of furniture. Ledgers are books."
    assert anchor(new, selector).state is State.ORPHANED


def test_one_word_of_a_hundred() -> None:
    who = [
        "Sailors",
        "Farmers",
        "Bakers",
        "Weavers",
        "Doctors",
        "Priests",
        "Clerks",
        "Miners",
        "Poets",
        "Widows",
    ]
    what = [
        "curse",
        "remember",
        "mourn",
        "paint",
        "describe",
        "forget",
        "deny",
        "survive",
        "praise",
        "explain",
    ]
    whose = [
        "harbour",
        "orchard",
        "kitchen",
        "brother",
        "garden",
        "chapel",
        "office",
        "island",
        "letters",
        "silver",
    ]
    lines = [
        f"{who[n % 10]} {what[n // 10]} the war, for it cost them {whose[(n + n // 10 * 3) % 10]}."
        for n in range(100)
    ]
    text = "\n".join(lines)
    line = lines[63]
    start = text.index("war", text.index(line))
    selector = selector_of(text, start, start + 3)
    # Other lines are taken out, and the line itself is edited.
    new = "\n".join(lines[30:]).replace(line, line.replace("for it cost", "which cost"))
    answer = anchor(new, selector)
    assert answer.state is State.MOVED
    assert answer.start is not None
    assert new[: answer.start].endswith("Weavers deny the ")
    # The line is gone; ninety-nine others have the word.
    assert found(text.replace(line, "Nothing happened."), selector) is None


def test_the_nearest_of_equal_passages_if_it_is_much_nearer() -> None:
    refrain = (
        "and the tide came in, and the tide went out, "
        "and nobody counted the waves as they came again and again"
    )
    text = f"{TEXT}\n{refrain}\n{TEXT[::-1]}\n{refrain}\n"
    start = text.index("nobody counted")
    selector = selector_of(text, start, start + 14)
    answer = anchor("A title\n" + text, selector)
    assert (answer.state, answer.start) == (State.MOVED, start + 8)
    # In the middle between them there is no telling.
    second = text.rindex("nobody counted")
    between = Selector(selector.exact, selector.prefix, selector.suffix, (start + second) // 2)
    assert anchor(text, between).state is State.DOUBTFUL


@pytest.mark.parametrize(
    ("before", "words", "after", "changes"),
    [
        # Chinese: a word is changed.
        (
            "港务长有两本账簿。第一本记船名和到港的日子，",
            "第二本记天气和每天早晨的雨量",
            "。没有人再读这些账簿。",
            {"每天早晨": "每日早上"},
        ),
        # Japanese: brackets become wide.
        (
            "港の長は帳面を二つ持っていた。一つには",
            "船の名前(旗も)を",
            "書き、もう一つには天気を書いた。",
            {"(": "（", ")": "）"},
        ),
        # Thai, whose vowels stand over and under the letters.
        (
            "นายท่ามีสมุดสองเล่ม เล่มแรกจด",
            "ชื่อเรือและวันที่เข้ามา",
            " เล่มที่สองจดสภาพอากาศทุกเช้า",
            {"ทุกเช้า": "ทุกเย็น", "สองเล่ม": "หลายเล่ม"},
        ),
        # Arabic: a word is put in.
        (
            "كان لمدير الميناء دفتران. كتب في الأول ",
            "أسماء السفن وأيام وصولها",
            "، وفي الثاني حالة الطقس.",
            {"السفن": "السفن كلها", "الثاني": "الآخر"},
        ),
        # Hindi: a word gets another ending.
        (
            "बंदरगाह के मुखिया के पास दो बहियाँ थीं। पहली में वह ",
            "जहाज़ों के नाम लिखता था",
            ", दूसरी में मौसम का हाल।",
            {"लिखता": "लिखा करता", "दो बहियाँ": "कई बहियाँ"},
        ),
        # Korean, whose syllables come apart.
        (
            "항구의 책임자는 장부 두 권을 가지고 있었다. 첫째 장부에는 ",
            "배의 이름을 적고",
            ", 둘째에는 날씨를 적었다.",
            {"이름을": "이름들을", "첫째": "큰"},
        ),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_script(
    before: str, words: str, after: str, changes: dict[str, str], form: Form
) -> None:
    new, now = f"1\n{before}{words}{after}", words
    for old, other in changes.items():
        new, now = new.replace(old, other), now.replace(old, other)
    new, now = unicodedata.normalize(form, new), unicodedata.normalize(form, now)
    assert found(new, marked(before + words + after, words)) == now


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("👩🏽‍🚀", "👩🏿‍🚀", "👩🏿‍🚀"),
        ("👍 well done", "👍🏾 well done", "👍🏾 well done"),
        ("❤ you all", "❤\ufe0f you all", "❤\ufe0f you all"),
        ("left 🇫🇷🇩🇪", "left 🇫🇷🇩🇰", "left 🇫🇷🇩🇰"),
        ("in na\u0308ive hope", "in naïve hope", "in naïve hope"),
    ],
)
def test_no_letter_is_cut(old: str, new: str, now: str) -> None:
    frame = "The crew sent a message from the ship: {}; and the harbour master read it aloud."
    selector = marked(frame.format(old), old)
    assert anchor(frame.format(new), selector).state is not State.EXACT
    answer = anchor(frame.format(new), selector)
    if answer.start is not None:
        assert frame.format(new)[answer.start : answer.end] == now


def test_a_quote_of_many_pages() -> None:
    pages = "\n".join(
        f"{n}. {TEXT[n * 7 % 90 :][:400]} And so to number {n * 31}." for n in range(200)
    )
    start, end = pages.index("\n20."), pages.index("\n150.")
    selector = selector_of(pages, start, end)
    new = pages.replace("\n77.", "\nSomething new.\n77.").replace("number 1240", "number 1,240")
    answer = anchor("A title\n" + new, selector)
    assert answer.state is State.MOVED
    assert answer.start == start + 8
    assert answer.end is not None
    assert ("A title\n" + new)[answer.end :].startswith("\n150.")
    # Its end is gone: where it began is worth a question.
    assert anchor(new[: new.index("\n120.")], selector).state is State.DOUBTFUL
    assert anchor(TEXT, selector).state is State.ORPHANED
