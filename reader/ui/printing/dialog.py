"""Printing: what goes along, how the pages will look, and then the printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPalette
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QProgressDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.exchange.notebook import Notebook
from reader.locations import bundled
from reader.ui.background import Cancelled
from reader.ui.fonts import Faces
from reader.ui.printing.drawing import Drawing
from reader.ui.printing.options import Paper, PrintOptions
from reader.ui.printing.pages_view import PagesView
from reader.ui.printing.pdf import draw
from reader.ui.printing.printed import PrintedText
from reader.ui.theme import Theme, load_theme
from reader.ui.two_panes import LeftPane, Said, furnish

_SIZES = (0.8, 1.0, 1.25, 1.5, 2.0)
_PAPERS = {Paper.A4: "A4", Paper.LETTER: "Letter"}
_QT_SIZES = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
}


class PrintDialog(QDialog):
    """Shows the pages before they are printed. `notebook` is the text with the marks."""

    def __init__(
        self, notebook: Notebook, paper: Paper, theme: Theme, faces: Faces, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print"))
        self._notebook, self._faces = notebook, faces
        self._ink = load_theme(bundled("resources") / "themes", "light")
        self._drawing = Drawing(self)
        self.marks = QComboBox()
        self.marks.addItem(self.tr("All my marks and notes"), True)
        self.marks.addItem(self.tr("Marks with a note alone"), False)
        self.cards = QCheckBox(self.tr("The author's annotations too"))
        self.text_size = QComboBox()
        for size in _SIZES:
            self.text_size.addItem(self.tr("{0} %").format(round(100 * size)), size)
        self.text_size.setCurrentIndex(_SIZES.index(1.0))
        self.paper = QComboBox()
        for each, words in _PAPERS.items():
            self.paper.addItem(words, each)
        self.paper.setCurrentIndex(self.paper.findData(paper))
        self.pages = PagesView(self._drawing, theme)
        self.said = Said()
        self.number = QLabel()
        self.print_button = QPushButton(self.tr("Print…"))
        self.print_button.setDefault(True)
        close = QPushButton(self.tr("Close"))
        left, right = self._left(), QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        furnish(self, theme, left, right, [self.number, None, close, self.print_button])
        palette = self.pages.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("window"))
        self.pages.setPalette(palette)
        close.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._print)
        self.pages.page_changed.connect(self._say_page)
        self._drawing.failed.connect(self._fail)
        self.cards.toggled.connect(self._lay_out)
        for box in (self.marks, self.text_size, self.paper):
            box.currentIndexChanged.connect(self._lay_out)
        self._lay_out()
        self.pages.setFocus()

    @property
    def options(self) -> PrintOptions:
        """What is chosen."""
        return PrintOptions(
            paper=self.paper.currentData(),
            text_size=self.text_size.currentData(),
            cards=self.cards.isChecked(),
            every_mark=self.marks.currentData(),
        )

    def done(self, result: int) -> None:
        self._drawing.stop()
        super().done(result)

    def print_to(self, printer: QPrinter) -> bool:
        """Print what is chosen; False when the printer takes nothing, or it was cancelled."""
        printer.setFullPage(True)
        waiting = QProgressDialog(self.tr("Printing …"), self.tr("Cancel"), 0, 1000, self)
        waiting.setWindowModality(Qt.WindowModality.WindowModal)

        def progress(share: float) -> None:
            waiting.setValue(round(999 * share))
            QCoreApplication.processEvents()
            if waiting.wasCanceled():
                raise Cancelled

        try:
            draw(self._printed_text(), printer, progress)
        except Cancelled:
            printer.abort()
            return False
        except OSError:
            self.said.say(
                self.tr("The printer takes no pages; see whether it is on, or choose another."),
                wrong=True,
            )
            return False
        finally:
            waiting.close()
        return True

    def _left(self) -> QWidget:
        left = LeftPane()
        for words, box in (
            (self.tr("Beside the text"), self.marks),
            (self.tr("Size of the text"), self.text_size),
            (self.tr("Paper"), self.paper),
        ):
            box.setAccessibleName(words)
            left.add(words, box)
            if box is self.marks:
                left.add("", self.cards)
        left.add("", self.said)
        left.column.addStretch()
        return left

    def _printed_text(self) -> PrintedText:
        return PrintedText(self._notebook, self._faces, self.options, self._ink)

    def _lay_out(self) -> None:
        size = QPageSize(_QT_SIZES[self.options.paper]).size(QPageSize.Unit.Point)
        self.number.setText(self.tr("Laying out the pages …"))
        make = partial(PrintedText, self._notebook, self._faces, self.options, self._ink)
        self._drawing.start(make, QSizeF(size))

    def _fail(self, error: Exception) -> None:
        self.number.setText("")
        self.said.say(self.tr("The pages could not be laid out, by a fault of this program."))
        raise error

    def _say_page(self, page: int) -> None:
        words = self.tr("Page {0} of {1}").format(page + 1, self.pages.page_count)
        self.number.setText(words)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._notebook.document.title)
        printer.setPageSize(QPageSize(_QT_SIZES[self.options.paper]))
        asking = QPrintDialog(printer, self)
        asking.setMinMax(1, max(1, self.pages.page_count))
        if asking.exec() and self.print_to(printer):
            self.accept()
