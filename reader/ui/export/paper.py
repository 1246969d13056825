"""What a PDF of a notebook will look like: pictures of its first pages."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter

from reader.exchange.notebook import Notebook
from reader.exchange.options import NotesOptions
from reader.locations import bundled
from reader.text.progress import Progress
from reader.ui.fonts import Faces
from reader.ui.printing.options import Paper, PrintOptions
from reader.ui.printing.printed import PrintedText
from reader.ui.theme import load_theme

_MOST = 6
"""Pages that are drawn."""

_DOTS = 130
"""Of an inch of a picture: it is shown smaller, at most as wide as the pane."""

_INCH = 25.4
_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


def print_options(options: NotesOptions) -> PrintOptions:
    """How a notebook is printed: on the paper of this country."""
    imperial = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return PrintOptions(paper=Paper.LETTER if imperial else Paper.A4, cards=options.annotations)


def pictures_of(
    notebook: Notebook, faces: Faces, options: NotesOptions, progress: Progress | None = None
) -> tuple[tuple[QImage, ...], int]:
    """The first pages, and how many there are in all. Any thread may call this."""
    report = progress or (lambda _share: None)
    chosen = print_options(options)
    theme = load_theme(bundled("resources") / "themes", "light")
    printed = PrintedText(notebook, faces, chosen, theme)
    size = QPageSize(_SIZES[chosen.paper])
    printed.layout(size.size(QPageSize.Unit.Point), report)
    pages = []
    for page in range(min(_MOST, printed.page_count)):
        report(1.0)
        image = QImage(size.sizePixels(_DOTS), QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(_DOTS * 1000 / _INCH))
        image.setDotsPerMeterY(round(_DOTS * 1000 / _INCH))
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            printed.paint(painter, page)
        finally:
            painter.end()
        pages.append(image)
    return tuple(pages), printed.page_count
