"""Links in a card: a line of them, and what is told of one under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

_MOST = 12


class LinkLabel(QLabel):
    """Words with links, of which the keyboard that comes to them is on one at once.

    A bare label waits for one more Tab, and shows nothing meanwhile.
    """

    def __init__(self, card: QWidget, size: float, html: str = "") -> None:
        """`size` is that of its letters, 1.0 being the size of the card's."""
        super().__init__(card)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        font = QFont(card.font())
        font.setPointSizeF(font.pointSizeF() * size)
        self.setFont(font)
        self.say(html)

    def say(self, html: str) -> None:
        """Show other words; mouse and keyboard reach the links in them, if there are any."""
        self.setText(html)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
            if "<a " in html
            else flags.NoTextInteraction
        )

    def tell_of_links(self, tip: Callable[[str], str]) -> None:
        """Show what `tip` tells of a target while the pointer is on the link to it."""

        def hovered(href: str) -> None:
            told = escape(tip(unquote(href[1:])) if href.startswith("#") else href)
            self.setToolTip(f"<qt>{told}</qt>" if told else "")

        self.linkHovered.connect(hovered)

    def read_again(self) -> None:
        """Give words and links the colours of now, which a label does when it reads them."""
        words = self.text()
        self.setText("")
        self.setText(words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            # Qt's dotted line around the link itself is thin; this one is seen from afar.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1.6))
            frame = QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8)
            painter.drawRoundedRect(frame, 3, 3)


def nothing(_target: str) -> str:
    """What is told of a target of which nothing is known."""
    return ""


def link_line(name: str, links: Sequence[tuple[str, str]], joint: str = ", ") -> str:
    """HTML of links, given as (words, address), after what they are; empty without any."""
    if not links:
        return ""
    shown = [
        f'<a href="{escape(href)}" style="text-decoration:none">{escape(words)}</a>'
        for words, href in links[:_MOST]
    ]
    if len(links) > _MOST:
        shown.append("…")
    return f"{escape(name)}: {joint.join(shown)}"


def marks_here(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same links, to cards of this text, as addresses."""
    return [(words, f"#{target}") for words, target in links]
