"""Names that are made of titles."""

from __future__ import annotations

import pytest

from reader.annotations.naming import new_id, slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Operation Spiderweb", "operation-spiderweb"),
        ("Putin’s statement of 27 June", "putins-statement-of-27-june"),
        ("Straße — Łódź, Ærø", "strasse-lodz-aero"),
        ("Зеленський у Києві", "zelenskiy-u-kiyevi"),
        ("Ἀθήνα", "athina"),
        ("東京", ""),
        ("東京 2020", "2020"),
        ("  #!  ", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_an_id_is_free_and_never_a_footnotes() -> None:
    assert new_id("The war", set()) == "the-war"
    assert new_id("The war", {"the-war", "the-war-2"}) == "the-war-3"
    assert new_id("東京", {"place-1"}, "place") == "place-2"
    assert new_id("Footnote 1", set()) == "1"
