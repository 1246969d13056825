"""Notes as they are written the first time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.exchange.links import handle, open_link
from reader.exchange.notebook import Document, Notebook, notebook_of, notebook_without_text
from reader.exchange.notes import merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.pieces import in_pieces, joined
from reader.exchange.templates import PRESETS, NotesTemplate, load_template

NOW = "2025-11-22T14:00:00Z"


def front_of(text: str) -> dict[str, Any]:
    front: dict[str, Any] = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
    return front


def rendered(text: str) -> str:
    return MarkdownIt("commonmark").enable("table").render(text.split("---\n", 2)[2])


def test_the_front_matter_says_what_the_notes_are_on(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    text = merge_notes(None, notebook(mark("tide rises", tags=("essay", "2025"))), plain, now=NOW)
    assert front_of(text.text) == {
        "title": "The Harbour",
        "authors": ["A. Pilot", "B. Mate"],
        "source": "https://example.org/harbour",
        "document": "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11",
        "revision": "2",
        "exported": NOW,
        "tags": ["annotated-reader", "2025_", "essay"],
    }


def test_an_entry_has_quote_link_note_tags_colour_and_a_name(
    plain: NotesTemplate, mark: Any, notebook: Any, copy: Copy
) -> None:
    made = mark("tide rises twice", note="Is *this* so?", tags=("essay", "to check"))
    book = notebook(made, names={Color.YELLOW: "important!"})
    text = merge_notes(None, book, plain, now=NOW).text
    link = open_link(copy.manifest.id, made.id)
    body = text.split("## Tides\n\n", 1)[1].rsplit("<!-- annotated-reader", 1)[0]
    assert body.startswith(
        "> tide rises twice\n>\n"
        f"> — [open]({link})\n\n"
        "Is *this* so?\n\n"
        "*important!* · #essay #to-check\n\n"
        f"<!-- mark {handle(made.id)} "
    )


def test_the_headings_on_the_way_are_written_once_and_in_order(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    marks = [
        mark("wreck of 1911", 1),
        mark("range is largest", 2),
        mark("second paragraph", 3),
        mark("tide rises", 4),
        mark("harbour lies open", 5),
    ]
    lines = merge_notes(None, notebook(*marks), plain).text.splitlines()
    shown = [line for line in lines if line.startswith(("#", "> ")) and "open]" not in line]
    assert shown == [
        "# The Harbour",
        "> harbour lies open",
        "## Tides",
        "> tide rises",
        "> second paragraph",
        "### Spring tides",
        "> range is largest",
        "## Ships",
        "> wreck of 1911",
    ]


def test_a_section_without_marks_that_stands_on_the_way_is_there(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    text = merge_notes(None, notebook(mark("range is largest")), plain).text
    assert "\n## Tides\n\n### Spring tides\n\n> range" in text
    assert "Ships" not in text


def test_sections_of_the_same_name_are_two(plain: NotesTemplate, mark: Any, notebook: Any) -> None:
    text = merge_notes(None, notebook(mark("deep draught"), mark("wreck", 2)), plain).text
    assert text.count("\n## Ships\n") == 2


def test_a_text_of_many_parts_has_them_below_the_title(
    plain: NotesTemplate, mark: Any, notebook: Any, make_copy: Callable[..., Copy]
) -> None:
    on = make_copy("# One\n\nFirst words.\n\n# Two\n\nOther words.\n")
    text = merge_notes(None, notebook(mark("Other", on=on), on=on), plain).text
    assert "\n# The Harbour\n\n## Two\n\n> Other\n" in text


def test_a_quote_over_several_blocks_is_in_the_blockquote_line_by_line(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    words = "before it falls.\nThe pilot boards at the outer buoy.\nTugs make fast"
    text = merge_notes(None, notebook(mark(words)), plain).text
    html = rendered(text)
    assert "<p>before it falls.</p>\n<p>The pilot boards at the outer buoy.</p>\n<p>Tugs" in html
    assert html.count("<blockquote>") == 1


def test_a_picture_in_a_quote_is_what_it_shows(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    text = merge_notes(None, notebook(mark("breakwater.\n\ufffc")), plain).text
    assert "> breakwater.\n>\n> \\[A chart of the harbour]\n" in text
    assert "\ufffc" not in text


def test_figures_and_mentions_come_where_they_are_asked_for(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    book = notebook(mark("Ships with a deep draught"), mark("Pilots wait", 2))
    without = merge_notes(None, book, plain).text
    assert "tanker" not in without
    assert "The pilot" not in without
    text = merge_notes(None, book, plain, NotesOptions(figures=True, annotations=True)).text
    html = rendered(text)
    assert 'tanker | laden</td>\n<td style="text-align:right">12.5</td>' in html
    assert "see The pilot" in text
    assert text.count("coaster") == 1


def test_a_mark_whose_words_are_gone_is_there_under_a_heading_that_says_so(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    gone = Mark("urn:uuid:9", MarkKind.NOTE, Selector("words of another edition"), note="Still.")
    text = merge_notes(None, notebook(gone, mark("tide rises")), plain).text
    assert text.index("> tide rises") < text.index("## No longer in the text")
    assert "> words of another edition" in text.split("## No longer in the text")[1]


def test_the_marks_of_a_text_that_is_gone_are_exported_too(plain: NotesTemplate, mark: Any) -> None:
    book = notebook_without_text(Document("urn:uuid:5", "Lost"), [mark("tide rises", note="Hm")])
    text = merge_notes(None, book, plain).text
    assert "> tide rises" in text
    assert "Hm" in text
    assert "No longer" not in text


def test_bookmarks_answers_and_other_peoples_marks_say_what_they_are(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    text = merge_notes(
        None,
        notebook(
            mark("tide rises", 1, kind=MarkKind.BOOKMARK),
            mark("slack water", 2, kind=MarkKind.ANSWER, note="Less current.", answers="why"),
            mark("deep draught", 3, creator="Ms Smith", underline=True),
        ),
        plain,
    ).text
    assert "\n*bookmark*\n" in text
    assert "\n*yellow* · answers *Why wait?*\n" in text
    assert "\n*yellow, underlined, Ms Smith*\n" in text


def test_links_in_notes_lead_to_the_app_or_stay_in_obsidian(
    plain: NotesTemplate, obsidian: NotesTemplate, mark: Any, notebook: Any
) -> None:
    other = mark("deep draught", 2)
    note = f"[[The pilot]] [[{other.id}|that]] [[urn:uuid:7#x|far]] [[Nowhere]]"
    book = notebook(mark("tide rises", note=note), other)
    document = book.document.id
    text = merge_notes(None, book, plain).text
    assert (
        f"[The pilot]({open_link(document, 'pilot')}) [that]({open_link(document, other.id)}) "
        f"[far]({open_link('urn:uuid:7', 'x')}) [[Nowhere]]\n"
    ) in text
    text = merge_notes(None, book, obsidian).text
    assert (
        f"[[The pilot]] [[#^mark-{handle(other.id)}|that]] "
        f"[far]({open_link('urn:uuid:7', 'x')}) [[Nowhere]]\n"
    ) in text
    assert f"\n^mark-{handle(other.id)}\n" in text


def test_zotero_has_quote_and_citation_in_one_paragraph(
    templates: Path, mark: Any, notebook: Any
) -> None:
    made = mark("tide rises", note="So.", tags=("a",))
    text = merge_notes(None, notebook(made), load_template("zotero", templates)).text
    link = open_link("urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11", made.id)
    assert f"\n“tide rises” ([A. Pilot and B. Mate, 2024]({link}))\n\nSo.\n\nTags: #a\n" in text


@pytest.mark.parametrize("name", PRESETS)
def test_every_mark_is_in_every_preset_once(
    name: str, templates: Path, mark: Any, notebook: Any
) -> None:
    marks = [
        mark("tide rises", 1, note="n"),
        mark("tide rises twice", 2),
        mark("water [only], and", 3),
    ]
    text = merge_notes(None, notebook(*marks), load_template(name, templates)).text
    for each in marks:
        assert text.count(open_link("urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11", each.id)) == 1
        assert text.count(f"<!-- mark {handle(each.id)} ") == 1
    assert joined(in_pieces(text)) == text
    assert "\n\n\n" not in text
    assert text.endswith("-->\n")


def test_only_some_colours_or_creators_are_exported(mark: Any, notebook: Any) -> None:
    book: Notebook = notebook(
        mark("tide rises", 1, color=Color.PINK), mark("deep draught", 2, creator="Ms Smith")
    )
    assert [e.mark.color for e in book.only(colors={Color.PINK}).entries] == [Color.PINK]
    assert [e.mark.creator for e in book.only(creators={""}).entries] == [""]
    assert book.only().entries == book.entries


def test_no_marks_make_notes_without_entries(plain: NotesTemplate, copy: Copy) -> None:
    export = merge_notes(None, notebook_of(copy, []), plain, now=NOW)
    assert "# The Harbour\n\n<!-- annotated-reader notes on " in export.text
    assert export.added == ()


def test_the_lines_that_are_new_are_told(plain: NotesTemplate, mark: Any, notebook: Any) -> None:
    export = merge_notes(None, notebook(mark("tide rises")), plain)
    lines = export.text.splitlines()
    assert [lines[number] for number in export.new_lines][:2] == ["## Tides", "> tide rises"]
    assert not any(lines[number].startswith("<!--") for number in export.new_lines)
