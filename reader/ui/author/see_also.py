"""What an annotation may point to: the others of its copy, found by their titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.annotations.model import Annotation
from reader.text.folding import fold
from reader.ui.kinds import kind_name
from reader.ui.margin.guide import Offer

_MOST_OFFERS = 30


class SeeAlso:
    """Knows a copy's annotations, and which of them, `own`, is being changed."""

    def __init__(self) -> None:
        self.known: Mapping[str, Annotation] = {}
        self.own = ""

    def title_of(self, identifier: str) -> str:
        """The title of an annotation; of one that is not known its id."""
        return self.known[identifier].title if identifier in self.known else identifier

    def id_of(self, typed: str) -> str | None:
        """The annotation of that id or title."""
        folded = fold(typed)
        for identifier, each in self.known.items():
            if identifier == typed or fold(each.title) == folded:
                return identifier
        return None

    def offers(self, typed: str) -> Sequence[Offer]:
        """The annotations that may be meant, first those whose titles begin like that."""
        folded = fold(typed)
        found = [
            (not fold(each.title).startswith(folded), each.title, identifier, each)
            for identifier, each in self.known.items()
            if identifier != self.own and (folded in fold(each.title) or typed in identifier)
        ]
        found.sort(key=lambda entry: entry[:3])
        return [
            Offer(title, identifier, kind_name(each.kind))
            for _, title, identifier, each in found[:_MOST_OFFERS]
        ]
