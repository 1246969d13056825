"""What cannot be exported or imported."""

from __future__ import annotations


class ExchangeError(Exception):
    """A file that cannot be written, read or understood; the message is one clear sentence."""
