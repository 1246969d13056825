"""The field in which one chooses whose marks are listed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from reader.copies.layers import Layer
from reader.ui.layers import MINE as MINE
from reader.ui.panel.painting import draw_outline, fill_rounded
from reader.ui.theme import Theme

EVERYBODY = ":all"
"""The reader's own marks and all layers together."""

_PAD = 9
_ARM = 3.5


class WhoseBox(QComboBox):
    """Mine, all layers, or one of them. It is there while a text has layers."""

    chosen = Signal()
    """Others are to be listed, by the reader's choice."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layers: Sequence[Layer] = ()
        self.setAccessibleName(self.tr("Whose marks"))
        self.view().setAccessibleName(self.tr("Whose marks"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.fill(())
        self.currentIndexChanged.connect(self.chosen)

    @property
    def choice(self) -> str:
        """The id of a layer, MINE or EVERYBODY."""
        return str(self.currentData() or MINE)

    def fill(self, layers: Sequence[Layer]) -> None:
        """Offer these layers; what was chosen stays so where it is still there."""
        choice, self._layers = self.choice, layers
        self.blockSignals(True)
        self.clear()
        self.addItem(self.tr("Mine"), MINE)
        self.addItem(self.tr("All layers"), EVERYBODY)
        for layer in layers:
            self.addItem(self._icon(layer), layer.name, layer.id)
        self.setCurrentIndex(max(0, self.findData(choice)) if layers else 0)
        self.blockSignals(False)
        self.setVisible(bool(layers))

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for layer in self._layers:
            self.setItemIcon(self.findData(layer.id), self._icon(layer))
        self.update()

    def _icon(self, layer: Layer) -> QIcon:
        """The layer's stripe."""
        picture = QPixmap(32, 32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"stripe_{layer.stripe}"))
        painter.drawRoundedRect(QRectF(11, 2, 10, 28), 5, 5)
        painter.end()
        return QIcon(picture)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(super().sizeHint().width(), height + 2 * round(height * 0.36))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect())
        ground = theme.color("hover" if self.underMouse() else "field")
        fill_rounded(painter, rect, ground, theme.color("border"))
        if self.hasFocus():
            draw_outline(painter, rect.adjusted(-1, -1, 1, 1), theme.color("accent"))
        left = float(_PAD)
        stripe = next((each.stripe for each in self._layers if each.id == self.choice), None)
        if stripe is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(f"stripe_{stripe}"))
            height = self.fontMetrics().ascent()
            painter.drawRoundedRect(QRectF(left, rect.center().y() - height / 2, 4, height), 2, 2)
            left += 11
        painter.setPen(theme.color("text"))
        words = rect.adjusted(left, 0, -3 * _PAD, 0)
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
