"""A notebook as a PDF, and any paged device as its paper."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPainter, QPdfWriter

from reader import __version__
from reader.atomic import write_atomically
from reader.exchange.errors import ExchangeError
from reader.exchange.notebook import Notebook
from reader.locations import bundled
from reader.problems import quoted
from reader.text.progress import Progress
from reader.ui.fonts import Faces
from reader.ui.printing.letters import with_letters_meant
from reader.ui.printing.options import Paper, PrintOptions
from reader.ui.printing.printed import PrintedText
from reader.ui.printing.sheet import RESOLUTION
from reader.ui.theme import load_theme

_LAYOUT_SHARE = 0.5

_SIZES = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
}


def write_pdf(
    notebook: Notebook,
    file: Path,
    faces: Faces,
    options: PrintOptions,
    progress: Progress | None = None,
) -> None:
    """Write a notebook's text with its notes to `file`, whole or not at all.

    A notebook without a text gives its notes alone. `progress` is called now and then with
    0.0 to 1.0; what it raises passes through, and nothing is written. Any thread may call
    this. Raises ExchangeError when the file cannot be written.
    """
    data = pdf_of(notebook, faces, options, progress)
    try:
        write_atomically(file, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExchangeError(
            f"{quoted(file.name)} could not be written ({reason}); choose another place."
        ) from error


def pdf_of(
    notebook: Notebook, faces: Faces, options: PrintOptions, progress: Progress | None = None
) -> bytes:
    """A notebook as the bytes of a PDF; see `write_pdf`."""
    document = notebook.document
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(_SIZES[options.paper]))
    writer.setTitle(document.title)
    writer.setAuthor(", ".join(document.authors))
    writer.setCreator(f"Annotated Reader {__version__}")
    # Else it is another one each time.
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_URL, document.id))))
    theme = load_theme(bundled("resources") / "themes", "light")
    draw(PrintedText(notebook, faces, options, theme), writer, progress)
    buffer.close()
    return with_letters_meant(bytes(buffer.data().data()))


def draw(printed: PrintedText, device: QPagedPaintDevice, progress: Progress | None = None) -> None:
    """Lay a text out for the paper of a device, a printer or a PDF, and draw its pages.

    Only the device's page ranges are drawn, where it has any. A printer has to have
    `setFullPage(True)`. Raises OSError when the device takes no drawing.
    """
    report = progress or (lambda _share: None)
    device.setPageMargins(QMarginsF())
    paper = device.pageLayout().fullRectPoints().size()
    printed.layout(QSizeF(paper), lambda share: report(share * _LAYOUT_SHARE))
    ranges = device.pageRanges()
    pages = range(printed.page_count)
    chosen = [page for page in pages if ranges.isEmpty() or ranges.contains(page + 1)]
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("The printer does not take any pages.")
    try:
        for count, page in enumerate(chosen):
            if count:
                device.newPage()
            printed.paint(painter, page)
            report(_LAYOUT_SHARE + (1 - _LAYOUT_SHARE) * (count + 1) / len(chosen))
    finally:
        painter.end()
