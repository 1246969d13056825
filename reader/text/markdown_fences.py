"""Lifts fenced code out of Markdown before its blocks are parsed.

Nothing inside a fence is Markdown, so the parser must not see it. Each fence
leaves a mark on a line of its own, as deep in lists and quotes as the fence
stood. An unclosed fence runs to the end of the quote, item or text it is in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_OPENING = re.compile(r"([ >]*)(?:(`{3,})([^`]*)|(~{3,})(.*))")
_MARK = re.compile("(?<![ >])([ >]*+)\x02code:([0-9]+)\x03")
_LONGEST_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block: its code, the language after its fence, and all as written."""

    code: str
    language: str
    written: str


@dataclass
class Fences:
    """The fences of one source; `lift` collects them, the other methods read their marks."""

    _found: list[Fence] = field(default_factory=list)

    def lift(self, source: str) -> str:
        """`source` (no tabs, newlines "\\n") with marks for its fences.

        Lines of spaces become empty. A heading is set off by empty lines, and
        so is every thousandth line of a block: the block parser is quadratic
        in the lines of a block.
        """
        lines = source.split("\n")
        lifted: list[str] = []
        filled = 0  # lines since the last empty one
        alone = False  # whether the last line must be a block of its own
        quote = ""  # the quote signs before the last fence
        at = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            words = line.lstrip(" >")
            if not words:
                lifted.append(line if ">" in line else "")
                filled = 0
                continue
            after, alone = alone, line.startswith("#")
            if words.startswith(("```", "~~~")) and (fence := _OPENING.fullmatch(line)):
                at, quote, line = self._lift(lines, at, fence)
                alone = True
            full = filled >= _LONGEST_BLOCK and "|" not in line and line[:4] != "    "
            if filled and (after or alone or full):
                lifted.append(quote if line.lstrip(" ").startswith(">") else "")
                filled = 0
            lifted.append(line)
            filled += 1
        return "\n".join(lifted).rstrip("\n")

    def _lift(self, lines: list[str], at: int, opening: re.Match[str]) -> tuple[int, str, str]:
        """Take the fence that opens before line `at`: where to go on, its quote, its mark."""
        quote, mark, tail = opening[1].rpartition(">")
        quote += mark
        indent = max(0, len(tail) - len(mark))
        inside = re.compile(f"(?: *+> ?+){{{quote.count('>')}}}")
        fence = opening[2] or opening[4]
        code: list[str] = []
        closing: list[str] = []
        for index in range(at, len(lines)):
            container = inside.match(lines[index])
            if container is None:
                break
            line = lines[index][container.end() :]
            words = line.lstrip(" ")
            depth = len(line) - len(words)
            if words and depth < 4 <= indent:
                break
            line = line[min(indent, depth) :]
            if words.startswith(fence) and not words.rstrip(" ").strip(fence[0]):
                closing = [line]
                break
            code.append(line)
        written = [opening[0][len(opening[1]) :], *code, *closing]
        info = (opening[3] or opening[5] or "").strip(" {}").split(maxsplit=1)
        language = info[0].removeprefix(".") if info else ""
        place = (quote + " " if quote else "") + " " * (indent // 4 * 4)
        line = f"{place}\x02code:{len(self._found)}\x03"
        self._found.append(Fence("\n".join(code), language, "\n".join(written)))
        return at + len(code) + len(closing), quote, line

    def fence(self, block: str) -> Fence | None:
        """The fence whose mark is all of `block`, else None."""
        mark = _MARK.fullmatch(block.strip("\n")) if "\x02" in block else None
        return self._found[int(mark[2])] if mark else None

    def restore(self, words: str) -> str:
        """`words` with every mark replaced by the fence as it was written."""
        return _MARK.sub(self._written, words) if "\x02code:" in words else words

    def _written(self, mark: re.Match[str]) -> str:
        written = self._found[int(mark[2])].written
        return "\n".join(mark[1] + line for line in written.split("\n"))
