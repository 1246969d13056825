"""Pieces: the words by which a quote's likely places are found.

A revision leaves most words of a passage and of what stands around it alone. So the
places worth a closer look are those where several of its longer words stand at the
right distances from each other: the seeds of approximate matching, as in BLAST
(Altschul and others, 1990) and in q-gram filters (Ukkonen, 1992). Scripts without
spaces between words give overlapping runs of three letters instead.

One quote looks for its pieces with `str.find`; for many, the text is read once with all
their pieces at hand. Both give the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, kana and Han."""
_BETWEEN = r"\s!-/:-@\[-`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
_RUN = re.compile(f"([{_UNSPACED}]+)|[^{_BETWEEN}{_UNSPACED}]+")
_WORD = re.compile(f"[^{_BETWEEN}{_UNSPACED}]+")
_TWO_LETTERS = re.compile(f"[^{_BETWEEN}{_UNSPACED}]{{2}}")
_DENSE = re.compile(f"[{_UNSPACED}\uac00-\ud7af]")
_GRAM = 3
_STRETCHES = 8
"""A pattern is divided into so many stretches, each of which gives its longest pieces: edits
are local, so that some stretch has probably been spared."""
_EACH = 2


def pieces_of(pattern: str) -> dict[str, int]:
    """The pieces to look for, each with its position in `pattern`.

    A word that is cut by an end of the pattern is none.
    """
    stretches: list[dict[str, int]] = [{} for _ in range(_STRETCHES)]
    length = len(pattern)
    for match in _RUN.finditer(pattern):
        start, end = match.span()
        if match[1]:
            for at in range(start, end - _GRAM + 1, 2):
                stretches[at * _STRETCHES // length].setdefault(pattern[at : at + _GRAM], at)
        elif start > 0 and end < length:
            stretches[start * _STRETCHES // length].setdefault(match[0], start)
    chosen: dict[str, int] = {}
    for stretch in stretches:
        for piece in sorted(stretch, key=len, reverse=True)[:_EACH]:
            chosen.setdefault(piece, stretch[piece])
    return chosen


def splits_word(text: str, position: int) -> bool:
    """Whether a range that began or ended at `position` would cut a word in two."""
    return position > 0 and _TWO_LETTERS.match(text, position - 1) is not None


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a range cuts no word."""
    return not (splits_word(text, start) or splits_word(text, end))


def is_word(text: str) -> bool:
    """Whether `text` is one word of a script with spaces between words."""
    return _WORD.fullmatch(text) is not None


def dense_letters(text: str) -> int:
    """How many letters `text` has of scripts in which one or two make a word."""
    return 0 if text.isascii() else len(_DENSE.findall(text))


def most_places(text: str) -> int:
    """A piece that stands in more places than this tells nothing of where a quote belongs."""
    return 48 + len(text) // 20_000


def most_exact_places(text: str) -> int:
    """A quote that stands in more places than this is looked for by its context alone."""
    return 5 * most_places(text)


class Finder(Protocol):
    """Where words, and runs of letters, stand in a text."""

    def places(self, piece: str) -> list[int] | None:
        """Every place where a piece stands; None when there are too many to help."""
        ...

    def exact_places(self, quote: str, whole: bool) -> list[int] | None:
        """Every place where a quote stands, without cutting words if it is `whole`.

        None when there are too many to help.
        """
        ...


class Scan:
    """Looks everything up in the text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def places(self, piece: str) -> list[int] | None:
        """See `Finder`."""
        return self._up_to(most_places(self._text), piece, is_word(piece))

    def exact_places(self, quote: str, whole: bool) -> list[int] | None:
        """See `Finder`."""
        return self._up_to(most_exact_places(self._text), quote, whole)

    def _up_to(self, most: int, words: str, whole: bool) -> list[int] | None:
        text, length = self._text, len(words)
        found: list[int] = []
        at = text.find(words)
        while at != -1:
            if not whole or is_whole(text, at, at + length):
                found.append(at)
                if len(found) > most:
                    return None
            at = text.find(words, at + 1)
        return found


class Index:
    """Has read the text once, for all of the pieces that will be asked for."""

    def __init__(self, text: str, pieces: Iterable[str]) -> None:
        self._text = text
        self._scan = Scan(text)
        self._found: dict[str, list[int]] = {piece: [] for piece in pieces}
        found, enough = self._found, most_exact_places(text) + 1
        for match in _RUN.finditer(text):
            if match[1]:
                start, end = match.span()
                for at in range(start, end - _GRAM + 1):
                    places = found.get(text[at : at + _GRAM])
                    if places is not None and len(places) < enough:
                        places.append(at)
            else:
                places = found.get(match[0])
                if places is not None and len(places) < enough:
                    places.append(match.start())

    def places(self, piece: str) -> list[int] | None:
        """See `Finder`."""
        places = self._found.get(piece)
        if places is None:
            return self._scan.places(piece)
        return places if len(places) <= most_places(self._text) else None

    def exact_places(self, quote: str, whole: bool) -> list[int] | None:
        """See `Finder`."""
        if whole and quote in self._found and is_word(quote):
            places = self._found[quote]
            return places if len(places) <= most_exact_places(self._text) else None
        seed = self.rarest(pieces_of(quote))
        if seed is None:
            return self._scan.exact_places(quote, whole)
        text, length = self._text, len(quote)
        places, offset = seed
        return [
            at
            for place in places
            if (at := place - offset) >= 0
            and text.startswith(quote, at)
            and (not whole or is_whole(text, at, at + length))
        ]

    def rarest(self, pieces: dict[str, int]) -> tuple[list[int], int] | None:
        """The places of the piece with the fewest, and its position in the pattern.

        None when none of them is rare enough.
        """
        best: tuple[list[int], int] | None = None
        for piece, offset in pieces.items():
            places = self.places(piece) if piece in self._found else None
            if places is not None and (best is None or len(places) < len(best[0])):
                best = places, offset
        return best
