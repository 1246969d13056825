"""Names that every system takes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.file_names import safe_name
from reader.exchange.links import handle

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in "123")}


@given(st.text(max_size=200))
def test_any_title_is_a_name_on_every_system(title: str) -> None:
    name = safe_name(title, "urn:uuid:1")
    assert 0 < len(name.encode()) <= 130
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert name == name.strip(" .")
    assert name.split(".")[0].casefold() not in RESERVED
    assert unicodedata.is_normalized("NFC", name)
    assert name == safe_name(title, "urn:uuid:1")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The night of 537 weapons", "The night of 537 weapons"),
        ("Who? What: why/how", "Who What why how"),
        ("../../etc/passwd", "etc passwd"),
        ("nul.txt", "_nul.txt"),
        ("Übergröße…", "Übergröße…"),
        ("a" * 50 + " " + "b" * 100, "a" * 50),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", f"text {handle('urn:uuid:1')}"),
    ],
)
def test_a_name_is_the_title_as_far_as_may_be(title: str, name: str) -> None:
    assert safe_name(title, "urn:uuid:1") == name
