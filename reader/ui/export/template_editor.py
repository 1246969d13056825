"""The pane in which a template is changed, with what is wrong in it marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.ui.fonts import Faces
from reader.ui.letters import as_large
from reader.ui.theme import Theme
from reader.ui.two_panes import Said


class TemplateEditor(QWidget):
    """Words in a face for code, the sentence that tells what is wrong, and a button to save."""

    changed = Signal()
    save_wanted = Signal()

    def __init__(self, faces: Faces, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = QLabel()
        self.title.setObjectName("above")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.save_button = QPushButton(self.tr("Save the template"))
        self.save_button.clicked.connect(lambda: self.save_wanted.emit())
        self.words = QPlainTextEdit()
        self.words.setObjectName("template")
        self.words.setFont(as_large(faces.code, self.font()))
        self.words.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.words.setAccessibleName(self.tr("Template"))
        self.words.textChanged.connect(self._changed)
        self.said = Said()
        shortcut = QShortcut(QKeySequence.StandardKey.Save, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_wanted)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.words, 1)
        column.addWidget(self.said)

    @property
    def source(self) -> str:
        """The template as it stands here."""
        return self.words.toPlainText()

    @property
    def modified(self) -> bool:
        """Whether it stands otherwise on the disk."""
        return self.words.document().isModified()

    def load(self, name: str, source: str) -> None:
        """Show a template that lies on the disk."""
        self.title.setText(self.tr("Template: {0}").format(name))
        self.words.blockSignals(True)
        self.words.setPlainText(source)
        self.words.blockSignals(False)
        self.show_fault("", 0)
        self.mark_saved()

    def mark_saved(self) -> None:
        """It is on the disk as it stands here."""
        self.words.document().setModified(False)
        self.save_button.setEnabled(False)

    def show_fault(self, sentence: str, line: int) -> None:
        """Say what is wrong, and mark the line (from 1; 0 marks none)."""
        self.said.say(sentence, wrong=True)
        block = self.words.document().findBlockByNumber(line - 1)
        if not sentence or line < 1 or not block.isValid():
            self.words.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(block)
        mark.format.setBackground(self._theme.tint("danger", "field", 0.22))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.words.setExtraSelections([mark])

    def _changed(self) -> None:
        self.save_button.setEnabled(self.modified)
        self.changed.emit()
