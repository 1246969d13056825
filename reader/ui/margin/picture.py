"""A copy's picture as a card shows it, with its caption."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.annotations.model import Image
from reader.ui.page.pictures import Picture
from reader.ui.theme import Theme

_TALLEST = 220


class PictureView(QWidget):
    """Fits the picture to its width; where it cannot be shown, its description stands."""

    def __init__(
        self, picture: Picture, image: Image, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture, self._image, self._theme = picture, image, theme
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(image.alt)
        self.setAccessibleDescription(image.caption)
        self.setToolTip(image.alt)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._picture_height(width) + self._words_height(self._image.caption, width)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        painter.setPen(self._theme.color("muted"))
        wrap = Qt.TextFlag.TextWordWrap
        height = self._picture_height(self.width())
        size = self._picture.fitted(self.width(), _TALLEST)
        if size.isEmpty():
            painter.drawText(QRectF(0, 0, self.width(), height), wrap, self._image.alt)
        else:
            left = (self.width() - size.width()) / 2
            self._picture.draw(painter, QRectF(left, 0, size.width(), size.height()))
        if self._image.caption:
            area = QRectF(0, height + 5, self.width(), self.height() - height)
            painter.setPen(self._theme.color("muted"))
            painter.drawText(area, wrap, self._image.caption)

    def _picture_height(self, width: int) -> int:
        size = self._picture.fitted(width, _TALLEST)
        if size.isEmpty():
            return self._words_height(self._image.alt, width)
        return round(size.height())

    def _words_height(self, words: str, width: int) -> int:
        if not words:
            return 0
        metrics = QFontMetrics(self._small())
        area = metrics.boundingRect(0, 0, width, 10_000, Qt.TextFlag.TextWordWrap, words)
        return area.height() + 5

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font
