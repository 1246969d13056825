"""A note's card: in the colours of its theme whatever it was before, and with dates in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import Mark, MarkKind
from reader.annotations.placing import PlacedMark
from reader.annotations.selectors import Selector
from reader.text.markdown import parse_markdown
from reader.ui.dates import date_words
from reader.ui.margin.guide import Guide
from reader.ui.margin.note_card import NoteCard, NoteContent, when
from reader.ui.theme import Theme
from tests.ui.conftest import shown

NOTE = "See [it](https://a.example), and *more*."


@pytest.fixture
def make_card(qtbot: Any, look: None) -> Callable[[Theme], NoteCard]:
    def make(theme: Theme) -> NoteCard:
        mark = Mark(
            "urn:uuid:1",
            MarkKind.NOTE,
            Selector("a star"),
            note=NOTE,
            tags=("sky",),
            modified="2020-02-03T10:00:00Z",
        )
        content = NoteContent(
            PlacedMark(mark, Anchor(State.EXACT, 0, 6)),
            parse_markdown(NOTE),
            links=[("Another note", "urn:uuid:2")],
        )
        card = NoteCard(content, theme, Guide())
        shown(qtbot, card, (360, card.whole_height(360)))
        return card

    return make


@pytest.mark.parametrize("darkens", [True, False])
@pytest.mark.parametrize("active", [True, False])
def test_another_theme_leaves_nothing_of_the_one_before(
    make_card: Callable[[Theme], NoteCard], theme: Theme, dark: Theme, darkens: bool, active: bool
) -> None:
    def picture(card: NoteCard) -> QImage:
        card.set_active(active)
        return card.grab().toImage()

    first, then = (theme, dark) if darkens else (dark, theme)
    QApplication.setPalette(first.palette())
    card = make_card(first)
    card.set_active(active)
    QApplication.setPalette(then.palette())
    card.apply_theme(then)
    assert picture(card) == picture(make_card(then))


def test_a_day_is_told_as_everywhere_else() -> None:
    assert when("2020-02-03T10:00:00Z") == date_words("2020-02-03") == "3 February 2020"
