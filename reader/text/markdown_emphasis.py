"""Reads `*emphasis*`, `_emphasis_` and `~~struck~~` out of words and the elements among them.

The pairing is CommonMark's: a closing run takes the nearest opening one that
fits. A run of `*` or `~~` opens where words follow and closes where words come
before, in the middle of a word too; a run of `_` only at the ends of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.text.model import Style

_RUN = re.compile(r"\*+|_+|(?<!~)~~(?!~)")
_ELEMENT = "."  # an element stands beside a run as punctuation would


@dataclass(slots=True)
class _Run:
    """A run of one delimiter: what it closes, what is left of it, what it opens."""

    sign: str
    length: int
    opening: bool
    closing: bool
    left: int
    closes: int = 0
    opens: list[Style] = field(default_factory=list)

    def pairs(self, closer: _Run) -> bool:
        """Whether this run may open what `closer` closes (CommonMark's rules 9 and 10)."""
        if self.sign != closer.sign:
            return False
        if self.closing or closer.opening:
            return (self.length + closer.length) % 3 != 0 or self.length % 3 == 0
        return True


def emphasised(
    nodes: Iterable[Element | str | None],
) -> Iterator[tuple[Element | str, Style]]:
    """The nodes without the delimiters that pair, each with the style they give it."""
    pieces = list(_pieces([node for node in nodes if node is not None and node != ""]))
    _pair(piece for piece in pieces if isinstance(piece, _Run))
    styles = [Style.NONE]
    for piece in pieces:
        if not isinstance(piece, _Run):
            yield piece, styles[-1]
            continue
        del styles[len(styles) - piece.closes :]
        if piece.left:
            yield piece.sign * piece.left, styles[-1]
        for style in reversed(piece.opens):
            styles.append(styles[-1] | style)


def _pieces(nodes: list[Element | str]) -> Iterator[Element | str | _Run]:
    for index, node in enumerate(nodes):
        if isinstance(node, Element):
            yield node
            continue
        done = 0
        for match in _RUN.finditer(node):
            start, end = match.span()
            if done < start:
                yield node[done:start]
            yield _run(
                match[0],
                node[start - 1] if start else _edge(nodes, index - 1, -1),
                node[end] if end < len(node) else _edge(nodes, index + 1, 0),
            )
            done = end
        if done < len(node):
            yield node[done:]


def _edge(nodes: list[Element | str], index: int, side: int) -> str:
    """The character at one side of a neighbour; a space where there is none."""
    if not 0 <= index < len(nodes):
        return " "
    node = nodes[index]
    if isinstance(node, str):
        return node[side]
    return " " if node.tag == "br" else _ELEMENT


def _run(delimiters: str, before: str, after: str) -> _Run:
    opening, closing = not after.isspace(), not before.isspace()
    if delimiters[0] == "_":
        opening = opening and not before.isalnum()
        closing = closing and not after.isalnum()
    length = len(delimiters)
    return _Run(delimiters[0], length, opening, closing, left=length)


def _pair(runs: Iterable[_Run]) -> None:
    openers: list[_Run] = []
    floors: dict[tuple[str, bool, int], int] = {}  # below, nothing opens for such a closer
    for run in runs:
        key = (run.sign, run.opening, run.length % 3)
        while run.closing and run.left:
            at = len(openers) - 1
            while at >= floors.get(key, 0) and not openers[at].pairs(run):
                at -= 1
            if at < floors.get(key, 0):
                floors[key] = len(openers)
                break
            opener = openers[at]
            size = 2 if opener.left >= 2 and run.left >= 2 else 1
            opener.opens.append(_style(run.sign, size))
            run.closes += 1
            opener.left -= size
            run.left -= size
            del openers[at + bool(opener.left) :]
            floors = {key: min(floor, len(openers)) for key, floor in floors.items()}
        if run.opening and run.left:
            openers.append(run)


def _style(sign: str, size: int) -> Style:
    if sign == "~":
        return Style.STRIKE
    return Style.BOLD if size == 2 else Style.ITALIC
