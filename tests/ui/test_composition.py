"""The text is set as the reader wishes, and the line being read stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from reader.copies.copy import Copy
from reader.settings import DECLARED, Settings
from reader.text.model import BlockKind, Style
from reader.ui.fonts import Faces
from reader.ui.page.composition import COMPOSED, Composition, chosen_composition
from reader.ui.page.page import PageView
from reader.ui.page.typography import MEASURE, Typography

SAMPLE = "the quick brown fox jumps over a lazy dog and rests"
WIDE = 4000


def typography(faces: Faces, **wishes: Any) -> Typography:
    return Typography(faces, 1.0, WIDE, Composition(**wishes))


def characters(set_so: Typography) -> float:
    """How many average letters a full line takes."""
    font = set_so.font(BlockKind.PARAGRAPH, 0, Style.NONE)
    return set_so.column / (QFontMetricsF(font).horizontalAdvance(SAMPLE) / len(SAMPLE))


def test_without_wishes_the_text_is_set_as_ever(faces: Faces, tmp_path: Path) -> None:
    assert chosen_composition(Settings(tmp_path)) == Composition()
    assert typography(faces).column == MEASURE
    assert all(DECLARED[name].section == "reading" for name in COMPOSED)


def test_every_setting_of_it_is_heard(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for name, value in zip(COMPOSED, ("sans", 150, 200, 12, 16, 50, True), strict=True):
        before = chosen_composition(settings)
        settings[name] = value
        assert chosen_composition(settings) != before, name
    assert chosen_composition(settings) == Composition("sans", 1.5, 2.0, 0.12, 0.16, 50, True)


@pytest.mark.parametrize(
    "wishes",
    [
        {},
        {"face": "sans"},
        {"face": "monospace"},
        {"letters": 0.12},
        {"words": 0.3},
        {"face": "monospace", "letters": 0.1, "words": 0.5, "characters": 40},
        {"characters": 90},
    ],
)
def test_a_line_has_as_many_characters_whatever_the_face_and_the_spaces(
    faces: Faces, wishes: dict[str, Any]
) -> None:
    usual = characters(typography(faces))
    wanted = usual * wishes.get("characters", 66) / 66
    assert characters(typography(faces, **wishes)) == pytest.approx(wanted, rel=0.06)


def test_a_column_is_never_wider_than_its_room(faces: Faces) -> None:
    assert Typography(faces, 3.0, 500, Composition(characters=120)).column == 500


def test_lines_and_paragraphs_stand_as_far_apart_as_one_wishes(faces: Faces) -> None:
    usual = typography(faces).style(BlockKind.PARAGRAPH, 0)
    wide = typography(faces, lines=1.5, paragraphs=2.0).style(BlockKind.PARAGRAPH, 0)
    assert wide.line == pytest.approx(1.5 * usual.line, abs=1)
    assert (wide.before, wide.after) == (2 * usual.before, 2 * usual.after)


def test_the_face_is_the_readers_and_code_keeps_its_own(faces: Faces) -> None:
    def family(set_so: Typography, style: Style = Style.NONE) -> str:
        return QFontInfo(set_so.font(BlockKind.PARAGRAPH, 0, style)).family()

    usual, sans = typography(faces), typography(faces, face="sans")
    assert "Serif" in family(usual)
    assert "Hanken" in family(sans)
    assert family(sans, Style.CODE) == family(usual, Style.CODE)
    assert family(typography(faces, face="monospace")) == family(usual, Style.CODE)
    assert family(typography(faces, face="A Face That Nobody Has")) == family(usual)


@pytest.mark.parametrize(
    "wishes",
    [
        Composition(lines=1.6),
        Composition(face="sans", letters=0.1, words=0.2),
        Composition(paragraphs=2.5, characters=40, justified=True),
    ],
)
def test_the_line_being_read_stays_where_it_is(
    make_page: Callable[..., PageView],
    guide: Copy,
    settle: Callable[[Any], None],
    wishes: Composition,
) -> None:
    page = make_page(guide)
    page.go_to(guide.text.string.index("Finding your way"), 0)
    settle(page)
    place, top = page.place(), page.line_top(page.place()) - page.scroll()
    total = page.verticalScrollBar().maximum()
    for composition in (wishes, Composition()):
        page.set_composition(composition)
        settle(page)
        assert page.place() == place
        assert abs(page.line_top(place) - page.scroll() - top) <= 2
    assert page.verticalScrollBar().maximum() == total
    page.set_composition(wishes)
    settle(page)
    assert page.verticalScrollBar().maximum() != total


def test_justified_lines_end_at_the_right_edge_but_the_last(
    make_page: Callable[..., PageView], harbour: Copy
) -> None:
    page = make_page(harbour)
    layout = page.page_layout()
    assert layout is not None
    block = max(harbour.text.blocks, key=lambda block: block.end - block.start)
    ragged = layout.range_rects(block.start, block.end)
    page.set_composition(Composition(justified=True))
    even = layout.range_rects(block.start, block.end)
    edge = layout.left + layout.typography.column
    assert any(rect.right() < edge - 4 for rect in ragged[:-1])
    assert all(abs(rect.right() - edge) < 1.5 for rect in even[:-1])
    assert even[-1].right() < edge - 4


def test_the_window_sets_the_text_anew_and_one_command_brings_it_back(
    make_window: Callable[..., Any], guide: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(guide.path)
    layout = window.reading.page.page_layout()
    usual = layout.typography.column
    left = layout.left
    for name, value in {
        "measure": 40, "line-spacing": 160, "text-face": "sans", "page-margin": 120,
    }.items():  # fmt: skip
        window._settings[name] = value
    settle(window.reading)
    assert layout.typography.column < usual
    assert layout.left >= 120 > left
    assert "Hanken" in QFontInfo(layout.typography.style(BlockKind.PARAGRAPH, 0).font).family()
    window.appearance.choose_size(150)
    window.actions_["usual-setting"].trigger()
    settle(window.reading)
    assert layout.typography.column == round(usual * 1.5)
    assert layout.typography.composition == Composition()
    assert window.appearance.size == 150, "the size is another command's"


def test_what_was_chosen_is_there_the_next_time(
    make_window: Callable[..., Any], guide: Copy
) -> None:
    first = make_window(guide.path)
    first._settings["line-spacing"] = 180
    first._settings["ruler"] = True
    first.close()
    second = make_window(guide.path)
    assert second.reading.page.page_layout().typography.composition.lines == 1.8
    assert second.reading.ruler.isVisible()
    assert second.actions_["ruler"].isChecked()


@pytest.mark.parametrize("percent", [100, 300])
def test_with_all_space_that_can_be_chosen_nothing_is_cut(
    make_window: Callable[..., Any], guide: Copy, percent: int
) -> None:
    window = make_window(guide.path, (1000, 700))
    for name in ("letter-spacing", "word-spacing", "page-margin", "measure"):
        window._settings[name] = DECLARED[name].highest
    window.appearance.choose_size(percent)
    layout = window.reading.page.page_layout()
    view = window.reading.page.viewport().width()
    for block in guide.text.blocks:
        for rect in layout.range_rects(block.start, block.end):
            assert rect.left() >= 0
            assert rect.right() <= view


# Motion -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("motion", "fades"), [("reduced", False), ("full", True)])
def test_words_light_up_without_fading_where_motion_is_reduced(
    make_window: Callable[..., Any], guide: Copy, motion: str, fades: bool
) -> None:
    window = make_window(guide.path)
    window._settings["motion"] = motion
    page = window.reading.page
    page.looks.flash(10, 20)
    seen = set()
    while page.looks._flash.isActive():
        seen |= {
            look.fill.alpha()
            for *_, look in page.page_layout().decorations.touching(10, 20)
            if look.fill is not None
        }
        page.looks._fade()
    assert (len(seen) > 1) == fades
    assert 255 in seen
