"""The list of texts: Enter or a click opens one, Delete removes it, a menu offers the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QWidget

from reader.library.texts import TextEntry
from reader.ui.library.page_list import PageList
from reader.ui.library.text_row import Spot, TextDelegate
from reader.ui.library.texts_model import Row, TextRole, TextsModel
from reader.ui.panel.painting import draw_outline
from reader.ui.panel.row_delegate import Index
from reader.ui.theme import Theme

# A Mac's small keyboard has no other key to delete with.
_REMOVING = {Qt.Key.Key_Delete} | ({Qt.Key.Key_Backspace} if sys.platform == "darwin" else set())


class TextList(PageList):
    """Texts, the place to drop more, and what was removed."""

    open_wanted = Signal(str)
    remove_wanted = Signal(str)
    bring_back_wanted = Signal(str)
    export_wanted = Signal(str)
    share_wanted = Signal(str)
    forget_wanted = Signal(str)
    """Nothing has been asked yet."""
    open_file_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        face: QFont,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        self.texts = TextsModel(today)
        self._rows = TextDelegate(theme, face, today)
        self._last = ""
        self._pressed: tuple[QModelIndex, Spot] | None = None
        self._doubled = False
        super().__init__(self.texts, self._rows, uniform=True, parent=parent)
        self.setAccessibleName(self.tr("Texts"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.chosen.connect(self._choose)
        self.installEventFilter(self)

    # What it shows ---------------------------------------------------------------------------

    def set_dragging(self, dragging: bool) -> None:
        """Show that what is held over the list can be dropped."""
        self._rows.dragging = dragging
        self.viewport().update()

    def starting_row(self) -> QModelIndex:
        # After the list has changed the keyboard is where it was, if that text is still there.
        index = self.texts.row_of(self._last) if self._last else QModelIndex()
        return index if index.isValid() else super().starting_row()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        entry = current.data(TextRole.ENTRY) if current.isValid() else None
        if entry is not None:
            self._last = entry.id

    # What it does ----------------------------------------------------------------------------

    def menu_of(self, entry: TextEntry) -> QMenu:
        """What can be done with a text."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        opening = menu.addAction(self.tr("Open"), lambda: self.open_wanted.emit(entry.id))
        menu.setDefaultAction(opening)
        if entry.offered:
            return menu
        if entry.removed:
            is_there = bool(entry.path.name) and entry.path.exists()
            bringing = menu.addAction(
                self.tr("Bring back to the library"),
                lambda: self.bring_back_wanted.emit(entry.id),
            )
            for action in (opening, bringing):
                action.setEnabled(is_there)
        exporting = menu.addAction(
            self.tr("Export notes…"), lambda: self.export_wanted.emit(entry.id)
        )
        exporting.setEnabled(bool(entry.marks))
        sharing = menu.addAction(self.tr("Share a copy…"), lambda: self.share_wanted.emit(entry.id))
        sharing.setEnabled(opening.isEnabled())
        menu.addSeparator()
        words = self.tr("Forget for ever…") if entry.removed else self.tr("Remove from the library")
        removing = menu.addAction(words, lambda: self._remove(entry))
        # Shown, not bound: the list itself listens to the key.
        removing.setShortcut(Qt.Key.Key_Delete)
        removing.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return menu

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(TextRole.ENTRY)
        if entry is not None:
            self.open_wanted.emit(entry.id)
        elif index.data(TextRole.ROW) == Row.DROP:
            self.open_file_wanted.emit()

    def _remove(self, entry: TextEntry) -> None:
        if entry.removed:
            self.forget_wanted.emit(entry.id)
            return
        # The keyboard goes on with the next text, or the one before.
        row = self.texts.row_of(entry.id).row()
        for near in (row + 1, row - 1):
            neighbour = self.texts.index(near, 0).data(TextRole.ENTRY)
            if neighbour is not None:
                self._last = neighbour.id
                break
        self.remove_wanted.emit(entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.currentIndex().data(TextRole.ENTRY) if self.currentIndex().isValid() else None
        if event.key() in _REMOVING and entry is not None:
            if not entry.offered:
                self._remove(entry)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Here Delete is this list's, whatever command has it elsewhere.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _REMOVING
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        self._open_menu(index, place)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        entry = index.data(TextRole.ENTRY) if index.isValid() else None
        if entry is not None:
            self.setCurrentIndex(index)
            self.menu_of(entry).popup(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        zone = self.visualRect(self.texts.index_of(Row.DROP))
        if self._rows.dragging and not self.viewport().rect().contains(zone.center()):
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_outline(painter, self.viewport().rect(), self._rows.theme.color("accent"))

    # The spots in its rows -------------------------------------------------------------------

    def _spot_at(self, place: QPoint) -> tuple[QModelIndex, Spot] | None:
        index = self.indexAt(place)
        if not index.isValid():
            return None
        spot = self._rows.spot_at(self._option(index), index, place)
        return (index, spot) if spot else None

    def _option(self, index: Index) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return option

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._heat(self._spot_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._heat(None)

    def _heat(self, spot: tuple[QModelIndex, Spot] | None) -> None:
        if spot != self._rows.hot:
            self._rows.hot = spot
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._doubled = False
        place = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._spot_at(place) if left else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._doubled:
            self._doubled = False
            return
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
            return
        if self._spot_at(event.position().toPoint()) != pressed:
            return
        index, spot = pressed
        if spot is Spot.FORGET:
            self.forget_wanted.emit(index.data(TextRole.ENTRY).id)
        else:
            corner = self._rows.spot_rect(self._option(index), Spot.MORE).bottomLeft()
            self._open_menu(index, self.viewport().mapToGlobal(corner))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The first click has opened it; the second must not open it again.
        self._doubled = True
