"""A file of notes in pieces: what this program wrote and marked, and what its user did.

Below every entry stands a comment with the short name of its mark and, for each
piece of the entry as it was written, a hash. Wherever a piece has its hash
still, nobody has changed it. A comment at the end names every entry that was
ever written, so that one that its user took out stays out, and has the hashes
of the front matter. Nothing else has to be remembered.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from hashlib import sha256
from urllib.parse import quote, unquote

from reader.exchange.filters import fence_after

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"<!-- mark ([0-9a-f]{12})((?: [0-9a-f]{8})*)( deleted)? -->")
LEDGER = "<!-- annotated-reader notes on "
_LEDGER_ENTRY = re.compile(r"(\S+?)=([0-9a-f,]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_HANDLE = re.compile(r"[0-9a-f]{12}")
_WIDTH = 96


class Sort(Enum):
    """What a piece is."""

    FRONT = auto()
    BLANK = auto()
    HEADING = auto()
    TEXT = auto()
    MARKER = auto()
    LEDGER = auto()


@dataclass(frozen=True, slots=True)
class Marker:
    """The comment below an entry: whose it is, and the hashes of its pieces as written."""

    handle: str
    hashes: tuple[str, ...]
    deleted: bool = False

    def __str__(self) -> str:
        words = ["mark", self.handle, *self.hashes, *(["deleted"] if self.deleted else [])]
        return f"<!-- {' '.join(words)} -->"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The comment at the end: the text's short name, front matter as written, all entries.

    `strange` lines are no part of it; they go below it when it is written anew.
    """

    document: str
    front: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    strange: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        front = [
            f"{quote(key, safe='')}={','.join(hashes)}"
            for key, hashes in sorted(self.front.items())
        ]
        words = textwrap.fill(
            " ".join([*front, *sorted(self.written)]),
            _WIDTH,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines = [f"{LEDGER}{self.document}", words, "-->", *self.strange]
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Piece:
    """Some lines of a file, endings included; `new` when this export brought it in."""

    sort: Sort
    text: str
    marker: Marker | None = None
    ledger: Ledger | None = None
    new: bool = False

    @property
    def content(self) -> bool:
        """Whether these are words, be it an entry's or the user's."""
        return self.sort in (Sort.TEXT, Sort.HEADING)

    @property
    def digest(self) -> str:
        """The hash of the words; spaces at the end of lines and kinds of newline do not count."""
        lines = (line.rstrip() for line in lines_of(self.text))
        data = "\n".join(lines).encode("utf-8", "surrogatepass")
        return sha256(data).hexdigest()[:8]


def lines_of(content: str) -> list[str]:
    """The lines of a file with their endings, of whatever kind."""
    return _LINE.findall(content)


def in_pieces(content: str, whole: bool = True) -> list[Piece]:
    """A file in pieces that joined together are the file again, byte for byte.

    Front matter is looked for in a `whole` file only.
    """
    lines = lines_of(content)
    found: list[tuple[Piece, list[str]]] = []
    index = front = _front_matter(lines) if whole else 0
    if front:
        found.append((Piece(Sort.FRONT, ""), lines[:front]))
    fence = ""
    while index < len(lines):
        line = lines[index]
        piece, taken = Piece(Sort.TEXT, ""), 1
        if match := _MARKER.search(line):
            marker = Marker(match[1], tuple(match[2].split()), bool(match[3]))
            piece = Piece(Sort.MARKER, "", marker=marker)
            fence = ""
        elif line.startswith(LEDGER) and (read := _ledger(lines, index)):
            ledger, taken = read
            piece = Piece(Sort.LEDGER, "", ledger=ledger)
            fence = ""
        else:
            if not fence:
                piece.sort = _sort_of(line)
            fence = fence_after(line.rstrip("\r\n"), fence)
        if found and found[-1][0].sort is piece.sort and piece.sort in (Sort.TEXT, Sort.BLANK):
            found[-1][1].append(line)
        else:
            found.append((piece, lines[index : index + taken]))
        index += taken
    for piece, parts in found:
        piece.text = "".join(parts)
    return [piece for piece, _ in found]


def _sort_of(line: str) -> Sort:
    if not line.strip():
        return Sort.BLANK
    return Sort.HEADING if _HEADING.match(line) else Sort.TEXT


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the YAML front matter has, its fences included; 0 without one."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return index + 1
        if _MARKER.search(line):
            break
    return 0


def _ledger(lines: Sequence[str], start: int) -> tuple[Ledger, int] | None:
    """The ledger that begins at a line, and how many lines it has.

    What is no part of it, and so was put in by somebody, is kept as `strange`.
    """
    document = lines[start].removeprefix(LEDGER).strip()
    if not _HANDLE.fullmatch(document):
        return None
    front: dict[str, tuple[str, ...]] = {}
    written: set[str] = set()
    strange: list[str] = []
    for taken, line in enumerate(lines[start + 1 :], 2):
        if line.strip() == "-->":
            return Ledger(document, front, frozenset(written), tuple(strange)), taken
        if "-->" in line or "<!--" in line:
            return None
        known = True
        for word in line.split():
            if match := _LEDGER_ENTRY.fullmatch(word):
                front[unquote(match[1])] = tuple(filter(None, match[2].split(",")))
            elif _HANDLE.fullmatch(word):
                written.add(word)
            else:
                known = False
        if not known:
            strange.append(line.strip("\r\n"))
    return None


def joined(pieces: Iterable[Piece]) -> str:
    """The file again."""
    return "".join(piece.text for piece in pieces)
