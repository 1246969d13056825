"""What is drawn on the words: underlines, tints, hits, the flash and the keyboard's frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from reader.copies.copy import Copy
from reader.locations import bundled
from reader.ui.page.decorations import Look
from reader.ui.page.page import PageView
from reader.ui.page.painting import PagePainter
from reader.ui.theme import NAMES, Theme, load_theme

ARTICLE = """\
# Harbour

The quay is long. Anna walks on the quay with [her brother](#brother) and reaches the boats
before anybody else in the village had so much as woken up, which was the
way that she liked it best.

## Evening

Anna sits on the quay. The quay is dark.

| Who | Where |
|--|--|
| Anna 🚣 | quay |

```
quay = Anna
```
"""
ANNOTATIONS = """\
  - {id: quay, kind: place, title: The quay, terms: [quay]}
  - {id: anna, kind: person, title: Anna, terms: [Anna]}
  - {id: brother, kind: person, title: The brother}
  - id: long-one
    kind: question
    title: Early
    target: {exact: "reaches the boats before anybody"}
"""


@pytest.fixture
def copy(make_copy: Callable[..., Copy]) -> Copy:
    return make_copy(ARTICLE, ANNOTATIONS)


@pytest.fixture
def page(make_page: Callable[..., PageView], copy: Copy) -> PageView:
    return make_page(copy, (760, 800))


def places(copy: Copy, words: str) -> list[int]:
    string, found, at = copy.text.string, [], -1
    while (at := string.find(words, at + 1)) >= 0:
        found.append(at)
    return found


def pixels(page: PageView, start: int, end: int, color: QColor | str) -> int:
    """How many pixels of a colour stand on the words `start:end` as they are shown."""
    layout = page.page_layout()
    assert layout is not None
    picture, wanted = page.viewport().grab().toImage(), QColor(color).rgb()
    count = 0
    for rect in layout.range_rects(start, end):
        area = rect.translated(0, -page.scroll()).toRect()
        assert picture.rect().contains(area), "the words are not in view"
        count += sum(
            picture.pixel(x, y) == wanted
            for x in range(area.left(), area.right() + 1)
            for y in range(area.top(), area.bottom() + 1)
        )
    return count


def underlined(page: PageView, copy: Copy, words: str, color: str) -> list[bool]:
    """For each place of some words, whether they are dotted in a colour."""
    found = []
    for start in places(copy, words):
        dots = pixels(page, start, start + len(words), color)
        # One dot in two pixels of its width, about two pixels high.
        assert dots == 0 or dots >= 3 * len(words)
        found.append(dots > 0)
    return found


# Underlines ---------------------------------------------------------------------------------------


def test_the_first_mention_in_each_section_is_underlined(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    place, person = theme["place"], theme["person"]
    assert underlined(page, copy, "quay", place) == [True, False, True, False, False, False]
    assert underlined(page, copy, "Anna", person) == [True, True, False, False]
    assert underlined(page, copy, "her brother", person) == [True]
    assert underlined(page, copy, "quay", person) == [False] * 6
    assert underlined(page, copy, "walks", place) == [False]


def test_every_mention_is_underlined_in_paragraphs_tables_and_code(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    page.set_underlines("every")
    assert underlined(page, copy, "quay", theme["place"]) == [True] * 6
    assert underlined(page, copy, "Anna", theme["person"]) == [True] * 4


def test_nothing_is_underlined(page: PageView, copy: Copy, theme: Theme) -> None:
    page.set_underlines("none")
    for words in ("quay", "Anna", "her brother"):
        for color in (theme["place"], theme["person"]):
            assert not any(underlined(page, copy, words, color))


def test_words_over_two_lines_are_underlined_on_both(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    layout = page.page_layout()
    assert layout is not None
    (start,) = places(copy, "reaches the boats")
    end = places(copy, "before anybody")[0] + len("before anybody")
    assert len(layout.range_rects(start, end)) == 2
    assert pixels(page, start, start + len("reaches"), theme["question"]) > 20
    assert pixels(page, end - len("anybody"), end, theme["question"]) > 20


@pytest.mark.parametrize("name", NAMES)
def test_underlines_wear_the_theme(page: PageView, copy: Copy, theme: Theme, name: str) -> None:
    other = load_theme(bundled("resources") / "themes", name)
    page.set_theme(other)
    assert underlined(page, copy, "quay", other["place"])[0]


# Tint, hits, flash and frame ----------------------------------------------------------------------


def test_all_words_of_the_active_annotation_are_tinted(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    tint = theme.tint("place", "page", 0.16)
    page.looks.set_active("quay")
    for start in places(copy, "quay"):
        assert pixels(page, start, start + 4, tint) > 100
        # Those that are not underlined otherwise are now.
        assert pixels(page, start, start + 4, theme["place"]) > 10
    assert pixels(page, places(copy, "Anna")[0], places(copy, "Anna")[0] + 4, tint) == 0
    page.looks.set_active("")
    assert all(pixels(page, start, start + 4, tint) == 0 for start in places(copy, "quay"))


def test_hits_are_marked_and_the_current_one_differently(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    hits = [(start, start + 4) for start in places(copy, "quay")]
    page.looks.show_found(hits, hits[1])
    for hit in hits:
        current = hit == hits[1]
        assert (pixels(page, *hit, theme["found_current"]) > 100) == current
        assert (pixels(page, *hit, theme["found"]) > 100) != current
    page.looks.show_found([], None)
    assert all(pixels(page, *hit, theme["found"]) == 0 for hit in hits)


def test_a_flash_appears_and_goes_out(
    page: PageView, copy: Copy, theme: Theme, settle: Callable[[Any], None]
) -> None:
    start = places(copy, "quay")[3]
    page.looks._flash.setInterval(10_000)
    page.looks.flash(start, start + 4)
    assert page.busy()
    assert pixels(page, start, start + 4, theme["flash"]) > 100
    beside = places(copy, "is dark")[0]
    assert pixels(page, beside, beside + 7, theme["flash"]) == 0
    page.looks._flash.setInterval(1)
    settle(page)
    assert pixels(page, start, start + 4, theme["flash"]) == 0


def test_the_keyboards_words_are_framed_while_the_page_has_the_focus(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    start = places(copy, "quay")[0]
    assert pixels(page, start, start + 4, theme["accent"]) == 0
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert pixels(page, start, start + 4, theme["accent"]) > 25
    page.clearFocus()
    QCoreApplication.processEvents()
    assert pixels(page, start, start + 4, theme["accent"]) == 0
    page.setFocus()
    assert pixels(page, start, start + 4, theme["accent"]) > 25
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert pixels(page, start, start + 4, theme["accent"]) == 0


def test_what_is_lit_up_wears_the_theme(page: PageView, copy: Copy, dark: Theme) -> None:
    hits = [(start, start + 4) for start in places(copy, "quay")]
    page.looks.show_found(hits[1:], hits[2])
    QTest.keyClick(page, Qt.Key.Key_Tab)
    page.set_theme(dark)
    assert pixels(page, *hits[0], dark["accent"]) > 25
    assert pixels(page, *hits[1], dark["found"]) > 100
    assert pixels(page, *hits[2], dark["found_current"]) > 100


def test_on_another_text_nothing_is_lit_up_any_more(
    page: PageView, make_copy: Callable[..., Copy], copy: Copy, theme: Theme
) -> None:
    hits = [(start, start + 4) for start in places(copy, "quay")]
    page.looks.show_found(hits, hits[1])
    page.looks.set_active("quay")
    page.looks._flash.setInterval(10_000)
    page.looks.flash(*hits[2])
    page.show_copy(make_copy("# Another\n\n" + "Words without annotations. " * 40, name="another"))
    page.set_theme(theme)
    assert not page.looks.fading
    for name in ("found", "found_current", "flash"):
        assert sum(pixels(page, *hit, theme[name]) for hit in hits) == 0
    assert all(pixels(page, *hit, theme.tint("place", "page", 0.16)) == 0 for hit in hits)


def test_the_frame_hides_nothing_of_what_stands_behind_its_words(
    page: PageView, copy: Copy, theme: Theme
) -> None:
    start = places(copy, "dark")[0]
    without = pixels(page, start + 3, start + 4, theme["text"])
    page.looks.set_focus((start, start + 3))
    assert pixels(page, start, start + 3, theme["accent"]) > 25
    assert pixels(page, start + 3, start + 4, theme["text"]) == without > 0


def test_the_selection_is_seen(page: PageView, copy: Copy, theme: Theme) -> None:
    start = places(copy, "walks")[0]
    page.select(start, start + 5)
    assert pixels(page, start, start + 5, theme["selection"]) > 100
    page.select(0, 0)
    assert pixels(page, start, start + 5, theme["selection"]) == 0


def test_of_a_giant_paragraph_only_what_is_seen_is_drawn(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = make_copy("# Title\n\n" + "the day is long " * 8_000)
    page = make_page(copy)
    hits = [(start, start + 3) for start in places(copy, "day")]
    page.looks.show_found(hits, None)
    counts: list[int] = []
    looks_of = PagePainter._looks

    def counted(painter: PagePainter, *where: int) -> list[tuple[int, int, Look]]:
        looks = looks_of(painter, *where)
        counts.append(len(looks))
        return looks

    monkeypatch.setattr(PagePainter, "_looks", counted)
    page.go_to(hits[5_000][0], 0.5)
    assert pixels(page, *hits[5_000], theme["found"]) > 100
    assert 20 < max(counts) < 400
