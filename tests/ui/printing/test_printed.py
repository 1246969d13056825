"""Pages on a screen and on a printer: what is drawn, and where."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.exchange.notebook import notebook_of
from reader.ui.fonts import Faces
from reader.ui.printing.options import PrintOptions
from reader.ui.printing.pdf import draw
from reader.ui.printing.printed import PrintedText
from reader.ui.printing.sheet import RESOLUTION, divide
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker
from tests.ui.printing.conftest import MakeMark

A4 = QSizeF(595, 842)
DPI = 96


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(
        "# A title that is long enough to fill a whole line, and then some of the next one\n\n"
        + "\n\n".join(f"Part {n} has words. {'And more words than that. ' * 40}" for n in range(9))
    )


def painted(printed: PrintedText, page: int = 0, size: QSizeF = A4) -> QImage:
    """A page as a screen shows it."""
    picture = QImage((size * DPI / 72).toSize(), QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(DPI / 0.0254))
    picture.setDotsPerMeterY(round(DPI / 0.0254))
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    printed.paint(painter, page)
    painter.end()
    return picture


def is_blank(picture: QImage, left: float, right: float) -> bool:
    """Whether nothing is drawn between two units of a sheet, but for the line at its foot."""
    columns = range(int(left * DPI / RESOLUTION) + 1, int(right * DPI / RESOLUTION))
    rows = range(int(picture.height() * 0.9))
    assert len(columns) > 4
    return all(picture.pixelColor(x, y) == QColor("white") for x in columns for y in rows)


def colors(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(picture.height())
    }


def test_text_and_notes_keep_to_their_columns(
    copy: Copy, mark: MakeMark, faces: Faces, theme: Theme
) -> None:
    notes = [
        mark(copy, f"Part {n} has", n, note="Unbreakableword" * 9 + " and more" * 30)
        for n in range(9)
    ]
    printed = PrintedText(notebook_of(copy, notes), faces, PrintOptions(), theme)
    printed.layout(A4)
    sheet = divide(A4, 1.0, noted=True)
    for page in range(printed.page_count):
        picture = painted(printed, page)
        assert is_blank(picture, sheet.left + sheet.column, sheet.margin_left)
        assert is_blank(picture, sheet.right, sheet.right + sheet.left - 1)
        assert is_blank(picture, 0, sheet.left)


def test_a_line_has_its_measure_and_without_notes_stands_in_the_middle() -> None:
    noted, bare = divide(A4, 1.0, noted=True), divide(A4, 1.0, noted=False)
    assert noted.column == pytest.approx(bare.column, rel=0.01)
    assert noted.margin > 0
    assert bare.margin == 0
    assert bare.left + bare.column / 2 == pytest.approx(A4.width() / 72 * RESOLUTION / 2)


def test_narrow_paper_has_no_margin_but_all_notes(
    copy: Copy, mark: MakeMark, faces: Faces, theme: Theme
) -> None:
    a6 = QSizeF(298, 420)
    assert divide(a6, 1.0, noted=True).margin == 0
    printed = PrintedText(
        notebook_of(copy, [mark(copy, "Part 3", note="Here")]), faces, PrintOptions(), theme
    )
    printed.layout(a6)
    inks = [colors(painted(printed, page, a6)) for page in range(printed.page_count)]
    assert sum(theme["ink_yellow"] in ink for ink in inks) == 1


def test_marks_have_their_colours_and_only_those_asked_for(
    copy: Copy, mark: MakeMark, faces: Faces, theme: Theme
) -> None:
    notes = [
        mark(copy, "Part 0 has words", 1, color=Color.GREEN),
        mark(copy, "And more words than", 2, color=Color.BLUE, note="N"),
        mark(copy, "Part 1 has words", 3, color=Color.PINK, underline=True),
    ]
    seen = []
    for every in (True, False):
        options = PrintOptions(every_mark=every)
        printed = PrintedText(notebook_of(copy, notes), faces, options, theme)
        printed.layout(A4)
        seen.append(colors(painted(printed)))
    everything, noted = seen
    assert {theme["mark_green"], theme["mark_blue"], theme["ink_pink"]} <= everything
    assert theme["mark_blue"] in noted
    assert not {theme["mark_green"], theme["ink_pink"]} & noted


def test_a_printer_gets_its_own_paper_and_the_pages_asked_for(
    copy: Copy, mark: MakeMark, faces: Faces, theme: Theme, tmp_path: Path
) -> None:
    printed = PrintedText(
        notebook_of(copy, [mark(copy, "Part 8", note="At the end")]), faces, PrintOptions(), theme
    )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    printer.setPageRanges(ranges)
    draw(printed, printer)
    pages = PdfReader(io.BytesIO((tmp_path / "out.pdf").read_bytes())).pages
    assert printed.page_count > 3
    assert len(pages) == 2
    assert round(pages[0].mediabox.width) == 595
    words = " ".join(pages[0].extract_text().split())
    assert f"2 of {printed.page_count}" in words
