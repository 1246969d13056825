"""Names of files that every system takes, and that stay the same from export to export."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from reader.exchange.links import handle

_FORBIDDEN = re.compile(r'[<>:"/\\|?*#^\[\]\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
"""What Windows forbids, and what Obsidian's links cannot hold."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.I
)
_LONGEST = 120
"""Bytes of a name without its suffix; file systems take 255, synchronised folders less."""


def safe_name(title: str, document: str) -> str:
    """A title as a file's name, without a suffix; `document` names it when nothing is left."""
    words = unicodedata.normalize("NFC", title)
    words = "".join(" " if _unseen(letter) else letter for letter in words)
    name = " ".join(_FORBIDDEN.sub(" ", words).split())
    data = name.encode()
    if len(data) > _LONGEST:
        name = data[:_LONGEST].decode("utf-8", "ignore")
        cut = name.rfind(" ", _LONGEST // 4)
        name = name[:cut] if cut > 0 else name
    name = name.strip(" .-")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name or f"text {handle(document)}"


def _unseen(letter: str) -> bool:
    """Whether a character cannot be seen: it could make two names look the same."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn")


def free_name(folder: Path, title: str, document: str, suffix: str) -> Path:
    """A new file in a folder for a text: its title, with its short name where that is taken."""
    name = safe_name(title, document)
    taken = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
    if f"{name}{suffix}".casefold() in taken:
        name = f"{name} ({handle(document)})"
    return folder / f"{name}{suffix}"
