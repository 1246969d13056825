"""The annotations of a copy as the index lists them: in order, and found by a few letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Protocol

from PySide6.QtCore import QCollator, QLocale, Qt

from reader.annotations.attachment import Mention
from reader.annotations.model import Annotation, bare_term
from reader.copies.copy import Copy

_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼ", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_ACCENTS = re.compile(
    # Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u0591-\u05c7\u064b-\u065f\u0670]+"
)
_NUMBER = re.compile(r"\d+")
_BETWEEN = "\x1e"
_PASSED_OVER = dict.fromkeys(map(ord, " !\"'()*,-./:;?[]_"))
"""Signs that a language passes over where it sorts; those that are not here cost only time."""


class Searchable(Protocol):
    """What is found by some of its words."""

    folded: str | None
    """What is `searched`, folded, once it was asked for."""

    @property
    def searched(self) -> str:
        """The words in which it is found."""


@dataclass(slots=True, eq=False)
class Entry:
    """One annotation, its mentions, and the length of the text that they stand in."""

    annotation: Annotation
    title: str
    mentions: Sequence[Mention]
    length: int
    folded: str | None = field(default=None, repr=False)

    @property
    def places(self) -> list[float]:
        """Where its mentions stand: 0 is the start of the text, 1 its end."""
        length = max(1, self.length)
        return [mention.start / length for mention in self.mentions]

    @property
    def searched(self) -> str:
        """Its title, terms and body."""
        annotation = self.annotation
        return "\n".join((self.title, *map(bare_term, annotation.terms), annotation.body))


def entries_of(copy: Copy) -> list[Entry]:
    """Every annotation of `copy`, sorted by title as the reader's language sorts."""
    length, of = len(copy.text.string), copy.attachment.of
    entries = [Entry(each, each.title or each.id, of(each.id), length) for each in copy.annotations]
    # Comparing by the rules of a language is slow; little is left to compare after this.
    rough = _roughly([entry.title for entry in entries])
    order = sorted(range(len(entries)), key=rough.__getitem__)
    entries = [entries[place] for place in order]
    title = cmp_to_key(collator().compare)
    entries.sort(key=lambda entry: title(entry.title))
    return entries


def fold(text: str) -> str:
    """`text` without case, accents and typographic variants, for finding."""
    if text.isascii():
        return text.lower()
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def fold_all(searchable: Iterable[Searchable]) -> None:
    """Make many ready to be searched: one long string is folded sooner than many short ones."""
    some = [(each, each.searched) for each in searchable if each.folded is None]
    # What is beyond ASCII takes ten times as long.
    for ascii_only in (True, False):
        alike = [pair for pair in some if pair[1].isascii() is ascii_only]
        every = fold(_joined([searched for _, searched in alike])).split(_BETWEEN)
        for (each, _), folded in zip(alike, every, strict=False):
            each.folded = folded


def _roughly(titles: Iterable[str]) -> list[str]:
    every = fold(_joined(titles)).translate(_PASSED_OVER)
    return _NUMBER.sub(lambda number: number[0].zfill(8), every).split(_BETWEEN)


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join([text.replace(_BETWEEN, " ") for text in texts])


def collator() -> QCollator:
    """How the reader's language sorts: without regard to case, numbers by their value."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)  # C sorts by code, accents last
    rules = QCollator(locale)
    rules.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    rules.setNumericMode(True)
    rules.setIgnorePunctuation(True)
    return rules
