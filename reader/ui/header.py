"""The header: buttons, the text's title, and the field that searches it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from reader.ui.actions import Actions
from reader.ui.icons import Icons
from reader.ui.letters import pixels
from reader.ui.theme import Theme

_FIELD = 120
"""Pixels of the field at the least, which leave room for all buttons in the smallest window."""

_SHARE = 0.3
"""The share of the header that the field takes at the most."""


class Header(QWidget):
    """One row above everything else."""

    def __init__(self, actions: Actions, menu: QMenu, text_menu: QMenu) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._actions = actions
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Toolbar"))
        self.find_field = FindField(_native(actions["find"].shortcut()))
        actions.keymap.changed.connect(
            lambda: self.find_field.set_hint(_native(actions["find"].shortcut()))
        )
        self.title = Title()
        self._menu_button = self._with_menu(menu, self.tr("Menu (F10)"))
        self._text_button = self._with_menu(text_menu, self.tr("Text and theme"))
        self._text_button.setText("Aa")
        font = self._text_button.font()
        font.setBold(True)
        self._text_button.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 7)
        row.setSpacing(4)
        row.addWidget(self._menu_button)
        for name in ("library", "panel", "back", "forward"):
            row.addWidget(self._button(name))
        row.addWidget(self.title, 1)
        row.addWidget(self.find_field)
        row.addSpacing(4)
        row.addWidget(self._text_button)
        row.addWidget(self._button("export"))
        row.addWidget(self._button("margin"))
        self._fit()

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._menu_button.setIcon(icons.icon("menu"))
        self.title.apply_theme(theme)
        self.find_field.apply_theme(theme, icons)
        self.update()

    def open_menu(self) -> None:
        """Open the menu of all commands."""
        self._menu_button.showMenu()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setAccessibleName(self._actions[name].text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _with_menu(self, menu: QMenu, name: str) -> QToolButton:
        button = QToolButton()
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fit(self) -> None:
        """Have the icons grow with the letters."""
        side = pixels(self, 20)
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(side, side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where there is little room, the field leaves some of its own to the title.
        usual = 15 * self.fontMetrics().height()
        self.find_field.setMaximumWidth(min(usual, max(_FIELD, round(_SHARE * self.width()))))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, _event: object) -> None:
        if self._theme is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.color("border"), 1))
            bottom = self.height() - 1
            painter.drawLine(0, bottom, self.width(), bottom)


class Title(QWidget):
    """The text's title in bold and whose edition it is, centred, shortened where it must be."""

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._by = QLabel()
        self._full = ("", "")
        for label in (self._title, self._by):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._title.setParent(self)
        self._by.setParent(self)

    def set_words(self, title: str, by: str) -> None:
        """Show a title, and after it in a lighter tone who made the edition."""
        self._full = (title, f" — {by}" if by else "")
        self.setToolTip(title + self._full[1])
        self.setAccessibleName(title + self._full[1])
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        palette = self._by.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("muted"))
        self._by.setPalette(palette)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 8)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        title, by = self._full
        bold, plain = QFontMetrics(self._title.font()), QFontMetrics(self._by.font())
        room = self.width() - 16
        right = Qt.TextElideMode.ElideRight
        title = bold.elidedText(title, right, max(0, room))
        left = room - bold.horizontalAdvance(title)
        by = plain.elidedText(by, right, left) if left > 60 else ""
        widths = bold.horizontalAdvance(title) + 2, plain.horizontalAdvance(by) + 2
        x = max(0, (self.width() - sum(widths)) // 2)
        self._title.setText(title)
        self._by.setText(by)
        self._title.setGeometry(x, 0, widths[0], self.height())
        self._by.setGeometry(x + widths[0], 0, widths[1], self.height())


class FindField(QLineEdit):
    """Searches the text as one types. Enter goes on, Shift+Enter back, Escape ends it."""

    entered = Signal()
    """Words to find may be about to be typed."""

    wanted = Signal(str)
    """Other words are to be found."""

    stepped = Signal(bool)
    """Go to the next place (True) or the one before it."""

    closed = Signal()
    """Done: back to the page."""

    library_wanted = Signal(str)
    """While the library is shown: narrow what it lists to these words."""

    library_entered = Signal()
    """While the library is shown: on to what it lists."""

    def __init__(self, hint: str = "") -> None:
        """`hint` stands in the empty field: the keys that lead here."""
        super().__init__()
        self._theme: Theme | None = None
        self._said = ""
        self._hint = hint
        self.setPlaceholderText(self.tr("Search the text"))
        self.setAccessibleName(self.tr("Search the text"))
        self.setMinimumWidth(_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._icon.setText(self.tr("Search"))
        self._in_library = False
        self.textEdited.connect(self._edited)

    def search_library(self, on: bool) -> None:
        """Be the field of the library, in the place of the text's, or again of that."""
        if on == self._in_library:
            return
        if on and self.text():
            self.clear()
            self.wanted.emit("")
        self._in_library = on
        self.clear()
        self._make_room()
        words = self.tr("Search the library") if on else self.tr("Search the text")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.update()

    def _edited(self, words: str) -> None:
        (self.library_wanted if self._in_library else self.wanted).emit(words)
        self._make_room()

    def set_hint(self, hint: str) -> None:
        """Other keys lead here."""
        self._hint = hint
        self._make_room()
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(15 * height, height + pixels(self, 14))

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._icon.setIcon(icons.icon("search"))
        self._fit()

    def _fit(self) -> None:
        """Keep the field's paddings in proportion to its letters."""
        if (theme := self._theme) is None:
            return
        above, behind, before = (pixels(self, usual) for usual in (5, 10, 2))
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme['field']}; color: {theme['text']};"
            f" border: 1px solid {theme['border']}; border-radius: 7px;"
            f" padding: {above}px {behind}px {above}px {before}px;"
            f" selection-background-color: {theme['selection']};"
            f" selection-color: {theme['text']} }}"
            f"QLineEdit:focus {{ border: 2px solid {theme['accent']};"
            f" padding: {above - 1}px {behind - 1}px {above - 1}px {before - 1}px }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _aside(self) -> str:
        """What stands behind the words: what was found, or the keys, if there is room for them."""
        if self._in_library:
            return ""
        if self.text():
            return self._said
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.placeholderText() + "  " + self._hint)
        return self._hint if words < self.width() - 3 * metrics.height() else ""

    def _make_room(self) -> None:
        """Leave room behind the words for what is said there."""
        if aside := self._aside():
            aside += "  "
        margins = QMargins(0, 0, self.fontMetrics().horizontalAdvance(aside), 0)
        if margins != self.textMargins():
            self.setTextMargins(margins)

    def say(self, words: str) -> None:
        """Show how many places were found, and which one is current."""
        self._said = words
        self.setAccessibleDescription(words)
        self._make_room()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        words = self._aside()
        if self._theme is not None and words:
            painter = QPainter(self)
            painter.setPen(self._theme.color("muted"))
            area = self.rect().adjusted(0, 0, -pixels(self, 10), 0)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._in_library:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ending = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if self._in_library and ending:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                self.library_wanted.emit("")
            self.library_entered.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.wanted.emit("")
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
