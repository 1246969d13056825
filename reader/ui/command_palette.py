"""The command palette: any command, annotation or section, by a few letters of its name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from unicodedata import normalize

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reader.ui.actions import Actions, menu_words
from reader.ui.commands import COMMANDS
from reader.ui.icons import Icons
from reader.ui.theme import Theme

_MOST_ROWS = 200
_ROWS_IN_VIEW = 10
_MOST_RECENT = 8
_LEAD = 30  # where a row's square or tick stands, and the field's magnifier
_EDGE = 6  # between the card and its rows
_ROUNDED = 12.0
_SHADOW = 20
_AWAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to go to, listed beside the commands.

    `icon_role` is the theme's role for the square before the words; empty for none.
    """

    words: str
    detail: str
    shortcut: str
    run: Callable[[], object]
    icon_role: str = ""


# Matching ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query fits: the smaller its `rank` the better; `letters` are those it meant."""

    rank: tuple[int, int]
    letters: Sequence[int]


class Query:
    """A few letters, ready to be looked for in many names."""

    def __init__(self, text: str) -> None:
        self._parts = folded(text).split()
        self._text = " ".join(self._parts)
        self._letters = "".join(self._parts)
        # Whether all letters are there in their order, in one pass and without going back.
        self._in_order = re.compile(
            "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in self._letters),
            re.DOTALL,
        )

    def __bool__(self) -> bool:
        return bool(self._parts)

    def match(self, words: str, detail: str = "") -> Match | None:
        """Look for the query in a name and its detail, both `folded`.

        The tiers of the rank: 0 the name begins with the query, 1 a word of it does, 2 each
        part of the query begins a word, 3 the query stands somewhere inside, 4 a part of it
        begins a word of the detail, 5 its letters stand in the name one after another.
        """
        if not self._in_order.match(words):
            return self._beginnings(words, detail) if self._all_there(words, detail) else None
        length = len(self._text)
        inside = place = words.find(self._text)
        while place >= 0:
            if place == 0:
                return Match((0, 0), range(length))
            if not words[place - 1].isalnum():
                return Match((1, place), range(place, place + length))
            place = words.find(self._text, place + 1)
        found = self._beginnings(words, detail)
        if inside >= 0 and (found is None or found.rank > (3, inside)):
            return Match((3, inside), range(inside, inside + length))
        return found or self._scattered(words)

    def _all_there(self, words: str, detail: str) -> bool:
        return all(part in words or part in detail for part in self._parts)

    def _beginnings(self, words: str, detail: str) -> Match | None:
        letters: set[int] = set()
        tier = 2
        free = _word_starts(words)
        for part in self._parts:
            start = next((start for start in free if words.startswith(part, start)), None)
            if start is not None:
                free.remove(start)
                letters.update(range(start, start + len(part)))
            elif any(detail.startswith(part, start) for start in _word_starts(detail)):
                tier = 4
            else:
                return None
        return Match((tier, min(letters, default=len(words))), tuple(sorted(letters)))

    def _scattered(self, words: str) -> Match | None:
        """Letters in order from the beginning of a word, at most half of them far inside one."""
        best: Match | None = None
        starts = _word_starts(words)
        most = len(self._letters) // 2 if len(self._letters) > 2 else 0
        for start in starts:
            if words[start] != self._letters[0]:
                continue
            for letters in (self._run_on(words, start, starts), self._plainly(words, start)):
                far = sum(b - a > 1 and b not in starts for a, b in pairwise(letters))
                if letters and far <= most:
                    found = Match((5, far * 1000 + letters[-1] - letters[0]), letters)
                    best = found if best is None or found.rank < best.rank else best
        return best

    def _run_on(self, words: str, start: int, starts: Sequence[int]) -> tuple[int, ...]:
        """Each letter right after the one before, or else at the beginning of a later word."""
        letters = [start]
        for letter in self._letters[1:]:
            here = letters[-1] + 1
            if words.startswith(letter, here):
                letters.append(here)
                continue
            later = starts[bisect_left(starts, here) :]
            place = next((place for place in later if words[place] == letter), -1)
            if place < 0:
                return ()
            letters.append(place)
        return tuple(letters)

    def _plainly(self, words: str, start: int) -> tuple[int, ...]:
        letters = [start]
        for letter in self._letters[1:]:
            place = words.find(letter, letters[-1] + 1)
            if place < 0:
                return ()
            letters.append(place)
        return tuple(letters)


def folded(text: str) -> str:
    """`text` without case and accents, letter for letter."""
    return text.lower() if text.isascii() else "".join(map(_folded_letter, text))


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return normalize("NFD", letter)[0].casefold()[0]


def _word_starts(words: str) -> list[int]:
    return [found.start() for found in re.finditer(r"(?<![^\W_])[^\W_]", words)]


# Rows --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    words: str
    detail: str
    shortcut: str
    run: Callable[[], object]
    command: str = ""
    role: str = ""
    enabled: bool = True
    checked: bool = False
    letters: Sequence[int] = ()
    """The places of the letters that were meant."""

    @property
    def key(self) -> tuple[str, ...]:
        """What this row is known by the next time."""
        return (self.command,) if self.command else (self.words, self.detail)


class _Candidates:
    """Everything that can be found, what was used last before all others."""

    def __init__(self, rows: Iterable[_Row], recent: Sequence[tuple[str, ...]]) -> None:
        self._recent = {key: place for place, key in enumerate(recent)}
        self._rows = sorted(rows, key=self._used)
        self._folded: list[tuple[str, str]] = []

    def _used(self, row: _Row) -> int:
        return self._recent.get(row.key, len(self._recent))

    def found(self, text: str) -> list[_Row]:
        query = Query(text)
        if not query:
            return self._rows[:_MOST_ROWS]
        if not self._folded:
            self._folded = [(folded(row.words), folded(row.detail)) for row in self._rows]
        ranked = []
        for place, (words, detail) in enumerate(self._folded):
            if match := query.match(words, detail):
                row, (tier, cost) = self._rows[place], match.rank
                order = not row.enabled, self._used(row), not row.command, cost, len(words)
                ranked.append((tier, *order, place, match.letters))
        best = nsmallest(_MOST_ROWS, ranked)  # no two have the same place
        return [replace(self._rows[place], letters=letters) for *_, place, letters in best]


class _RowModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []

    def show(self, rows: list[_Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.words, row.detail, row.shortcut, self.tr("chosen") if row.checked else "")
            return ", ".join(filter(None, parts))
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not self.rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowPainter(QStyledItemDelegate):
    """A row: a square or a tick, the words, what they belong to, and the keys at the end."""

    def __init__(self, model: _RowModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _row_height(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.rows[index.row()]
        solid = 1.0 if row.enabled else 0.6
        text = self.theme.color("text" if row.enabled else "muted", solid)
        muted = self.theme.color("muted", solid)
        area = option.rect

        def placed(where: QRect) -> QRect:
            return QStyle.visualRect(option.direction, area, where)

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("chosen"))
            painter.drawRoundedRect(area, 6, 6)
        lead = QRect(area.left(), area.top(), _LEAD, area.height())
        self._paint_lead(painter, QRectF(placed(lead)).center(), row, text)

        small = _scaled(option.font, 0.92)
        metrics = QFontMetrics(small)
        room = area.adjusted(_LEAD, 0, -10, 0)
        painter.setFont(small)
        painter.setPen(muted)
        if row.shortcut:
            keys = QRect(room)
            keys.setLeft(room.right() - metrics.horizontalAdvance(row.shortcut))
            painter.drawText(placed(keys), Qt.AlignmentFlag.AlignCenter, row.shortcut)
            room.setRight(keys.left() - 16)
        detail = QRect(room)
        words = _WordsLayout(row, option.font, room.width(), self.theme.color("link", solid))
        detail.setLeft(room.left() + words.width + 10)
        if row.detail and detail.width() > metrics.averageCharWidth() * 5:
            shown = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, detail.width())
            detail.setWidth(metrics.horizontalAdvance(shown) + 1)
            painter.drawText(placed(detail), Qt.AlignmentFlag.AlignCenter, shown)
        painter.setPen(text)
        room.setWidth(words.width)
        words.draw(painter, placed(room))
        painter.restore()

    def _paint_lead(self, painter: QPainter, middle: QPointF, row: _Row, ink: QColor) -> None:
        if row.checked:
            pen = QPen(ink, 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            tick = (QPointF(-4.5, 0.5), QPointF(-1.5, 3.5), QPointF(4.5, -3.5))
            painter.drawPolyline([middle + corner for corner in tick])
        elif row.role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(row.role))
            painter.drawRoundedRect(QRectF(middle.x() - 4, middle.y() - 4, 8, 8), 2, 2)


class _WordsLayout:
    """A row's words on one line, the letters that were meant in bold and in `colour`."""

    def __init__(self, row: _Row, font: QFont, room: int, colour: QColor) -> None:
        bold = QFont(font)
        bold.setBold(True)
        metrics = QFontMetrics(bold if row.letters else font)
        shown = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, room)
        meant = QTextCharFormat()
        meant.setFontWeight(QFont.Weight.Bold)
        meant.setForeground(colour)
        formats = []
        for letter in row.letters:
            if letter < len(shown) and shown[letter] == row.words[letter]:
                span = QTextLayout.FormatRange()
                span.start, span.length = _qt_length(shown[:letter]), _qt_length(shown[letter])
                span.format = meant
                formats.append(span)
        self._layout = QTextLayout(shown, font)
        self._layout.setFormats(formats)
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(100_000)
        self._layout.endLayout()
        self.width = round(line.naturalTextWidth()) + 1
        self._height = line.height()

    def draw(self, painter: QPainter, where: QRect) -> None:
        top = where.top() + (where.height() - self._height) / 2
        self._layout.draw(painter, QPointF(where.left(), top))


def _qt_length(text: str) -> int:
    """How many UTF-16 units, which Qt counts in, `text` has."""
    return len(text.encode("utf-16-le")) // 2


def _scaled(font: QFont, factor: float) -> QFont:
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    return font


def _row_height(font: QFont) -> int:
    return round(QFontMetrics(font).height() * 1.85)


# The palette -------------------------------------------------------------------------------------


class CommandPalette(QWidget):
    """Lies over its window while it is open, and keeps what was run last."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        icons: Icons,
        theme: Theme,
        entries: Callable[[], Iterable[Entry]] = tuple,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._entries = entries
        self._theme = theme
        self._recent: list[tuple[str, ...]] = []
        self._candidates = _Candidates((), ())
        self._came_from: QWidget | None = None
        self._pointer = QPoint()
        self.setAccessibleName(self.tr("Command palette"))
        self._build()
        self.apply_theme(theme, icons)
        self.hide()
        window.installEventFilter(self)
        for command in COMMANDS:
            if command.id != "palette":
                actions[command.id].triggered.connect(self.dismiss)

    def _build(self) -> None:
        self._card = QFrame(self)
        self._magnifier = QLabel(self._card)
        self._magnifier.setFixedWidth(_LEAD)
        self._magnifier.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field = QLineEdit(self._card)
        self._field.setPlaceholderText(self.tr("Type what to do, or where to go"))
        self._field.setAccessibleName(self.tr("What to do, or where to go"))
        self._field.textEdited.connect(self._find)
        self._field.installEventFilter(self)
        self._list = QListView(self._card)
        self._model = _RowModel(self._list)
        self._painter = _RowPainter(self._model, self._theme, self._list)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._painter)
        self._list.setAccessibleName(self.tr("Commands and places"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setMouseTracking(True)
        self._list.viewport().installEventFilter(self)
        self._list.clicked.connect(self._run)
        self._nothing = QLabel(self._card)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 10, 0)
        top.setSpacing(0)
        top.addWidget(self._magnifier)
        top.addWidget(self._field)
        self._column = QVBoxLayout(self._card)
        self._column.setSpacing(_EDGE)
        self._column.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        self._column.addLayout(top)
        self._column.addWidget(self._list)
        self._column.addWidget(self._nothing)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw with this theme's roles and these icons from now on."""
        self._theme = theme
        self._painter.theme = theme
        size = round(self.fontMetrics().height() * 0.95)
        self._magnifier.setPixmap(
            icons.icon("search").pixmap(QSize(size, size), self.devicePixelRatio())
        )
        self._card.setStyleSheet(
            "QLineEdit, QListView, QLabel { border: 0; padding: 0; background: transparent;"
            f" color: {theme['text']} }}"
            f"QLineEdit {{ placeholder-text-color: {theme['muted']};"
            f" selection-background-color: {theme['selection']};"
            f" selection-color: {theme['text']} }}"
            f"QLabel {{ color: {theme['muted']} }}"
            "QScrollBar { border: 0; margin: 0; background: transparent; width: 8px }"
            f"QScrollBar::handle {{ border-radius: 3px; background: {theme['rule']};"
            " margin: 0 0 0 2px; min-height: 24px }"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0 }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent }"
        )
        self.update()

    def open(self) -> None:
        """Show the palette; when it is open already, close it."""
        if self.isVisible():
            self.dismiss()
            return
        self._came_from = QApplication.focusWidget()
        self._candidates = _Candidates([*self._command_rows(), *self._entry_rows()], self._recent)
        self._field.clear()
        if window := self.parentWidget():
            self.setGeometry(window.rect())
        self.raise_()
        self.show()
        self._find("")
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close the palette; the focus returns to where it came from."""
        if not self.isVisible():
            return
        came_from, self._came_from = self._came_from, None
        had_focus = self._field.hasFocus()
        self.hide()
        if had_focus and came_from and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is listed

    def _command_rows(self) -> Iterable[_Row]:
        for command in COMMANDS:
            if command.id != "palette":
                action = self._actions[command.id]
                yield _Row(
                    command.plain_words,
                    menu_words(command.menu).replace("&", ""),
                    self._actions.keymap.words(command.id),
                    action.trigger,
                    command=command.id,
                    enabled=action.isEnabled(),
                    checked=action.isChecked(),
                )

    def _entry_rows(self) -> Iterable[_Row]:
        for entry in self._entries():
            yield _Row(entry.words, entry.detail, entry.shortcut, entry.run, role=entry.icon_role)

    def _find(self, text: str) -> None:
        self._model.show(self._candidates.found(text))
        nothing = self.tr("Nothing is called “{0}”.").format(text.strip())
        self._nothing.setText(nothing)
        self._arrange()
        first = next((row for row, one in enumerate(self._model.rows) if one.enabled), -1)
        self._choose(first)
        self._list.scrollToTop()

    def _choose(self, row: int) -> None:
        index = self._model.index(row)
        self._list.setCurrentIndex(index)
        if index.isValid() and QAccessible.isActive():
            event = QAccessibleEvent(self._list, QAccessible.Event.Focus)
            event.setChild(row)
            QAccessible.updateAccessibility(event)

    def _move(self, step: int, *, around: bool) -> None:
        """Choose the row `step` further that can be run; from one end `around` to the other."""
        able = [row for row, one in enumerate(self._model.rows) if one.enabled]
        if not able:
            return
        place = bisect_left(able, self._list.currentIndex().row()) + step
        place = place % len(able) if around else max(0, min(place, len(able) - 1))
        self._choose(able[place])

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid() or not (row := self._model.rows[index.row()]).enabled:
            return
        if row.key in self._recent:
            self._recent.remove(row.key)
        self._recent = [row.key, *self._recent][:_MOST_RECENT]
        self.dismiss()
        row.run()

    # Where it lies, and how it looks

    def _arrange(self) -> None:
        font = _scaled(self.font(), 1.15)
        self._field.setFont(font)
        self._field.setFixedHeight(round(QFontMetrics(font).height() * 2.4))
        row = _row_height(self.font())
        self._nothing.setMinimumHeight(row)
        self._nothing.setContentsMargins(_LEAD, 0, _LEAD, 0)
        found = len(self._model.rows)
        self._list.setVisible(found > 0)
        self._nothing.setVisible(found == 0)
        width = min(self.fontMetrics().averageCharWidth() * 92, self.width() - 4 * _EDGE)
        top = max(2 * _EDGE, self.height() // 9)
        room = self.height() - top - self._field.height() - 5 * _EDGE
        self._list.setFixedHeight(max(row, min(found, _ROWS_IN_VIEW, room // row) * row))
        height = self._field.height() + 2 * _EDGE
        height += self._list.height() if found else max(row, self._nothing.sizeHint().height())
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("window", 0.35))
        card = QRectF(self._card.geometry()).adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.color("window" if theme.dark else "text", 0.05 if theme.dark else 0.008)
        )
        for spread in range(_SHADOW, 0, -1):
            around = card.adjusted(-spread, 4 - spread, spread, 4 + spread)
            painter.drawRoundedRect(around, _ROUNDED + spread, _ROUNDED + spread)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(card, _ROUNDED, _ROUNDED)
        line = self._card.y() + self._field.height() + 0.5
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawLine(QPointF(card.left(), line), QPointF(card.right(), line))
        painter.end()

    # What comes from outside

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._arrange()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # the field keeps the focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if watched is self._field:
                if event.type() == QEvent.Type.KeyPress:
                    return self._key(event)
                if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                    event.accept()
                    return True
            case QFocusEvent() if watched is self._field:
                if event.lostFocus() and event.reason() not in _AWAY:
                    self.dismiss()
            case QMouseEvent() if event.type() == QEvent.Type.MouseMove:
                self._pointer_moved(event)
            case QResizeEvent() if watched is self.parentWidget():
                self.resize(event.size())
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        ours = (
            Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up,
            Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        )  # fmt: skip
        return (event.key() in ours and not event.modifiers()) or self._closes(event)

    def _closes(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        return event.key() == Qt.Key.Key_Escape or keys in self._actions["palette"].shortcuts()

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1, around=True)
            case Qt.Key.Key_Up:
                self._move(-1, around=True)
            case Qt.Key.Key_PageDown:
                self._move(_ROWS_IN_VIEW - 1, around=False)
            case Qt.Key.Key_PageUp:
                self._move(1 - _ROWS_IN_VIEW, around=False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._list.currentIndex())
            case _ if self._closes(event):
                self.dismiss()
            case _:
                return False
        return True

    def _pointer_moved(self, event: QMouseEvent) -> None:
        """The row under the pointer is chosen when the pointer moves, not when the list does."""
        before, self._pointer = self._pointer, event.globalPosition().toPoint()
        index = self._list.indexAt(event.position().toPoint())
        if self._pointer != before and index.isValid() and self._model.rows[index.row()].enabled:
            self._list.setCurrentIndex(index)
