"""A question's card: what the reader answers is written in it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reader.text.model import Text
from reader.ui.focus_order import arrange
from reader.ui.margin.card import Card, CardContent
from reader.ui.margin.guide import Guide
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.margin.rewriting import rewrite
from reader.ui.margin.richtext import body_html
from reader.ui.theme import Theme

_SIDE = 13
_ABOVE = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader has answered: in Markdown, and as it is shown."""

    words: str
    body: Text


class QuestionCard(Card):
    """Shows a question and the answer to it; the active one can be answered in place."""

    answered = Signal(str, str)
    """The question's id, and the answer as it is typed now."""

    height_changed = Signal(str)

    def __init__(
        self,
        content: CardContent,
        answer: Answer | None,
        theme: Theme,
        guide: Guide,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, theme, parent)
        self._guide = guide
        self._filling = False
        self._answer: Answer | None = None
        self._said = self._label("", "body")
        self._said.setContentsMargins(0, _ABOVE, 0, 0)
        self._edit: NoteEdit | None = None
        """Where the answer is written; a card that was never the active one has none."""
        self._column.addSpacing(_ABOVE)
        self.show_answer(answer)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what the answer is now; what is being typed stays as it is."""
        self._answer = answer
        self._fill()
        head = escape(self.tr("My answer"))
        if answer:
            self._said.say(f"<b>{head}</b>{body_html(answer.body)}")
        else:
            self._said.say(f"<i>{escape(self.tr('Not answered yet'))}</i>")
        said = f"{self.tr('My answer')}: {answer.body.string}" if answer else ""
        self.setAccessibleDescription("\n".join(filter(None, (self._spoken_body(), said))))
        self._show_parts()

    def start_typing(self) -> None:
        """Put the caret behind the last word of the answer."""
        if self._edit is not None:
            self._edit.setFocus()
            self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def set_active(self, active: bool) -> None:
        super().set_active(active)
        self._show_parts()

    def set_whole(self, whole: bool) -> None:
        super().set_whole(whole)
        self._show_parts()

    def whole_height(self, width: int) -> int:
        whole = self.whole
        self.set_whole(True)
        if self._edit is not None:
            self._edit.set_width(max(40, width - 2 * _SIDE))
        self._column.invalidate()
        height = self._column.totalHeightForWidth(width)
        self.set_whole(whole)
        return height

    def _show_parts(self) -> None:
        writes = self.whole and self.active
        if writes and self._edit is None:
            self._make_edit()
        if self._edit is not None:
            self._edit.setVisible(writes)
        self._said.setVisible(self.whole and not self.active)

    def _make_edit(self) -> None:
        edit = self._edit = NoteEdit(self._guide, self)
        edit.setPlaceholderText(self.tr("Write your answer …"))
        edit.setAccessibleName(self.tr("My answer"))
        self._fill()
        edit.textChanged.connect(self._typed)
        edit.height_changed.connect(lambda: self.height_changed.emit(self.id))
        edit.done.connect(self.left)
        self._column.addWidget(edit)
        arrange(self, [*self._widgets, edit])

    def _fill(self) -> None:
        if self._edit is not None:
            self._filling = True
            rewrite(self._edit, self._answer.words if self._answer else "")
            self._filling = False

    def _typed(self) -> None:
        if self._edit is not None and not self._filling:
            self.answered.emit(self.id, self._edit.toPlainText())
