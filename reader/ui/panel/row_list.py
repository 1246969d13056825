"""A list to travel by: arrow keys move, Enter or a click chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QWidget

from reader.ui.panel.painting import BY_KEYS, LEFT, RIGHT, draw_outline
from reader.ui.panel.row_delegate import RowDelegate, is_enabled
from reader.ui.panel.scroll_bar import SlimScrollBar
from reader.ui.theme import Theme
from reader.ui.viewport import make_viewport

WRAPPED_AT_MOST = 500
"""Rows of a list whose titles may take two lines; a longer one keeps them to one, to be quick."""

_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect


class RowList(QListView):
    """A list of rows that a delegate draws.

    Only rows that are enabled can be reached. When there is nothing to show it says
    why, in the words that `set_empty_words` gave it.
    """

    chosen = Signal(QModelIndex)
    left_upwards = Signal()
    """The Up key was pressed on the first row that can be reached."""

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: RowDelegate,
        *,
        uniform: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._empty_words = ""
        self._uniform = uniform
        self._delegate = delegate
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Moving selects nothing: what is selected is the row that was chosen last.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        make_viewport(self).setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._scroll_bar = SlimScrollBar(delegate.theme)
        self.setVerticalScrollBar(self._scroll_bar)
        self.setModel(model)
        model.modelReset.connect(self._start_anew)
        model.rowsInserted.connect(self._recount)
        model.rowsRemoved.connect(self._recount)
        self.clicked.connect(self.choose)
        self._start_anew()
        self.apply_theme(delegate.theme)

    # What it shows ---------------------------------------------------------------------------

    def apply_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._scroll_bar.apply_theme(theme)
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("window"))
        self.setPalette(palette)
        # The viewport does not follow by itself once its window has a style sheet.
        self.viewport().setPalette(palette)

    def set_empty_words(self, words: str) -> None:
        """What to say where there are no rows."""
        self._empty_words = words
        self._describe()

    @property
    def is_empty(self) -> bool:
        return self.model().rowCount() == 0

    def _recount(self) -> None:
        self.setUniformItemSizes(self._uniform or self.model().rowCount() > WRAPPED_AT_MOST)
        self._describe()

    def _start_anew(self) -> None:
        self._recount()
        if self.hasFocus():
            self.setCurrentIndex(self.starting_row())

    def _describe(self) -> None:
        self.setAccessibleDescription(self._empty_words if self.is_empty else "")
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            # Qt would lay all rows out at once, for each of the several that a style sheet brings.
            self.scheduleDelayedItemsLayout()
            return QAbstractScrollArea.event(self, event)
        return super().event(event)

    def dataChanged(self, top: QModelIndex, bottom: QModelIndex, roles: Sequence[int] = ()) -> None:
        # The base class lays out all rows anew, which only other words would make necessary.
        if roles and Qt.ItemDataRole.DisplayRole not in roles:
            self.viewport().update()
        else:
            super().dataChanged(top, bottom, roles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.uniformItemSizes():
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_empty:
            return
        theme = self._delegate.theme
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("muted"))
        height = self.fontMetrics().height()
        painter.drawText(
            QRect(LEFT, height // 2, self.width() - LEFT - RIGHT, self.height()),
            Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop,
            self._empty_words,
        )
        if self.hasFocus():
            draw_outline(painter, self.viewport().rect(), theme.color("accent"))

    # Moving about in it ----------------------------------------------------------------------

    def starting_row(self) -> QModelIndex:
        """Where the keyboard starts."""
        return self.first_row()

    def first_row(self) -> QModelIndex:
        """The first row that can be reached; invalid when there is none."""
        return self._reachable(range(self.model().rowCount()))

    def _reachable(self, rows: range) -> QModelIndex:
        model = self.model()
        indexes = (model.index(row, 0) for row in rows)
        return next((index for index in indexes if is_enabled(model, index)), QModelIndex())

    def choose(self, index: QModelIndex) -> None:
        """Choose a row, as a click on it does; Qt reports clicks on headings too."""
        if not is_enabled(self.model(), index):
            return
        self.selectionModel().setCurrentIndex(index, _ONLY)
        self.chosen.emit(index)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        actions = QAbstractItemView.CursorAction
        if action == actions.MoveHome:
            return self.first_row()
        if action == actions.MoveEnd:
            return self._reachable(range(self.model().rowCount())[::-1])
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        above = current.siblingAtRow(current.row() - 1)
        if self._delegate.outlined and above.isValid() and not is_enabled(self.model(), above):
            self.scrollTo(above)
            self.scrollTo(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._outline(True)
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current.isValid():
                self.choose(current)
            return
        if event.key() == Qt.Key.Key_Up and current == self.first_row():
            self.left_upwards.emit()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._outline(False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in BY_KEYS:
            self._outline(True)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.starting_row())
        super().focusInEvent(event)

    def _outline(self, outlined: bool) -> None:
        if self._delegate.outlined != outlined:
            self._delegate.outlined = outlined
            self.viewport().update()
