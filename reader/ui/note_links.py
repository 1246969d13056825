"""Links and tags of the text that is shown: what may be typed in a note, and what leads here.

What this text has is known at once; the library is asked on a thread of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.note_links import (
    LinkTargets,
    NoteLink,
    first_words,
    link_to_mark,
    links_in,
    target_of,
)
from reader.copies.copy import Copy
from reader.text.folding import fold
from reader.ui.kinds import kind_name
from reader.ui.margin.guide import Guide, Offer
from reader.ui.marks import Marks
from reader.ui.shelf import Shelf
from reader.ui.timers import timer

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.library.linking import Backlink
    from reader.ui.library.finding import Finding

_MOST_HERE = 40
"""Annotations, and notes, of this text that are offered at once."""
_MOST_ELSEWHERE = 20
_BETWEEN = "\0"
_LATER = 150
"""Milliseconds until other texts are asked what leads here: the words come first."""


class NoteLinks(Guide):
    """Guides whoever writes a note, and knows which notes lead to what this text has."""

    changed = Signal()
    """Other notes of other texts lead here than were known before."""

    def __init__(self, shelf: Shelf, marks: Marks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._marks = marks
        self._copy: Copy | None = None
        self.writing = ""
        """The id of the mark whose note is being written: it is not offered to itself."""
        self._known: LinkTargets | None = None
        self._linking: dict[str, tuple[Mark, list[NoteLink]]] | None = None
        """The notes with links in them, by their marks' ids; None while that is not known."""
        self._folded: dict[str, tuple[Mark, str, str]] = {}
        self._from_others: Sequence[Backlink] = ()
        self._offering: Finding | None = None
        self._looking_back: Finding | None = None
        self._asking = timer(self, self._look_back, _LATER, once=True)
        marks.changed.connect(self._marks_changed)

    def show_copy(self, copy: Copy) -> None:
        """Turn to another text, before the marks do."""
        self._copy, self._known, self._linking, self._from_others = copy, None, None, ()
        self._folded.clear()

    def close(self) -> None:
        """End the threads, before the program ends."""
        self._asking.stop()
        for finding in (self._offering, self._looking_back):
            if finding is not None:
                finding.close()

    # Where links lead

    @property
    def targets(self) -> LinkTargets:
        """What links lead to in this text."""
        if self._known is None:
            copy = self._copy
            self._known = LinkTargets(
                copy.manifest.id if copy else "",
                copy.annotations if copy else (),
                (each.mark.id for each in self._marks.all()),
            )
        return self._known

    def text_of(self, link: NoteLink) -> str:
        """The id of the other text that a link leads into; empty when it leads nowhere."""
        if not self.targets.is_within(link):
            return link.text_id
        if not link.name.startswith("urn:") or self._copy is None:
            return ""
        text_id = self._shelf.text_of_mark(link.name)
        return text_id if text_id != self._copy.manifest.id else ""

    def deleted_marks(self) -> list[str]:
        """The ids of the marks of this text that were deleted."""
        return self._shelf.deleted_marks(self._copy) if self._copy is not None else []

    def shown(self, link: NoteLink) -> str:
        id_ = "" if link.words else self.targets.id_of(link)
        if self._copy is not None and (annotation := self._copy.by_id.get(id_)):
            # A title is shown as it is written: it may be in another case.
            is_id = link.name.casefold() == id_.casefold()
            return annotation.title if is_id else link.name
        if id_ and (placed := self._marks.get(id_)):
            return first_words(placed.mark.note, placed.mark.selector.exact) or link.name
        return link.words or link.name

    def tip(self, target: str) -> str:
        link = target_of(target)
        if self.targets.id_of(link):
            return ""
        if text_id := self.text_of(link):
            return self._shelf.title_of(text_id) or self.tr("A text that is not in your library")
        return self.tr("This leads nowhere any longer")

    def backlinks(self) -> dict[str, list[tuple[str, str]]]:
        """For each annotation or mark the notes that lead to it: words, and how to link to it."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        if self._linking is None:
            own = (each.mark for each in self._marks.noted().values())
            marks = filter(_links, chain(own, self._marks.imported()))
            self._linking = {mark.id: (mark, links_in(mark.note)) for mark in marks}
        if not (self._linking or self._from_others):
            return {}
        targets = self.targets
        for mark, links in self._in_order(self._linking):
            for id_ in dict.fromkeys(map(targets.id_of, links)):
                if id_ and id_ != mark.id:
                    found[id_].append((first_words(mark.note, mark.selector.exact), mark.id))
        for back in self._from_others:
            if id_ := targets.id_of(NoteLink("", back.name)):
                way = f"{back.text_id}#{back.id}"
                words = f"{back.words} — {back.title}" if back.title else back.words
                if (words, way) not in found[id_]:
                    found[id_].append((words, way))
        return dict(found)

    def _in_order(
        self, linking: dict[str, tuple[Mark, list[NoteLink]]]
    ) -> list[tuple[Mark, list[NoteLink]]]:
        """Notes with their links, in the order of the text."""
        placed = ((self._marks.get(id_), each) for id_, each in linking.items())
        there = [(mark, each) for mark, each in placed if mark is not None]
        there.sort(key=lambda each: (each[0].start, each[0].end, each[0].mark.created))
        return [each for _, each in there]

    # What may be typed

    def offers(self, opened: str, typed: str) -> Sequence[Offer]:
        if (offering := self._offering_thread()) is not None and (typed or opened == "#"):
            offering.ask(_BETWEEN.join((opened, typed, self._copy_id)))
        if opened == "#":
            tags = {tag for each in self._marks.all() for tag in each.mark.tags}
            return _tag_offers(sorted(tags, key=str.casefold), typed)
        return [*self._annotations(fold(typed)), *self._noted(fold(typed))]

    def _annotations(self, typed: str) -> list[Offer]:
        """The annotations of this text, those first whose titles begin with what is typed."""
        if self._copy is None:
            return []
        named = [(fold(each.title), each) for each in self._copy.annotations]
        fitting = sorted(
            ((not name.startswith(typed), name, each) for name, each in named if typed in name),
            key=lambda found: found[:2],
        )
        return [
            Offer(each.title, self.targets.link_to(each).written, kind_name(each.kind))
            for _, _, each in fitting[:_MOST_HERE]
        ]

    def _noted(self, typed: str) -> list[Offer]:
        """The notes and highlights of this text, in its order."""
        return [offer for offer, _ in zip(self._fitting(typed), range(_MOST_HERE), strict=False)]

    def _fitting(self, typed: str) -> Iterator[Offer]:
        for each in self._marks.all():
            mark = each.mark
            if mark.id == self.writing or mark.kind is MarkKind.BOOKMARK:
                continue
            known = self._folded.get(mark.id)
            if known is None or known[0] is not mark:
                words = first_words(mark.note, mark.selector.exact)
                known = mark, words, fold(f"{words}\n{mark.note}\n{mark.selector.exact}")
                self._folded[mark.id] = known
            if typed in known[2] and known[1]:
                what = self.tr("My note") if mark.note.strip() else self.tr("My highlight")
                yield Offer(known[1], link_to_mark(mark).written, what)

    # The library

    @property
    def _copy_id(self) -> str:
        return self._copy.manifest.id if self._copy is not None else ""

    def _offering_thread(self) -> Finding | None:
        if self._offering is None and (library := self._shelf.library) is not None:
            from reader.ui.library.finding import Finding

            self._offering = Finding(lambda question: _found(library, question), self)
            self._offering.found.connect(self._offer_more)
        return self._offering

    def _offer_more(self, question: str, offers: Sequence[Offer]) -> None:
        opened, typed, text_id = question.split(_BETWEEN)
        if text_id == self._copy_id:
            self.more.emit(opened, typed, offers)

    def _look_back(self) -> None:
        """Ask the library which notes of other texts lead to this one."""
        if self._looking_back is None and (library := self._shelf.library) is not None:
            from reader.ui.library.finding import Finding

            self._looking_back = Finding(library.backlinks, self)
            self._looking_back.found.connect(self._looked_back)
        if self._looking_back is not None and self._copy is not None:
            self._looking_back.ask(self._copy_id)

    def _looked_back(self, text_id: str, links: Sequence[Backlink]) -> None:
        if text_id != self._copy_id:
            return
        others = tuple(each for each in links if each.text_id != text_id)
        if others != self._from_others:
            self._from_others = others
            self.changed.emit()

    def _marks_changed(self, mark_id: str) -> None:
        if not mark_id:
            self._known = self._linking = None
            self._asking.start()
            return
        placed = self._marks.get(mark_id)
        if self._known is not None and (placed is None or not self._known.knows(mark_id)):
            self._known = None
        if self._linking is not None:
            self._linking.pop(mark_id, None)
            if placed is not None and _links(placed.mark):
                self._linking[mark_id] = placed.mark, links_in(placed.mark.note)


def _links(mark: Mark) -> bool:
    """Whether there may be links in a note; most have none."""
    return "[[" in mark.note


def _found(library: Library, question: str) -> list[Offer]:
    """What the library has for what is typed; asked on a thread."""
    opened, typed, text_id = question.split(_BETWEEN)
    if opened == "#":
        return _tag_offers(library.tags(), typed)
    return [
        Offer(each.words, NoteLink(each.text_id, each.id, each.words).written, each.title)
        for each in library.link_targets(typed, _MOST_ELSEWHERE, but=text_id)
    ]


def _tag_offers(tags: Iterable[str], typed: str) -> list[Offer]:
    """The tags that go on with what is typed, then those that have it inside."""
    folded = fold(typed)
    fitting = [tag for tag in tags if folded in fold(tag) and tag != typed]
    fitting.sort(key=lambda tag: not fold(tag).startswith(folded))
    return [Offer(tag, f"#{tag}") for tag in fitting[:_MOST_HERE]]
