"""Names made of titles: ids of annotations, names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LONGEST = 48
_TABLE = """
аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь
эe юyu яya іi їyi єye ґg ўu
αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo
æae œoe øo ðd þth ßss đd łl ħh ıi
"""
_LETTERS = {pair[0]: pair[1:] for pair in _TABLE.split()}
"""Letters that have no Latin one inside them, as they are commonly written in Latin ones."""

_APOSTROPHES = re.compile("['’ʼ]")


def slug(words: str) -> str:
    """The words in small Latin letters and digits with hyphens; empty where nothing is left.

    Cyrillic and Greek are transliterated letter by letter, accents go; other scripts are left
    out.
    """
    latin = _latin(unicodedata.normalize("NFC", words.lower()))
    # What is left of accented letters, and once more for Greek ones, which have lost an accent.
    apart = unicodedata.normalize("NFKD", latin)
    plain = _latin("".join(each for each in apart if not unicodedata.combining(each)))
    hyphened = re.sub("[^a-z0-9]+", "-", _APOSTROPHES.sub("", plain)).strip("-")
    if len(hyphened) <= _LONGEST:
        return hyphened
    return (hyphened[: _LONGEST + 1].rpartition("-")[0] or hyphened[:_LONGEST]).strip("-")


def new_id(title: str, taken: Container[str], otherwise: str = "annotation") -> str:
    """An id for an annotation of this title that is not taken yet.

    A title in a script that cannot be written in Latin letters gives `otherwise` and a number.
    """
    # Ids that begin so belong to the footnotes of the text.
    wanted = slug(title).removeprefix("footnote-")
    return numbered(wanted, taken) if wanted else numbered(otherwise, taken, always=True)


def numbered(name: str, taken: Container[str], always: bool = False) -> str:
    """The name, with the first number after it that makes it free; `always`: from 1."""
    if not always and name not in taken:
        return name
    number = 1 if always else 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _latin(words: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in words)
