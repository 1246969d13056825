"""The header: buttons, the text's title, and the field that searches it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
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
from reader.ui.theme import Theme


class Header(QWidget):
    """One row above everything else."""

    def __init__(self, actions: Actions, menu: QMenu, text_menu: QMenu) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._actions = actions
        self._buttons: list[tuple[QToolButton, str]] = []
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
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(self._actions[name].text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _with_menu(self, menu: QMenu, name: str) -> QToolButton:
        button = QToolButton()
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setIconSize(QSize(20, 20))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

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
        self.setMinimumWidth(120)  # which leaves room for all buttons in the smallest window
        self.setMaximumWidth(15 * self.fontMetrics().height())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
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
        words = self.tr("Search the library") if on else self.tr("Search the text")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.update()

    def _edited(self, words: str) -> None:
        (self.library_wanted if self._in_library else self.wanted).emit(words)

    def set_hint(self, hint: str) -> None:
        """Other keys lead here."""
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(15 * height, height + 14)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._icon.setIcon(icons.icon("search"))
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme['field']}; color: {theme['text']};"
            f" border: 1px solid {theme['border']}; border-radius: 7px; padding: 5px 66px 5px 2px;"
            f" selection-background-color: {theme['selection']};"
            f" selection-color: {theme['text']} }}"
            f"QLineEdit:focus {{ border: 2px solid {theme['accent']}; padding: 4px 65px 4px 1px }}"
        )

    def say(self, words: str) -> None:
        """Show how many places were found, and which one is current."""
        self._said = words
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        words = self._said if self.text() else self._hint
        if self._in_library:
            words = ""
        if self._theme is not None and words:
            painter = QPainter(self)
            painter.setPen(self._theme.color("muted"))
            area = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )

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
