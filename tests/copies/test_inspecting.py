"""`inspect --json`: what other programs build on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.copies.inspecting import describe
from reader.copies.reading import open_copy

MakeCopy = Callable[..., Path]

ARTICLE = """\
# The 𝒜 offer 😀

The war *began*.[^1]

## Numbers

- one
- two

> Said.

| a | b |
|---|---|
| 1 | 𝒜 |

![A map.](a.png)

```
code 😀
```

---

The [end](#end) of the war.

[^1]: There.
"""

ANNOTATIONS = """\
annotations:
  - {id: war, kind: event, title: The war, terms: [war], see: [end]}
  - {id: end, kind: question, title: The end, see: [war, war]}
  - {id: all, kind: definition, title: All, target: text}
"""


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    folder = make_copy(ARTICLE, ANNOTATIONS)
    (folder / "a.png").write_bytes(b"")
    with (folder / "document.yaml").open("a") as document:
        document.write("language: en\n")
    return folder


@pytest.fixture
def described(folder: Path) -> Any:
    """The description as another program gets it."""
    return json.loads(json.dumps(describe(open_copy(folder))))


@pytest.fixture
def string(folder: Path) -> str:
    return open_copy(folder).text.string


def test_the_names_are_those_that_were_agreed(described: Any) -> None:
    assert list(described) == [
        "id",
        "revision",
        "title",
        "language",
        "sections",
        "blocks",
        "annotations",
        "layers",
    ]
    assert list(described["sections"][0]) == ["level", "title", "start"]
    assert list(described["blocks"][0]) == ["kind", "start", "end"]
    assert list(described["annotations"][0]) == ["id", "kind", "title", "mentions", "see"]


def test_the_copy_says_what_it_is(described: Any, folder: Path) -> None:
    assert described["id"] == "urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a"
    assert described["revision"] == open_copy(folder).revision
    assert (described["title"], described["language"]) == ("The Offer", "en")


def test_sections_start_at_their_headings(described: Any, string: str) -> None:
    assert [(s["level"], s["title"]) for s in described["sections"]] == [
        (1, "The 𝒜 offer 😀"),
        (2, "Numbers"),
    ]
    for section in described["sections"]:
        assert string[section["start"] :].startswith(section["title"] + "\n")


def test_every_kind_of_block_is_named_and_its_words_are_where_it_says(
    described: Any, string: str
) -> None:
    blocks = [(b["kind"], string[b["start"] : b["end"]]) for b in described["blocks"]]
    assert blocks == [
        ("heading", "The 𝒜 offer 😀"),
        ("paragraph", "The war began.[1]"),
        ("heading", "Numbers"),
        ("list-item", "one"),
        ("list-item", "two"),
        ("quote", "Said."),
        ("table", "a\tb\n1\t𝒜"),
        ("image", "\ufffc"),
        ("code", "code 😀"),
        ("rule", ""),
        ("paragraph", "The end of the war."),
    ]


def test_blocks_cover_the_text_but_for_one_newline_between_them(
    described: Any, string: str
) -> None:
    parts = [string[block["start"] : block["end"]] for block in described["blocks"]]
    assert "\n".join(parts) == string


def test_mentions_are_where_the_words_stand(described: Any, string: str) -> None:
    annotations = {
        a["id"]: (a["kind"], a["title"], [string[start:end] for start, end in a["mentions"]])
        for a in described["annotations"]
    }
    assert annotations == {
        "war": ("event", "The war", ["war", "war"]),
        "end": ("question", "The end", ["end"]),
        "all": ("definition", "All", []),
        "footnote-1": ("reference", "Note 1", ["[1]"]),
    }


def test_see_is_as_written(described: Any) -> None:
    assert {a["id"]: a["see"] for a in described["annotations"]} == {
        "war": ["end"],
        "end": ["war"],
        "all": [],
        "footnote-1": [],
    }


def test_a_bare_text_is_described_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    described = describe(open_copy(path))
    assert described["title"] == "a"
    assert described["language"] == ""
    assert described["blocks"] == [{"kind": "paragraph", "start": 0, "end": 6}]
    assert (described["sections"], described["annotations"]) == ([], [])
