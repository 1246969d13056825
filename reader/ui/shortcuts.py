"""The list of keys: those of the commands, and those that belong to the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QModelIndex, QObject
from PySide6.QtCore import QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
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

from reader.ui.actions import key_sequences, menu_words
from reader.ui.commands import COMMANDS, MENUS
from reader.ui.theme import Theme

_KEYS = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PageKey:
    """What a key does while the page has the focus; `gesture` is one of the mouse, in words."""

    text: str
    keys: tuple[str, ...] = ()
    gesture: str = ""


PAGE_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Next underlined words"), ("Tab",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Previous underlined words"), ("Shift+Tab",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Open the card of the underlined words"),
        ("Return",),
        QT_TRANSLATE_NOOP("PageKeys", "Click"),
    ),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Close a preview, a card or the search"), ("Esc",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A line down or up"), ("Down", "Up")),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A screen down"), ("Space", "PgDown")),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A screen up"), ("Shift+Space", "PgUp")),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Larger or smaller text"),
        gesture=QT_TRANSLATE_NOOP("PageKeys", "Ctrl+wheel"),
    ),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Back and forward"),
        gesture=QT_TRANSLATE_NOOP("PageKeys", "The mouse's back and forward buttons"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    keys: tuple[str, ...]


def _groups() -> list[tuple[str, list[_Line]]]:
    """All keys in the language of the interface, under the menu's name or the page's."""
    groups = [
        (
            menu_words(menu).replace("&", ""),
            [
                _Line(command.plain_words, tuple(map(_native, key_sequences(command))))
                for command in COMMANDS
                if command.menu == menu and command.keys
            ],
        )
        for menu in MENUS
    ]
    page = [
        _Line(
            QCoreApplication.translate("PageKeys", key.text),
            (
                *(_native(QKeySequence(keys)) for keys in key.keys),
                *([QCoreApplication.translate("PageKeys", key.gesture)] if key.gesture else []),
            ),
        )
        for key in PAGE_KEYS
    ]
    return [*groups, (QCoreApplication.translate("PageKeys", "In the page"), page)]


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


class _KeyPainter(QStyledItemDelegate):
    """Keys as small caps of a keyboard, one beside the other."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = QFontMetrics(option.font)
        keys = index.data(_KEYS) or ()
        width = sum(_cap_width(metrics, words) + _gap(metrics) for words in keys)
        return QSize(width + _gap(metrics), round(metrics.height() * 1.8))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        keys = index.data(_KEYS)
        if keys is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        metrics = QFontMetrics(option.font)
        height = round(metrics.height() * 1.3)
        left = option.rect.left()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        for words in keys:
            width = _cap_width(metrics, words)
            top = option.rect.top() + (option.rect.height() - height) // 2
            cap = QStyle.visualRect(option.direction, option.rect, QRect(left, top, width, height))
            painter.setPen(QPen(self.theme.color("border"), 1))
            painter.setBrush(self.theme.color("code"))
            painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(self.theme.color("text"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
            left += width + _gap(metrics)
        painter.restore()


def _cap_width(metrics: QFontMetrics, words: str) -> int:
    return max(metrics.horizontalAdvance(words) + metrics.height(), round(metrics.height() * 1.6))


def _gap(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 0.4)


class ShortcutsDialog(QDialog):
    """Every key, by menu; what is typed narrows the list, and what is selected can be copied."""

    def __init__(self, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Words or keys"))
        self._filter.setAccessibleName(self.tr("Show only what has these words or keys"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._filter.installEventFilter(self)
        self._list = QTreeWidget()
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._list.setColumnCount(2)
        self._list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setItemsExpandable(False)
        self._list.setIndentation(0)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setAllColumnsShowFocus(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.installEventFilter(self)
        self._painter = _KeyPainter(theme, self._list)
        self._list.setItemDelegate(self._painter)
        self._fill()
        copy = QPushButton(self.tr("&Copy the list"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._list)
        layout.addWidget(buttons)
        self.apply_theme(theme)
        self._fit()
