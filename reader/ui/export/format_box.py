"""The field in which a format is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from reader.ui.export.formats import Format, Formats


class FormatBox(QComboBox):
    """All formats; the user's own templates stand below a line."""

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
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
