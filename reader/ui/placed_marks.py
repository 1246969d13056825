"""All marks of a text in their places, by what one asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reader.annotations.marks import MarkKind
from reader.annotations.placing import PlacedMark
from reader.ui.mark_order import MarkOrder


class PlacedMarks:
    """Made on any thread; used by the window's alone, which hands on what it holds."""

    def __init__(self, placed: Iterable[PlacedMark] = ()) -> None:
        self.by_id = {each.mark.id: each for each in placed}
        self.order = MarkOrder(self.by_id.values())
        """All of them."""
        self.own = self.order.own()
        """The reader's own; those that were imported from others are not."""
        self.noted = {each.mark.id: each for each in self.own if each.mark.note.strip()}
        """The reader's own that say something, by their ids."""
        self._answers: dict[str, dict[str, PlacedMark]] = {}
        for each in self.own:
            self._answer(each)

    def put(self, placed: Sequence[PlacedMark]) -> None:
        """Have these marks, be it in the place of others with their ids."""
        self.change([each.mark.id for each in placed], placed)

    def change(self, gone: Iterable[str], placed: Sequence[PlacedMark]) -> None:
        """Drop the marks with some ids, if they are there, and have others."""
        before = [each for name in gone if (each := self.by_id.pop(name, None)) is not None]
        self.by_id.update((each.mark.id, each) for each in placed)
        self.order.change(before, placed)
        self.own.change(*(tuple(filter(_is_own, some)) for some in (before, placed)))
        for each in filter(_is_own, before):
            self.noted.pop(each.mark.id, None)
            answers = self._answers.get(each.mark.answers, {})
            if answers.pop(each.mark.id, None) and not answers:
                del self._answers[each.mark.answers]
        for each in filter(_is_own, placed):
            if each.mark.note.strip():
                self.noted[each.mark.id] = each
            self._answer(each)

    def answers_to(self, question: str) -> Collection[PlacedMark]:
        """The reader's own answers to a question, by its id."""
        return self._answers.get(question, {}).values()

    def answers(self) -> dict[str, PlacedMark]:
        """The reader's own answer to each question, by the questions' ids."""
        return {question: next(iter(found.values())) for question, found in self._answers.items()}

    def _answer(self, placed: PlacedMark) -> None:
        if placed.mark.kind is MarkKind.ANSWER:
            self._answers.setdefault(placed.mark.answers, {})[placed.mark.id] = placed


def _is_own(placed: PlacedMark) -> bool:
    return not placed.mark.creator
