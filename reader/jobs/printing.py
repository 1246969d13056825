"""What every job prints in the same way."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(value: Any) -> None:
    """Print a value for other programs."""
    print(json.dumps(value, ensure_ascii=True, indent=2))


def counted(count: int, word: str) -> str:
    """A number of things, each of which is a `word`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def fail(error: Exception | str) -> int:
    """Say in one sentence why a job cannot be done; its exit status."""
    print(error, file=sys.stderr)
    return 1


def print_whole(text: str) -> None:
    """Print a file's text as its bytes would be, whatever the terminal makes of letters."""
    sys.stdout.flush()
    data = text.encode("utf-8", "replace")
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(data)
        buffer.flush()
