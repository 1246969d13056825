"""The pane that shows what a file will hold, with what is new in it lit up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.ui.export.formats import Preview
from reader.ui.export.page_view import PageView
from reader.ui.fonts import Faces
from reader.ui.letters import as_large
from reader.ui.theme import Theme

_MOST = 60_000
"""Code points that are shown; more takes long to show and nobody reads it there."""

_GAP = 14


class PreviewPane(QStackedWidget):
    """Words in a face for code, a page as it is read, or pictures of pages."""

    def __init__(self, faces: Faces, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = QPlainTextEdit()
        self._words.setReadOnly(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setFont(as_large(faces.code, self.font()))
        self._words.setAccessibleName(self.tr("Preview"))
        self.pages = Pages(theme)
        self.page = PageView(faces, theme)
        self.addWidget(self._words)
        self.addWidget(self.page)
        self.addWidget(self.pages)

    def show_preview(self, preview: Preview) -> int:
        """Show the beginning; how many of the lines that are new could be lit up is answered."""
        if preview.page_count:
            self.pages.show_pages(preview.pages, preview.page_count)
            self.setCurrentWidget(self.pages)
            return 0
        if preview.is_page:
            self.page.show_page(preview.text)
            self.setCurrentWidget(self.page)
            return 0
        text = preview.text[:_MOST]
        if len(preview.text) > _MOST:
            text += "\n" + self.tr("… The file goes on; this is its beginning.")
        self.say(text)
        merged = preview.export is not None and preview.export.before is not None
        return self._light_up(preview.new_lines if merged else ())

    def say(self, words: str) -> None:
        """Show words alone."""
        self.setCurrentWidget(self._words)
        self._words.setExtraSelections([])
        if words != self._words.toPlainText():
            place = self._words.verticalScrollBar().value()
            self._words.setPlainText(words)
            self._words.verticalScrollBar().setValue(place)

    def toPlainText(self) -> str:
        """The words that are shown."""
        shown = self.currentWidget()
        if shown is self.page:
            return self.page.toPlainText()
        return self._words.toPlainText() if shown is self._words else ""

    def lit(self) -> list[str]:
        """The lines that are lit up."""
        return [each.cursor.selectedText() for each in self._words.extraSelections()]

    def _light_up(self, lines: Sequence[int]) -> int:
        look = QTextCharFormat()
        look.setBackground(self._theme.color("mark_green"))
        selections = []
        for number in lines:
            block = self._words.document().findBlockByNumber(number)
            if not block.isValid():
                break
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(block)
            selection.cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            selection.format = look
            selections.append(selection)
        self._words.setExtraSelections(selections)
        return len(selections)


class Pages(QScrollArea):
    """Pictures of pages, one below the other, as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)

    def show_pages(self, pages: Sequence[QImage], count: int) -> None:
        """Show the first of `count` pages."""
        place = self.verticalScrollBar().value()
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 4, 10, _GAP)
        column.setSpacing(_GAP)
        for number, image in enumerate(pages, 1):
            words = self.tr("Page {0} of {1}").format(number, count)
            column.addWidget(_Page(image, words, self._theme))
        column.addStretch()
        self.setWidget(room)
        room.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setValue(place)

    def shown(self) -> list[QWidget]:
        """The pages that are shown."""
        return [*self.findChildren(_Page)]


class _Page(QWidget):
    """The picture of one page."""

    def __init__(self, image: QImage, words: str, theme: Theme) -> None:
        super().__init__()
        self._image, self._theme = image, theme
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        return QSize(self._image.width() // 2, self._image.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = self._image.height() / self._image.width()
        width = min(self.width(), self._image.width())
        self.setFixedHeight(round(width * share))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(self.width(), self._image.width())
        frame = QRectF((self.width() - width) / 2, 0, width, self.height())
        painter.drawImage(frame, self._image)
        painter.setPen(self._theme.color("border"))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
