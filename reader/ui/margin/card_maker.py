"""Making cards: each says what its entry is about, and what is done on it is passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Color
from reader.annotations.model import Annotation, Kind
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.ui.layers import LayerMark
from reader.ui.margin.entries import Entry
from reader.ui.margin.guide import Guide
from reader.ui.theme import Theme

if TYPE_CHECKING:
    # The text is on the screen before there is a card: what makes cards is imported with the first.
    from reader.ui.margin.answer_edit import Answer
    from reader.ui.margin.card import Card, CardContent
    from reader.ui.margin.contents import CardContents
    from reader.ui.margin.layer_card import LayerCard
    from reader.ui.margin.note_card import NoteCard, NoteContent

    AnyCard = Card | NoteCard | LayerCard

MAKERS = (
    "reader.text.markdown",
    "reader.ui.margin.card",
    "reader.ui.margin.note_edit",
    "reader.ui.margin.note_card",
    "reader.ui.margin.contents",
)
"""What making cards imports; best one after another, before the first of them is made."""


class CardMaker(QObject):
    """Makes the cards of one copy. Ids are those of annotations and of marks."""

    travel_wanted = Signal(str, int)
    """An annotation's id, and the code point of one of its mentions."""
    annotation_wanted = Signal(str)
    """A link to another card was chosen: its id."""
    link_activated = Signal(str)
    """An address outside the text was chosen."""
    edit_wanted = Signal(str)
    remove_wanted = Signal(str)
    """An annotation is to be changed, or deleted, by its author."""
    note_edited = Signal(str, str)
    tags_edited = Signal(str, object)
    color_wanted = Signal(str, object)
    underline_wanted = Signal(str, bool)
    delete_wanted = Signal(str)
    mark_confirmed = Signal(str)
    mark_words_wanted = Signal(str)
    copy_wanted = Signal(str)
    """The id of somebody else's mark, of which the reader wants one too."""
    answered = Signal(str, str)
    """A question's id, and what is answered to it."""
    height_changed = Signal(str)
    """A card grew or shrank while somebody wrote in it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """`parent` is what the cards lie on."""
        super().__init__(parent)
        self._parent = parent
        self.theme = theme
        self.guide = Guide()
        """With what help notes are written, from the next copy on."""
        self.color_names: Mapping[Color, str] = {}
        self.may_change: Callable[[str], bool] | None = None
        """Whether an annotation may be changed from its card; None where none may be."""
        self._copy: Copy | None = None
        self._contents: CardContents | None = None
        self._answers: Mapping[str, str] = {}
        self._links: Mapping[str, Sequence[tuple[str, str]]] = {}

    def show_copy(self, copy: Copy) -> None:
        """Make cards for a copy, of which no answers or notes are known yet."""
        self._answers, self._links = {}, {}
        self.renew(copy)

    def renew(self, copy: Copy) -> None:
        """Make cards for other annotations of the same text."""
        self._copy, self._contents = copy, None

    @property
    def answers(self) -> Mapping[str, str]:
        """What the reader has answered to questions, by their ids."""
        return self._answers

    @answers.setter
    def answers(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        if self._contents is not None:
            self._contents.answers = answers

    @property
    def links(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The notes that lead to a card, as (words, what stands in a link to them)."""
        return self._links

    @links.setter
    def links(self, links: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._links = links
        if self._contents is not None:
            self._contents.note_links = links

    def make(self, entry: Entry, active: bool) -> AnyCard:
        """A card that has no place yet."""
        if entry.layer is not None:
            return self._of_layer(entry.layer, active)
        if entry.mark is not None:
            return self._of_mark(entry.mark, active)
        assert entry.annotation is not None
        return self._of_annotation(entry.annotation, active)

    def content_of(self, annotation: str) -> CardContent:
        """What the card of an annotation says. KeyError for an unknown id."""
        return self._made_contents().of(annotation)

    def content_of_mark(self, mark: PlacedMark) -> NoteContent:
        """What the card of a mark of the reader says."""
        links = self._links.get(mark.mark.id, ())
        return self._made_contents().of_mark(mark, self.color_names, links)

    def answer_to(self, question: str) -> Answer | None:
        """What the reader has answered to a question."""
        return self._made_contents().answer_to(question)

    def _made_contents(self) -> CardContents:
        assert self._copy is not None
        if self._contents is None:
            from reader.ui.margin.contents import CardContents

            self._contents = CardContents(self._copy, self.guide)
            self._contents.answers, self._contents.note_links = self._answers, self._links
        return self._contents

    def _of_layer(self, mark: LayerMark, active: bool) -> LayerCard:
        from reader.ui.margin.layer_card import LayerCard

        card = LayerCard(self._made_contents().of_layer(mark), self.theme, self._parent)
        card.set_active(active)
        card.annotation_wanted.connect(self.annotation_wanted)
        card.link_activated.connect(self.link_activated)
        card.copy_wanted.connect(self.copy_wanted)
        return card

    def _of_mark(self, mark: PlacedMark, active: bool) -> NoteCard:
        from reader.ui.margin.note_card import NoteCard

        card = NoteCard(self.content_of_mark(mark), self.theme, self.guide, self._parent)
        card.set_active(active)
        card.annotation_wanted.connect(self.annotation_wanted)
        card.link_activated.connect(self.link_activated)
        card.edited.connect(self.note_edited)
        card.tags_edited.connect(self.tags_edited)
        card.color_wanted.connect(self.color_wanted)
        card.underline_wanted.connect(self.underline_wanted)
        card.delete_wanted.connect(self.delete_wanted)
        card.confirmed.connect(self.mark_confirmed)
        card.words_wanted.connect(self.mark_words_wanted)
        card.height_changed.connect(self.height_changed)
        return card

    def _of_annotation(self, annotation: Annotation, active: bool) -> Card:
        name = annotation.id
        asks = annotation.kind is Kind.QUESTION
        card = self._of_question(name, active) if asks else self._plain(name)
        card.travel_wanted.connect(self.travel_wanted)
        card.annotation_wanted.connect(self.annotation_wanted)
        card.link_activated.connect(self.link_activated)
        if self.may_change is not None and self.may_change(name):
            from reader.ui.margin.card_tools import CardTools

            tools = CardTools(card)
            tools.edit_wanted.connect(lambda: self.edit_wanted.emit(name))
            tools.remove_wanted.connect(lambda: self.remove_wanted.emit(name))
        return card

    def _plain(self, annotation: str) -> Card:
        from reader.ui.margin.card import Card

        return Card(self.content_of(annotation), self.theme, self._parent)

    def _of_question(self, question: str, active: bool) -> Card:
        from reader.ui.margin.answer_edit import QuestionCard

        content, answer = self.content_of(question), self.answer_to(question)
        card = QuestionCard(content, answer, self.theme, self.guide, self._parent)
        card.set_active(active)
        card.answered.connect(self.answered)
        card.height_changed.connect(self.height_changed)
        return card
