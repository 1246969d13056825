"""Notes as pieces: a number, the note, and the line that tells its colour and its tags."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontMetricsF

from reader.text.markdown import MarkdownReader
from reader.text.model import OBJECT, Block, BlockKind, Text
from reader.ui.page.pieces import make_rows
from reader.ui.printing.content import PrintedNote
from reader.ui.printing.faces import PaperTypography
from reader.ui.printing.pieces import Note, Stacked
from reader.ui.printing.setting import Setting, words_as_text
from reader.ui.printing.setup import Setup, size_of

_BETWEEN = 0.2
"""The space above the last line of a note, in sizes of its face."""


class NoteSetter:
    """Sets notes in a column of one width; `typography` is one of the setup's."""

    def __init__(self, setup: Setup, typography: PaperTypography) -> None:
        self._setup = setup
        self._width = typography.column
        self._number_face = setup.number_face_of(typography)
        self._em = size_of(typography)
        # Numbers hang beside the words; three digits are rarely more.
        room = QFontMetricsF(self._number_face).horizontalAdvance("000")
        self._indents = {True: room + 0.8 * self._em, False: 0.9 * self._em}
        self._typographies = {
            numbered: typography.narrower(self._width - indent)
            for numbered, indent in self._indents.items()
        }
        self._markdown = MarkdownReader()

    def piece(self, note: PrintedNote) -> Note:
        """A note, set."""
        numbered = bool(note.number)
        return Note(
            list(self._pieces(note, self._typographies[numbered])),
            self._indents[numbered],
            note.number,
            self._number_face,
            self._setup.theme.color(note.role),
        )

    def _pieces(self, note: PrintedNote, typography: PaperTypography) -> Iterator[Stacked]:
        setup = self._setup
        gap = typography.style(BlockKind.PARAGRAPH, 0).before
        head = (note.quote, BlockKind.QUOTE), (note.title, BlockKind.HEADING)
        begun = False
        for words, kind in head:
            if words:
                yield from _rows(setup.setting(words_as_text(words, kind, 1), typography), gap)
                begun = True
        body = setup.setting(self._markdown.parse(note.body), typography)
        yield from _rows(body, gap, joined=begun)
        if note.picture:
            picture = Text(OBJECT, (Block(BlockKind.IMAGE, 0, 1, source=note.picture),))
            yield from _rows(setup.setting(picture, typography, with_pictures=True), gap)
        if note.about or not (begun or note.body.strip()):
            about = setup.setting(words_as_text(note.about), typography.smaller(0.92), "muted")
            yield from _rows(about, _BETWEEN * self._em, joined=True)


def _rows(setting: Setting, gap: float, joined: bool = False) -> Iterator[Stacked]:
    """All rows of a text; `gap` is the space above the first."""
    rows = make_rows(setting.text)
    for index, row in enumerate(rows):
        above = setting.gap(row, rows[index - 1]) if index else gap
        yield Stacked(setting.piece(row), above, joined and index == 0)
