"""The last way out for what could not be saved."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.exchange.rescue import Unsaved, rescue_words, rescued, write_rescue

NOTE = Mark("urn:uuid:1", MarkKind.NOTE, Selector("a *star*"), note="Which?", tags=("sky",))


def test_notes_are_told_with_their_quotes_and_texts() -> None:
    other = Mark("urn:uuid:2", MarkKind.HIGHLIGHT, Selector("two\nlines"))
    words = rescue_words(
        [
            Unsaved("a", "Of stars", NOTE),
            Unsaved("a", "Of stars", other),
            Unsaved("b", "Of seas", other, deleted=True),
        ]
    )
    stars, _, seas = words.partition("## Of seas")
    assert "## Of stars\n\n> a \\*star\\*\n\nWhich?\n\n#sky" in stars
    assert "> two\n> lines\n\n(highlight, yellow)" in stars
    assert seas.strip().endswith("(deleted)")


def test_the_first_folder_that_takes_it_has_it(tmp_path: Path) -> None:
    full = tmp_path / "file"
    full.write_text("no folder")
    place = write_rescue("Words.\n", [full, tmp_path])
    assert place is not None
    assert place.read_text("utf-8") == "Words.\n"
    assert rescued([full, tmp_path]) == [place]
    assert write_rescue("Words.\n", [full]) is None
