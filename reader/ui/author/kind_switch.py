"""The switch for an annotation's kind: as many kinds as there is room for, the rest in a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from reader.annotations.model import Kind
from reader.ui.kinds import kind_name
from reader.ui.panel.painting import heavy
from reader.ui.panel.tabs import Switch
from reader.ui.theme import Theme

_ORDER = (
    Kind.DEFINITION,
    Kind.PERSON,
    Kind.PLACE,
    Kind.EVENT,
    Kind.FIGURE,
    Kind.ORGANISATION,
    Kind.QUESTION,
    Kind.REFERENCE,
)
_MORE = "…"
_AROUND = 14
"""Pixels that the words of a kind need besides themselves."""


class KindSwitch(Switch):
    """The arrow keys walk through all kinds; the last tab opens a menu of those not in view."""

    kind_changed = Signal(object)
    """A Kind was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (), parent)
        self._kind = Kind.DEFINITION
        self._shown: list[Kind] = []
        self.setAccessibleName(self.tr("Kind"))
        self.currentChanged.connect(self._chosen)
        self._arrange()

    @property
    def kind(self) -> Kind:
        """The kind that is chosen."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Choose a kind."""
        if kind is not self._kind:
            self._kind = kind
            self._arrange()
            self.kind_changed.emit(kind)

    def menu(self) -> QMenu:
        """The kinds that are not in view."""
        menu = QMenu(self)
        for kind in _ORDER:
            if kind not in self._shown:
                menu.addAction(kind_name(kind)).triggered.connect(partial(self.set_kind, kind))
        return menu

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tab = self.tabAt(event.position().toPoint())
        if tab >= len(self._shown) > 0:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(self.tabRect(tab).bottomLeft()))
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._outlined = True
            place = _ORDER.index(self._kind) + step
            self.set_kind(_ORDER[min(max(0, place), len(_ORDER) - 1)])
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Down) and len(self._shown) < len(_ORDER):
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        """Show as many kinds as fit; the chosen one is always among them."""
        metrics = QFontMetrics(heavy(self.font()))
        room = max(self.width(), 120)
        widths = {kind: metrics.horizontalAdvance(kind_name(kind)) + _AROUND for kind in _ORDER}
        if sum(widths.values()) <= room:
            shown = list(_ORDER)
        else:
            room -= metrics.horizontalAdvance(_MORE) + _AROUND
            shown = []
            for kind in _ORDER:
                if sum(widths[each] for each in (*shown, kind)) > room:
                    break
                shown.append(kind)
            while self._kind not in shown:
                if not shown or sum(widths[each] for each in (*shown, self._kind)) <= room:
                    shown.append(self._kind)
                else:
                    shown.pop()
        self.blockSignals(True)
        if shown != self._shown:
            self._shown = shown
            while self.count():
                self.removeTab(0)
            for kind in shown:
                self.addTab(kind_name(kind))
            if len(shown) < len(_ORDER):
                self.addTab(_MORE)
                self.setAccessibleTabName(len(shown), self.tr("More kinds"))
        self.setCurrentIndex(shown.index(self._kind))
        self.blockSignals(False)
        self.setAccessibleDescription(kind_name(self._kind))
        self.update()

    def _chosen(self, tab: int) -> None:
        if 0 <= tab < len(self._shown):
            self.set_kind(self._shown[tab])
