"""How the blocks of a text are set on paper: tighter than on a screen, and never hinted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QFont

from reader.text.model import BlockKind
from reader.ui.fonts import Faces
from reader.ui.page.typography import BODY, BlockStyle, Typography
from reader.ui.printing.sheet import BODY_POINTS, points

NOTE_SIZE = 0.74
"""The size of notes as a share of the body's."""

_LEADING = 0.9
"""Line heights as a share of the screen's."""

_NOTE_LEADING = 0.87


class PaperTypography(Typography):
    """The styles of the text, in units of the sheet, for a column of `width`."""

    def __init__(self, faces: Faces, text_size: float, width: float) -> None:
        super().__init__(faces, points(BODY_POINTS) / BODY * text_size, round(width))
        self.column = max(1, int(width))
        self._given = (faces, text_size, width)
        self._smaller: dict[float, PaperTypography] = {}

    def smaller(self, share: float) -> PaperTypography:
        """The same styles at a share of their size."""
        if share not in self._smaller:
            faces, text_size, width = self._given
            self._smaller[share] = type(self)(faces, text_size * share, width)
        return self._smaller[share]

    def narrower(self, width: float) -> PaperTypography:
        """The same styles for another column."""
        faces, text_size, _ = self._given
        return type(self)(faces, text_size, width)

    def _style(self, kind: BlockKind, level: int) -> BlockStyle:
        style = super()._style(kind, level)
        if kind is BlockKind.HEADING:
            return style
        return replace(style, line=style.line * _LEADING)

    def _serif(self, size: float, bold: bool = False, italic: bool = False) -> QFont:
        return on_paper(super()._serif(size, bold, italic))

    def _mono(self, size: float) -> QFont:
        return on_paper(super()._mono(size))


class NoteTypography(PaperTypography):
    """The styles of notes, in the interface's face."""

    def __init__(self, faces: Faces, text_size: float, width: float) -> None:
        # What the serif is to the text, the interface's face is to its notes.
        own = replace(faces, text=faces.interface)
        super().__init__(own, text_size * NOTE_SIZE, width)
        self._given = (faces, text_size, width)

    def _style(self, kind: BlockKind, level: int) -> BlockStyle:
        style = super()._style(kind, level)
        between = 0.35 * BODY * self.scale
        style = replace(
            style, line=style.line * _NOTE_LEADING / _LEADING, before=between, after=between
        )
        if kind is BlockKind.HEADING:
            body = self.style(BlockKind.PARAGRAPH, 0)
            bold = QFont(body.font)
            bold.setBold(True)
            return replace(body, font=bold)
        if kind is BlockKind.CODE:
            return replace(style, left=0.0, pad=0.3 * BODY * self.scale)
        return style


def on_paper(font: QFont) -> QFont:
    """A face as a page takes it.

    Hinted letters keep to a screen's grid. Of a ligature only the picture reaches a
    PDF, in some faces without its letters, which then can neither be found nor copied.
    """
    result = QFont(font)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for ligatures in ("liga", "clig", "dlig"):
        result.setFeature(QFont.Tag(ligatures), 0)
    return result
