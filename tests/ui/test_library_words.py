"""What the library says of texts: where they come from, how long they are, when they were read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from reader.library.texts import TextEntry
from reader.locations import bundled
from reader.ui.library.painting import initial, kind_of, square_ground
from reader.ui.library.words import (
    about_words,
    day_words,
    length_words,
    marks_of,
    percent,
    spoken,
    title_words,
)
from reader.ui.theme import NAMES, load_theme

TODAY = date(2025, 6, 4)  # a Wednesday


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def seconds(*moment: int) -> float:
    return datetime(*moment).timestamp()  # type: ignore[arg-type]


def plain(words: str) -> str:
    """Words without regard to whether the English plurals are loaded."""
    return words.replace("(s)", "s")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (seconds(2025, 6, 4, 0, 1), "today"),
        (seconds(2025, 6, 3, 23, 59), "yesterday"),
        (seconds(2025, 6, 2, 12), "Monday"),
        (seconds(2025, 5, 29, 12), "Thursday"),
        (seconds(2025, 5, 28, 12), "28 May"),
        (seconds(2024, 12, 31, 12), "31 Dec 2024"),
        (seconds(2025, 6, 9, 12), "today"),  # a clock that was set back
        (0.0, "—"),
        (1e18, "—"),
    ],
)
def test_days_are_told_as_one_speaks_of_them(moment: float, words: str) -> None:
    assert day_words(moment, TODAY) == words


@pytest.mark.parametrize(
    ("characters", "words"),
    [
        (8123, "8,123 characters"),
        (20_600, "21,000 characters"),
        (3_270_000, "3.3 million characters"),
        (0, ""),
    ],
)
def test_lengths_are_as_exact_as_anybody_wants_to_know(characters: int, words: str) -> None:
    assert plain(length_words(characters)) == words


def test_only_the_end_is_all_of_it() -> None:
    assert [percent(share) for share in (0, 0.004, 0.376, 0.999, 1.0, 1.3, -0.1)] == [
        0, 0, 38, 99, 100, 100, 0,
    ]  # fmt: skip


def about(**fields: object) -> str:
    given: dict = {"characters": 5000, **fields}
    return plain(about_words(TextEntry("urn:x", "A title", **given)))


def test_says_where_a_text_comes_from() -> None:
    assert about(source="A news analysis", authors=("Ann",)).startswith("A news analysis · ")
    assert about(authors=("Ann", "Ben")).startswith("Ann, Ben · ")
    address = "https://www.gutenberg.org/ebooks/145"
    assert about(source=address, authors=("George Eliot",)).startswith("George Eliot · ")
    assert about(source=address).startswith("gutenberg.org · ")
    assert about(path=Path("notes.txt")) == "plain text · 5,000 characters"


def test_says_what_a_text_is() -> None:
    assert about(annotations=3) == "annotated copy · 5,000 characters"
    assert about(annotations=3, edition=2) == "annotated copy, revision 2 · 5,000 characters"
    assert about(path=Path("Thesis.MD")) == "Markdown · 5,000 characters"


def test_a_text_that_is_known_by_its_marks_alone_claims_nothing() -> None:
    entry = TextEntry("urn:x", "urn:x", highlights=2, removed=True)
    assert title_words(entry) == "Without a title"
    assert about_words(entry) == ""


def test_what_nobody_has_read_or_marked_is_new() -> None:
    assert marks_of(TextEntry("urn:x", "A")) == "new"
    assert marks_of(TextEntry("urn:x", "A", opened=5.0)) == ""
    assert plain(marks_of(TextEntry("urn:x", "A", highlights=5, notes=2))) == (
        "5 highlights · 2 notes"
    )


def test_a_screen_reader_is_told_everything() -> None:
    entry = TextEntry(
        "urn:x", "War and Peace", ("Leo Tolstoy",), path=Path("w.txt"), progress=0.12,
        opened=seconds(2025, 6, 3, 12), characters=3_270_000, highlights=41,
    )  # fmt: skip
    assert plain(spoken(entry, TODAY)) == (
        "War and Peace, Leo Tolstoy, plain text, 3.3 million characters, "
        "12 percent read, 41 highlights, last read yesterday"
    )


@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [
        ("The night of 537 weapons", "en", "N"),
        ("The night of 537 weapons", "", "N"),
        ("Die Verwandlung", "de", "V"),
        ("Die Verwandlung", "en", "D"),
        ("The", "en", "T"),
        ("“A quiet place”", "en", "A"),
        ("école", "fr", "É"),
        ("…", "", "·"),
        ("", "", "·"),
    ],
)
def test_a_square_has_the_letter_after_the_article(title: str, language: str, letter: str) -> None:
    assert initial(title, language) == letter


def test_a_square_keeps_its_colour() -> None:
    ids = [f"urn:uuid:{number}" for number in range(200)]
    assert [kind_of(each) for each in ids] == [kind_of(each) for each in ids]
    assert kind_of("urn:uuid:f443ef09-f543-4240-8509-507020d4570b") == "event"
    assert len({kind_of(each) for each in ids}) == 8


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", NAMES)
def test_the_letter_of_a_square_can_be_read(name: str) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    for number in range(50):
        ground = luminance(square_ground(theme, f"urn:{number}"))
        darker, lighter = sorted((luminance(theme.color("page")), ground))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
