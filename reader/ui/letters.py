"""Lengths that follow the letters of the window: everything around the text grows with them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

USUAL = 16
"""Pixels: the height of a line of the interface's letters, as they come on most systems."""

_OF_SCREEN = 0.94
"""The share of a screen that a dialog takes at the most."""

_NARROW = 900
"""Pixels that a dialog has on the narrowest screen."""


def pixels(like: QWidget | QFont, usual: float) -> int:
    """A length, `usual` pixels beside letters of the usual size, beside those of a widget."""
    metrics = like.fontMetrics() if isinstance(like, QWidget) else QFontMetrics(like)
    return round(usual * metrics.height() / USUAL)


def as_large(face: QFont, like: QFont) -> QFont:
    """A face with letters as large as those of another font."""
    font = QFont(face)
    font.setPointSizeF(like.pointSizeF())
    return font


def broad(dialog: QWidget, lines: int) -> int:
    """Pixels of a dialog as broad as so many lines are high, or fewer on a narrow screen."""
    return min(lines * dialog.fontMetrics().height(), _NARROW)


def bounded(dialog: QWidget, wanted: QSize) -> QSize:
    """The size of a dialog that would have `wanted` pixels, on a screen that may have fewer."""
    return wanted.boundedTo(dialog.screen().availableSize() * _OF_SCREEN)


def breakable(path: str) -> str:
    """A path as a label shows it, which may break it after each of its folders."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
