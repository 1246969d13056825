"""The notes of a release: what CHANGELOG.md says of its version.

    python -m build.release_notes v0.1.0

Fails where the tag is not the version of the sources, or the version has no date yet.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from reader import __version__

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def notes(tag: str, changelog: str, version: str = __version__) -> str:
    """The section of `tag` in the words of a changelog. Raises ValueError, with what to do."""
    if tag != f"v{version}":
        raise ValueError(
            f"The tag is {tag}, and reader/__init__.py says {version}; tag v{version}."
        )
    heading = re.search(rf"^## \[{re.escape(version)}\] - (.+)$", changelog, re.MULTILINE)
    if heading is None:
        raise ValueError(f"CHANGELOG.md has no “## [{version}] - date”; write what is new.")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", heading[1].strip()):
        raise ValueError(
            f"CHANGELOG.md dates {version} “{heading[1]}”; write the day, as 2025-06-30."
        )
    section = re.split(r"^(?:## |\[[^\]]+\]: )", changelog[heading.end() :], flags=re.MULTILINE)[0]
    if not section.strip():
        raise ValueError(f"CHANGELOG.md says nothing of {version}; write what is new.")
    return section.strip() + "\n"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m build.release_notes TAG", file=sys.stderr)
        return 2
    try:
        words = notes(arguments[0], CHANGELOG.read_text("utf-8"))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(words.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
