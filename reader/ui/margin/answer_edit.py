"""A question's card: what the reader answers is written in it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.text.model import Text
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
        self._filling = False
        self._said = self._label("", "body")
        self._said.setContentsMargins(0, _ABOVE, 0, 0)
        self._edit = NoteEdit(guide, self)
        self._edit.setPlaceholderText(self.tr("Write your answer …"))
        self._edit.setAccessibleName(self.tr("My answer"))
        self._edit.textChanged.connect(self._typed)
        self._edit.height_changed.connect(lambda: self.height_changed.emit(self.id))
        self._edit.done.connect(self.left)
        self._column.addSpacing(_ABOVE)
        self._column.addWidget(self._edit)
        self._style_edit()
        self.show_answer(answer)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what the answer is now; what is being typed stays as it is."""
        self._filling = True
        rewrite(self._edit, answer.words if answer else "")
        self._filling = False
        head = escape(self.tr("My answer"))
        if answer:
            self._said.setText(f"<b>{head}</b>{body_html(answer.body)}")
        else:
            self._said.setText(f"<i>{escape(self.tr('Not answered yet'))}</i>")
        said = f"{self.tr('My answer')}: {answer.body.string}" if answer else ""
        self.setAccessibleDescription("\n".join(filter(None, (self._spoken_body(), said))))
        self._show_parts()

    def start_typing(self) -> None:
        """Put the caret behind the last word of the answer."""
        self._edit.setFocus()
        self._edit.moveCursor(self._edit.textCursor().MoveOperation.End)

    def set_active(self, active: bool) -> None:
        super().set_active(active)
        self._show_parts()

    def set_whole(self, whole: bool) -> None:
        super().set_whole(whole)
        self._show_parts()

    def whole_height(self, width: int) -> int:
        whole = self.whole
        self.set_whole(True)
        self._edit.setFixedWidth(max(40, width - 2 * _SIDE))
        self._edit.setFixedHeight(self._edit.wanted_height())
        self._column.invalidate()
        height = self._column.totalHeightForWidth(width)
        self.set_whole(whole)
        return height

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._style_edit()

    def _show_parts(self) -> None:
        self._edit.setVisible(self.whole and self.active)
        self._said.setVisible(self.whole and not self.active)

    def _style_edit(self) -> None:
        theme = self._theme
        self._edit.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme['page']}; color: {theme['text']};"
            f" border: 1px solid {theme.outline().name()}; border-radius: 6px; }}"
            f"QPlainTextEdit:focus {{ border: 2px solid {theme['accent']}; }}"
        )

    def _typed(self) -> None:
        if not self._filling:
            self.answered.emit(self.id, self._edit.toPlainText())
