"""Reading the shipped article: what the window shows, and how keys and mouse move in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from reader.annotations.attachment import Mention
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Picture, Program

    Start = Callable[..., Program]

A_VIEW = 4000
"""Code points: more than fit into the window."""


def page_of(picture: Picture, theme: Theme) -> Picture:
    """The page without what stands left and right of it, header and status line."""
    left = 0
    middle = picture.height // 2
    while picture.colour(left, middle) == theme["window"]:
        left += 1
    return picture.part(left + 1, 60, picture.width, picture.height - 40)


def annotation_of(copy: Copy, kind: Kind) -> tuple[str, Mention]:
    """The title and first mention of an annotation of a kind that is met late in the text."""
    found = [
        (each.title, copy.attachment.of(each.id)[0])
        for each in copy.annotations
        if each.kind is kind and copy.attachment.of(each.id)
    ]
    return max(found, key=lambda one: one[1].start)


def is_framed(picture: Picture, x: int, y: int, theme: Theme, kind: Kind) -> bool:
    """Whether the card that has its square here has an edge of its kind's colour: is active."""
    while y > 0 and picture.colour(x, y) != theme["card"]:
        y -= 1
    while y > 0 and picture.colour(x, y) == theme["card"]:
        y -= 1
    # The edge is smoothed: it stands somewhere between its colour and the card's.
    edge, card, ink = (
        QColor(each) for each in (picture.colour(x, y), theme["card"], theme[kind.value])
    )
    shares = [
        (of(card) - of(edge)) / (of(card) - of(ink))
        for of in (QColor.red, QColor.green, QColor.blue)
    ]
    return min(shares) > 0.3 and max(shares) - min(shares) < 0.05


def test_the_first_start_shows_the_shipped_article(
    start: Start, article: Copy, light: Theme
) -> None:
    program = start().opened(article.manifest.title)
    picture = program.still()
    page = page_of(picture, light)
    assert page.colour(4, 4) == light["page"]
    assert len(page.spots(light["text"])) > 5000, "there are words on the page"
    for kind in (Kind.EVENT, Kind.DEFINITION, Kind.FIGURE):
        assert page.underlines(light[kind.value]), f"words with a {kind.value} are underlined"
        assert page.squares(light[kind.value]), f"a card of a {kind.value} stands beside them"
    program.quit()


def test_find_marks_the_places_and_goes_from_one_to_the_next(
    start: Start, article: Copy, light: Theme
) -> None:
    string, word = article.text.string, "ceasefire"
    places = [at for at in range(len(string)) if string[at : at + len(word)].lower() == word]
    assert places[-1] - places[0] > A_VIEW, "the last one is not in view at first"
    program = start().opened()
    assert not program.still().spots(light["found_current"])

    program.key("ctrl+f")
    program.type(word)
    program.shows(lambda seen: seen.spots(light["found_current"]), "the first place was marked")
    program.key(*["F3"] * (len(places) - 1))
    program.until(
        lambda: 0 < places[-1] - program.place(article.manifest.id)[0] < A_VIEW,
        "the last place was in view",
    )
    # Past the last one it goes on from the first, and back again.
    program.key("F3")
    program.until(
        lambda: 0 <= program.place(article.manifest.id)[0] < places[1], "the first was in view"
    )
    program.key("shift+F3")
    program.until(
        lambda: 0 < places[-1] - program.place(article.manifest.id)[0] < A_VIEW,
        "the last was in view again",
    )
    assert program.picture().spots(light["found_current"])
    program.key("Escape")
    program.shows(lambda seen: not seen.spots(light["found_current"]), "nothing was marked")
    program.quit()


def test_the_palette_goes_to_an_annotation_and_opens_its_card(
    start: Start, article: Copy, light: Theme
) -> None:
    title, mention = annotation_of(article, Kind.EVENT)
    tint = light.tint(Kind.EVENT.value, "page", 0.16)
    program = start().opened()
    assert not program.still().spots(tint)

    program.key("ctrl+k")
    program.type(title)
    program.key("Return")
    words = program.shows(lambda seen: seen.spots(tint), "the words were tinted")
    picture = program.still()
    cards = [
        (x, y)
        for x, y in picture.squares(light[Kind.EVENT.value])
        if x > words[-1][0] and is_framed(picture, x, y, light, Kind.EVENT)
    ]
    assert len(cards) == 1, "one card is the active one"
    top, bottom = words[0][1], words[-1][1]
    assert top - 20 < cards[0][1] < bottom + 20, "and it stands beside its words"
    program.quit()
    assert 0 <= mention.start - program.place(article.manifest.id)[0] < A_VIEW


def test_a_click_on_underlined_words_opens_the_card_beside_them(start: Start, light: Theme) -> None:
    program = start().opened()
    kind = Kind.EVENT
    picture = program.still()
    left, right, y = picture.underlines(light[kind.value])[0]
    squares = [(x, at) for x, at in picture.squares(light[kind.value]) if x > right]
    assert not any(is_framed(picture, x, at, light, kind) for x, at in squares)

    program.click((left + right) // 2, y - 8)
    tint = light.tint(kind.value, "page", 0.16)
    program.shows(lambda seen: seen.spots(tint), "the words were tinted")
    program.put_pointer_away()
    picture = program.still()
    assert picture.part(left, y - 18, right, y).spots(tint)
    framed = [
        (x, at)
        for x, at in picture.squares(light[kind.value])
        if x > right and is_framed(picture, x, at, light, kind)
    ]
    assert len(framed) == 1
    assert abs(framed[0][1] - y) < 40, "the card is level with the words"

    program.key("Escape")
    program.shows(lambda seen: not seen.spots(tint), "Escape had made it one card among others")
    program.quit()


def test_keys_hide_the_panel_and_the_margin(start: Start, light: Theme) -> None:
    program = start().opened()
    whole = program.still()
    at = 3, whole.height // 2
    kinds = [light[kind.value] for kind in (Kind.EVENT, Kind.DEFINITION, Kind.FIGURE)]
    assert whole.colour(*at) == light["window"]
    assert any(whole.squares(kind) for kind in kinds)

    program.key("F9")
    program.shows(lambda seen: seen.colour(*at) == light["page"], "the panel was gone")
    program.key("F8")
    program.shows(lambda seen: not any(map(seen.squares, kinds)), "the cards were gone")
    program.quit()
    assert (program.settings()["panel"], program.settings()["margin"]) == (False, False)

    program = start().opened()
    picture = program.still()
    assert picture.colour(*at) == light["page"], "the panel stays away"
    assert not any(map(picture.squares, kinds)), "and so do the cards"
    program.key("F8", "F9")
    program.shows(lambda seen: seen == whole, "all was as it had been at first")
    program.quit()


def test_the_text_grows_and_shrinks_where_one_reads(start: Start, article: Copy) -> None:
    program = start().opened()
    program.key("Next", "Next", "Next")
    program.until(lambda: program.place(article.manifest.id)[0] > 0, "the place was kept")
    normal = program.still()
    place, _ = program.place(article.manifest.id)

    program.key("ctrl+plus", "ctrl+plus")
    program.setting("text-size", 125)
    larger = program.still()
    assert larger != normal
    program.point(normal.width // 2, normal.height // 2)
    program.wheel(1, holding="ctrl")
    program.setting("text-size", 110)
    program.wheel(-2, holding="ctrl")
    program.setting("text-size", 150)
    program.put_pointer_away()
    program.key("ctrl+0")
    program.setting("text-size", 100)
    program.shows(lambda seen: seen == normal, "the page was as it had been, line for line")
    program.quit()
    assert program.place(article.manifest.id)[0] == place


def test_the_next_start_goes_on_where_the_last_one_ended(start: Start, article: Copy) -> None:
    program = start().opened()
    program.resize(1180, 760)
    program.key(*["Next"] * 4)
    program.quit()
    place, progress = program.place(article.manifest.id)
    assert place > A_VIEW / 2
    assert 0.05 < progress < 0.95

    program = start().opened(article.manifest.title)
    assert program.area().size().toTuple() == (1180, 760)
    program.still()
    program.quit()
    assert program.place(article.manifest.id)[0] == place


def test_an_annotation_can_be_named_on_the_command_line(
    start: Start, article: Copy, light: Theme
) -> None:
    _, mention = annotation_of(article, Kind.PERSON)
    program = start("--at", mention.annotation, "--size", "1000x700").opened()
    assert program.area().size().toTuple() == (1000, 700)
    tint = light.tint(Kind.PERSON.value, "page", 0.16)
    program.shows(lambda seen: seen.spots(tint), "its words were tinted")
    program.quit()
    assert 0 <= mention.start - program.place(article.manifest.id)[0] < A_VIEW


def test_an_annotation_that_is_not_there_is_said_in_the_window(start: Start, light: Theme) -> None:
    program = start("--at", "unicorn").opened()
    program.shows(lambda seen: len(seen.runs(light["found"])) > 20, "there was a notice")
    program.quit()
