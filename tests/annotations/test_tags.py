"""What a tag is, wherever it was written."""

from __future__ import annotations

import pytest

from reader.annotations.tags import each_once, tag_of, tags_in


@pytest.mark.parametrize(
    ("note", "tags"),
    [
        ("#tag- and more", ("tag",)),
        ("#a/b, #c-d.", ("a/b", "c-d")),
        ("#Blue is #blue", ("Blue",)),
        ("C# and x#y, #1", ()),
    ],
)
def test_tags_in_a_note(note: str, tags: tuple[str, ...]) -> None:
    assert tags_in(note) == tags


def test_a_typed_tag_loses_the_signs_at_its_ends() -> None:
    assert [tag_of(words) for words in (" #tag- ", "two words", "##", "-")] == [
        "tag",
        "two words",
        "",
        "",
    ]


def test_capitals_make_no_other_tag() -> None:
    assert each_once(["Blue", "red", "blue"]) == ("Blue", "red")
