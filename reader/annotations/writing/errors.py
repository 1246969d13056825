"""What cannot be written."""

from __future__ import annotations


class CannotEdit(Exception):
    """A change that a file cannot take, or a file that cannot take one; the file stays as it is.

    The message is one clear sentence.
    """
