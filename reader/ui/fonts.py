"""The faces: Source Serif for the text, Hanken Grotesk around it, a system face for code."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FILES = {
    "font_source_serif_pro": ("SourceSerifPro-{}.ttf", ("Regular", "It", "Bold", "BoldIt")),
    "font_hanken_grotesk": ("HankenGrotesk-{}.otf", ("Regular", "Bold", "Italic")),
}

_LEAST_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class Faces:
    """The three faces, each with the system's own as what it falls back to."""

    text: QFont
    interface: QFont
    code: QFont

    def interface_at(self, percent: int) -> QFont:
        """The interface's face at a share of its usual size, which is that of the system."""
        font = QFont(self.interface)
        font.setPointSizeF(font.pointSizeF() * percent / 100)
        return font


def load_faces() -> Faces:
    """Register the faces that came as packages; whatever is missing, the system replaces."""
    families: dict[str, str] = {}
    for package, (pattern, styles) in FILES.items():
        folder = _files_of(package)
        for style in styles:
            if folder is None or not (file := folder / pattern.format(style)).is_file():
                continue
            # The first file is the regular one, whose family is the face's.
            number = QFontDatabase.addApplicationFont(str(file))
            for family in QFontDatabase.applicationFontFamilies(number)[:1]:
                families.setdefault(package, family)
    serif = QFont()
    serif.setFamilies([families.get("font_source_serif_pro", "Source Serif 4"), "Georgia", "serif"])
    serif.setStyleHint(QFont.StyleHint.Serif)
    interface = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    if "font_hanken_grotesk" in families:
        interface.setFamilies([families["font_hanken_grotesk"], *interface.families()])
    if sys.platform != "darwin":
        # macOS counts points as pixels; elsewhere 9 points, the usual size, are small to read.
        interface.setPointSizeF(max(_LEAST_POINTS, interface.pointSizeF()))
    code = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    code.setStyleHint(QFont.StyleHint.Monospace)
    return Faces(serif, interface, code)


def _files_of(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent / "files" if spec and spec.origin else None
