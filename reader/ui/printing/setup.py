"""What all of one print shares: its sheet, its faces and its colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QFont

from reader.text.model import BlockKind, Text
from reader.ui.fonts import Faces
from reader.ui.page.decorations import Layer
from reader.ui.printing.faces import NoteTypography, PaperTypography, on_paper
from reader.ui.printing.setting import FindPicture, Setting
from reader.ui.printing.sheet import Sheet
from reader.ui.printing.words import Number
from reader.ui.theme import Theme

_NUMBER_SIZE = 0.85
"""The face of numbers as a share of the body's, before it is made a superscript."""


class Setup:
    """The typography of the text, of notes in the margin and of those as wide as the text."""

    def __init__(
        self, sheet: Sheet, faces: Faces, text_size: float, theme: Theme, find_picture: FindPicture
    ) -> None:
        self.sheet, self.theme = sheet, theme
        self._find_picture = find_picture
        self.body = PaperTypography(faces, text_size, sheet.column)
        self.beside = NoteTypography(faces, text_size, sheet.margin or sheet.column)
        self.below = NoteTypography(faces, text_size, sheet.column)
        self.em = float(size_of(self.body))
        """The size of the body's face."""
        self.number_face = on_paper(faces.interface)
        self.number_face.setPixelSize(round(self.em * _NUMBER_SIZE))
        self.number_face.setBold(True)

    def number_face_of(self, typography: PaperTypography) -> QFont:
        """The face of a note's number before the note."""
        font = QFont(self.number_face)
        font.setPixelSize(size_of(typography))
        return font

    def setting(
        self,
        text: Text,
        typography: PaperTypography,
        ink: str = "text",
        layer: Layer | None = None,
        numbers: Mapping[int, Sequence[Number]] | None = None,
        with_pictures: bool = False,
    ) -> Setting:
        """How a text is set. Without pictures, their words are."""
        return Setting(
            text,
            typography,
            self.theme,
            self.sheet.height,
            self.number_face,
            numbers or {},
            layer or Layer(),
            self._find_picture if with_pictures else None,
            ink,
        )


def size_of(typography: PaperTypography) -> int:
    """Units of the face of a typography's paragraphs."""
    return typography.style(BlockKind.PARAGRAPH, 0).font.pixelSize()
