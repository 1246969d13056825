"""How long the library takes with many texts and marks: a part of `make bench`.

It is built anew each time, from a seed, of made-up words that are as frequent as those
of real texts: the n-th is n times rarer than the first.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from uuid import UUID

from benchmarks.results import Results
from benchmarks.syllables import SYLLABLES
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.library.library import Library
from reader.text.model import Block, BlockKind, Text

PARAGRAPHS = 40
"""Of each text; some 270 characters each."""

BOOK = 11_700
"""Paragraphs of a book of some 3.2 million characters."""

MARKS = 20
"""Of each text."""

ROUNDS = 9
LIBRARY = "texts in the library"


class Maker:
    """Makes words, texts and marks, the same ones from the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.words = list(islice(self._new_words(), 30_000))
        weights = list(accumulate(1 / n for n in range(1, len(self.words) + 1)))
        self._paragraphs = [
            " ".join(self._random.choices(self.words, cum_weights=weights, k=31)).capitalize()
            for _ in range(12_000)
        ]

    def text(self, paragraphs: int) -> Text:
        """A text of so many paragraphs."""
        chosen = self._random.choices(self._paragraphs, k=paragraphs)
        ends = list(accumulate(len(each) + 1 for each in chosen))
        blocks = [
            Block(BlockKind.PARAGRAPH, end - len(each) - 1, end - 1)
            for each, end in zip(chosen, ends, strict=True)
        ]
        return Text("\n".join(chosen), tuple(blocks))

    def copy(self, number: int) -> Copy:
        """The copy of that number."""
        text = self.text(PARAGRAPHS)
        manifest = Manifest(f"urn:uuid:{UUID(int=number)}", f"Text {number}", "a.txt")
        return Copy(Path(f"/texts/{number}.txt"), manifest, text, text.digest)

    def mark(self, string: str) -> Mark:
        """A highlight or a note somewhere in a text."""
        start = self._random.randrange(len(string) - 80)
        kind = self._random.choice((MarkKind.HIGHLIGHT, MarkKind.NOTE))
        return Mark(
            id=UUID(int=self._random.getrandbits(128)).urn,
            kind=kind,
            selector=selector_of(string, start, start + 80),
            color=self._random.choice(list(Color)),
            note=self._random.choice(self._paragraphs)[:150] if kind is MarkKind.NOTE else "",
            tags=(self._random.choice(self.words[:200]),),
            created="2026-01-01T00:00:00Z",
            modified="2026-01-01T00:00:00Z",
        )

    def _new_words(self) -> Iterator[str]:
        known: set[str] = set()
        while True:
            word = "".join(self._random.choices(SYLLABLES, k=self._random.randint(1, 5)))
            if word not in known:
                known.add(word)
                yield word


def main() -> None:
    """Build a library and print how long each thing takes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=int, default=5_000)
    chosen = arguments.parse_args()
    results = Results("library")
    measure(results, [chosen.texts])
    for what in results.names("what"):
        spread = results.spread(what, LIBRARY, f"{chosen.texts:,}")
        assert spread is not None
        print(f"{what:<50}{spread.middle * 1000:9.1f} ms   at most {spread.most * 1000:.1f}")


def measure(results: Results, sizes: Sequence[int], say: Callable[[str], None] = print) -> None:
    """Build libraries of so many texts, and keep how long each thing takes in them."""
    for texts in sizes:
        say(f"a library of {texts:,} texts")
        with tempfile.TemporaryDirectory() as folder:
            _Measuring(results, Path(folder), texts).run()


class _Measuring:
    """One library of so many texts, with twenty marks each."""

    def __init__(self, results: Results, folder: Path, texts: int) -> None:
        self._results, self._folder, self._texts = results, folder, texts

    def run(self) -> None:
        """Build it and use it."""
        maker, texts = Maker(1), self._texts
        with closing(Library(self._folder)) as library:
            build(library, maker, texts, texts * MARKS)
        reopen = partial(_reopen, self._folder)
        self._time("open it for the first time of a day, with its snapshot", reopen, rounds=1)
        self._time("open it", reopen)
        with closing(Library(self._folder)) as library:
            self._time("list all texts", library.texts)
            busy = library.all_marks()[0][0]
            self._time("the marks of one text", partial(library.marks, busy))
            self._time("every mark of every text", library.all_marks)
            string = maker.text(PARAGRAPHS).string
            self._time(
                "save a mark, flushed to the disk",
                lambda: library.save_mark(busy, maker.mark(string)),
            )
            for name, query in queries(maker.words).items():
                self._time(f"search for {name}", partial(library.search, query))
            book = maker.text(BOOK)
            self._time(
                "keep a parsed text of 3.3 million characters",
                lambda: library.parsed.keep_text("b", book),
            )
            self._time("fetch it again", lambda: library.parsed.text_of("b"))

    def _time(self, what: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
        for _ in range(rounds):
            began = time.perf_counter()
            work()
            took = time.perf_counter() - began
            self._results.add(what, LIBRARY, f"{self._texts:,}", took)


def _reopen(folder: Path) -> None:
    Library(folder).close()


def build(library: Library, maker: Maker, texts: int, marks: int) -> None:
    """Fill a library."""
    for number in range(texts):
        copy = maker.copy(number)
        library.opened(copy)
        library.remember_place(copy, 100, number / texts)
        share = range(marks * number // texts, marks * (number + 1) // texts)
        library.save_marks(copy.manifest.id, [maker.mark(copy.text.string) for _ in share])
        library.index_text(copy)


def queries(words: list[str]) -> dict[str, str]:
    """What is searched for, by what it is."""
    return {
        "a rare word": words[9_000],
        "a frequent word": words[30],
        "the most frequent word": words[0] + " ",
        "two frequent words": f"{words[3]} {words[5]}",
        "a frequent phrase": f'"{words[0]} {words[1]}"',
        "the beginning of a word": words[50][:3],
        "two letters": words[20][:2],
        "a word that is nowhere": "zzyzx",
    }


if __name__ == "__main__":
    main()
