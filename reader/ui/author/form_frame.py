"""What is around the fields of a form: its head, its buttons, and what is said in between."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.ui.author.field import FaultLabel, small_label
from reader.ui.author.look import form_sheet
from reader.ui.margin.sheet import draw_sheet
from reader.ui.pressing import enter_presses
from reader.ui.theme import Theme

_SIDE = 14


class FormFrame(QFrame):
    """A sheet whose fields scroll.

    Ctrl+Enter saves; Escape leaves, and asks first if something would be lost.
    """

    cancelled = Signal()
    delete_wanted = Signal()
    compare_wanted = Signal()
    height_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, "accent"
        self._focused: QWidget | None = None
        # Else a click beside the fields would give the keyboard to the page below.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.installEventFilter(self)
        self._head = small_label("quiet")
        self._head.setContentsMargins(14, 0, 0, 0)
        self._other = small_label("fault")
        compare = QPushButton(self.tr("Compare…"))
        compare.clicked.connect(self.compare_wanted)
        self._other_line = _line(self._other, compare)
        self._fields = QWidget()
        self._fields.setObjectName("fields")
        self._fields.installEventFilter(self)
        self._column = QVBoxLayout(self._fields)
        self._column.setContentsMargins(0, 0, 0, 2)
        self._column.setSpacing(9)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._said = FaultLabel()
        self._foot = self._make_foot()
        self._asking = self._make_asking()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _fill(self, *parts: QWidget) -> None:
        """Have these fields. Tab reaches what is around them in the order in which it is seen."""
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch()
        self._area.setWidget(self._fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_SIDE, 11, _SIDE, 13)
        whole.setSpacing(8)
        for above in (self._head, self._other_line):
            whole.addWidget(above)
        whole.addWidget(self._area, 1)
        for below in (self._said, self._foot, self._asking):
            whole.addWidget(below)

    # What a form says of itself

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        raise NotImplementedError

    def save(self) -> None:
        """Hand on what is written, or say at each field what is wrong with it."""
        raise NotImplementedError

    def go_to(self, field: str) -> None:
        """Put the keyboard into a field; where there is no such field, into the first."""
        raise NotImplementedError

    # What can be done with it

    def start(self, head: str, *, new: bool) -> None:
        """Say in `head` what is being written; what is `new` cannot be deleted."""
        self._head.setText(head)
        self.setAccessibleName(head)
        self._delete.setVisible(not new)
        self.say("")
        self._ask(False)
        self.tell_changed(False)

    def show_place(self, place: QWidget) -> None:
        """Give the keyboard to a part of the fields, and bring it into view."""
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(place, 0, 60)

    def hold(self, held: bool) -> None:
        """Let nothing be typed while it is being saved."""
        if held:
            self._focused = self.focusWidget()
        self.setEnabled(not held)
        if not held and self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close the form; ask first if something would be lost."""
        if self.is_changed:
            self._ask(True)
        else:
            self.cancelled.emit()

    def say(self, words: str) -> None:
        """Say why it could not be saved, above the buttons."""
        self._said.say(words)
        self._said.setAccessibleDescription(words)

    def tell_changed(self, changed: bool, *, gone: bool = False) -> None:
        """Say that the file has another version of this annotation by now, or none."""
        words = (
            self.tr("This annotation was deleted from the file meanwhile.")
            if gone
            else self.tr("This annotation was changed in the file meanwhile.")
        )
        self._other.setText(words)
        self._other_line.setVisible(changed)

    def wanted_height(self, width: int) -> int:
        """Pixels that all of it takes at a width."""
        inner = width - 2 * _SIDE
        column = self._column
        if column.hasHeightForWidth():
            tall = column.totalHeightForWidth(inner)
        else:
            tall = column.totalSizeHint().height()
        rest = [
            part.heightForWidth(inner) if part.hasHeightForWidth() else part.sizeHint().height()
            for part in (self._head, self._other_line, self._said, self._foot, self._asking)
            if not part.isHidden()
        ]
        return tall + sum(rest) + 8 * len(rest) + 26

    def set_role(self, role: str) -> None:
        """Draw the sheet in another colour of the theme."""
        self._role = role
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.setPalette(theme.palette())
        self.setStyleSheet(form_sheet(theme))
        self.update()

    # Inside

    def _make_foot(self) -> QWidget:
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        keys = keys.replace("Return", self.tr("Enter"))
        self._delete = QPushButton(self.tr("Delete"))
        self._delete.clicked.connect(self.delete_wanted)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.leave)
        save = QPushButton(self.tr("Save  {0}").format(keys))
        save.setAccessibleName(self.tr("Save"))
        save.setDefault(True)
        save.clicked.connect(self.save)
        return _line(self._delete, None, cancel, save)

    def _make_asking(self) -> QWidget:
        words = small_label("quiet")
        words.setText(self.tr("What you typed would be lost."))
        self._stay = QPushButton(self.tr("Go on writing"))
        self._stay.clicked.connect(lambda: self._ask(False))
        discard = QPushButton(self.tr("Discard it"))
        discard.clicked.connect(self.cancelled)
        return _line(words, self._stay, discard)

    def _ask(self, asking: bool) -> None:
        was_asking = not self._asking.isHidden()
        if asking and not was_asking:
            self._focused = self.focusWidget()
        self._asking.setVisible(asking)
        self._foot.setVisible(not asking)
        if asking:
            self._stay.setFocus(Qt.FocusReason.OtherFocusReason)
        elif was_asking and self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The fields are taller, or less so, than they were."""
        if watched is self._fields and event.type() == QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        if watched is self and event.type() == QEvent.Type.ShortcutOverride:
            # A letter that is typed beside the fields is no command of the page.
            plain = isinstance(event, QKeyEvent) and bool(event.text().strip())
            held = isinstance(event, QKeyEvent) and bool(
                event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            )
            if plain and not held:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._asking.isVisible():
                self._ask(False)
            else:
                self.leave()
            return
        if enter_presses(event, self):
            return
        # Keys that mean something on the page mean nothing here.
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(2, 1, -2, -3)
        color = self._theme.color(self._role)
        draw_sheet(painter, body, self._theme, color, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        middle = self._head.geometry().center().y() + 0.5
        painter.drawRoundedRect(QRectF(_SIDE, middle - 4, 8, 8), 2, 2)


def _line(*parts: QWidget | None) -> QWidget:
    """Parts beside each other; None is the room between them."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            stretch = 1 if isinstance(part, QLabel) else 0
            row.addWidget(part, stretch)
    return line
