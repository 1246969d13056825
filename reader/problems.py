"""What is wrong with a file, said so that a person can mend it."""

from __future__ import annotations

from dataclasses import dataclass


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


class CannotOpen(Exception):
    """A file or folder that cannot be shown at all; the message is one clear sentence."""
