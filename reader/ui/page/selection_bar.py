"""The bar at a selection: colours, underline, note, copy, look up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFrame,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from reader.annotations.marks import Color
from reader.ui.letters import pixels
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme

_DOT = 26
_AIR = 8


class SelectionBar(QWidget):
    """A small sheet that floats at the selected words and never takes the focus."""

    color_chosen = Signal(object)
    """A Color."""

    underline_wanted = Signal()
    note_wanted = Signal()
    copy_wanted = Signal()
    look_up_wanted = Signal()
    annotate_wanted = Signal()

    def __init__(self, page: QAbstractScrollArea, theme: Theme) -> None:
        # No child of the viewport, for Qt moves those whenever the page scrolls.
        super().__init__(page)
        self._room = page.viewport()
        self._theme = theme
        self._dots = {color: ColorDot(color) for color in Color}
        self._words: dict[str, QToolButton] = {}
        self._names: Mapping[Color, str] = {}
        self.setAccessibleName(self.tr("Mark the selected words"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = StripLayout(self, gap=2)
        row.setContentsMargins(8, 4, 8, 6)
        for color, dot in self._dots.items():
            dot.clicked.connect(lambda _checked=False, color=color: self.color_chosen.emit(color))
            row.addWidget(dot)
        for words, command, signal in (
            (self.tr("Underline"), "mark-underline", self.underline_wanted),
            (self.tr("Note"), "note", self.note_wanted),
            (self.tr("Copy quote"), "copy-quote", self.copy_wanted),
            (self.tr("Look up"), "look-up", self.look_up_wanted),
            (self.tr("Annotate"), "annotate", self.annotate_wanted),
        ):
            line = _Line(theme)
            row.addWidget(line)
            button = QToolButton()
            button.setText(words)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
            self._words[command] = button
        self._authored = (line, button)
        self.set_authored(False)
        self.name_colors({})
        self.hide()

    def show_keys(self, keys_of: Callable[[str], str]) -> None:
        """Say which keys do the same: those of a command, by its id."""
        for color, dot in self._dots.items():
            dot.key = keys_of(f"mark-{color}")
        for command, button in self._words.items():
            words, keys = button.text(), keys_of(command)
            button.setToolTip(f"{words} ({keys})" if keys else words)
        self.name_colors(self._names)

    def name_colors(self, names: Mapping[Color, str]) -> None:
        """Say what the reader's colours mean."""
        self._names = names
        for color, dot in self._dots.items():
            word = color_word(color)
            dot.set_words(f"{word}: {names[color]}" if names.get(color) else word)

    def set_authored(self, authored: bool) -> None:
        """Offer to annotate the words, as their author."""
        for part in self._authored:
            part.setVisible(authored)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for dot in self._dots.values():
            dot.theme = theme
        for line in self.findChildren(_Line):
            line.theme = theme
        self.update()

    def show_at(self, words: QRectF, end: QPointF, column: tuple[int, int]) -> None:
        """Stand where the selection `words` was ended: below it, or above it.

        `end` is the point at which its last letter was taken in; `column` are the edges of the
        text, beside which there are cards to be read. All are pixels of the room.
        """
        for dot in self._dots.values():
            dot.theme = self._theme
        size = self.sizeHint()
        if size.width() > self._room.width() - 2 * _AIR:
            size.setWidth(self._room.width() - 2 * _AIR)
            size.setHeight(self.heightForWidth(size.width()))
        left, right = column
        if right - left < size.width():
            left, right = _AIR, self._room.width() - _AIR
        x = round(max(left, min(end.x() - 60, right - size.width())))
        above, below = round(words.top() - size.height() - 6), round(words.bottom() + 6)
        fits_below = below + size.height() <= self._room.height() - 4
        y = above if not fits_below or (end.y() < words.center().y() and above >= 4) else below
        self.setGeometry(x, max(4, y), size.width(), size.height())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(1.5, 0.5, -1.5, -2.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 22))
        painter.drawRoundedRect(body.translated(0, 2), 9, 9)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(body, 9, 9)


class ColorDot(QAbstractButton):
    """A round button in a reader's colour; a ring and its key's number tell it from the others."""

    def __init__(self, color: Color, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color = color
        self.key = ""
        self.theme: Theme | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # it is painted anew under the pointer

    def set_words(self, words: str) -> None:
        """What the colour is called, and means."""
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({self.key})" if self.key else words)

    def sizeHint(self) -> QSize:
        side = max(_DOT, pixels(self, _DOT))
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 3.5 if self.underMouse() or self.isChecked() else 4.5
        circle = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        ring = self.isChecked() or self.hasFocus() or self.underMouse()
        ink = self.theme.color(f"ink_{self.color}")
        painter.setPen(QPen(ink, 2 if ring else 1))
        painter.setBrush(self.theme.color(f"mark_{self.color}"))
        painter.drawEllipse(circle)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        if self.underMouse() and len(self.key) == 1:
            painter.setPen(self.theme.color("text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.key)


class _Line(QFrame):
    """A thin upright line between two parts of the bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedWidth(9)

    def sizeHint(self) -> QSize:
        return QSize(9, self.fontMetrics().height() + pixels(self, 12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.theme.color("border"), 1))
        painter.drawLine(4, 7, 4, self.height() - 7)


def color_sign(color: Color) -> str:
    """The number that stands for a colour where colours are not to be told apart."""
    return str(list(Color).index(color) + 1)


def color_word(color: Color) -> str:
    """What a colour is called."""
    from PySide6.QtCore import QCoreApplication

    words = {
        Color.YELLOW: QCoreApplication.translate("Colors", "Yellow"),
        Color.GREEN: QCoreApplication.translate("Colors", "Green"),
        Color.BLUE: QCoreApplication.translate("Colors", "Blue"),
        Color.PINK: QCoreApplication.translate("Colors", "Pink"),
        Color.PURPLE: QCoreApplication.translate("Colors", "Purple"),
    }
    return words[color]
