"""What the library's parts draw alike: squares, faces, dashes, and words cut to their room."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen

from reader.annotations.model import Kind
from reader.ui.theme import Theme

RADIUS = 8.0

_KINDS = tuple(Kind)
_ARTICLES = {
    "de": ("der", "die", "das", "ein", "eine"),
    "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "fr": ("le", "la", "les", "un", "une"),
    "it": ("il", "lo", "la", "i", "gli", "le", "un", "una"),
}


def on_page(theme: Theme) -> Theme:
    """`theme` for lists that lie on the page: its ground takes the place of the window's."""
    return replace(theme, roles={**theme.roles, "window": theme["page"]})


def kind_of(text_id: str) -> str:
    """The role that colours a text's square: always the same for the same text."""
    return _KINDS[crc32(text_id.encode("utf-8", "surrogatepass")) % len(_KINDS)]


def square_ground(theme: Theme, text_id: str) -> QColor:
    """The ground of a text's square; in the dark its colour would glare on so large a field."""
    kind = kind_of(text_id)
    return theme.tint(kind, "page", 0.84) if theme.dark else theme.color(kind)


def initial(title: str, language: str) -> str:
    """The letter that stands for a title, by the word after its article."""
    first, _, rest = title.strip().partition(" ")
    if rest and first.lower() in _ARTICLES.get(language[:2].lower() or "en", ()):
        title = rest
    return next((sign for sign in title if sign.isalnum()), "·").upper()[:1]


def in_face(face: QFont, like: QFont, share: float = 1.0, *, bold: bool = False) -> QFont:
    """`face` at a share of the size of `like`."""
    result = QFont(face)
    if like.pointSizeF() > 0:
        result.setPointSizeF(like.pointSizeF() * share)
    else:
        result.setPixelSize(max(1, round(like.pixelSize() * share)))
    if bold:
        result.setWeight(QFont.Weight.Bold)
    return result


def fill(painter: QPainter, rect: QRectF, ground: QColor, radius: float = RADIUS) -> None:
    """Fill a rounded rectangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)


def dashed(painter: QPainter, rect: QRectF, line: QColor, ground: QColor | None = None) -> None:
    """A rounded rectangle with a dashed edge: something may be dropped here."""
    pen = QPen(line, 1.2)
    pen.setDashPattern([3.2, 2.6])
    painter.setPen(pen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.6, 0.6, -0.6, -0.6), RADIUS + 2, RADIUS + 2)


def draw_square(painter: QPainter, rect: QRectF, ground: QColor, ink: QColor, sign: str) -> None:
    """A text's square with its letter, in the painter's font, set in the middle by its shape."""
    fill(painter, rect, ground, 0.09 * rect.width())
    metrics = QFontMetricsF(painter.font())
    place = rect.center() + QPointF(-metrics.horizontalAdvance(sign) / 2, metrics.capHeight() / 2)
    painter.setPen(ink)
    painter.drawText(place, sign)


def cut(words: str, metrics: QFontMetrics, width: float) -> str:
    """`words`, shortened where they do not fit."""
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(width)))


def tip(*paragraphs: str) -> str:
    """A tool tip of plain words, which Qt would otherwise take for HTML where they look so."""
    return "".join(f"<p>{escape(words)}</p>" for words in paragraphs if words)
