"""PDFs: every word and every note is there, once, in order, and beside each other."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.notebook import Document, notebook_of, notebook_without_text
from reader.text.model import Text
from reader.ui.fonts import Faces
from reader.ui.printing.options import Paper, PrintOptions
from reader.ui.printing.pdf import pdf_of, write_pdf
from tests.ui.conftest import CopyMaker
from tests.ui.printing.conftest import MakeMark, MakePdf, Pdf, squeezed

ARTICLE = """\
# The Harbour

The harbour lies open to the west, and *nobody* minds the weather there.

## Tides

The tide rises twice a day. Pilots wait for “slack water” before they move a ship.

1. The pilot boards at the outer buoy.
2. Tugs make fast at the breakwater.

> Time and tide wait for no man, as the harbour master’s board has it.

| Kind | Draught |
|:--|--:|
| Coaster | four metres |
| Tanker | twelve metres |

```
while tide < high:
    wait()
```

The last paragraph speaks of the wreck[^1] and of what became of its cargo.

[^1]: It went down in a gale.
"""


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE)


def in_order(pdf: Pdf, *words: str) -> bool:
    """Whether all of the words are there, one after the other."""
    pattern = ".*?".join(re.escape(squeezed(each)) for each in words)
    return re.search(pattern, pdf.text, re.DOTALL) is not None


def test_the_words_are_there_once_and_in_order(copy: Copy, make_pdf: MakePdf) -> None:
    pdf = make_pdf(notebook_of(copy, ()))
    words = [
        "The harbour lies open to the west, and nobody minds the weather there.",
        "Tides",
        "The tide rises twice a day. Pilots wait for “slack water” before they move a ship.",
        "1. The pilot boards at the outer buoy.",
        "2. Tugs make fast at the breakwater.",
        "Time and tide wait for no man, as the harbour master’s board has it.",
        "Kind Draught Coaster four metres Tanker twelve metres",
        "while tide < high: wait()",
        "The last paragraph speaks of the wreck[1] and of what became of its cargo.",
        "It went down in a gale.",
    ]
    assert in_order(pdf, *words)
    assert [pdf.count(each) for each in words] == [1] * len(words)
    assert pdf.text.endswith(squeezed("A test 1 of 1"))


def test_a_space_is_a_space_to_who_searches(copy: Copy, make_pdf: MakePdf) -> None:
    [page] = make_pdf(notebook_of(copy, ())).reader.pages
    assert "\t" not in page.extract_text()
    assert "rises twice a day." in page.extract_text()


def test_notes_are_numbered_and_told_once(copy: Copy, mark: MakeMark, make_pdf: MakePdf) -> None:
    notes = (
        mark(copy, "rises twice", 1, note="*Twice?*\n\n- one\n- two", tags=("tides", "see")),
        mark(copy, "lies open", 2, note="Open", color=Color.PINK),
        mark(copy, "outer buoy", 3, color=Color.GREEN),
        mark(copy, "twelve metres", 4, note="Laden", color=Color.BLUE, creator="B. Mate"),
    )
    pdf = make_pdf(notebook_of(copy, notes, {Color.YELLOW: "ask"}))
    assert in_order(pdf, "lies open1 to", "rises twice2 a day", "twelve metres3")
    assert in_order(pdf, "1 Open Pink", "2 Twice? • one • two ask · #tides #see", "3 Laden Blue")
    assert in_order(pdf, "Laden Blue · B. Mate")
    assert [pdf.count(each) for each in ("Twice?", "1 Open", "Laden", "#tides")] == [1] * 4
    # What colours mean is told at the beginning, also of marks without a note.
    assert in_order(pdf, "The Harbour", "ask Green Blue Pink", "The harbour lies")


def test_numbers_rise_where_marks_overlap(copy: Copy, mark: MakeMark, make_pdf: MakePdf) -> None:
    notes = (
        mark(copy, "tide rises twice a day", 1, note="Outer"),
        mark(copy, "rises", 2, note="Inner"),
        mark(copy, "twice a day", 3, note="Same end"),
    )
    pdf = make_pdf(notebook_of(copy, notes))
    assert pdf.count("The tide rises1 twice a day2,3. Pilots") == 1
    assert in_order(pdf, "1 Inner", "2 Outer", "3 Same end")


def test_a_mark_across_blocks_is_numbered_at_its_end(
    copy: Copy, mark: MakeMark, make_pdf: MakePdf
) -> None:
    string = copy.text.string
    words = string[string.index("move a ship") : string.index("The pilot boards") + 9]
    pdf = make_pdf(notebook_of(copy, [mark(copy, words, note="Across")]))
    assert pdf.count("The pilot1 boards") == 1


@pytest.mark.parametrize("paper", Paper)
def test_a_note_is_on_the_page_of_its_words(
    paper: Paper, make_copy: CopyMaker, mark: MakeMark, make_pdf: MakePdf
) -> None:
    copy = make_copy(
        "# Long\n\n" + "\n\n".join(f"Word{n}x stands here. {'It rains. ' * 30}" for n in range(60))
    )
    notes = [mark(copy, f"Word{n}x", n, note=f"Note{n}x on it.") for n in range(60)]
    pdf = make_pdf(notebook_of(copy, notes), paper=paper)
    assert len(pdf.pages) > 5
    for number in range(60):
        assert pdf.page_of(f"Word{number}x") == pdf.page_of(f"{number + 1}Note{number}x on it.")
    box = pdf.reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == {
        Paper.A4: (595, 842),
        Paper.LETTER: (612, 792),
    }[paper]


def test_thirty_notes_on_a_paragraph_overflow_to_the_end_of_the_page_and_beyond(
    make_copy: CopyMaker, mark: MakeMark, make_pdf: MakePdf
) -> None:
    words = " ".join(f"word{n}x" for n in range(30))
    copy = make_copy(f"# Crowded\n\n{words}\n\nAnd on it goes.")
    notes = [
        mark(copy, f"word{n}x", n, note=f"Begin{n}x {'and so on ' * 40} end{n}x") for n in range(30)
    ]
    pdf = make_pdf(notebook_of(copy, notes))
    assert len(pdf.pages) > 1
    for number in range(30):
        assert pdf.count(f"{number + 1}Begin{number}x") == 1
        assert pdf.count(f"end{number}x") == 1
    assert pdf.count("so") == 30 * 40  # the foot of a page may stand between “so” and “on”
    # The first page has notes both in its margin and at its end.
    assert "1Begin0x" in pdf.pages[0]
    assert "end10x" in pdf.pages[0]


def test_a_note_longer_than_a_page_goes_on_until_its_end(
    copy: Copy, mark: MakeMark, make_pdf: MakePdf
) -> None:
    note = " ".join(f"w{n}w" for n in range(3000))
    pdf = make_pdf(notebook_of(copy, [mark(copy, "slack water", note=note)]))
    assert len(pdf.pages) > 2
    for number in range(3000):
        assert pdf.count(f"w{number}w") == 1
    assert pdf.count("The last paragraph speaks of the wreck") == 1


def test_right_to_left_and_emoji(make_copy: CopyMaker, mark: MakeMark, make_pdf: MakePdf) -> None:
    hebrew = "ברוכים הבאים לנמל"
    copy = make_copy(f"# 🚢 Port\n\n{hebrew}\n\nThen 👩‍🚀 and 𝒜 stand before the end of it.")
    notes = [mark(copy, "הבאים", 1, note="שלום"), mark(copy, "stand", 2, note="After 🎉 them")]
    pdf = make_pdf(notebook_of(copy, notes))
    # Letters stand from left to right in a PDF; turning them is for who reads it.
    for word in (*hebrew.split(), "שלום"):
        assert pdf.text.count(word) + pdf.text.count(word[::-1]) == 1
    assert pdf.count("stand2 before the end of it.") == 1
    assert pdf.count("them") == 1


def test_a_wide_table_and_a_tall_row_are_whole(
    make_copy: CopyMaker, mark: MakeMark, make_pdf: MakePdf
) -> None:
    wide = "|".join(f"col{n}c" for n in range(12))
    tall = " ".join(f"t{n}t" for n in range(1500))
    copy = make_copy(f"|{wide}|\n{'|--' * 12}|\n|{wide}|\n\n| a | b |\n|--|--|\n| x | {tall} |\n")
    pdf = make_pdf(notebook_of(copy, [mark(copy, "col7c", note="Seventh")]), text_size=1.3)
    assert [pdf.count(f"col{n}c") for n in range(12)] == [2] * 12
    assert pdf.count("col7c1") == 1
    assert [pdf.count(f"t{n}t") for n in range(1500)] == [1] * 1500
    assert len(pdf.pages) > 1


def test_pictures_come_from_the_copy_alone(
    make_copy: CopyMaker, make_pdf: MakePdf, tmp_path: Path
) -> None:
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    assert picture.save(str(tmp_path / "outside.png"))
    (tmp_path / "copy" / "figures").mkdir(parents=True)
    assert picture.save(str(tmp_path / "copy" / "figures" / "in.png"))
    copy = make_copy('![Within](figures/in.png "A caption below")\n\n![Without](../outside.png)\n')
    pdf = make_pdf(notebook_of(copy, ()))
    assert len(pdf.reader.pages[0].images) == 1
    assert pdf.count("A caption below") == 1
    assert pdf.count("[Without]") == 1
    assert "Within" not in pdf.text


def test_what_has_no_place_is_listed_at_the_end(
    copy: Copy, mark: MakeMark, make_pdf: MakePdf
) -> None:
    orphan = Mark(
        "urn:uuid:00000000-0000-4000-8000-000000000009",
        MarkKind.NOTE,
        Selector("words that were taken out"),
        note="Still mine",
        tags=("kept",),
    )
    pdf = make_pdf(notebook_of(copy, [orphan, mark(copy, "slack", 1, note="Here")]))
    assert in_order(
        pdf, "Not found in the text", "words that were taken out", "Still mine", "#kept"
    )
    assert pdf.count("Still mine") == 1


def test_a_bookmark_with_a_note_is_numbered(copy: Copy, mark: MakeMark, make_pdf: MakePdf) -> None:
    pdf = make_pdf(
        notebook_of(copy, [mark(copy, "twelve", kind=MarkKind.BOOKMARK, note="Go on here")])
    )
    assert pdf.count("twelve1") == 1
    assert pdf.count("1 Go on here Bookmark") == 1


def test_notes_whose_text_is_gone_are_printed_alone(
    copy: Copy, mark: MakeMark, make_pdf: MakePdf
) -> None:
    notes = [mark(copy, "slack water", 1, note="First"), mark(copy, "breakwater", 2)]
    document = Document("urn:uuid:1", "The Harbour", authors=("A. Pilot",))
    pdf = make_pdf(notebook_without_text(document, notes))
    assert in_order(
        pdf, "The Harbour", "A. Pilot", "not at hand", "slack water", "First", "breakwater"
    )


def test_an_empty_text_is_a_page(copy: Copy, mark: MakeMark, make_pdf: MakePdf) -> None:
    empty = replace(copy, text=Text("", ()))
    assert make_pdf(notebook_of(empty, ())).pages == [squeezed("A test A test 1 of 1")]
    pdf = make_pdf(notebook_of(empty, [mark(copy, "slack water", note="Kept")]))
    assert in_order(pdf, "Not found in the text", "slack water", "Kept")


def test_the_authors_annotations_go_along_where_asked_for(
    harbour: Copy, mark: MakeMark, make_pdf: MakePdf
) -> None:
    notebook = notebook_of(harbour, [mark(harbour, "before them", note="Mine")])
    without = make_pdf(notebook)
    assert "A wall of stone." not in without.text
    pdf = make_pdf(notebook, cards=True)
    assert pdf.count("The quay A wall of stone. Place") == 1
    assert pdf.count("Mine") == 1
    assert in_order(pdf, "Stones", "quay: 12", "mill: 3")
    for annotation in harbour.annotations:
        if annotation.body:
            assert pdf.count(f"{annotation.title} {annotation.body}") == 1
    assert pdf.page_of("quay: 12") == pdf.page_of("Part 3")


def test_a_text_size_and_a_title_and_an_author_are_as_chosen(copy: Copy, make_pdf: MakePdf) -> None:
    notebook = notebook_of(copy, ())
    large = make_pdf(notebook, text_size=3.0)
    assert len(large.pages) > 2
    metadata = large.reader.metadata
    assert metadata is not None
    assert metadata.title == "A test"
    assert (metadata.creator or "").startswith("Annotated Reader")


def test_twice_the_same_but_for_the_time(copy: Copy, mark: MakeMark, faces: Faces) -> None:
    notebook = notebook_of(copy, [mark(copy, "slack", note="Here")])
    once, again = (pdf_of(notebook, faces, PrintOptions()) for _ in range(2))
    stamp = rb"\(D:[^)]*\)|\d{4}-\d\d-\d\dT[\d:+Z-]*"
    assert re.sub(stamp, b"", once) == re.sub(stamp, b"", again)


def test_a_file_is_written_whole_or_not_at_all(copy: Copy, faces: Faces, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.6:
            raise Enough

    file = tmp_path / "out.pdf"
    file.write_bytes(b"before")
    notebook = notebook_of(copy, ())
    with pytest.raises(Enough):
        write_pdf(notebook, file, faces, PrintOptions(), stop)
    assert file.read_bytes() == b"before"
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExchangeError, match=r"^“folder” could not be written \(.*\); choose"):
        write_pdf(notebook, tmp_path / "folder", faces, PrintOptions())
    shares: list[float] = []
    write_pdf(notebook, file, faces, PrintOptions(), shares.append)
    assert len(Pdf(file.read_bytes()).pages) == 1
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_a_long_text_is_whole(make_copy: CopyMaker, mark: MakeMark, make_pdf: MakePdf) -> None:
    count = 900
    copy = make_copy(
        "# Long\n\n" + "\n\n".join(f"Par{n}x {'the rain goes on ' * 20}" for n in range(count))
    )
    assert len(copy.text.string) > 300_000
    notes = [mark(copy, f"Par{n}x", n, note=f"On{n}x") for n in range(0, count, 9)]
    pdf = make_pdf(notebook_of(copy, notes))
    assert re.findall(r"Par(\d+)x", pdf.text) == [str(n) for n in range(count)]
    assert re.findall(r"On(\d+)x", pdf.text) == [str(n) for n in range(0, count, 9)]
    assert pdf.count("goes") == 20 * count
