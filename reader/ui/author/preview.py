"""The preview of what is written in Markdown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit

from reader.text.markdown import MarkdownReader
from reader.ui.margin.richtext import body_html
from reader.ui.panel.painting import SMALL, scaled
from reader.ui.timers import timer

_SOON = 120
"""Milliseconds after the last letter until the preview follows."""


class Preview(QLabel):
    """Shows an edit's words as a card has them, while its `box` is checked."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__()
        self._edit = edit
        self._markdown = MarkdownReader()
        self.box = QCheckBox(self.tr("Preview"))
        self.box.setChecked(True)
        self.box.setFont(scaled(self.box.font(), SMALL))
        self.setObjectName("preview")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Preview"))
        soon = timer(self, self.renew, _SOON, once=True)
        edit.textChanged.connect(soon.start)
        self.box.toggled.connect(self.renew)

    def renew(self) -> None:
        """Show the words as they are now."""
        words = self._edit.toPlainText().strip()
        wanted = self.box.isChecked() and bool(words)
        if wanted:
            parsed = self._markdown.parse(words)
            self.setText(body_html(parsed))
            self.setAccessibleDescription(parsed.string)
        self.setVisible(wanted)
