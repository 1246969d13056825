"""How marks look on their words: worked out for those that are drawn, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reader.annotations.marks import Color, MarkKind
from reader.annotations.placing import PlacedMark
from reader.ui.mark_order import MarkOrder
from reader.ui.page.decorations import Look
from reader.ui.page.selection_bar import color_sign
from reader.ui.theme import Theme

Range = tuple[int, int, Look]


class MarksOnPage:
    """The reader's own marks, as ranges (code points) with their looks."""

    def __init__(
        self, marks: MarkOrder, theme: Theme, moved: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        """Marks that are `moved`, by their ids, are drawn on other words than their own."""
        self._marks, self._moved = marks, moved or {}
        self._fills, self._lines, self._flags = {}, {}, {}
        self._doubt = theme.color("text")
        for color in Color:
            sign, ink = color_sign(color), theme.color(f"ink_{color}")
            self._fills[color] = Look(fill=theme.color(f"mark_{color}"), sign=sign)
            self._lines[color] = Look(line=ink, sign=sign)
            self._flags[color] = Look(flag=ink)

    def touching(self, start: int, end: int) -> Iterator[Range]:
        """The ranges that overlap `start:end`, in the order in which they are drawn."""
        found = [
            self._drawn(each)
            for each in self._marks.touching(start, end)
            if each.mark.kind is not MarkKind.ANSWER and each.mark.id not in self._moved
        ]
        if self._moved:
            moved = ((each, self._moved.get(each.mark.id)) for each in self._marks)
            found += [(*words, self._drawn(each)[2]) for each, words in moved if words]
        return in_drawing_order(found, start, end)

    def _drawn(self, each: PlacedMark) -> Range:
        mark = each.mark
        if mark.kind is MarkKind.BOOKMARK:
            return each.start, each.start + 1, replace(self._flags[mark.color], mark=mark)
        looks = self._lines if mark.underline else self._fills
        doubt = self._doubt if each.doubtful else None
        return each.start, each.end, replace(looks[mark.color], mark=mark, doubt=doubt)


def in_drawing_order(found: list[Range], start: int, end: int) -> Iterator[Range]:
    """Of ranges that begin together the longest first; those that do not touch are left out."""
    found.sort(key=lambda each: (each[0], -each[1]))
    return (each for each in found if each[0] < end and each[1] > start)
