"""The field in which a format is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from reader.ui.export.formats import Format, Formats
from reader.ui.panel.painting import draw_outline, fill_rounded
from reader.ui.theme import Theme

_PAD = 10
_ARM = 3.5


class FormatBox(QComboBox):
    """All formats; the user's own templates stand below a line."""

    def __init__(self, formats: Formats, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats, self._theme = formats, theme
        self.setAccessibleName(self.tr("Format"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.fill("")

    @property
    def way(self) -> Format:
        """The format that is chosen."""
        way = self.currentData()
        assert isinstance(way, Format)
        return way

    def fill(self, name: str) -> None:
        """List the formats as they are now, the one of this name chosen, else the first."""
        self.blockSignals(True)
        self.clear()
        mine = False
        for way in self._formats.all:
            if way.words == way.name and not mine:
                mine = True
                self.insertSeparator(self.count())
            self.addItem(way.title, way)
        chosen = [i for i in range(self.count()) if (w := self.itemData(i)) and w.name == name]
        self.setCurrentIndex(chosen[0] if chosen else 0)
        self.blockSignals(False)
        self.currentIndexChanged.emit(self.currentIndex())

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(super().sizeHint().width(), height + 2 * round(height * 0.42))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect())
        ground = theme.color("hover" if self.underMouse() else "field")
        fill_rounded(painter, rect, ground, theme.color("border"))
        if self.hasFocus():
            draw_outline(painter, rect, theme.color("accent"))
        painter.setPen(theme.color("text"))
        words = rect.adjusted(_PAD, 0, -3 * _PAD, 0)
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self.fontMetrics().elidedText(
                self.currentText(), Qt.TextElideMode.ElideRight, round(words.width())
            ),
        )
        tip = QPointF(rect.right() - _PAD - _ARM - 1, rect.center().y() + _ARM / 2)
        painter.setPen(QPen(theme.color("muted"), 1.5, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline([tip + QPointF(-_ARM, -_ARM), tip, tip + QPointF(_ARM, -_ARM)])
