"""Names that every system can give a file, and that look like what they are."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable

from reader.problems import quoted

_LONGEST = 200
_DEEPEST = 8
_FORBIDDEN = frozenset('<>"|?*:')
_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$", "clock$"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
    )
)


def composed(name: str) -> str:
    """The name in composed letters (NFC), however a system keeps it."""
    return unicodedata.normalize("NFC", name)


def fault_of(name: str) -> str:
    """What is wrong with a file's path inside a copy, such as “is absolute”; else empty.

    Windows' rules hold everywhere: a copy made on one system has to unpack on all.
    """
    parts = name.split("/")
    if name.startswith("/"):
        return "is an absolute path"
    if "\\" in name:
        return "has a backslash in it"
    if len(name) > 1 and name[1] == ":" and name[0].isalpha():
        return "names a drive"
    if ".." in parts:
        return "leads out of the copy"
    if not name.isprintable():
        return "has invisible characters, or such as turn the direction of writing"
    if not all(parts) or "." in parts:
        return "has an empty part"
    if name != composed(name):
        return "is not written in composed letters (NFC)"
    if len(name) > _LONGEST or len(parts) > _DEEPEST:
        return "is too long" if len(name) > _LONGEST else "lies too deep in folders"
    return next((fault for part in parts if (fault := _fault_of_part(part))), "")


def _fault_of_part(part: str) -> str:
    if not _FORBIDDEN.isdisjoint(part):
        return f"has a sign in it that Windows does not allow ({' '.join(sorted(_FORBIDDEN))})"
    if part[-1] in ". " or part[0] == " ":
        return "begins with a space, or ends with a space or a point"
    if part.partition(".")[0].rstrip().casefold() in _DEVICES:
        return "is a device's name on Windows"
    return ""


def shown(name: str) -> str:
    """The name in quotes, with nothing in it that is not seen."""
    return quoted("".join(sign if sign.isprintable() else "\ufffd" for sign in name))


def key_of(name: str) -> str:
    """The same for all names that some system takes for the same."""
    return composed(composed(name).casefold())


def collision(names: Iterable[str]) -> str:
    """Two names that some system takes for one, or for a file and a folder, in words."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        key = key_of(name)
        if key in seen:
            return f"{shown(seen[key])} and {shown(name)}"
        seen[key] = name
        parts = name.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if folders.setdefault(key_of(folder), folder) != folder:
                return f"{shown(folders[key_of(folder)])} and {shown(folder)}"
    both = seen.keys() & folders.keys()
    return next((f"{shown(seen[key])} and {shown(folders[key])}" for key in sorted(both)), "")


def plain_name(name: str) -> str:
    """A path inside a copy without `./`, `//` and the like, in composed letters."""
    return posixpath.normpath(composed(name))
