"""Printing: the pages are shown first, and the printer gets what was shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.ui.printing.dialog import PrintDialog
from reader.ui.printing.options import Paper
from reader.ui.window import Window

NOTE = "Where the water comes from."


@pytest.fixture
def shown(make_window: Callable[..., Window], guide: Copy, qtbot: Any) -> PrintDialog:
    """The dialog over a text with one note, its pages laid out."""
    window = make_window(guide.path)
    window.reading.page.select(0, 12)
    window.marking.color(Color.YELLOW)
    window.marks.change(window.marks.all()[0].mark.id, note=NOTE)
    window.actions_["print"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintDialog))
    dialog = cast("PrintDialog", QApplication.activeModalWidget())
    qtbot.waitUntil(lambda: dialog.pages.page_count > 0)
    return dialog


def inked(picture: QImage) -> bool:
    """Whether anything is drawn on a page."""
    white = QImage(picture.size(), picture.format())
    white.fill(Qt.GlobalColor.white)
    return picture.convertToFormat(white.format()) != white


def drawn(dialog: PrintDialog, page: int, qtbot: Any) -> QImage:
    def there() -> bool:
        dialog.pages.viewport().update()
        return dialog.pages.picture(page) is not None

    qtbot.waitUntil(there)
    picture = dialog.pages.picture(page)
    assert picture is not None
    return picture


def test_the_pages_are_shown_and_one_can_go_through_them(shown: PrintDialog, qtbot: Any) -> None:
    assert inked(drawn(shown, 0, qtbot))
    assert shown.number.text() == f"Page 1 of {shown.pages.page_count}"
    assert shown.pages.page_count > 1
    for _ in range(shown.pages.page_count):
        QTest.keyClick(shown.pages, Qt.Key.Key_PageDown)
    last = shown.pages.page_count
    assert shown.number.text() == f"Page {last} of {last}"
    assert inked(drawn(shown, last - 1, qtbot))


def test_what_is_chosen_changes_the_pages(shown: PrintDialog, qtbot: Any) -> None:
    pages = shown.pages.page_count
    shown.text_size.setCurrentIndex(shown.text_size.count() - 1)
    qtbot.waitUntil(lambda: shown.pages.page_count > pages)


def words_of(file: Path) -> str:
    """The words of a PDF, one blank between two."""
    pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    return " ".join(" ".join(pages).split())


def test_the_authors_annotations_go_along_when_they_are_wanted(
    shown: PrintDialog, guide: Copy, tmp_path: Path
) -> None:
    title = next(each.title for each in guide.annotations if each.title not in guide.text.string)
    for wanted in (False, True):
        shown.cards.setChecked(wanted)
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{wanted}.pdf"))
        assert shown.print_to(printer)
        assert (title in words_of(tmp_path / f"{wanted}.pdf")) is wanted


def test_the_printer_gets_the_text_and_the_note(shown: PrintDialog, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "print.pdf"))
    same = (
        QPageSize.PageSizeId.A4 if shown.options.paper is Paper.A4 else QPageSize.PageSizeId.Letter
    )
    printer.setPageSize(QPageSize(same))
    assert shown.print_to(printer)
    assert len(pypdf.PdfReader(tmp_path / "print.pdf").pages) == shown.pages.page_count
    assert words_of(tmp_path / "print.pdf").count(NOTE) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(shown: PrintDialog, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "print.pdf"))
    assert not shown.print_to(printer)
    assert "takes no pages" in shown.said.text()
