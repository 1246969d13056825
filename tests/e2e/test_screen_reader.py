"""What somebody hears who reads with a screen reader: the real program on a real AT-SPI bus.

A test asks what a screen reader asks, presses the keys that its user presses, and holds what
would be spoken against the article.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.text.model import BlockKind
from tests.e2e.at_spi import Bus, Event, Gone, ScreenReader, Thing, missing

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]

Seen = TypeVar("Seen")

CONTROLS = {
    "check box", "combo box", "link", "list", "list item", "menu item", "page tab",
    "page tab list", "progress bar", "push button", "button menu", "radio button", "slider",
    "spin box", "table", "text", "toggle button", "tree", "tree item", "tree table",
}  # fmt: skip
"""What can be used, or walked through, by its role."""


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """A private bus; where there is none the tests are left out, not in CI."""
    if lacking := missing():
        why = f"{lacking} missing; run: build/linux/system-libraries --tests"
        if os.environ.get("CI") in ("true", "1"):
            pytest.fail(why)
        pytest.skip(why)
    bus = Bus(tmp_path_factory.mktemp("bus"))
    yield bus
    bus.end()


class Listener:
    """Somebody who reads with a screen reader: the program, and what is heard of it."""

    def __init__(self, program: Program, reader: ScreenReader) -> None:
        self.program, self.reader = program, reader

    def sees(self, look: Callable[[], Seen | None], what: str) -> Seen:
        """What `look` sees, as soon as that is anything; things that go meanwhile do not matter."""
        __tracebackhide__ = True

        def looked() -> Seen | None:
            try:
                return look()
            except (Gone, IndexError):
                return None

        seen = self.program.until(looked, what)
        assert seen is not None
        return seen

    def hears(self, words: str | Callable[[str], bool]) -> str:
        """Wait until something is announced that has these words in it."""
        __tracebackhide__ = True
        fits = words if callable(words) else lambda said: words in said
        return self.sees(lambda: next(filter(fits, self.reader.announced()), None), f"{words} said")

    def is_at(self, role: str, name: str | Callable[[str], bool] = "") -> Thing:
        """Wait until something of a role, and with a name, has got the keyboard."""
        __tracebackhide__ = True
        found = lambda said: said == name or not name  # noqa: E731
        fits = name if callable(name) else found

        def at() -> Thing | None:
            told = self.told("object:state-changed", lambda each: each.detail == "focused")
            things = [event.source for event in told if event.first]
            at = things[-1] if things else None
            return at if at is not None and at.role == role and fits(at.name) else None

        return self.sees(at, f"the keyboard is at a {role} {name}")

    def told(self, name: str, fits: Callable[[Event], bool] = bool) -> list[Event]:
        """The events of a name that were told since the last key."""
        return [event for event in self.reader.heard(name) if fits(event)]

    def key(self, *keys: str) -> None:
        """Press keys, and listen from now on."""
        self.reader.forget()
        self.program.key(*keys)

    @property
    def window(self) -> Thing:
        """The window of the program."""
        return self.sees(
            lambda: next(iter(self.reader.programs()[0].children()), None), "there is a window"
        )

    def shown(self, role: str, name: str | Callable[[str], bool] = "") -> Thing:
        """Something in any of the windows, as soon as it is there."""
        __tracebackhide__ = True
        return self.sees(
            lambda: self.reader.programs()[0].find(role, name), f"there is a {role} {name}"
        )

    @property
    def page(self) -> Thing:
        """The text that is read."""
        return self.shown("document").parent()


@pytest.fixture
def listen(start: Start, bus: Bus) -> Iterator[Callable[..., Listener]]:
    """Start the program for somebody who listens."""
    readers: list[ScreenReader] = []

    def listen(*arguments: str | Path) -> Listener:
        readers.append(bus.reader())
        program = start(*arguments, DBUS_SESSION_BUS_ADDRESS=bus.address).opened()
        listener = Listener(program, readers[-1])
        listener.sees(lambda: listener.page.length, "there is a text")
        return listener

    yield listen
    for reader in readers:
        reader.close()


def nameless(root: Thing) -> list[str]:
    """The controls inside it of which a screen reader could say nothing."""
    found = []
    for thing in root.all():
        try:
            role = thing.role
            named = thing.name or any(label.name for label in thing.labels())
            if not named and (role in CONTROLS or "focusable" in thing.states):
                found.append(f"{role} in {thing.parent()!r} at {thing.extents}")
        except Gone:
            continue
    return found


# The window


def test_everything_in_the_window_has_a_name(listen: Callable[..., Listener]) -> None:
    one = listen()
    assert one.window.role == "frame"
    for keys, page in (
        ("ctrl+1", "Contents"),
        ("ctrl+2", "Index"),
        ("ctrl+3", "Index"),
        ("ctrl+4", "My notes"),
        ("ctrl+l", "Library"),
    ):
        one.key(keys)
        one.shown("page tab" if page != "Library" else "panel", page)
        one.program.still()
        assert nameless(one.window) == [], page
        roles = {thing.role for thing in one.window.all()}
        assert roles >= {"tool bar", "status bar"}
        assert not roles & {"unknown", "invalid"}
    one.program.quit()


DIALOGS = {
    "ctrl+comma": "Preferences",
    "ctrl+e": "Export notes",
    "ctrl+shift+s": "Share a copy",
    "ctrl+shift+e": "Make my own annotated copy",
    "ctrl+shift+l": "Layers",
    "ctrl+slash": "Keyboard shortcuts",
    "ctrl+p": "Print",
    "ctrl+i": "About this text",
    "ctrl+k": "Command palette",
}


def test_everything_in_a_dialog_has_a_name(listen: Callable[..., Listener]) -> None:
    one = listen()
    for keys, title in DIALOGS.items():
        one.key(keys)
        dialog = one.shown("dialog", partial(begins, title))
        one.program.still()
        assert nameless(dialog) == [], title
        usable = [thing for thing in dialog.all() if "focusable" in thing.states]
        assert len(usable) > 1, f"there is something to use in {title}"
        others = [each for each in one.program.windows() if each != one.program.window]
        one.program.focus(others[0] if others else 0)
        one.key("Escape")
        one.sees(partial(is_gone, dialog), f"{title} is closed")
        one.program.focus()
    one.program.quit()


def test_everything_in_a_note_and_in_the_form_has_a_name(
    listen: Callable[..., Listener], article: Copy, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(article.path, own)
    one = listen(own)
    one.page.take_focus()
    one.key("F7")
    one.hears("caret")
    one.key("Down", "Down", "shift+ctrl+Right", "n")
    one.is_at("text", "Note")
    assert nameless(one.window) == []
    one.key("Escape", "Escape", "Escape", "ctrl+shift+e")
    one.shown("page tab", "Check")
    one.page.take_focus()
    one.key("Down", "shift+ctrl+Right", "a")
    one.shown("text", "Text (Markdown)")
    one.program.still()
    assert nameless(one.window) == []


def begins(words: str, name: str) -> bool:
    """Whether a name begins with these words."""
    return name.startswith(words)


def is_gone(thing: Thing) -> bool:
    """Whether something is not to be seen any more."""
    try:
        return "showing" not in thing.states
    except Gone:
        return True


# The words


def test_the_whole_text_is_there_word_for_word(
    listen: Callable[..., Listener], article: Copy
) -> None:
    page = listen().page
    assert page.name == article.manifest.title
    assert page.description.startswith("F7: "), "how one walks through it is said, too"
    assert page.states >= {"focusable", "read-only", "multi-line", "showing"}
    # A cell of a table is a line of its own there.
    assert page.text() == article.text.string.replace("\t", "\n")
    assert page.length == len(article.text.string)


def test_the_text_is_read_by_line_word_sentence_and_paragraph(
    listen: Callable[..., Listener], article: Copy
) -> None:
    page, string = listen().page, article.text.string
    block = next(
        each
        for each in article.text.blocks
        if each.kind is BlockKind.PARAGRAPH and each.end - each.start > 300
    )
    words = string[block.start : block.end]
    assert page.text_at(block.start + 5, "paragraph")[0].strip() == words
    assert page.text_at(block.start, "character") == (words[0], block.start, block.start + 1)
    assert page.text_at(block.start, "word")[0].strip() == words.split()[0]
    sentence, start, end = page.text_at(block.start + 5, "sentence")
    assert start == block.start
    assert words.startswith(sentence)
    assert sentence.strip()[-1] in ".?!"

    lines, at = [], block.start
    while at < block.end:
        line, start, end = page.text_at(at, "line")
        assert start == at, "one line begins where another ends"
        assert line.strip() == string[start:end].strip()
        lines.append(line)
        at = max(end, at + 1)
        if at < block.end and string[at] == " ":
            at += 1
    assert len(lines) > 2
    assert " ".join(line.strip() for line in lines) == words

    tops = [page.character_extents(page.text_at(block.start + 1, "line")[1])[1]]
    second = page.text_at(block.start, "line")[2] + 2
    tops.append(page.character_extents(second)[1])
    left, top, width, height = page.extents
    assert top < tops[0] < tops[1] < top + height, "lines stand below each other on the page"
    x, y, wide, tall = page.character_extents(second)
    assert left < x < left + width
    assert page.offset_at(x + wide // 2, y + tall // 2) == second


def test_a_caret_walks_through_the_text(listen: Callable[..., Listener], article: Copy) -> None:
    one = listen()
    page = one.page
    page.take_focus()
    one.key("F7")
    one.hears("caret")
    one.key("Down")
    line = page.text_at(0, "line")[0]
    one.sees(lambda: page.caret >= len(line), "the caret is on the second line")
    assert one.told("object:text-caret-moved", lambda each: each.first == page.caret)
    at = page.caret
    one.key("shift+ctrl+Right")
    chosen = one.sees(page.selection, "words are selected")
    assert one.told("object:text-selection-changed")
    assert chosen[0] == at
    assert page.text(*chosen).strip() == article.text.string[at : chosen[1]].strip()
    page.set_caret(300)
    one.sees(lambda: page.caret == 300, "the caret is where the screen reader put it")


def test_a_caret_says_what_it_comes_upon(listen: Callable[..., Listener], article: Copy) -> None:
    one = listen()
    page = one.page
    page.take_focus()
    one.key("F7")
    one.hears("caret")
    heading = [each for each in article.text.blocks if each.kind is BlockKind.HEADING][1]
    page.set_caret(heading.start)
    one.hears(f"heading, level {heading.level}")
    table = next(each for each in article.text.blocks if each.kind is BlockKind.TABLE)
    one.reader.forget()
    page.set_caret(table.rows[1][2].start)
    one.hears("table, row 2, column 3")
    mention = article.attachment.mentions[0]
    one.reader.forget()
    page.set_caret(mention.start)
    words = article.text.string[mention.start : mention.end]
    one.hears(lambda said: f"{words}, " in said and "annotation" in said)


# What the words are


def test_headings_lists_and_paragraphs_are_in_order(
    listen: Callable[..., Listener], article: Copy
) -> None:
    one = listen()
    document = one.shown("document")
    string = article.text.string
    roles = {
        BlockKind.HEADING: "heading",
        BlockKind.PARAGRAPH: "paragraph",
        BlockKind.LIST_ITEM: "list item",
        BlockKind.QUOTE: "block quote",
        BlockKind.TABLE: "table",
        BlockKind.RULE: "separator",
        BlockKind.IMAGE: "graphic",
    }
    said: list[tuple[str, str]] = []
    levels = []
    for section in document.children():
        inside = [
            item
            for each in section.children()
            for item in (each.children() if each.role == "list" else [each])
        ]
        said += [(thing.role, thing.name) for thing in inside]
        levels += [int(thing.attributes["level"]) for thing in inside if thing.role == "heading"]
    blocks = article.text.blocks
    assert [role for role, _ in said] == [roles[block.kind] for block in blocks]
    assert levels == [block.level for block in blocks if block.kind is BlockKind.HEADING]
    for (role, name), block in zip(said, blocks, strict=True):
        if role not in ("table", "separator"):
            assert name.endswith(string[block.start : block.end])


def test_a_table_is_read_with_the_heads_of_its_columns(
    listen: Callable[..., Listener], article: Copy
) -> None:
    table = next(each for each in article.text.blocks if each.kind is BlockKind.TABLE)
    words = [[article.text.string[cell.start : cell.end] for cell in row] for row in table.rows]
    rows = listen().shown("table").children()
    assert [[cell.name for cell in row.children()] for row in rows] == words
    assert {cell.role for cell in rows[0].children()} == {"column header"}
    assert rows[1].name == ", ".join(map("{}: {}".format, words[0], words[1]))


def test_pictures_say_what_they_show(listen: Callable[..., Listener], article: Copy) -> None:
    welcome = article.path.parent / "welcome"
    one = listen(welcome)
    copy = open_copy(welcome)
    shown = [each for each in copy.text.blocks if each.kind is BlockKind.IMAGE]
    pictures = [
        thing
        for section in one.shown("document").children()
        for thing in section.children()
        if thing.role == "graphic"
    ]
    assert [(thing.name, thing.description) for thing in pictures] == [
        (block.alt, block.caption) for block in shown
    ]
    drawn = next(each for each in copy.annotations if each.image and copy.attachment.of(each.id))
    mention = copy.attachment.of(drawn.id)[0]
    words = copy.text.string[mention.start : mention.end]
    link = next(
        link
        for section in one.shown("document").children()
        for thing in everything(section)
        if (link := thing).role == "link" and link.name.startswith(f"{words}, ")
    )
    link.do("Press")
    assert drawn.image is not None
    one.hears(drawn.image.alt)


def everything(thing: Thing) -> Iterator[Thing]:
    """Something and all that is inside it, be it in view or not."""
    yield thing
    for child in thing.children():
        yield from everything(child)


def test_charts_are_read_as_data(listen: Callable[..., Listener], article: Copy) -> None:
    figure = next(
        each
        for each in article.annotations
        if each.chart is not None and article.attachment.of(each.id)
    )
    assert figure.chart is not None
    one = listen()
    chart = one.shown("chart", figure.chart.title)
    for name, _ in list(figure.chart.values)[:2]:
        assert name in chart.description
    card = one.shown("list item", lambda name: figure.title in name)
    assert chart.description in card.description


# From words to cards, and back


def test_underlined_words_are_links_to_annotations(
    listen: Callable[..., Listener], article: Copy
) -> None:
    one = listen()
    mention = article.attachment.mentions[0]
    kind = article.by_id[mention.annotation].kind
    words = article.text.string[mention.start : mention.end]
    page = one.page
    page.take_focus()
    one.key("Tab")
    link = one.is_at("link", f"{words}, {kind.value}, annotation")
    assert "focused" in link.states
    assert link.parent().role == "paragraph"
    left, top, _, height = link.extents
    x, y, _, tall = page.character_extents(mention.start)
    assert abs(left - x) <= 2
    assert top <= y + tall / 2 <= top + height
    one.key("Tab")
    assert one.is_at("link") != link


def test_from_words_to_their_card_and_back_by_keyboard(
    listen: Callable[..., Listener], article: Copy
) -> None:
    one = listen()
    one.page.take_focus()
    one.key("Tab")
    link = one.is_at("link")
    annotation = article.by_id[article.attachment.mentions[0].annotation]
    one.key("Return")
    said = one.hears(annotation.title)
    assert kind_word(annotation.kind) in said
    one.key("F6")
    card = one.is_at("list item", lambda name: annotation.title in name)
    assert card.states >= {"focused", "selected", "expanded"}
    assert card.parent().role == "list"
    one.key("Down")
    following = one.is_at("list item")
    assert following != card
    assert "selected" not in following.states
    one.key("Up")
    one.is_at("list item", card.name)
    one.key("Escape")
    assert one.is_at("link") == link


def test_from_words_to_their_card_and_back_by_action(
    listen: Callable[..., Listener], article: Copy
) -> None:
    one = listen()
    link = one.shown("link")
    assert link.actions() == ["Press", "SetFocus"]
    one.reader.forget()
    link.do("SetFocus")
    assert one.is_at("link") == link
    link.do("Press")
    annotation = article.by_id[article.attachment.mentions[0].annotation]
    one.hears(annotation.title)
    card = one.shown("list item", lambda name: annotation.title in name)
    card.do("SetFocus")
    one.is_at("list item", card.name)
    assert "Back" in card.actions()
    card.do("Back")
    assert one.is_at("link") == link


def test_cards_are_a_list_that_says_how_many_there_are(
    listen: Callable[..., Listener], article: Copy
) -> None:
    cards = listen().shown("list", "Cards").children()
    count = sum(
        bool(each.whole_text or article.attachment.of(each.id)) for each in article.annotations
    )
    assert len(cards) > 3
    for number, card in enumerate(cards[:4], 1):
        place, body = card.description.split("\n", 1)
        assert card.role == "list item"
        assert place == f"{number} of {count}"
        assert body.strip()
        assert ("expanded" in card.states) != ("collapsed" in card.states)
    titles = {each.title for each in article.annotations}
    assert all(any(title in card.name for title in titles) for card in cards)


# What is new


def test_marks_are_announced_and_found_among_the_words(
    listen: Callable[..., Listener], article: Copy
) -> None:
    one = listen()
    page = one.page
    page.take_focus()
    one.key("F7")
    one.hears("caret")
    block = next(each for each in article.text.blocks if each.kind is BlockKind.PARAGRAPH)
    page.set_caret(block.start)
    one.sees(lambda: page.caret == block.start, "the caret is there")
    one.key("shift+ctrl+Right")
    start, end = one.sees(page.selection, "a word is selected")
    word = page.text(start, end).strip()
    one.key("1")
    one.hears(f"Added: yellow highlight, {word}")
    mark = one.shown("note", lambda name: name.startswith("yellow highlight"))
    assert mark.name.strip() == f"yellow highlight: {word}"
    one.reader.forget()
    page.set_caret(block.start + 40)
    page.set_caret(block.start)
    one.key("ctrl+z")
    one.hears(f"Removed: yellow highlight, {word}")
    one.sees(lambda: not page.parent().find_all("note"), "the mark is gone")
    one.key("ctrl+shift+z")
    one.hears(f"Added: yellow highlight, {word}")


def test_what_a_search_finds_is_announced(listen: Callable[..., Listener], article: Copy) -> None:
    one = listen()
    word = "ceasefire"
    count = article.text.string.lower().count(word)
    one.key("ctrl+f")
    one.is_at("text", "Search the text")
    one.reader.forget()
    one.program.type(word)
    one.hears(f"1 of {count}: ")
    one.key("Return")
    said = one.hears(f"2 of {count}: ")
    assert word in said.lower(), "the line is read, too"
    one.key("ctrl+a")
    one.program.type("zzz")
    one.hears("Nothing found")


def test_a_text_that_cannot_be_opened_is_announced_at_once(
    listen: Callable[..., Listener], start: Start, tmp_path: Path
) -> None:
    one = listen()
    one.reader.forget()
    broken = tmp_path / "broken.annotated"
    broken.write_bytes(b"not a copy")
    start(broken).ended()
    one.hears("broken.annotated")
    notice = one.shown("notification")
    assert "broken.annotated" in notice.description
    assert one.told("object:announcement")[0].first == 2, "it interrupts what is being said"


def test_long_work_is_announced_and_can_be_followed(
    listen: Callable[..., Listener], start: Start, tmp_path: Path
) -> None:
    one = listen()
    one.reader.forget()
    novel = tmp_path / "novel.md"
    line = "Nobody had been on the quay since *the boats* went out, and nobody asked. " * 8
    chapters = (f"## Chapter {each}\n\n" + f"{line}\n\n" * 50 for each in range(100))
    novel.write_text("\n".join(chapters), "utf-8")
    start(novel).ended()
    one.hears("Opening novel.md")
    one.sees(lambda: one.page.length > 2_000_000, "the novel is there")
    document = one.shown("document")
    assert len(document.children()) == 100, "a chapter each, and no more before one asks"
    last = document.children()[-1].children()
    assert (last[0].role, last[0].name) == ("heading", "Chapter 99")
    at = one.page.length - 200
    line, begin, end = one.page.text_at(at, "line")
    assert begin <= at < end
    assert line == one.page.text(begin, end)


def test_another_text_is_announced_and_read(
    listen: Callable[..., Listener], start: Start, article: Copy
) -> None:
    one = listen()
    one.reader.forget()
    start(article.path.parent / "welcome").ended()
    one.sees(lambda: one.page.name != article.manifest.title, "the other text is there")
    title = one.page.name
    one.hears(title)
    assert one.shown("document").name == title
    assert one.shown("heading").name in one.page.text()


def test_texts_come_and_go_while_somebody_walks_through_them(
    listen: Callable[..., Listener], start: Start, article: Copy
) -> None:
    one = listen()
    content = article.path.parent
    for number in range(10):
        other = start(content / ("welcome", article.path.name)[number % 2])
        while other.process.poll() is None:
            walk(one)
        walk(one)
    one.program.focus()
    one.program.quit()


def walk(one: Listener) -> None:
    """Ask all that can be asked of all there is, as it goes and comes."""
    assert one.program.process.poll() is None, one.program.said()
    for program in one.reader.programs():
        try:
            for thing in program.all():
                assert thing.role
                assert isinstance(thing.name + thing.description, str)
                assert thing.extents
        except Gone:
            continue


def kind_word(kind: Kind) -> str:
    """What a kind is called on a card."""
    return kind.value.capitalize()
