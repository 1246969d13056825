"""The list of keys: those of the commands, and those that belong to the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import menu_words
from reader.ui.commands import COMMANDS, MENUS
from reader.ui.keymap import Keymap, key_words
from reader.ui.letters import bounded
from reader.ui.other_keys import ELSEWHERE, PageKey

KEYS = Qt.ItemDataRole.UserRole
"""The role under which a line of the list has its keys, in words."""

_INSET = 8
_ROLE = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    keys: tuple[str, ...]


def _groups(keymap: Keymap) -> list[tuple[str, list[_Line]]]:
    """All keys in the language of the interface, under the menu's name or the page's."""
    groups = [
        (
            menu_words(menu).replace("&", ""),
            [
                _Line(command.plain_words, tuple(map(key_words, keymap.of(command.id))))
                for command in COMMANDS
                if command.menu == menu and keymap.of(command.id)
            ],
        )
        for menu in MENUS
    ]
    others = [
        (QCoreApplication.translate("PageKeys", place), [_line(key) for key in keys])
        for place, keys in ELSEWHERE.items()
    ]
    return groups + others


def _line(key: PageKey) -> _Line:
    gestures = (QCoreApplication.translate("PageKeys", gesture) for gesture in key.gestures)
    return _Line(
        QCoreApplication.translate("PageKeys", key.text),
        (*map(key_words, key.keys), *gestures),
    )


class LinePainter(QStyledItemDelegate):
    """A line of the list, its keys as small caps of a keyboard, one beside the other."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = QFontMetrics(option.font)
        height = round(metrics.height() * (2.4 if _is_heading(index) and index.row() else 1.8))
        if keys := index.data(KEYS):
            width = sum(_cap_width(metrics, words) + _gap(metrics) for words in keys)
        else:
            width = metrics.horizontalAdvance(index.data()) + metrics.height() * 2
        return QSize(width, height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        painter.save()
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.color(_ROLE.Highlight))
        if keys := index.data(KEYS):
            self._paint_keys(painter, option, keys)
        else:
            self._paint_words(painter, option, _is_heading(index))
        view = option.widget
        if isinstance(view, QTreeWidget) and view.hasFocus():
            current = view.currentIndex()
            if index.parent() == current.parent() and index.row() == current.row():
                # Each cell draws its part of the frame around the line.
                painter.setPen(QPen(option.palette.color(_ROLE.Accent), 1))
                area = option.rect.adjusted(0, 0, 0, -1)
                painter.drawLine(area.topLeft(), area.topRight())
                painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, is_heading: bool
    ) -> None:
        height = Qt.AlignmentFlag.AlignBottom if is_heading else Qt.AlignmentFlag.AlignVCenter
        room = option.rect.adjusted(_INSET, 0, -_INSET, -_INSET // 2 if is_heading else 0)
        metrics = QFontMetrics(option.font)
        words = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(option.palette.color(_ROLE.Text))
        painter.drawText(room, height | Qt.AlignmentFlag.AlignLeading, words)

    def _paint_keys(
        self, painter: QPainter, option: QStyleOptionViewItem, keys: tuple[str, ...]
    ) -> None:
        metrics = QFontMetrics(option.font)
        height = round(metrics.height() * 1.3)
        left = option.rect.left()
        top = option.rect.top() + (option.rect.height() - height) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for words in keys:
            width = _cap_width(metrics, words)
            cap = QStyle.visualRect(option.direction, option.rect, QRect(left, top, width, height))
            painter.setPen(QPen(option.palette.color(_ROLE.Dark), 1))
            painter.setBrush(option.palette.color(_ROLE.Light))
            painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(option.palette.color(_ROLE.Text))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
            left += width + _gap(metrics)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _is_heading(index: QModelIndex | QPersistentModelIndex) -> bool:
    return not index.parent().isValid()


def _cap_width(metrics: QFontMetrics, words: str) -> int:
    return max(metrics.horizontalAdvance(words) + metrics.height(), round(metrics.height() * 1.6))


def _gap(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 0.4)


class ShortcutsDialog(QDialog):
    """Every key, by menu; what is typed narrows the list, and what is selected can be copied."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._list = QTreeWidget()
        self._filter = QLineEdit()
        self._nothing = QLabel()
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._build()
        self._fill()

    def copy(self) -> None:
        """Put the selected lines on the clipboard, or all that are shown when none is."""
        chosen = bool(self._list.selectedItems())
        blocks = []
        for heading, items in self._groups:
            block = [
                f"{item.text(0)}\t{item.text(1)}"
                for item in items
                if not item.isHidden() and (item.isSelected() or not chosen)
            ]
            if block and not chosen:
                block.insert(0, heading.text(0))
            blocks += ["\n".join(block)] if block else []
        between = "\n" if chosen else "\n\n"
        QGuiApplication.clipboard().setText(between.join(blocks))

    def sizeHint(self) -> QSize:
        columns = sum(self._list.sizeHintForColumn(column) for column in range(2))
        margins = self._list.verticalScrollBar().sizeHint().width() * 2 + 40
        return QSize(columns + margins, self.fontMetrics().height() * 40)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.resize(bounded(self, self.sizeHint()))
        # As wide as the longest keys, which stays so while lines are filtered out.
        self._list.header().resizeSection(1, self._list.sizeHintForColumn(1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self._list and event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if watched is self._filter and event.key() == Qt.Key.Key_Down:
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _build(self) -> None:
        self._filter.setPlaceholderText(self.tr("Words or keys"))
        self._filter.setAccessibleName(self.tr("Show only what has these words or keys"))
        self._filter.textChanged.connect(self._narrow)
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._list.setHeaderHidden(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.viewport().setBackgroundRole(_ROLE.Window)
        self._list.setRootIsDecorated(False)
        self._list.setItemsExpandable(False)
        self._list.setIndentation(0)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setItemDelegate(LinePainter(self._list))
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setForegroundRole(_ROLE.PlaceholderText)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._nothing.hide()
        copy = QPushButton(self.tr("C&opy the list"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        close = QPushButton(self.tr("&Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(buttons)
        for watched in (self._list, self._filter):
            watched.installEventFilter(self)
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        for title, lines in _groups(self._keymap):
            heading = QTreeWidgetItem(self._list, [title])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setData(1, Qt.ItemDataRole.AccessibleTextRole, title)
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            items = []
            for line in lines:
                item = QTreeWidgetItem(heading, [line.words, ", ".join(line.keys)])
                item.setToolTip(0, line.words)
                item.setData(1, KEYS, line.keys)
                if not line.keys:
                    item.setData(1, Qt.ItemDataRole.AccessibleTextRole, self.tr("no keys"))
                items.append(item)
            heading.setFirstColumnSpanned(True)
            heading.setExpanded(True)
            self._groups.append((heading, items))
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)

    def _narrow(self, text: str) -> None:
        parts = text.casefold().split()
        for heading, items in self._groups:
            for item in items:
                words = f"{heading.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(part in words for part in parts))
                item.setSelected(item.isSelected() and not item.isHidden())
            heading.setHidden(all(item.isHidden() for item in items))
        found = any(not heading.isHidden() for heading, _ in self._groups)
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        self._nothing.setText(self.tr("Nothing is called “{0}”.").format(text.strip()))
