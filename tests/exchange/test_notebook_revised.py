"""A notebook of another revision has marks where they were found in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations.anchors import State
from reader.annotations.marks import Mark, MarkKind, moment, selector_of
from reader.annotations.revising import Placements
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.exchange.notebook import notebook_of

OLD = "# Rivers\n\nAll rivers run to the sea.\n"
NEW = "# Rivers\n\nEvery great stream reaches an ocean at last.\n"


def copy_of(article: str, folder: Path) -> Copy:
    folder.mkdir()
    (folder / "document.yaml").write_text(
        "format: 1\nid: urn:uuid:7c2f5a0e-6a54-4b1e-9d07-0a3a3c1f5d10\ntext: article.md\n"
    )
    (folder / "article.md").write_text(article)
    return open_copy(folder)


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    text = copy_of(OLD, tmp_path / "old").text.string
    start = text.index("run to the sea")
    made = moment()
    return Mark(
        "urn:uuid:1", MarkKind.HIGHLIGHT, selector_of(text, start, start + 14), created=made
    )


def test_what_the_reader_confirmed_counts(mark: Mark, tmp_path: Path) -> None:
    new = copy_of(NEW, tmp_path / "new")
    string = new.text.string
    [lost] = notebook_of(new, [mark]).entries
    assert lost.anchor.state is State.ORPHANED

    start = string.index("reaches an ocean")
    known = Placements(here={mark.id: selector_of(string, start, start + 16)})
    [found] = notebook_of(new, [mark], known=known).entries
    assert found.anchor.start == start
    assert found.path == ()


def test_what_is_kept_apart_has_no_place(mark: Mark, tmp_path: Path) -> None:
    old = copy_of(OLD, tmp_path / "again")
    assert notebook_of(old, [mark]).entries[0].anchor.state is State.EXACT
    apart = replace(mark, apart=old.text.digest)
    assert notebook_of(old, [apart]).entries[0].anchor.state is State.ORPHANED
