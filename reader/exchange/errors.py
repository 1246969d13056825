"""What cannot be exported or imported."""

from __future__ import annotations


class ExchangeError(Exception):
    """A file that cannot be written, read or understood; the message is one clear sentence."""


class TemplateError(ExchangeError):
    """A template that cannot be used. `line` counts from 1; 0 is the template as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line
