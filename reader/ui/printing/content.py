"""What a print says: the notes of a notebook, numbered, and where their numbers stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from reader.annotations.anchors import State
from reader.annotations.attachment import Mention
from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.model import Annotation
from reader.exchange.note_links import NoteLinks
from reader.exchange.notebook import Entry, Notebook
from reader.exchange.quoting import escaped
from reader.text.model import OBJECT, BlockKind, Text
from reader.ui.dates import date_words
from reader.ui.kinds import kind_name
from reader.ui.margin.chart import chart_words
from reader.ui.page.decorations import Layer, Look
from reader.ui.page.selection_bar import color_word
from reader.ui.printing.options import PrintOptions
from reader.ui.printing.words import Number
from reader.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note, or a card, as it is printed. `number` is 0 where none stands in the text.

    `role` is the theme's role of its colour, `body` Markdown, `about` the line below it;
    `quote` is printed above it where it has no place in the text. `picture` is the name of
    one of the copy's.
    """

    number: int
    role: str
    body: str = ""
    about: str = ""
    title: str = ""
    quote: str = ""
    picture: str = ""


@dataclass
class Content:
    """The notes of a print.

    `notes[n - 1]` has the number n; `without_place` are those whose words are not in the
    text, `of_the_text` those about the whole of it. `numbers` has those of each block, by its
    index; `layer` the looks of marked words.
    """

    notes: list[PrintedNote] = field(default_factory=list)
    without_place: list[PrintedNote] = field(default_factory=list)
    of_the_text: list[PrintedNote] = field(default_factory=list)
    numbers: dict[int, list[Number]] = field(default_factory=dict)
    layer: Layer = field(default_factory=Layer)
    footnotes: list[PrintedNote] = field(default_factory=list)
    """The text's own: the author's words, printed whichever notes are."""

    legend: list[tuple[Color, str]] = field(default_factory=list)
    """The colours that are used, and what each means."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """What gets a number: where its words begin and end, and what it says."""

    start: int
    end: int
    said: Entry | Annotation


def content_of(notebook: Notebook, options: PrintOptions, theme: Theme) -> Content:
    """What is printed of a notebook."""
    return _Gathering(notebook, options, theme).content()


class _Gathering:
    def __init__(self, notebook: Notebook, options: PrintOptions, theme: Theme) -> None:
        self._notebook, self._options, self._theme = notebook, options, theme
        self._links = NoteLinks(notebook)
        self._text = notebook.text or Text("", ())

    def content(self) -> Content:
        content = Content()
        placed: list[_Placed] = []
        looks: list[tuple[int, int, Look]] = []
        for entry in self._entries():
            start, end = entry.anchor.start, entry.anchor.end
            if start is None or end is None or not self._text.blocks:
                content.without_place.append(self._note(entry, 0))
                continue
            end = self._trimmed(start, end)
            looks.append(self._look(entry.mark, start, end))
            if _is_noted(entry.mark):
                placed.append(_Placed(start, end, entry))
        for annotation in self._annotations():
            if annotation.whole_text or not self._attached(annotation):
                content.of_the_text.append(self._card(annotation, 0))
            else:
                mention = self._attached(annotation)[0]
                end = self._trimmed(mention.start, mention.end)
                placed.append(_Placed(mention.start, end, annotation))
        placed.sort(key=lambda each: (self._block(each), each.end, each.start))
        for number, each in enumerate(placed, 1):
            said = each.said
            note = self._note(said, number) if isinstance(said, Entry) else self._card(said, number)
            content.notes.append(note)
            index = self._block(each)
            block = self._text.blocks[index]
            position = min(max(each.end, block.start), block.end)
            content.numbers.setdefault(index, []).append(Number(position, number, note.role))
        content.layer = Layer(looks)
        if not self._annotations():
            content.footnotes = list(self._footnotes())
        content.legend = self._legend()
        return content

    def _entries(self) -> Iterator[Entry]:
        for entry in self._notebook.entries:
            if self._options.every_mark or _is_noted(entry.mark):
                yield entry

    def _annotations(self) -> tuple[Annotation, ...]:
        copy = self._notebook.copy
        return copy.annotations if copy is not None and self._options.cards else ()

    def _attached(self, annotation: Annotation) -> Sequence[Mention]:
        assert self._notebook.copy is not None
        return self._notebook.copy.attachment.of(annotation.id)

    def _trimmed(self, start: int, end: int) -> int:
        """The end of what is marked without the ends of blocks and of cells."""
        while end - start > 1 and self._text.string[end - 1] in "\n\t":
            end -= 1
        return end

    def _block(self, placed: _Placed) -> int:
        """The block in which the marked words end."""
        return self._text.block_index(max(placed.start, placed.end - 1))

    def _look(self, mark: Mark, start: int, end: int) -> tuple[int, int, Look]:
        ink = self._theme.color(f"ink_{mark.color}")
        if mark.kind is MarkKind.BOOKMARK:
            return start, start + 1, Look(flag=ink)
        if mark.underline:
            return start, end, Look(line=ink)
        return start, end, Look(fill=self._theme.color(f"mark_{mark.color}"))

    def _note(self, entry: Entry, number: int) -> PrintedNote:
        mark = entry.mark
        return PrintedNote(
            number=number,
            role=f"ink_{mark.color}",
            body=self._links.outside(mark.note),
            about=" · ".join(filter(None, self._about(entry))),
            quote="" if number else " ".join(entry.quote.replace(OBJECT, " ").split()),
        )

    def _about(self, entry: Entry) -> Iterator[str]:
        mark = entry.mark
        if mark.kind is MarkKind.BOOKMARK:
            yield QCoreApplication.translate("Printing", "Bookmark")
        yield self._color_name(mark)
        copy = self._notebook.copy
        if copy is not None and mark.answers in copy.by_id:
            words = QCoreApplication.translate("Printing", "Answer to “{0}”")
            yield words.format(copy.by_id[mark.answers].title)
        if entry.anchor.state is State.DOUBTFUL:
            yield QCoreApplication.translate("Printing", "place not certain")
        yield mark.creator
        yield " ".join(f"#{tag}" for tag in mark.tags)

    def _color_name(self, mark: Mark) -> str:
        own = self._notebook.color_names.get(mark.color, "").strip()
        return own or color_word(mark.color)

    def _legend(self) -> list[tuple[Color, str]]:
        used = {
            entry.mark.color: entry.mark
            for entry in self._entries()
            if entry.mark.kind is not MarkKind.BOOKMARK
        }
        return [(color, self._color_name(used[color])) for color in Color if color in used]

    def _footnotes(self) -> Iterator[PrintedNote]:
        """The text's footnotes, one for each label; where cards are printed they are among them."""
        bodies: dict[str, str] = {}
        for footnote in self._text.footnotes:
            bodies.setdefault(footnote.label, footnote.body)
        for label, body in bodies.items():
            yield PrintedNote(0, "rule", body, title=f"[{label}]")

    def _card(self, annotation: Annotation, number: int) -> PrintedNote:
        body = annotation.body
        if annotation.chart:
            body = f"{body}\n\n{escaped(chart_words(annotation.chart))}"
        return PrintedNote(
            number=number,
            role=annotation.kind.value,
            title=annotation.title,
            body=body,
            about=" · ".join(
                filter(
                    None,
                    (kind_name(annotation.kind), date_words(annotation.date, annotation.until)),
                )
            ),
            picture=annotation.image.file if annotation.image else "",
        )


def is_titled(text: Text) -> bool:
    """Whether a text opens with its title."""
    return bool(text.blocks) and text.blocks[0].kind is BlockKind.HEADING


def _is_noted(mark: Mark) -> bool:
    return bool(mark.note.strip() or mark.tags)
