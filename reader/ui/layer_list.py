"""The list of layers: whose marks there are, how each is drawn, and which are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Mark, MarkKind
from reader.copies.layers import Layer
from reader.ui.button_box import button_box
from reader.ui.layers import AUTHOR, MINE, Layers
from reader.ui.letters import bounded
from reader.ui.marks import Marks
from reader.ui.theme import Theme

_SIGN = 22


class LayersDialog(QDialog):
    """What is ticked is seen; a tick holds at once."""

    def __init__(
        self, layers: Layers, annotations: int, marks: Marks, theme: Theme, parent: QWidget
    ) -> None:
        """`annotations` is how many the author of the text has made."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Layers"))
        self._layers, self._marks, self._theme = layers, marks, theme
        self._annotations = annotations
        self.boxes: dict[str, QCheckBox] = {}
        """The ticks, by the ids of their layers."""
        self.only: dict[str, QPushButton] = {}
        self.removals: dict[str, QPushButton] = {}
        self.said = QLabel()
        self.said.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.all_button = buttons.addButton(
            self.tr("Show all"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.all_button.clicked.connect(layers.show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self._area, 1)
        column.addWidget(buttons)
        layers.changed.connect(self._renew)
        self._fill()
        unit, rows = self.fontMetrics().height(), len(self.boxes)
        wanted = QSize(self.sizeHint().width(), min(36, 9 + round(2.4 * rows)) * unit)
        self.resize(bounded(self, wanted))

    def _fill(self) -> None:
        """Make a row for each layer."""
        self.boxes, self.only, self.removals = {}, {}, {}
        room = QWidget()
        grid = QGridLayout(room)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        author = QCoreApplication.translate("Layers", "The author's annotations")
        own = [each.mark for each in self._marks.own()]
        count = self.tr("%n annotation(s)", "", self._annotations)
        self._add(grid, AUTHOR, author, count if self._annotations else self.tr("none"))
        mine = QCoreApplication.translate("Layers", "My marks")
        self._add(grid, MINE, mine, count_words(own) or self.tr("none"))
        for layer in self._layers.all():
            self._add(grid, layer.id, layer.name, count_words(layer.marks), layer)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(room)
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(room.sizeHint().width() + bar)
        room.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._shown = self._layers.all()
        self.said.setText(
            self.tr("Other people's marks are theirs: you can read them, and copy one to your own.")
            if self._shown
            else self.tr(
                "Nobody else's marks are here. They come with a copy that somebody shares with "
                "you, or by “Import notes…”."
            )
        )
        self._tick()

    def _add(
        self, grid: QGridLayout, name: str, words: str, count: str, layer: Layer | None = None
    ) -> None:
        row = grid.rowCount()
        metrics = self.fontMetrics()
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 16 * metrics.height())
        box = QCheckBox(short.replace("&", "&&"))
        box.setAccessibleName(f"{words}, {count}")
        box.setToolTip(words)
        box.clicked.connect(lambda on: self._layers.set_shown(name, on))
        number = QLabel(count)
        number.setForegroundRole(number.palette().ColorRole.PlaceholderText)
        only = QPushButton(self.tr("Only this one"))
        only.setAutoDefault(False)
        only.setAccessibleName(self.tr("Show only: {0}").format(words))
        only.clicked.connect(lambda: self._layers.show_only(name))
        grid.addWidget(Sign(name, layer, self._theme), row, 0)
        grid.addWidget(box, row, 1)
        grid.addWidget(number, row, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(only, row, 3)
        self.boxes[name], self.only[name] = box, only
        if self._layers.is_imported(name):
            remove = QPushButton(self.tr("Remove…"))
            remove.setAutoDefault(False)
            remove.setAccessibleName(self.tr("Remove what was imported: {0}").format(words))
            remove.clicked.connect(lambda: self._ask_removal(name, words))
            grid.addWidget(remove, row, 4)
            self.removals[name] = remove

    def _renew(self) -> None:
        """Show what is so now; the keyboard stays in its row."""
        if self._layers.all() != self._shown:
            self._fill()
        else:
            self._tick()

    def _tick(self) -> None:
        for name, box in self.boxes.items():
            box.setChecked(self._layers.is_shown(name))
        self.all_button.setEnabled(not all(map(self._layers.is_shown, self.boxes)))

    def _ask_removal(self, name: str, words: str) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Remove"))
        box.setText(self.tr("Remove all marks of {0} that you imported?").format(words))
        box.setInformativeText(self.tr("They can be brought back with Undo."))
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._layers.remove(name))
        box.open()


class Sign(QWidget):
    """How a layer is drawn on words: dotted, as a ground, or as a line with its ends turned up."""

    def __init__(self, name: str, layer: Layer | None, theme: Theme) -> None:
        super().__init__()
        self._name, self._layer, self._theme = name, layer, theme

    def sizeHint(self) -> QSize:
        return QSize(_SIGN, _SIGN)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, (self.height() - 14) / 2, _SIGN - 4, 14)
        if self._layer is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(f"stripe_{self._layer.stripe}"))
            painter.drawRoundedRect(QRectF(box.left(), box.top(), 4, box.height()), 2, 2)
            painter.setPen(QPen(painter.brush().color(), 1.6))
            low, left = box.bottom() - 1, box.left() + 8
            corners = [QPointF(left, low - 5), QPointF(left, low)]
            corners += [QPointF(box.right(), low), QPointF(box.right(), low - 5)]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(corners)
        elif self._name == AUTHOR:
            pen = QPen(self._theme.color("definition"), 2)
            pen.setDashPattern([1, 1])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("mark_yellow"))
            painter.drawRoundedRect(box, 2, 2)
            painter.setPen(QPen(self._theme.color("ink_yellow"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)


def count_words(marks: Iterable[Mark]) -> str:
    """How many marks of each kind there are; empty for none."""
    counts = Counter(mark.kind for mark in marks)
    words = (
        QCoreApplication.translate("Layers", "%n highlight(s)", "", counts[MarkKind.HIGHLIGHT]),
        QCoreApplication.translate("Layers", "%n note(s)", "", counts[MarkKind.NOTE]),
        QCoreApplication.translate("Layers", "%n bookmark(s)", "", counts[MarkKind.BOOKMARK]),
        QCoreApplication.translate("Layers", "%n answer(s)", "", counts[MarkKind.ANSWER]),
    )
    kinds = (MarkKind.HIGHLIGHT, MarkKind.NOTE, MarkKind.BOOKMARK, MarkKind.ANSWER)
    return " · ".join(word for word, kind in zip(words, kinds, strict=True) if counts[kind])
