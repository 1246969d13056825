"""Words before and now, side by side: which of them went, and which came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from reader.annotations.selectors import Selector
from reader.text.model import OBJECT

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 400
"""Beyond so many words and signs they are not compared: time grows with the square."""

_LEAST = 3
"""Letters between two changes that do not keep them apart."""

_AROUND = 160
"""Code points of the text on either side of a passage, at the most."""

_SENTENCE = re.compile(r"[.!?…]['\"”’»)]*\s+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Part = tuple[Change, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words, and what stands before and after them in their paragraph."""

    words: str
    before: str = ""
    after: str = ""


def compared(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both as parts: the same words in both, those that are gone, and those that are new."""
    olds, news = _WORD.findall(old), _WORD.findall(new)
    if max(len(olds), len(news)) > _MOST_WORDS:
        same = old == new
        return (
            [(Change.SAME if same else Change.GONE, old)],
            [(Change.SAME if same else Change.NEW, new)],
        )
    before: list[Part] = []
    now: list[Part] = []
    codes = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    for number, (tag, start, end, new_start, new_end) in enumerate(codes):
        # An "of" that both have in the midst of other words says nothing.
        alone = 0 < number < len(codes) - 1
        few = len("".join(olds[start:end]).strip()) <= _LEAST
        change = tag != "equal" or (alone and few)
        before.append((Change.GONE if change else Change.SAME, "".join(olds[start:end])))
        now.append((Change.NEW if change else Change.SAME, "".join(news[new_start:new_end])))
    return list(_without_gaps(before)), list(_without_gaps(now))


def passage_in(text: str, start: int, end: int) -> Passage:
    """The words `start:end` (code points) of a text, with the rest of their sentences."""
    left = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    right = text[end : end + _AROUND].partition("\n")[0]
    breaks = list(_SENTENCE.finditer(left))
    if breaks:
        left = left[breaks[-1].end() :]
    elif start - len(left) > 0 and len(left) == _AROUND:
        left = "… " + left.partition(" ")[2]
    if (stop := re.search(r"[.!?…]['\"”’»)]*(?=\s|$)", right)) and not _ended(text[start:end]):
        right = right[: stop.end()]
    elif len(right) == _AROUND:
        right = right.rpartition(" ")[0] + " …"
    elif _ended(text[start:end]):
        right = ""
    return Passage(_shown(text[start:end]), _shown(left), _shown(right))


def passage_of(selector: Selector) -> Passage:
    """The words of a selector with what it knows of those around them."""
    before = selector.prefix.rpartition("\n")[2]
    after = selector.suffix.partition("\n")[0]
    before = f"… {before.partition(' ')[2]}" if before == selector.prefix and before else before
    after = f"{after.rpartition(' ')[0]} …" if after == selector.suffix and after else after
    return Passage(_shown(selector.exact), _shown(before), _shown(after))


def _ended(words: str) -> bool:
    return words.rstrip().endswith((".", "!", "?", "…"))


def _shown(words: str) -> str:
    return words.replace(OBJECT, " ")


def _without_gaps(parts: list[Part]) -> Iterator[Part]:
    """Parts that have words, those of a kind in a row joined."""
    for change, group in groupby((part for part in parts if part[1]), lambda part: part[0]):
        yield change, "".join(words for _, words in group)
