"""Which mentions are shown as links in the page, and which of them stands at a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from operator import attrgetter, sub

from reader.annotations.attachment import Mention
from reader.annotations.model import Annotation, Kind
from reader.text.model import Text
from reader.ui.page.decorations import Look


def shown_mentions(
    mentions: Sequence[Mention], section_starts: Sequence[int], mode: str
) -> list[Mention]:
    """The mentions to underline: `first` of each annotation in each section, `every`, `none`."""
    if mode == "every":
        return list(mentions)
    if mode == "none":
        return []
    shown: list[Mention] = []
    first = 0
    for start in (*section_starts, None):
        last = len(mentions)
        if start is not None:
            last = bisect_left(mentions, start, first, key=attrgetter("start"))
        here: dict[str, Mention] = {}
        for mention in mentions[first:last]:
            here.setdefault(mention.annotation, mention)
        shown += here.values()
        first = last
    return shown


def outside_links(text: Text) -> list[Mention]:
    """The words that lead to an address outside the text; that stands for the annotation."""
    return [
        Mention(run.start, run.end, run.href)
        for block in text.blocks
        for run in block.runs
        if run.href and not run.href.startswith("#")
    ]


def merged(mentions: Sequence[Mention], others: Sequence[Mention]) -> Sequence[Mention]:
    """Both in one order, that of the text, outer ones before those inside them."""
    if not others:
        return mentions
    return list(merge(mentions, others, key=lambda mention: (mention.start, -mention.end)))


class MentionIndex:
    """Finds mentions by their place (code points); they are given in their order."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        ends = [mention.end for mention in mentions]
        self._longest = max(map(sub, ends, self._starts), default=0)

    def at(self, position: int) -> Mention | None:
        """The innermost mention whose words hold the code point at `position`."""
        found: Mention | None = None
        first = bisect_left(self._starts, position - self._longest)
        for mention in self.mentions[first : bisect_right(self._starts, position)]:
            if mention.end > position and (
                found is None or mention.end - mention.start <= found.end - found.start
            ):
                found = mention
        return found

    def touching(self, start: int, end: int) -> list[Mention]:
        """The mentions that overlap `start:end`, in order."""
        first = bisect_left(self._starts, start - self._longest)
        among = self.mentions[first : bisect_left(self._starts, end)]
        return [mention for mention in among if mention.end > start]

    def next_from(self, position: int, forward: bool) -> Mention | None:
        """The first mention that starts at or after a place, or the last one before it."""
        if forward:
            index = bisect_left(self._starts, position)
            return self.mentions[index] if index < len(self.mentions) else None
        index = bisect_left(self._starts, position) - 1
        return self.mentions[index] if index >= 0 else None

    def beside(self, mention: Mention, forward: bool) -> Mention | None:
        """The mention after (or before) another one; None at the end."""
        index = self.mentions.index(mention, bisect_left(self._starts, mention.start))
        index += 1 if forward else -1
        return self.mentions[index] if 0 <= index < len(self.mentions) else None


class MentionsOnPage:
    """How mentions look on their words: worked out for those that are drawn."""

    def __init__(
        self, index: MentionIndex, by_id: Mapping[str, Annotation], looks: Mapping[Kind, Look]
    ) -> None:
        """The annotations `by_id`, and `looks` by their kinds."""
        self._index, self._by_id, self._looks = index, by_id, looks

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The ranges that overlap `start:end`, in the order in which they are drawn."""
        for mention in self._index.touching(start, end):
            look = self._looks[self._by_id[mention.annotation].kind]
            yield mention.start, mention.end, look
