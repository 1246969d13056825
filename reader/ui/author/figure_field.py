"""What an annotation shows besides its words: a chart, a picture, or neither yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.model import Chart, Image
from reader.ui.author.chart_field import ChartField
from reader.ui.author.picture_field import SUFFIXES, NewPicture, PictureField, picture_of
from reader.ui.theme import Theme


class FigureField(QWidget):
    """A place to drop a picture or to begin a table, and what came of that."""

    changed = Signal()

    def __init__(self, theme: Theme, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.chart = ChartField(theme, role)
        self.picture = PictureField()
        self._drop = QFrame()
        self._drop.setObjectName("drop")
        words = QLabel(self.tr("Drop a picture, or type a small table"))
        words.setObjectName("quiet")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = words
        self.choose_button = _quiet(self.tr("Choose a picture…"))
        self.choose_button.clicked.connect(self._choose)
        self.table_button = _quiet(self.tr("Type a table"))
        self.table_button.clicked.connect(self.start_table)
        self._without = _quiet(self.tr("Take the table away"))
        self._without.clicked.connect(self._drop_table)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.choose_button)
        row.addWidget(self.table_button)
        row.addStretch()
        inner = QVBoxLayout(self._drop)
        inner.setContentsMargins(8, 8, 8, 6)
        inner.setSpacing(2)
        inner.addWidget(words)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.chart)
        column.addWidget(self._without, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.picture)
        column.addWidget(self._drop)
        self._has_table = False
        self.chart.changed.connect(self.changed)
        self.picture.changed.connect(self.changed)
        self.picture.removed.connect(self._drop_picture)
        self._show_parts()

    def show_figure(self, chart: Chart | None, image: Image | None, path: Path | None) -> None:
        """Show a chart and a picture of the copy; either may be missing."""
        self._has_table = chart is not None
        self.chart.set_chart(chart)
        self.picture.show_image(image, path)
        self._show_parts()

    def take_picture(self, picture: NewPicture) -> None:
        """Take a picture in, and ask what it shows."""
        self.picture.take(picture)
        self._show_parts()
        self.picture.alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_table(self) -> None:
        """Begin a chart."""
        self._has_table = True
        self._show_parts()
        self.chart.first_cell().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def result(self) -> Chart | None:
        """The chart, if there is one."""
        return self.chart.chart() if self._has_table else None

    def typed(self) -> tuple[object, ...]:
        """All that is typed, to be compared."""
        table = self.chart.typed() if self._has_table and not self.chart.is_empty() else ()
        return (table, self.picture.image(), self.picture.new)

    def say_faults(self) -> tuple[str, QWidget | None]:
        """Show what is wrong; the answer is the first sentence and where it belongs."""
        chart = ""
        if self._has_table:
            chart = self.chart.say_faults() if not self.chart.is_empty() else ""
        picture = self.picture.say_faults()
        if chart:
            return chart, self.chart.first_cell()
        return picture, self.picture.alt if picture else None

    def apply_theme(self, theme: Theme, role: str) -> None:
        """Draw in other colours."""
        self.chart.apply_theme(theme, role)

    # Inside

    def _show_parts(self) -> None:
        pictured = self.picture.has_picture
        self.chart.setVisible(self._has_table)
        self._without.setVisible(self._has_table)
        self.picture.setVisible(pictured)
        self.choose_button.setVisible(not pictured)
        self.table_button.setVisible(not self._has_table)
        self._drop.setVisible(not (pictured and self._has_table))
        self._words.setVisible(not (pictured or self._has_table))

    def _choose(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self.window(),
            self.tr("Choose a picture"),
            str(Path.home()),
            self.tr("Pictures ({0})").format(kinds),
        )
        if name:
            self.take_picture(NewPicture(Path(name).name, Path(name)))

    def _drop_picture(self) -> None:
        self.picture.show_image(None, None)
        self._show_parts()
        self.changed.emit()

    def _drop_table(self) -> None:
        self._has_table = False
        self.chart.set_chart(None)
        self._show_parts()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if picture_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        picture = picture_of(event.mimeData())
        if picture is not None:
            event.acceptProposedAction()
            self.take_picture(picture)

    def _light(self, over: bool) -> None:
        self._drop.setProperty("over", over)
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)


def _quiet(words: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("quiet")
    button.setText(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
