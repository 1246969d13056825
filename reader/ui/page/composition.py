"""How the reader wants the text set: its face, and the space between all that stands in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QFont, QFontMetricsF

from reader.settings import Settings
from reader.ui.fonts import Faces

SERIF, SANS, MONOSPACE = "serif", "sans", "monospace"
"""The faces that come with the program, or with any system; every other is a family's name."""

CHARACTERS = 66
"""Characters of a full line, as long as nobody wants more or less."""

_SAMPLE = "the quick brown fox jumps over a lazy dog and rests"
_PIXELS = 100
"""The size at which faces are compared."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The reader's wishes.

    `lines` and `paragraphs` are shares of the usual distance; `letters` and `words` are added
    space, as shares of the letters' size; `characters` are those of a full line.
    """

    face: str = SERIF
    lines: float = 1.0
    paragraphs: float = 1.0
    letters: float = 0.0
    words: float = 0.0
    characters: int = CHARACTERS
    justified: bool = False

    def faces(self, faces: Faces) -> Faces:
        """The faces with the text's own among them."""
        if self.face == SERIF:
            return faces
        if self.face in (SANS, MONOSPACE):
            return replace(faces, text=faces.interface if self.face == SANS else faces.code)
        text = QFont(faces.text)
        # A family that is no longer installed is replaced by the usual face.
        text.setFamilies([self.face, *faces.text.families()])
        return replace(faces, text=text)

    def spaced(self, font: QFont) -> QFont:
        """`font`, whose size is in pixels, with the added space."""
        size = font.pixelSize()
        if self.letters:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.letters * size)
        if self.words:
            font.setWordSpacing(self.words * size)
        return font

    def width(self, faces: Faces) -> float:
        """How wide a full line is, as a share of the usual one: the wider the face, the wider."""
        share = self.characters / CHARACTERS
        if replace(self, lines=1.0, paragraphs=1.0, justified=False) == Composition(
            characters=self.characters
        ):
            return share
        usual = _letter(faces.text, Composition())
        return share * _letter(self.faces(faces).text, self) / usual


def _letter(font: QFont, composition: Composition) -> float:
    """Pixels of an average letter."""
    sized = QFont(font)
    sized.setPixelSize(_PIXELS)
    return QFontMetricsF(composition.spaced(sized)).horizontalAdvance(_SAMPLE) / len(_SAMPLE)


def chosen_composition(settings: Settings) -> Composition:
    """What the reader's settings say."""
    return Composition(
        face=settings["text-face"],
        lines=settings["line-spacing"] / 100,
        paragraphs=settings["paragraph-spacing"] / 100,
        letters=settings["letter-spacing"] / 100,
        words=settings["word-spacing"] / 100,
        characters=settings["measure"],
        justified=settings["justified"],
    )


COMPOSED = (
    "text-face",
    "line-spacing",
    "paragraph-spacing",
    "letter-spacing",
    "word-spacing",
    "measure",
    "justified",
)
"""The settings that make a composition."""
