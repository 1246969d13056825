"""Finding in the text that is shown: the field, what it finds, and the way there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from reader.ui.announce import announce
from reader.ui.finder import Finder
from reader.ui.header import FindField
from reader.ui.reading import ReadingView


class Finding(QObject):
    """Joins the field of the header to the page."""

    def __init__(self, reading: ReadingView, finder: Finder, field: FindField) -> None:
        super().__init__(reading)
        self._reading, self._finder, self._field = reading, finder, field
        self._from = 0
        self._left = False
        self._told: tuple[str, tuple[int, int] | None] = "", None
        field.entered.connect(finder.prepare)
        field.wanted.connect(self._search)
        field.stepped.connect(self.step)
        field.closed.connect(reading.page.setFocus)
        finder.changed.connect(self._found)

    def show_text(self, string: str) -> None:
        """Turn to another text."""
        self._finder.set_text(string)
        self._field.clear()

    def start(self) -> None:
        """Go to the field, with the selected words in it if they are few."""
        page = self._reading.page
        start, end = page.selected_range()
        if 0 < end - start <= 80:
            self._field.setText(page.selected_text().replace("\n", " "))
            self._search(self._field.text())
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def step(self, forward: bool) -> None:
        """Go to the place after or before the one that is shown."""
        if not self._field.text():
            self.start()
            return
        current = self._finder.current
        at = self._reading.place() if current is None else current[0] + (1 if forward else 0)
        self._go_to(self._finder.go(at, forward))

    def _search(self, query: str) -> None:
        """Find what is typed; to type on is the same jump, and goes on from where one has come."""
        if not self._finder.query:
            self._from, self._left = self._reading.place(), False
        elif self._finder.current:
            self._from = self._finder.current[0]
        self._finder.search(query)
        if self._finder.query:
            self._go_to(self._finder.go(self._from), typed=True)

    def _go_to(self, place: tuple[int, int] | None, typed: bool = False) -> None:
        if not place or self._reading.page.is_in_view(place[0]):
            return
        if typed and self._left:
            self._reading.page.go_to(place[0], 0.35)
        else:
            self._left = typed
            self._reading.travel_to(place[0], fraction=0.35)

    def _found(self) -> None:
        finder = self._finder
        self._reading.page.looks.show_found(finder.places, finder.current)
        if not finder.query:
            self._field.say("")
            return
        if finder.current is None and finder.places:
            self._go_to(finder.go(self._from), typed=True)
            return
        more = "+" if finder.searching else ""
        if finder.places:
            self._field.say(f"{finder.number()}/{len(finder.places)}{more}")
        else:
            self._field.say(self.tr("none") if not finder.searching else "…")
        if not finder.searching:
            self._tell()

    def _tell(self) -> None:
        """Say which place is shown, and the line that it stands in, to who does not see it."""
        finder, told = self._finder, (self._finder.query, self._finder.current)
        if told == self._told:
            return
        self._told = told
        if finder.current is None:
            announce(self._field, self.tr("Nothing found"))
            return
        count = self.tr("{0} of {1}").format(finder.number(), len(finder.places))
        announce(self._field, f"{count}: {self._reading.line_at(finder.current[0])}")
