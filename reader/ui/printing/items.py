"""What is printed in the column of the text, from its title to the notes at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reader.exchange.notebook import Notebook
from reader.text.model import BlockKind, Text
from reader.ui.dates import date_words
from reader.ui.page.decorations import Layer, Look
from reader.ui.page.pieces import Row, make_rows
from reader.ui.printing.content import Content, PrintedNote, is_titled
from reader.ui.printing.setting import Setting, words_as_text
from reader.ui.printing.setup import Setup

_BETWEEN_MEANINGS = " \u00a0 "


@dataclass(frozen=True, slots=True)
class RowItem:
    """A row of a text, `gap` below what is above it."""

    setting: Setting
    row: Row
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A note that has no place in the text."""

    note: PrintedNote
    gap: float = 0.0


Item = RowItem | NoteItem


def items_of(notebook: Notebook, content: Content, setup: Setup) -> list[Item]:
    """All that is printed, but for the notes whose numbers stand in the text."""
    return list(_Items(notebook, content, setup).all())


class _Items:
    def __init__(self, notebook: Notebook, content: Content, setup: Setup) -> None:
        self._notebook, self._content, self._setup = notebook, content, setup

    def all(self) -> Iterator[Item]:
        text = self._notebook.text or Text("", ())
        content = self._content
        body = self._setup.setting(
            text,
            self._setup.body,
            layer=content.layer,
            numbers=content.numbers,
            with_pictures=True,
        )
        rows = make_rows(text)
        start = 0
        if is_titled(text):
            start = 1
            yield RowItem(body, rows[0])
        elif self._notebook.document.title:
            yield self._words(self._notebook.document.title, BlockKind.HEADING, 1)
        yield from self._byline()
        yield from self._legend()
        for index in range(start, len(rows)):
            if index == start:
                gap = self._setup.body.style(BlockKind.HEADING, 2).before
            else:
                gap = body.gap(rows[index], rows[index - 1])
            yield RowItem(body, rows[index], gap)
        yield from self._elsewhere()

    def _byline(self) -> Iterator[Item]:
        document = self._notebook.document
        words = (", ".join(document.authors), date_words(document.date), document.source)
        if any(words):
            yield self._words(" · ".join(filter(None, words)), gap=0.4, aside=True)

    def _legend(self) -> Iterator[Item]:
        """What the colours mean, each word in its own."""
        words = ""
        looks: list[tuple[int, int, Look]] = []
        for color, meaning in self._content.legend:
            words += _BETWEEN_MEANINGS if words else ""
            look = Look(fill=self._setup.theme.color(f"mark_{color}"))
            looks.append((len(words), len(words) + len(meaning), look))
            words += meaning
        if words:
            yield self._words(words, gap=0.6, aside=True, layer=Layer(looks))

    def _elsewhere(self) -> Iterator[Item]:
        """The text's footnotes, and notes that have no place in it."""
        if self._content.footnotes:
            yield self._heading(QCoreApplication.translate("Printing", "Footnotes"))
            yield from map(self._note, self._content.footnotes)
        if self._content.of_the_text:
            yield self._heading(QCoreApplication.translate("Printing", "On the whole text"))
            yield from map(self._note, self._content.of_the_text)
        if not self._content.without_place:
            return
        if self._notebook.text is None:
            words = QCoreApplication.translate(
                "Printing", "The text is not at hand. These are the notes on it."
            )
            yield self._words(words, gap=1.5)
        else:
            yield self._heading(QCoreApplication.translate("Printing", "Not found in the text"))
        yield from map(self._note, self._content.without_place)

    def _heading(self, words: str) -> Item:
        return self._words(words, BlockKind.HEADING, 2, gap=2.0)

    def _words(
        self,
        words: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int = 0,
        gap: float = 0.0,
        aside: bool = False,
        layer: Layer | None = None,
    ) -> Item:
        """Words that are not the text's; `gap` is in sizes of the body's face."""
        setup = self._setup
        setting = setup.setting(
            words_as_text(words, kind, level),
            setup.below if aside else setup.body,
            "muted" if aside else "text",
            layer,
        )
        return RowItem(setting, Row(0, 0), gap * setup.em)

    def _note(self, note: PrintedNote) -> Item:
        return NoteItem(note, 0.7 * self._setup.em)
