"""The search across everything: texts, annotations and the reader's own notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from reader.library.passages import Where
from reader.library.search import Hit
from reader.text.model import OBJECT
from reader.ui.announce import announce
from reader.ui.library.finding import Finding, Search
from reader.ui.library.passage_page import PassagePage
from reader.ui.library.passages import Group, Passage, PassageRole, grouped
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.translation import QT_TRANSLATE_NOOP

WHERE = {
    Where.TEXT: QT_TRANSLATE_NOOP("Library", "In the text"),
    Where.ANNOTATION: QT_TRANSLATE_NOOP("Library", "Annotation"),
    Where.NOTE: QT_TRANSLATE_NOOP("Library", "My note"),
    Where.HIGHLIGHT: QT_TRANSLATE_NOOP("Library", "My highlight"),
}
_ON_ONE_LINE = dict.fromkeys(map(ord, ("\n", "\t", "\u2028", OBJECT)), " ")
_UNNOTICED = 200
"""Milliseconds of searching that need no word about it."""


class SearchPage(PassagePage):
    """Finds words as one types. Down goes on to what was found, Enter travels."""

    hit_chosen = Signal(object)
    """A Hit."""

    def __init__(
        self, theme: Theme, face: QFont, search: Search, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, face, _passage, _place_words, parent)
        self._finding = Finding(search, self)
        self._finding.found.connect(self._show)
        self._finding.failed.connect(self._say_failed)
        self._languages: Mapping[str, str] = {}
        self._shown = ""
        self._enter_waits = False
        self._slow = timer(self, self._say_searching, _UNNOTICED, once=True)
        self.setAccessibleName(self.tr("Search"))
        self.field.setPlaceholderText(self.tr("Search all texts, annotations and notes"))
        self.field.setAccessibleName(self.tr("Search everything"))
        self.list.setAccessibleName(self.tr("What was found"))
        self.field.textChanged.connect(self._ask)
        self.item_chosen.connect(self.hit_chosen)
        self._ask()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._finding.busy

    def renew(self, languages: Mapping[str, str]) -> None:
        """Look again for the same: the library has changed. Texts' ids give their languages."""
        self._languages = languages
        if self._words():
            self._ask()

    def say_lacking(self, soon: int, gone: int) -> None:
        """Say how many texts will be found soon, and how many are no longer where they were."""
        parts = []
        if soon:
            parts.append(self.tr("%n text(s) cannot be searched yet, but soon.", "", soon))
        if gone:
            parts.append(
                self.tr(
                    "%n text(s) cannot be searched any more, as the files are gone; "
                    "open them from where they are now.",
                    "",
                    gone,
                )
            )
        self.remark.setText(" ".join(parts))
        self.remark.setVisible(bool(parts))
        if self._words() and not soon:
            self._ask()  # what is searched now may be found

    def focus(self) -> None:
        """Let the keyboard write what to look for."""
        self.focus_field()

    def close_search(self) -> None:
        """End the thread that searches, before the program ends."""
        self._finding.close()

    def choose_first(self) -> None:
        if self.busy:
            # What is shown belongs to other words.
            self._enter_waits = True
        else:
            super().choose_first()

    def _words(self) -> str:
        return self.field.text().strip()

    def _ask(self) -> None:
        self._enter_waits = False
        if self._words():
            self._finding.ask(self._words())
            self._slow.start()
            return
        self._finding.forget()
        self._slow.stop()
        self._shown = ""
        self.passages.set_rows(())
        self.say_count("")
        self.list.set_empty_words(
            self.tr("Finds words in all texts of the library, in annotations, and in your notes.")
        )

    def _say_searching(self) -> None:
        self.say_count(self.tr("Searching…"))

    def _show(self, words: str, hits: Sequence[Hit]) -> None:
        self._slow.stop()
        again, self._shown = words == self._shown, words
        place = self.list.verticalScrollBar().value() if again else 0
        current = self.list.currentIndex().data(PassageRole.ITEM) if again else None
        groups = grouped(hits, lambda hit: hit.text_id)
        rows: list[Group | Hit] = []
        for text_id, found in groups.items():
            title = found[0].title or QCoreApplication.translate("Library", "Without a title")
            rows += [Group(text_id, title, self._languages.get(text_id, ""), len(found)), *found]
        self.list.set_empty_words(self.tr("Nothing is found for “{words}”.").format(words=words))
        self.passages.set_rows(rows)
        self.list.executeDelayedItemsLayout()
        self.list.verticalScrollBar().setValue(place)
        if current is not None:
            self.list.setCurrentIndex(self.passages.row_where(lambda hit: hit == current))
        self.say_count(_count_words(len(hits), len(groups)))
        announce(self.field, self.count.text() or self.list.accessibleDescription())
        if self._enter_waits:
            self._enter_waits = False
            super().choose_first()

    def _say_failed(self, _words: str, why: str) -> None:
        self._slow.stop()
        self._enter_waits = False
        self._shown = ""
        self.passages.set_rows(())
        self.say_count("")
        self.list.set_empty_words(why)


def _place_words(count: int) -> str:
    return QCoreApplication.translate("Library", "%n place(s)", "", count)


def _count_words(hits: int, texts: int) -> str:
    if not hits:
        return ""
    words = QCoreApplication.translate("Library", "{places} in {texts}")
    return words.format(
        places=_place_words(hits),
        texts=QCoreApplication.translate("Library", "%n text(s)", "", texts),
    )


def _passage(hit: Hit) -> Passage:
    what = QCoreApplication.translate("Library", WHERE[hit.where])
    words = hit.snippet.translate(_ON_ONE_LINE)
    return Passage(what, words, f"{what}, {words}", hit.found)
