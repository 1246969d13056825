"""What is wrong with a file, said so that a person can mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 60
_UNSHOWN = "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"  # compiled when first used


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what to do.

    `line` counts from 1; 0 means the file as a whole. `code` is a short name
    that never changes, for programs to go by.
    """

    file: str
    line: int
    code: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}" + (f" {self.advice}" if self.advice else "")

    @property
    def sentence(self) -> str:
        """All of it as one sentence, for whoever cannot open the file because of it."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        if not self.advice:
            return f"{place}: {self.message}"
        return f"{place}: {self.message.rstrip('.')}; {self.advice[0].lower()}{self.advice[1:]}"


class CannotOpen(Exception):
    """A file or folder that cannot be shown at all; the message is one clear sentence."""


def quoted(words: str, longest: int = _LONGEST) -> str:
    """Words out of a file, in quotes, fit for a message.

    They come on one line, are cut where they are too long, and hold nothing
    that could lead a terminal or a reader astray.
    """
    line = re.sub(_UNSHOWN, "\ufffd", " ".join(words[: 4 * longest].split()))
    cut = len(line) > longest or len(words) > 4 * longest
    return f"“{line[: longest - 1].rstrip()}…”" if cut else f"“{line}”"
