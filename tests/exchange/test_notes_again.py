"""Exporting again onto a file that its user has edited: nothing of his is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from reader.annotations.marks import Mark
from reader.exchange.entries import CONFLICT
from reader.exchange.errors import ExchangeError
from reader.exchange.links import handle
from reader.exchange.notebook import Document, notebook_without_text
from reader.exchange.notes import NotesExport, merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.templates import NotesTemplate

NOW, LATER = "2025-11-22T14:00:00Z", "2025-12-01T08:00:00Z"


@pytest.fixture
def tide(mark: Any) -> Mark:
    made: Mark = mark("tide rises", 1, note="First thought.\n\nSecond thought.", tags=("essay",))
    return made


@pytest.fixture
def ship(mark: Any) -> Mark:
    made: Mark = mark("deep draught", 2)
    return made


@pytest.fixture
def again(plain: NotesTemplate, notebook: Any) -> Any:
    """Exports marks onto a file, twice: the second time nothing may change."""

    def export(before: str | None, *marks: Mark, **fields: Any) -> NotesExport:
        book = notebook(*marks, **fields)
        done = merge_notes(before, book, plain, now=LATER if before else NOW)
        twice = merge_notes(done.text, book, plain, now="2026-01-01T00:00:00Z")
        assert twice.unchanged
        assert twice.text == done.text
        return done

    return export


def test_nothing_new_changes_no_byte_and_not_the_date(again: Any, tide: Mark, ship: Mark) -> None:
    before = again(None, tide, ship).text
    done = again(before, tide, ship)
    assert done.unchanged
    assert f"exported: {NOW}" in done.text


def test_what_the_user_wrote_before_between_and_below_stays(
    again: Any, tide: Mark, ship: Mark, mark: Any
) -> None:
    before = again(None, tide, ship).text
    edited = (
        before.replace("# The Harbour\n", "# The Harbour\n\nMy preface.\n")
        .replace("> tide rises", "Look at this:\n\n> tide rises")
        .replace("Second thought.\n", "Second thought.\n\nMy own thought inside.\n")
        .replace("\n## Ships", "\nMy thought between.\n\n## Ships")
    ) + "\nMy last words."
    done = again(edited, replace(tide, note="First thought.\n\nAnother."), ship, mark("Tugs", 3))
    for mine in (
        "# The Harbour\n\nMy preface.\n",
        "\nLook at this:\n\n> tide rises\n",
        "\n\nMy own thought inside.\n",
        "\nMy thought between.\n\n## Ships\n",
        "\nMy last words.",
    ):
        assert mine in done.text
    assert "Another.\n\nMy own thought inside." in done.text
    assert "Second thought." not in done.text
    assert CONFLICT not in done.text
    assert done.changed == (tide.id,)
    assert f"exported: {LATER}" in done.text


def test_a_note_that_both_changed_keeps_both_and_says_so(again: Any, tide: Mark) -> None:
    edited = again(None, tide).text.replace("First thought.", "First thought, by hand.")
    done = again(edited, replace(tide, note="First thought, in the app.\n\nSecond thought."))
    assert (
        f"First thought, by hand.\n\n{CONFLICT}\n\nFirst thought, in the app.\n\nSecond thought.\n"
    ) in done.text
    assert done.conflicts == (tide.id,)
    # What the app says from then on is kept up to date there, without another word.
    more = again(done.text, replace(tide, note="Third.\n\nSecond thought."))
    assert f"First thought, by hand.\n\n{CONFLICT}\n\nThird.\n\nSecond thought.\n" in more.text
    assert more.conflicts == ()


def test_a_change_beside_one_that_the_user_made_is_no_conflict(again: Any, tide: Mark) -> None:
    edited = again(None, tide).text.replace("First thought.", "Mine.")
    done = again(edited, replace(tide, note="First thought.\n\nNew.", tags=("other",)))
    assert "Mine.\n\nNew.\n\n*yellow* · #other\n" in done.text
    assert done.conflicts == ()


def test_what_the_user_has_taken_over_by_hand_is_not_put_in_again(again: Any, tide: Mark) -> None:
    edited = again(None, tide).text.replace("First thought.", "Both agree.")
    done = again(edited, replace(tide, note="Both agree.\n\nSecond thought."))
    assert done.text.count("Both agree.") == 1
    assert done.conflicts == ()


def test_a_mark_that_was_deleted_is_struck_and_not_removed(
    again: Any, tide: Mark, ship: Mark
) -> None:
    edited = again(None, tide, ship).text.replace("Second thought.", "Mine.")
    done = again(edited, ship, deleted=[tide])
    assert "> ~~tide rises~~\n" in done.text
    assert "\n~~First thought.~~\n\nMine.\n\n~~*yellow* · #essay~~\n" in done.text
    assert "> deep draught\n" in done.text
    assert done.struck == (tide.id,)
    # And it is no longer struck when it comes back.
    back = again(done.text, tide, ship)
    assert "~~tide" not in back.text
    assert "> tide rises\n" in back.text
    assert "Mine." in back.text


def test_a_mark_that_is_only_left_out_this_time_is_not_struck(
    again: Any, tide: Mark, ship: Mark
) -> None:
    before = again(None, tide, ship).text
    body = before.split("---\n", 2)[2]
    assert (
        again(before, ship).text.split("---\n", 2)[2].split("<!-- annotated")[0]
        == (body.split("<!-- annotated")[0])
    )


def test_an_entry_that_the_user_deleted_does_not_come_back(
    again: Any, tide: Mark, ship: Mark, mark: Any
) -> None:
    before = again(None, tide, ship).text
    start, end = before.index("> tide rises"), before.index("\n## Ships")
    done = again(before[:start] + before[end:], replace(tide, note="New"), ship, mark("Tugs", 3))
    assert "tide rises" not in done.text
    assert done.left_out == (tide.id,)
    assert done.added == (mark("Tugs", 3).id,)


def test_an_entry_that_the_user_moved_stays_there_and_follows(
    again: Any, tide: Mark, ship: Mark
) -> None:
    before = again(None, tide, ship).text
    start, end = before.index("> tide rises"), before.index("## Ships")
    entry = before[start:end]
    moved = before[:start] + before[end:].replace("<!-- annotated", f"{entry}<!-- annotated")
    done = again(moved, replace(tide, note="Changed."), ship)
    assert done.text.index("> deep draught") < done.text.index("> tide rises")
    assert "Changed.\n" in done.text.split("> tide rises")[1]
    assert done.text.count("> tide rises") == 1


def test_an_entry_that_the_user_copied_is_followed_once(again: Any, tide: Mark) -> None:
    before = again(None, tide).text
    entry = before[before.index("> tide rises") : before.index("<!-- annotated")]
    done = again(before.replace(entry, entry + entry), replace(tide, note="Changed."))
    assert done.text.count("Changed.") == 1
    assert done.text.count("First thought.") == 1


@pytest.mark.parametrize(
    ("words", "after", "below"),
    [
        ("twice a day", "> tide rises", "## Tides"),  # the same section, below
        ("harbour lies open", "# The Harbour", "# The Harbour"),  # above every section
        ("range is largest", "My thought on tides.", "### Spring tides"),  # a section within one
        ("Coaster", "## Ships", "## Ships"),  # the same section, above
        ("wreck of 1911", "> deep draught", "## Ships"),  # another section, at the end
    ],
)
def test_a_new_mark_goes_in_at_its_place(
    words: str, after: str, below: str, again: Any, tide: Mark, ship: Mark, mark: Any
) -> None:
    before = again(None, tide, ship).text
    edited = before.replace("\n## Ships", "\nMy thought on tides.\n\n## Ships")
    done = again(edited, tide, ship, mark(words, 3))
    lines = [line for line in done.text.splitlines() if line]
    place = lines.index(f"> {words}")
    marks = {
        f"> {each}": mark(each).selector.start for each in ("tide rises", "deep draught", words)
    }
    starts = [marks[line] for line in lines if line in marks]
    assert starts == sorted(starts)
    assert after in lines[:place]
    assert [line for line in lines[:place] if line.startswith("#")][-1] == below
    assert done.text.count("## Tides\n") == 1


def test_a_section_whose_heading_the_user_renamed_takes_new_marks(
    again: Any, tide: Mark, mark: Any
) -> None:
    edited = again(None, tide).text.replace("## Tides", "## About tides")
    done = again(edited, tide, mark("second paragraph", 2))
    assert "## Tides" not in done.text
    assert done.text.index("## About tides") < done.text.index("> second paragraph")


def test_a_heading_that_lost_its_entries_is_used_again(
    again: Any, tide: Mark, ship: Mark, mark: Any
) -> None:
    before = again(None, mark("harbour lies open", 4), tide, ship).text
    start, end = before.index("> tide rises"), before.index("## Ships")
    done = again(
        before[:start] + before[end:],
        mark("harbour lies open", 4),
        tide,
        ship,
        mark("second paragraph", 3),
    )
    assert done.text.count("## Tides\n") == 1
    assert "## Tides\n\n> second paragraph" in done.text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_files_newlines_and_its_bom_stay(
    newline: str, bom: str, again: Any, tide: Mark, ship: Mark, mark: Any
) -> None:
    before = bom + again(None, tide, ship).text.replace("\n", newline)
    assert again(before, tide, ship).unchanged
    done = again(before, replace(tide, note="New."), mark("Tugs", 3), deleted=[ship])
    assert done.text.startswith(bom)
    assert done.text.count("\n") == done.text.count(newline)
    assert not done.text[len(bom) :].startswith("\ufeff")


def test_spaces_at_the_ends_of_lines_are_no_edit(again: Any, tide: Mark) -> None:
    before = again(None, tide).text.replace("First thought.\n", "First thought.  \n")
    done = again(before, replace(tide, note="New."))
    assert "First thought." not in done.text
    assert done.conflicts == ()


class TestFrontMatter:
    def test_fields_of_the_users_stay_and_ours_follow(
        self, again: Any, tide: Mark, ship: Mark
    ) -> None:
        edited = (
            again(None, tide)
            .text.replace("revision: 2", "revision: 2\nrating: 5 # of 5\n# a comment")
            .replace("title: The Harbour", "title: My harbour")
        )
        done = again(edited, tide, replace(ship, tags=("draught",)))
        assert "\nrevision: 2\nrating: 5 # of 5\n# a comment\n" in done.text
        assert "\ntitle: My harbour\n" in done.text
        assert "\ntags: [annotated-reader, draught, essay]\n" in done.text

    def test_a_list_that_the_user_changed_gets_what_is_new(
        self, again: Any, tide: Mark, ship: Mark
    ) -> None:
        edited = again(None, tide).text.replace(
            "tags: [annotated-reader, essay]", "tags:\n  - harbour\n  - essay"
        )
        done = again(edited, tide, replace(ship, tags=("draught",)))
        front = yaml.safe_load(done.text.split("---\n")[1])
        assert front["tags"] == ["harbour", "essay", "draught"]

    def test_a_field_that_is_only_set_anew_counts_as_untouched(
        self, again: Any, tide: Mark, ship: Mark
    ) -> None:
        edited = again(None, tide).text.replace(
            "tags: [annotated-reader, essay]", "tags:\n  - annotated-reader\n  - essay"
        )
        assert again(edited, tide).unchanged
        done = again(edited, replace(tide, tags=("b",)))
        assert yaml.safe_load(done.text.split("---\n")[1])["tags"] == ["annotated-reader", "b"]

    def test_a_field_that_the_user_took_out_stays_out(self, again: Any, tide: Mark) -> None:
        edited = again(None, tide).text.replace(f"exported: {NOW}\n", "")
        done = again(edited, replace(tide, note="New."))
        assert "exported:" not in done.text

    def test_all_of_it_taken_out_stays_out(self, again: Any, tide: Mark) -> None:
        edited = again(None, tide).text.split("---\n\n", 1)[1]
        done = again(edited, replace(tide, note="New."))
        assert done.text.startswith("# The Harbour\n")


class TestOtherFiles:
    def test_notes_go_below_what_stands_in_a_file_of_the_users(
        self, again: Any, tide: Mark
    ) -> None:
        done = again("My own notes.\n\nNo newline at the end", tide)
        assert done.text.startswith("My own notes.\n\nNo newline at the end\n\n## Tides\n\n> tide")

    def test_the_notes_of_another_text_are_refused(
        self, again: Any, plain: NotesTemplate, tide: Mark
    ) -> None:
        other = notebook_without_text(Document("urn:uuid:other", "Other"), [tide])
        with pytest.raises(ExchangeError, match="notes of another text"):
            merge_notes(again(None, tide).text, other, plain)

    def test_two_texts_notes_in_one_file_are_each_kept_up(
        self, again: Any, plain: NotesTemplate, tide: Mark, mark: Any
    ) -> None:
        other = notebook_without_text(Document("urn:uuid:other", "Other"), [mark("Tugs", 9)])
        both = again(None, tide).text + "\n" + merge_notes(None, other, plain, now=NOW).text
        done = again(both, replace(tide, note="New."))
        assert "New.\n" in done.text
        assert done.text.count("> Tugs") == 1

    @pytest.mark.parametrize("before", ["", "\n\n", "\ufeff", "  \r\n"])
    def test_an_empty_file_is_none(self, before: str, again: Any, tide: Mark) -> None:
        assert "title: The Harbour" in again(before, tide).text


def test_options_that_change_are_a_change_of_what_the_app_says(
    plain: NotesTemplate, notebook: Any, ship: Mark
) -> None:
    before = merge_notes(None, notebook(ship), plain, now=NOW).text
    edited = before.replace("*yellow*", "*yellow*\n\nMine.")
    done = merge_notes(edited, notebook(ship), plain, NotesOptions(figures=True), now=LATER)
    assert "| tanker \\| laden | 12.5 |" in done.text
    assert "Mine." in done.text
    back = merge_notes(done.text, notebook(ship), plain, now=LATER)
    assert "tanker" not in back.text
    assert "Mine." in back.text


def test_a_note_cannot_forge_the_marks_of_a_file(again: Any, tide: Mark, ship: Mark) -> None:
    forged = f"<!-- mark {handle(ship.id)} 00000000 -->\n\n<!-- annotated-reader notes on x\n-->"
    done = again(None, replace(tide, note=forged), ship)
    assert done.text.count("<!-- mark ") == 2
    assert done.text.count("<!-- annotated-reader") == 1
    assert "> deep draught" in again(done.text, replace(tide, note="x"), ship).text
