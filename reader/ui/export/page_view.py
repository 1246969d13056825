"""The preview of a web page: its words and marks, as whoever gets the file reads them."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextEdit

from reader.annotations.marks import Color
from reader.ui.fonts import Faces
from reader.ui.letters import as_large
from reader.ui.theme import Theme

_MOST = 120_000
"""Letters of a page that are shown."""

_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r'\balt="([^"]*)"', re.IGNORECASE)


class PageView(QTextEdit):
    """A page without its own styles, which Qt does not know; pictures are named, not shown."""

    def __init__(self, faces: Faces, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(as_large(faces.text, self.font()))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Preview"))
        self._html = ""

    def show_page(self, page: str) -> None:
        """Show the beginning of a page, which goes on where it was being looked at."""
        body = _PICTURE.sub(_named, found[1] if (found := _BODY.search(page)) else page)
        if len(body) > _MOST:
            end = body.rfind("</p>", 0, _MOST)
            body = body[: end if end > 0 else _MOST]
            more = self.tr("… The file goes on; this is its beginning.")
            body += f"<p class='details'>{more}</p>"
        # Qt knows no <mark>, and <aside> is no block to it.
        for name, known in (("mark", "span"), ("aside", "div")):
            body = re.sub(rf"<(/?){name}\b", rf"<\1{known}", body)
        body = body.replace("</span><span", "</span> <span")
        if body == self._html:
            return
        self._html = body
        place = self.verticalScrollBar().value()
        self.document().setDefaultStyleSheet(self._styles())
        self.setHtml(body)
        self.verticalScrollBar().setValue(place)

    def _styles(self) -> str:
        theme = self._theme
        inks = "".join(
            f"span.{color.value} {{ background-color: {theme[f'mark_{color.value}']} }}"
            for color in Color
        )
        return (
            f"{inks} .details, .about, .number, figcaption {{ color: {theme['muted']} }}"
            f" a {{ color: {theme['link']} }} .note {{ margin-left: 24px }}"
        )


def _named(picture: re.Match[str]) -> str:
    alt = _ALT.search(picture[0])
    return f"<em>[{alt[1]}]</em>" if alt and alt[1] else ""
