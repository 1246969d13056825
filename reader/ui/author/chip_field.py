"""A field for several words: each a chip that can be taken away, and room to type another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QToolButton, QWidget

from reader.ui.margin.guide import Offer
from reader.ui.margin.offers import OfferList

_AIR = 5
_LEAST_ROOM = 90
"""Pixels for what is typed; where there are less beside the chips, it has a line of its own."""


def _no_offers(_typed: str) -> Sequence[Offer]:
    return ()


def _as_typed(typed: str) -> str | None:
    return typed


class ChipField(QFrame):
    """Holds values, each shown by its words. Enter or a comma makes a chip of what is typed."""

    changed = Signal()
    """There are other values, or something else is typed."""

    def __init__(
        self,
        words_of: Callable[[str], str] = str,
        offers: Callable[[str], Sequence[Offer]] = _no_offers,
        value_of: Callable[[str], str | None] = _as_typed,
        parent: QWidget | None = None,
    ) -> None:
        """`value_of` is asked for the value of what is typed, None where it has none."""
        super().__init__(parent)
        self._words_of, self._offers, self._value_of = words_of, offers, value_of
        self._values: list[str] = []
        self._chips: list[QToolButton] = []
        self.setObjectName("chips")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.input = _Input(self)
        self.input.textEdited.connect(self._typed)
        self.setFocusProxy(self.input)
        self._list = OfferList(self.input)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._list.chosen.connect(lambda offer: self._take(offer.written))
        self._arrange()

    # What it holds

    @property
    def values(self) -> tuple[str, ...]:
        """The values that are chips."""
        return tuple(self._values)

    @property
    def all_values(self) -> tuple[str, ...]:
        """The values, with that of what is being typed, if it has one."""
        typed = self.typed
        value = self._value_of(typed) if typed else None
        return tuple(dict.fromkeys((*self._values, value))) if value else tuple(self._values)

    @property
    def typed(self) -> str:
        """What is typed and no chip yet."""
        return " ".join(self.input.text().split())

    def set_values(self, values: Sequence[str]) -> None:
        """Hold these values, with nothing typed."""
        self._values = list(dict.fromkeys(values))
        self.input.clear()
        self._renew()

    def settle(self) -> bool:
        """Make a chip of what is typed; False when it has no value, and stays."""
        if not self.typed:
            return True
        value = self._value_of(self.typed)
        if value is None:
            return False
        self._take(value)
        return True

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.input.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.input.setAccessibleDescription(words)

    # Inside

    def _take(self, value: str) -> None:
        self.input.clear()
        self._list.hide()
        if value not in self._values:
            self._values.append(value)
        self._renew()
        self.changed.emit()

    def remove(self, value: str) -> None:
        """Take a value away."""
        if value in self._values:
            self._values.remove(value)
            self._renew()
            self.changed.emit()
            self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Let the last chip be typed words again."""
        if self._values:
            self.input.setText(self._words_of(self._values.pop()))
            self._renew()
            self.changed.emit()

    def _typed(self) -> None:
        typed = self.typed
        offers = [each for each in self._offers(typed) if each.written not in self._values]
        self._list.show_offers(offers if typed else (), self.input.cursorRect(), first=True)
        self.changed.emit()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False for one that goes on to what is typed."""
        if self._list.take_key(event):
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.settle()
            return True
        if event.text() == "," and self.typed:
            self.settle()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.input.text():
            self.take_back()
            return True
        return False

    @property
    def offers_shown(self) -> bool:
        """Whether there is a list to choose from."""
        return self._list.isVisible()

    def show_focus(self, focused: bool) -> None:
        """Draw the frame of a field that has the keyboard, or has not."""
        if not focused:
            self._list.hide()
            self.settle()
        self._arrange()
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)

    def _renew(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for value in self._values:
            words = self._words_of(value)
            chip = QToolButton(self)
            chip.setObjectName("chip")
            chip.setProperty("value", value)
            chip.setToolTip(self.tr("Take “{0}” away").format(words))
            chip.setAccessibleName(self.tr("Take “{0}” away").format(words))
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, value=value: self.remove(value))
            chip.installEventFilter(self)
            chip.show()
            self._chips.append(chip)
        # Tab would come to new chips after all else: they go behind the input, then it behind them.
        before: QWidget = self.input
        for part in (*self._chips, self.input):
            QWidget.setTabOrder(before, part)
            before = part
        self._arrange()

    def _arrange(self) -> None:
        """Set chips and what is typed in lines, and be as tall as they are."""
        metrics = QFontMetrics(self.font())
        line = metrics.height() + 8
        room = max(40, self.width() - 2 * _AIR)
        x, y = 0, 0
        for chip, value in zip(self._chips, self._values, strict=True):
            most = room - metrics.horizontalAdvance(" ×") - 16
            words = metrics.elidedText(self._words_of(value), Qt.TextElideMode.ElideRight, most)
            chip.setText(f"{words} ×".replace("&", "&&"))
            width = min(room, metrics.horizontalAdvance(f"{words} ×") + 16)
            if x and x + width > room:
                x, y = 0, y + line + 3
            chip.setGeometry(_AIR + x, _AIR + y, width, line)
            x += width + 4
        if x and x + _LEAST_ROOM > room and (self.input.hasFocus() or self.input.text()):
            x, y = 0, y + line + 3
        self.input.setGeometry(_AIR + x, _AIR + y, max(4, room - x), line)
        height = y + line + 2 * _AIR
        if height != self.minimumHeight():
            self.setFixedHeight(height)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(160, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.input.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete and Backspace take away the chip that has the keyboard."""
        if isinstance(watched, QToolButton) and isinstance(event, QKeyEvent):
            deletes = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if event.type() == QEvent.Type.ShortcutOverride and deletes:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and deletes:
                self.remove(watched.property("value"))
                return True
        return super().eventFilter(watched, event)


class _Input(QLineEdit):
    """Where the next value is typed."""

    def __init__(self, field: ChipField) -> None:
        super().__init__(field)
        self._field = field
        self.setFrame(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._field.take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab comes here first; while the list is open it is for that.
        return False if self._field.offers_shown else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._field.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field.show_focus(False)
