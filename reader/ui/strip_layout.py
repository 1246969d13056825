"""A strip of controls: some at the left, some at the right, on as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_Line = list[tuple[QLayoutItem, int]]


class StripLayout(QLayout):
    """Those at the right stand beside the others where there is room, else below them."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, apart: int = 16) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._left = 0
        self._turned = False
        self._gap = gap
        self._apart = apart
        self.setContentsMargins(0, 0, 0, 0)

    def turn(self) -> None:
        """What is added from now on stands at the right."""
        self._left, self._turned = len(self._items), True

    # What Qt asks for ------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        if not self._turned:
            self._left = len(self._items)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        width -= around.left() + around.right()
        return self._arrange(QRect(0, 0, width, 0), apply=False) + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        left, right = self._groups()
        width = self._width(left) + (self._apart + self._width(right) if right else 0)
        return self._framed(QSize(width, self._height([*left, *right])))

    def minimumSize(self) -> QSize:
        shown = [*self._groups()[0], *self._groups()[1]]
        widest = max((item.minimumSize().width() for item in shown), default=0)
        return self._framed(QSize(widest, self._height(shown)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), apply=True)

    def _framed(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    # Where everything goes -------------------------------------------------------------------

    def _groups(self) -> tuple[list[QLayoutItem], list[QLayoutItem]]:
        left = [item for item in self._items[: self._left] if not item.isEmpty()]
        right = [item for item in self._items[self._left :] if not item.isEmpty()]
        return left, right

    def _arrange(self, rect: QRect, *, apply: bool) -> int:
        left, right = self._groups()
        taken = self._width(right)
        lines = self._flowed(left, rect.width())
        beside = len(lines) == 1 and self._width(left) + self._apart + taken <= rect.width()
        if beside and right:
            room = rect.width() - self._width(left) - self._apart
            spread = self._spread(right, room)
            gap = room - sum(width for _, width in spread) - self._gap * (len(spread) - 1)
            lines = [lines[0] if lines else []]
            x = rect.x() + self._width(left) + self._apart + gap
            height = self._height([*left, *right])
            if apply:
                self._place(lines[0], rect.x(), rect.y(), height)
                self._place(spread, x, rect.y(), height)
            return height
        if right:
            lines.append(self._spread(right, rect.width()))
        y = rect.y()
        for line in lines:
            height = self._height([item for item, _ in line])
            if apply:
                self._place(line, rect.x(), y, height)
            y += height + self._gap
        return max(0, y - self._gap - rect.y())

    def _flowed(self, items: list[QLayoutItem], room: int) -> list[_Line]:
        lines: list[_Line] = []
        left = 0
        for item in items:
            width = item.sizeHint().width()
            if not lines or width > left:
                lines.append([])
                left = room
            lines[-1].append((item, min(width, room)))
            left -= width + self._gap
        return lines

    def _spread(self, items: list[QLayoutItem], room: int) -> _Line:
        """Items with their widths in a line: those that may grow, or else must shrink, do."""
        spare = room - self._width(items)
        line: _Line = []
        for item in items:
            width = item.sizeHint().width()
            if spare and item.expandingDirections() & Qt.Orientation.Horizontal:
                least, most = item.minimumSize().width(), item.maximumSize().width()
                grown = max(least, min(most, width + spare))
                spare -= grown - width
                width = grown
            line.append((item, width))
        return line

    def _place(self, line: _Line, x: int, y: int, height: int) -> None:
        for item, width in line:
            own = min(height, item.sizeHint().height())
            item.setGeometry(QRect(QPoint(x, y + (height - own) // 2), QSize(width, own)))
            x += width + self._gap

    def _width(self, items: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in items) + self._gap * max(0, len(items) - 1)

    def _height(self, items: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in items), default=0)
