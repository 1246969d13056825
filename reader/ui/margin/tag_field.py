"""The field for a mark's tags, with commas between them and completion of the last word typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.annotations.tags import each_once, tag_of
from reader.ui.margin.guide import Guide, Offer
from reader.ui.margin.offers import OfferList


class TagField(QLineEdit):
    """Edits tags."""

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guide = guide
        self._list = OfferList(self)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._list.chosen.connect(self._complete)
        self.textEdited.connect(self._offer)
        guide.more.connect(self._offer_more)

    def tags(self) -> tuple[str, ...]:
        """The tags, each once."""
        tags = map(tag_of, self.text().split(","))
        return each_once(tag for tag in tags if tag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._list.take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab comes here first; while the list is open it is for that.
        return False if self._list.isVisible() else super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)

    def _typed(self) -> str:
        """The tag before the caret, as far as it is typed."""
        before, after = self._divided()
        typed = before.rpartition(",")[2].strip().lstrip("#")
        return "" if after.partition(",")[0].strip() else typed

    def _divided(self) -> tuple[str, str]:
        units = self.text().encode("utf-16-le", "surrogatepass")
        at = 2 * self.cursorPosition()
        return (
            units[:at].decode("utf-16-le", "surrogatepass"),
            units[at:].decode("utf-16-le", "surrogatepass"),
        )

    def _offer(self) -> None:
        typed = self._typed()
        offers = self._guide.offers("#", typed) if typed else ()
        self._list.show_offers(self._new(offers), self.cursorRect(), first=False)

    def _offer_more(self, opened: str, typed: str, offers: Sequence[Offer]) -> None:
        if self.hasFocus() and opened == "#" and typed and typed == self._typed():
            self._list.add_offers(self._new(offers), self.cursorRect(), first=False)

    def _new(self, offers: Sequence[Offer]) -> list[Offer]:
        """Those that are not in the field already."""
        there = set(self.tags()) - {self._typed()}
        return [offer for offer in offers if offer.words not in there]

    def _complete(self, offer: Offer) -> None:
        before, after = self._divided()
        lead, comma, _ = before.rpartition(",")
        lead = f"{lead}{comma} " if comma else ""
        # Replacing what is selected is one step that can be undone.
        self.setSelection(0, len(self.text().encode("utf-16-le", "surrogatepass")) // 2)
        self.insert(f"{lead}{offer.words}{after}")
        self.setCursorPosition(len((lead + offer.words).encode("utf-16-le")) // 2)
