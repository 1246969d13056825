"""How long the library takes with many texts and marks: `make bench`.

It is built anew each time, from a seed, of made-up words that are as frequent as those
of real texts: the n-th is n times rarer than the first.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from uuid import UUID

from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.library.library import Library
from reader.text.model import Block, BlockKind, Text

PARAGRAPHS = 40
"""Of each text; some 270 characters each."""

BOOK = 11_700
"""Paragraphs of a book of some 3.2 million characters."""

ROUNDS = 9
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "ta",
    "su",
    "vel",
    "dor",
    "an",
    "pi",
    "sta",
    "mo",
    "nu",
    "fer",
    "ig",
    "len",
    "ba",
    "cho",
    "wer",
    "ti",
]


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
    arguments.add_argument("--marks", type=int, default=100_000)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), chosen.texts, chosen.marks)


def measure(folder: Path, texts: int, marks: int) -> None:
    """Build a library in `folder` and print how long each thing takes, in milliseconds."""
    maker = Maker(1)
    with closing(Library(folder)) as library:
        began = time.perf_counter()
        build(library, maker, texts, marks)
        seconds = time.perf_counter() - began
    print(f"{texts:,} texts and {marks:,} marks, built in {seconds:.0f} s")
    for path in sorted(folder.glob("*.sqlite")):
        print(f"  {path.name:<42}{path.stat().st_size / 1e6:8.1f} MB")

    def reopened() -> None:
        Library(folder).close()

    report("open for the first time today (snapshot)", reopened, rounds=1)
    report("open", reopened)
    with closing(Library(folder)) as library:
        report("texts()", library.texts)
        report("recent()", library.recent)
        busy = library.all_marks()[0][0]
        report("marks() of one text", partial(library.marks, busy))
        report("all_marks()", library.all_marks)
        report("tags()", library.tags)
        string = maker.text(PARAGRAPHS).string
        report("save_mark()", lambda: library.save_mark(busy, maker.mark(string)))
        for name, query in queries(maker.words).items():
            report(f"search() for {name}", partial(library.search, query))
        book = maker.text(BOOK)
        report(
            f"keep_text() of {len(book.string):,} characters", lambda: library.keep_text("b", book)
        )
        report("text_of() the same", lambda: library.text_of("b"))


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


def report(name: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    """Print the middle and the longest of some rounds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"  {name:<42}{took[len(took) // 2]:8.1f} ms   at most {took[-1]:.1f}", flush=True)


if __name__ == "__main__":
    main()
