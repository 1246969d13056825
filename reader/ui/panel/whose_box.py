"""The field in which one chooses whose marks are listed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from reader.copies.layers import Layer
from reader.ui.layers import MINE as MINE
from reader.ui.theme import Theme

EVERYBODY = ":all"
"""The reader's own marks and all layers together."""


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
