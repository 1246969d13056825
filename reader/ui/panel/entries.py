"""The annotations of a copy as the index lists them: in order, and found by a few letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key

from PySide6.QtCore import QCollator, QLocale, Qt

from reader.annotations.attachment import Mention
from reader.annotations.model import Annotation, bare_term
from reader.copies.copy import Copy

_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼ", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_TYPOGRAPHIC = re.compile(f"[{''.join(_PLAIN)}]")
_ACCENTS = re.compile(
    # Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u0591-\u05c7\u064b-\u065f\u0670]+"
)
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Entry:
    """One annotation, its mentions, and the length of the text that they stand in."""

    annotation: Annotation
    title: str
    mentions: Sequence[Mention]
    length: int
    _folded: str | None = field(default=None, repr=False)

    @property
    def places(self) -> list[float]:
        """Where its mentions stand: 0 is the start of the text, 1 its end."""
        length = max(1, self.length)
        return [mention.start / length for mention in self.mentions]

    def has(self, words: Sequence[str]) -> bool:
        """Whether each of `words`, which are folded, occurs in its title, terms or body."""
        if self._folded is None:
            annotation = self.annotation
            terms = map(bare_term, annotation.terms)
            self._folded = fold("\n".join((self.title, *terms, annotation.body)))
        return all(word in self._folded for word in words)


def entries_of(copy: Copy) -> list[Entry]:
    """Every annotation of `copy`, sorted by title as the reader's language sorts."""
    length = len(copy.text.string)
    entries = [
        Entry(each, each.title or each.id, copy.attachment.of(each.id), length)
        for each in copy.annotations
    ]
    # Comparing by the rules of a language is slow; little is left to compare after this.
    entries.sort(key=lambda entry: _roughly(entry.title))
    compare = collator().compare
    entries.sort(key=cmp_to_key(lambda one, other: compare(one.title, other.title)))
    return entries


def fold(text: str) -> str:
    """`text` without case, accents and typographic variants, for finding."""
    if text.isascii():
        return text.lower()
    plain = _TYPOGRAPHIC.sub(lambda sign: _PLAIN[sign[0]], text)
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).casefold()


def _roughly(title: str) -> str:
    return _NUMBER.sub(lambda number: number[0].zfill(8), fold(title))


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
