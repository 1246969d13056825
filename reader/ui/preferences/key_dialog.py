"""The dialog in which new keys for a command are pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.announce import announce
from reader.ui.button_box import button_box
from reader.ui.commands import Command
from reader.ui.keymap import RESERVED, Keymap, key_words
from reader.ui.letters import broad

_MODIFIERS = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)

_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyDialog(QDialog):
    """Waits for keys, says who has them, and gives them to the command.

    Keys that walk through dialogs, which no command can have, walk through this one too.
    """

    def __init__(self, command: Command, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._command, self._keymap = command, keymap
        self._keys = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New keys"))
        ask = QLabel(self.tr("Press the new keys for “{0}”.").format(command.plain_words))
        ask.setTextFormat(Qt.TextFormat.PlainText)
        ask.setWordWrap(True)
        self.pressed = QLabel("…")
        font = self.pressed.font()
        font.setBold(True)
        font.setPointSizeF(1.4 * font.pointSizeF())
        self.pressed.setFont(font)
        self.pressed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = QLabel(self.tr("Esc leaves everything as it is."))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self._use = QPushButton(self.tr("Use these keys"))
        self._use.setEnabled(False)
        buttons.addButton(self._use, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.installEventFilter(self)
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (ask, self.pressed, self.message, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(broad(self, 26))
        self.setAccessibleDescription(ask.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is pressed while a button has the focus is meant for the command all the same."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        """Show what was pressed; False for keys that go their usual way."""
        keys = pressed_keys(event)
        if not keys or keys in RESERVED:
            return False
        self._keys = keys
        self.pressed.setText(key_words(keys))
        holder = self._keymap.holder(keys)
        refusal = self._keymap.refusal(keys, self._command)
        if refusal:
            words = refusal
        elif holder is self._command:
            words = self.tr("This command has these keys already.")
        elif holder is not None:
            words = self.tr("{keys} runs “{command}” now. It would lose these keys.").format(
                keys=key_words(keys), command=holder.plain_words
            )
        else:
            words = self.tr("These keys are free.")
        possible = not refusal and holder is not self._command
        self._use.setText(
            self.tr("Take them over")
            if possible and holder is not None
            else self.tr("Use these keys")
        )
        self._use.setEnabled(possible)
        self._use.setDefault(possible)
        self.message.setText(words)
        announce(self, f"{key_words(keys)}. {words}")
        return True

    def _take(self) -> None:
        self._keymap.add(self._command, self._keys)
        self.accept()


def pressed_keys(event: QKeyEvent) -> str:
    """The keys of an event as a portable key sequence; empty while only modifiers are down."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if key in _MODIFIERS:
        return ""
    held = modifiers & _HELD
    text = event.text()
    if text and text[0].isprintable() and not text[0].isalnum() and not text[0].isspace():
        # Which key of a keyboard a sign is on, and whether that takes Shift, is no part of it.
        held &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(int(key) | held.value)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
