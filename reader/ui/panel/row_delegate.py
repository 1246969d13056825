"""How one row of the panel's lists is drawn: what all of them have in common."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from reader.ui.panel.painting import RIGHT, draw_outline
from reader.ui.panel.wrapping import MOST_LINES, Wrapping
from reader.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws a row's ground and the outline of the focus; subclasses draw what stands on it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.outlined = False
        """Whether the row with the focus is outlined: when the keyboard moves it."""
        self._wrappings: dict[str, Wrapping] = {}

    # What subclasses say ---------------------------------------------------------------------

    def ground(self, option: QStyleOptionViewItem, index: Index) -> str:
        """The role that fills the row; empty for none."""
        state = option.state
        if not state & QStyle.StateFlag.State_Enabled:
            return ""
        if state & QStyle.StateFlag.State_Selected:
            return "chosen"
        return "hover" if state & QStyle.StateFlag.State_MouseOver else ""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw what stands in the row."""

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        """Whether the row shows less than its whole title."""
        return False

    # What they use ---------------------------------------------------------------------------

    def wrapping(self, font: QFont) -> Wrapping:
        """What breaks titles that are set in `font`."""
        key = font.key()
        if key not in self._wrappings:
            self._wrappings[key] = Wrapping(font)
        return self._wrappings[key]

    def most_lines(self, option: QStyleOptionViewItem) -> int:
        """How many lines a title may have: one where all rows are equally high."""
        view = option.widget
        return 1 if isinstance(view, QListView) and view.uniformItemSizes() else MOST_LINES

    def right_edge(self, option: QStyleOptionViewItem) -> int:
        """Where words end on the right, whether or not a scroll bar stands there."""
        view = option.widget
        return (view.width() if view else option.rect.right() + 1) - RIGHT

    # What Qt asks for ------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground := self.ground(option, index):
            painter.fillRect(option.rect, self.theme.color(ground))
        self.draw(painter, option, index)
        if self.outlined and option.state & QStyle.StateFlag.State_HasFocus:
            draw_outline(painter, option.rect, self.theme.color("accent"))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        if index.isValid() and self.is_cut(option, index):
            # Unless it is said to be rich text, words that look like it are taken for it.
            words = f"<p>{escape(str(index.data()))}</p>"
            QToolTip.showText(event.globalPos(), words, view, QRect(option.rect))
        else:
            QToolTip.hideText()
        return True


def is_enabled(model: QAbstractItemModel, index: Index) -> bool:
    """Whether the keyboard stops at a row."""
    return bool(model.flags(index) & Qt.ItemFlag.ItemIsEnabled)
