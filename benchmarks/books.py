"""Texts to open, the same in every reader: a shipped article's words, and invented books.

A book is invented from a few lists of words and a seed, so everybody gets the same one. Just
before the end of each text is a word that stands nowhere else, and below it a black bar, `BAR`,
by which a program that only looks at the screen knows that this place is shown.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.text.markdown import parse_markdown
from reader.text.model import BlockKind

RARE = "zephyrine"
"""Stands in one line alone, a little before the end."""

BAR = "\N{FULL BLOCK}" * 16

ARTICLE = Path(__file__).resolve().parent.parent / "content/russia-ukraine-2025/article.md"

CHAPTER = 30_000
"""Characters of a chapter, as in a novel of middling length."""


def _listed(words: str) -> list[str]:
    return words.split(",")


_WHO = _listed(
    "the ferryman,the clockmaker,an old surveyor,the younger sister,the keeper of the lamp,"
    "a travelling printer,the harbour master,the widow from the mill,a boy with a lantern,"
    "the glazier,the last of the weavers,the schoolmistress,a tired courier,the beekeeper,"
    "the owner of the inn,somebody from the far bank"
)
_DID = _listed(
    "remembered,carried,looked for,sold,mended,described,hid,counted,painted,lost,found again,"
    "wrote about,measured,dreamt of,gave away,waited for,asked after,could not forget"
)
_WHAT = _listed(
    "a box of letters,the broken bell,three silver spoons,the map of the marshes,her winter coat,"
    "the song about the bridge,a basket of pears,the key to the boathouse,an unfinished portrait,"
    "the smallest of the boats,the account book,a jar of blue glass,the dog that never barked,"
    "a stone with a hole in it,the road over the hills,the promise"
)
_WHEN = _listed(
    "before the snow came,on the evening of the fair,while the kettle sang,after so many years,"
    "between two storms,when nobody was looking,at the turn of the tide,on the third morning,"
    "as the lamps were lit,in the week of the long rain,once the market had closed,without a word"
)
_AND = _listed("and,but,so,for,although,because,until,while")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, and the paragraphs below it."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A text without any markup but its headings."""

    title: str
    chapters: tuple[Chapter, ...]

    @property
    def characters(self) -> int:
        """Of all its paragraphs."""
        return sum(len(each) for chapter in self.chapters for each in chapter.paragraphs)

    def markdown(self) -> str:
        """The book as one Markdown file."""
        parts = [f"# {self.title}"]
        for chapter in self.chapters:
            parts += [f"## {chapter.title}", *chapter.paragraphs]
        return "\n\n".join(parts) + "\n"


def article() -> Book:
    """The shipped article's words, and the line to be found."""
    text = parse_markdown(ARTICLE.read_text(encoding="utf-8"))
    chapters: list[Chapter] = []
    heading, paragraphs = "Opening", list[str]()
    for block in text.blocks[1:]:
        words = " ".join(text.string[block.start : block.end].split())
        if block.kind is BlockKind.HEADING:
            chapters.append(Chapter(heading, tuple(paragraphs)))
            heading, paragraphs = words, []
        elif words:
            paragraphs.append(words)
    chapters.append(Chapter(heading, (*paragraphs, *_last_lines())))
    return Book(text.title, tuple(chapters))


def invented(characters: int, seed: int = 1) -> Book:
    """A book of about so many `characters`, the same one for the same seed."""
    source = random.Random(seed)
    count = max(1, round(characters / CHAPTER))
    chapters = []
    for number in range(1, count + 1):
        paragraphs = tuple(_paragraphs(source, characters // count))
        if number == count:
            paragraphs += _last_lines()
        chapters.append(Chapter(f"Chapter {number}", paragraphs))
    return Book("The Ferry and the Bell", tuple(chapters))


def _paragraphs(source: random.Random, characters: int) -> Iterator[str]:
    length = 0
    while length < characters:
        words = " ".join(_sentence(source) for _ in range(source.randint(2, 7)))
        length += len(words)
        yield words


def _sentence(source: random.Random) -> str:
    first, second = _clause(source), _clause(source)
    when, link = source.choice(_WHEN), source.choice(_AND)
    match source.randrange(3):
        case 0:
            words = f"{first} {when}"
        case 1:
            words = f"{when}, {first}"
        case _:
            words = f"{first} {when}, {link} {second}"
    return words[0].upper() + words[1:] + "."


def _clause(source: random.Random) -> str:
    return f"{source.choice(_WHO)} {source.choice(_DID)} {source.choice(_WHAT)}"


def _last_lines() -> tuple[str, ...]:
    # Foliate 2.6 does not find what stands in the last four pieces of text of a file.
    return (f"Here at last stands the word {RARE}.", BAR, *("So it ends.",) * 3)
