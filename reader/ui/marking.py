"""Marking: what the reader does to the words on the page, and what becomes of it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QObject, QPointF, QTextBoundaryFinder, Signal
from PySide6.QtGui import QGuiApplication

from reader.annotations.marks import Color, MarkKind
from reader.annotations.model import Kind
from reader.annotations.note_links import target_of
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.library.revisions import Arrival
from reader.ui.announce import announce
from reader.ui.layering import Layering
from reader.ui.layers import MINE
from reader.ui.mark_order import MarkOrder
from reader.ui.mark_words import step_words
from reader.ui.marks import Marks
from reader.ui.marks_on_page import MarksOnPage
from reader.ui.note_links import NoteLinks
from reader.ui.page.handles import MarkHandles
from reader.ui.page.offsets import Offsets
from reader.ui.page.selection_bar import SelectionBar
from reader.ui.placed_marks import PlacedMarks
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme
from reader.ui.undo import Step


class Marking(QObject):
    """Joins the reader's marks to the page, the margin and the selection bar."""

    look_up_wanted = Signal(str)
    """Words to look up in the index."""

    selection_changed = Signal()
    """There is, or there is no longer, something that can be marked."""

    link_wanted = Signal(str, str)
    """A link into another text was chosen: the text's id, and what is named in it."""

    link_failed = Signal(str)
    """A link leads nowhere: why, in one sentence."""

    def __init__(
        self,
        reading: ReadingView,
        marks: Marks,
        theme: Theme,
        color_names: Callable[[], Mapping[Color, str]],
        links: NoteLinks,
        others: Layering,
    ) -> None:
        super().__init__(reading)
        self._reading, self._page, self._margin = reading, reading.page, reading.margin
        self._marks = marks
        self._theme = theme
        self._color_names, self._links = color_names, links
        self._others = others
        self._copy: Copy | None = None
        self._active = ""
        self._holding = False
        """Whether more is about to change, after which all is shown at once."""
        self._opened = False
        """Whether the card of the active mark is open; that of one just made need not be."""
        self._last_color = Color.YELLOW
        self.choosing = False
        """Whether words are being chosen for a mark that is there already."""
        self.bar = SelectionBar(self._page, theme)
        self._handles = MarkHandles(self._page, theme)
        self._margin.maker.guide = links
        self._connect()

    # The text

    def show_copy(
        self, copy: Copy, arrival: Arrival | None = None, placed: PlacedMarks | None = None
    ) -> None:
        """Turn to the text that the page shows now; the marks that arrived are placed already."""
        self._copy = copy
        self._active, self._opened = "", False
        self.bar.hide()
        self._handles.hide()
        self.bar.name_colors(self._color_names())
        self._links.show_copy(copy)
        self._others.show_copy(copy)
        with self._held():
            self._marks.show_copy(copy, arrival, placed)
        self.refresh()

    def renew(self, copy: Copy) -> None:
        """Turn to other annotations of the same text."""
        self._copy = copy
        self._links.show_copy(copy)
        self._others.renew(copy)
        self.refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.bar.apply_theme(theme)
        self._handles.apply_theme(theme)
        self._others.apply_theme(theme)
        self._draw()

    def _draw(self) -> None:
        """Have the page draw the marks as they are now."""
        shown = self._others.layers.is_shown(MINE)
        marks = self._marks.own_in_order() if shown else MarkOrder()
        self._page.looks.set_marks(MarksOnPage(marks, self._theme))

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Change marks without showing that: whoever does so shows all of it at once."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False

    def refresh(self) -> None:
        """Show the marks as they are now."""
        if self._copy is None or self._holding:
            return
        self._draw()
        shown = self._others.layers.is_shown(MINE)
        links = self._links.backlinks()
        answers = self._marks.answers() if shown else {}
        answered = {name: each for name, each in answers.items() if self._question_of(each)}
        cards = {}
        if shown:
            cards = self._marks.noted()
            opened = (self._active,) if self._opened else ()
            silent = map(self._marks.mine, {*links, *opened})
            cards |= {each.mark.id: each for each in silent if each is not None}
            for each in answered.values():
                cards.pop(each.mark.id, None)
        if any(not each.orphaned for each in cards.values()):
            self._reading.keep_room_for_notes()
        with self._margin.at_once():
            self._margin.set_answers({name: each.mark.note for name, each in answered.items()})
            self._margin.set_marks(cards.values(), self._color_names(), links)
        placed = self._marks.mine(self._active) if self._active else None
        if placed and not placed.orphaned and placed.mark.kind is not MarkKind.BOOKMARK:
            self._handles.show_for(placed.start, placed.end, f"ink_{placed.mark.color}")
        else:
            self._handles.hide()

    @property
    def active(self) -> str:
        """The id of the mark whose card is open, or that was just made; or empty."""
        return self._active

    @property
    def can_mark(self) -> bool:
        """Whether there is something to mark: selected words, or an active mark."""
        start, end = self._page.selected_range()
        return start < end or bool(self._active)

    # What the reader can do

    def color(self, color: Color) -> None:
        """Give the selected words, or the active mark, a colour."""
        self._last_color = color
        if (selected := self.selected()) is not None:
            self._settle_on(self._mark(*selected, color=color, underline=False))
        elif self._active:
            self._marks.change(self._active, color=color)

    def underline(self) -> None:
        """Underline the selected words, or let the active mark be a line or a ground."""
        if (selected := self.selected()) is not None:
            self._settle_on(self._mark(*selected, color=self._last_color, underline=True))
        elif placed := self._marks.mine(self._active):
            self._marks.change(self._active, underline=not placed.mark.underline)

    def note(self) -> None:
        """Write a note on the selected words, or in the active mark."""
        if (selected := self.selected()) is not None:
            mark_id = self._mark(*selected, color=self._last_color, underline=False)
            self.activate(mark_id, typing=True)
        elif self._active:
            self.activate(self._active, typing=True)

    def bookmark(self) -> None:
        """Set a bookmark at the place that is read, or take it away."""
        if self._copy is None or not self._copy.text.string:
            return
        start = self._reading.place()
        block = self._copy.text.blocks[self._copy.text.block_index(start)]
        here = self._marks.bookmark_between(start, max(start + 1, block.end))
        if here is not None:
            self._marks.delete(here.mark.id)
        else:
            end = max(start + 1, min(block.end, start + 80))
            self._marks.add(MarkKind.BOOKMARK, start, end, self._last_color)

    def copy_quote(self) -> None:
        """Copy the selected words, and where they are from, to the clipboard."""
        if self._copy is None or (selected := self.selected()) is None:
            return
        words = self._copy.text.string[slice(*selected)].replace("\ufffc", "").strip()
        manifest = self._copy.manifest
        by = ", ".join(manifest.authors)
        source = ", ".join(filter(None, (by, f"“{manifest.title}”", manifest.date)))
        QGuiApplication.clipboard().setText(f"“{words}”\n({source})")
        self.bar.hide()

    def look_up(self) -> None:
        """Look the selected words up in the text's index."""
        if self._copy is not None and (selected := self.selected()) is not None:
            self.look_up_wanted.emit(self._copy.text.string[slice(*selected)].strip())
            self.bar.hide()

    def select_sentence(self) -> None:
        """Select the sentence at the caret, or the first one in view."""
        if self._copy is None:
            return
        text = self._copy.text
        at = self._page.caret()
        block = text.blocks[text.block_index(at)]
        words = text.string[block.start : block.end]
        offsets = Offsets(words)
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, words)
        end = offsets.to_units(len(words))
        finder.setPosition(min(offsets.to_units(at - block.start) + 1, end))
        first = offsets.to_points(max(0, finder.toPreviousBoundary()))
        finder.setPosition(offsets.to_units(first))
        last = finder.toNextBoundary()
        sentence = words[first : offsets.to_points(last) if last > 0 else None].rstrip()
        self._page.select(block.start + first, block.start + first + len(sentence))
        self._selection_made()

    def delete(self) -> None:
        """Delete the active mark."""
        if self._active:
            self._delete(self._active)

    def undo(self) -> None:
        """Take the last change to a mark back."""
        self._after_undo(self._marks.undo())

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._after_undo(self._marks.redo())

    def activate(self, mark_id: str, *, typing: bool = False) -> None:
        """Open a mark's card beside its words; `typing` puts the caret into its note."""
        placed = self._marks.mine(mark_id)
        if placed is None:
            return
        self._others.layers.set_shown(MINE, True)
        self.bar.hide()
        self._others.close()
        self._reading.close_popover()  # which says that nothing is open
        self._active = self._links.writing = mark_id
        self._opened = True
        self._page.clear_selection()
        with self._margin.at_once():
            self.refresh()
            if not placed.orphaned:
                self._reading.open_card(mark_id, placed.start, placed.end)
        if placed.orphaned:
            return
        if typing:
            self._reading.type_note(mark_id)
        self.selection_changed.emit()

    def travel(self, mark_id: str) -> None:
        """Go to a mark's words and open its card."""
        placed = self._marks.mine(mark_id)
        if placed is None:
            self._others.travel(mark_id)
            return
        if question := self._question_of(placed):
            self.close()
            self._reading.show_annotation(question)
            return
        if placed.orphaned:
            return
        if not self._page.is_in_view(placed.start):
            self._reading.travel_to(placed.start, placed.end)
        self.activate(mark_id)

    def follow(self, target: str) -> None:
        """Go where a link in a note leads, by what stands in it."""
        link = target_of(target)
        found = self._links.targets.id_of(link)
        if (placed := self._marks.get(found)) is not None:
            if placed.orphaned:
                self.link_failed.emit(
                    self.tr("The words of this note are no longer in the text; see My notes.")
                )
            self.travel(found)
        elif self._others.layers.get(link.name) is not None:
            self._others.travel(link.name)
        elif found:
            self._reading.show_annotation(found)
        elif text_id := self._links.text_of(link):
            self.link_wanted.emit(text_id, link.name)
        elif link.name.startswith("urn:"):
            deleted = link.name in self._links.deleted_marks()
            self.link_failed.emit(
                self.tr("The note that this link leads to was deleted.")
                if deleted
                else self.tr("There is no note in this text that this link could lead to.")
            )
        else:
            self.link_failed.emit(
                self.tr("This text has no annotation “{0}” that the link could lead to.").format(
                    link.name
                )
            )

    def close(self) -> None:
        """Close the open mark's card, whoever made it."""
        self._marks.end_typing()
        self._others.close()
        if self._active:
            self._active, self._opened = "", False
            self.refresh()
            self.selection_changed.emit()

    # Inside

    def _settle_on(self, mark_id: str) -> None:
        """Have what is done next be done to a mark that was just made.

        Its card is opened where there is room beside the words, never over them.
        """
        if self._reading.margin_shown():
            self.activate(mark_id)
            return
        self.close()
        self._reading.close_popover()
        self._active = mark_id
        self.refresh()
        self.selection_changed.emit()

    def _connect(self) -> None:
        page, margin, marks, bar = self._page, self._margin, self._marks, self.bar
        page.selectionChanged.connect(self.selection_changed)
        page.selection_made.connect(self._selection_made)
        page.place_clicked.connect(self._clicked)
        page.words_moved.connect(self.bar.hide)
        page.mention_activated.connect(lambda _mention: self.close())
        margin.card_activated.connect(self._card_activated)
        margin.maker.annotation_wanted.connect(self._card_wanted)
        margin.maker.note_edited.connect(self._edited)
        margin.maker.answered.connect(self._answered)
        margin.maker.tags_edited.connect(lambda mark, tags: marks.change(mark, tags=tags))
        margin.maker.color_wanted.connect(lambda mark, color: marks.change(mark, color=color))
        margin.maker.underline_wanted.connect(lambda mark, on: marks.change(mark, underline=on))
        margin.maker.delete_wanted.connect(self._delete)
        self._reading.closed.connect(self.close)
        self._handles.dropped.connect(self._dropped)
        self._handles.dragged.connect(self._dragged)
        marks.changed.connect(lambda _mark: self.refresh())
        marks.stepped.connect(self._tell)
        self._others.layers.changed.connect(self.refresh)
        self._others.opened.connect(self.close)
        self._others.copied.connect(self.activate)
        self._links.changed.connect(self.refresh)
        bar.color_chosen.connect(self.color)
        bar.underline_wanted.connect(self.underline)
        bar.note_wanted.connect(self.note)
        bar.copy_wanted.connect(self.copy_quote)
        bar.look_up_wanted.connect(self.look_up)

    def selected(self) -> tuple[int, int] | None:
        """The selected words without the spaces at their ends; None when there are none."""
        if self._copy is None:
            return None
        start, end = self._page.selected_range()
        words = self._copy.text.string[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return (start, end) if start < end else None

    def _mark(self, start: int, end: int, *, color: Color, underline: bool) -> str:
        """Mark words; where exactly they are marked already, that mark changes.

        Whoever calls it makes the mark the active one, which shows it.
        """
        same = self._marks.on(start, end)
        with self._held():
            if same is not None:
                self._marks.change(same.mark.id, color=color, underline=underline)
                mark_id = same.mark.id
            else:
                mark = self._marks.add(MarkKind.HIGHLIGHT, start, end, color, underline=underline)
                mark_id = mark.id
        self._page.clear_selection()
        self.bar.hide()
        self.selection_changed.emit()
        return mark_id

    def _selection_made(self) -> None:
        self.selection_changed.emit()
        layout, selected = self._page.page_layout(), self.selected()
        if layout is None or selected is None or self.choosing:
            self.bar.hide()
            return
        up = -self._page.scroll()
        rects = [rect.translated(0, up) for rect in layout.range_rects(*selected)]
        if rects:
            end = QPointF(self._page.selection_x(), rects[-1].center().y())
            if len(rects) > 1 and self._page.selects_backwards():
                end.setY(rects[0].center().y())
            self.bar.show_at(rects[0].united(rects[-1]), end, self._page.column())

    def _clicked(self, position: int) -> None:
        self.bar.hide()
        placed = self._marks.at(position) if position >= 0 else None
        if placed is not None and self._others.layers.is_shown(MINE):
            self.activate(placed.mark.id)
        elif position < 0 or not self._others.click(position):
            self.close()
            self.selection_changed.emit()

    def _card_activated(self, name: str) -> None:
        if self._marks.mine(name) is None:
            self.close()
            self._others.activate(name)
        elif name != self._active or not self._opened:
            self.activate(name)

    def _card_wanted(self, target: str) -> None:
        if self._copy is not None and target not in self._copy.by_id:
            self.follow(target)

    def _edited(self, mark_id: str, words: str) -> None:
        self._marks.change(mark_id, merge=f"note {mark_id}", note=words)

    def _answered(self, question: str, words: str) -> None:
        assert self._copy is not None
        text = self._copy.text
        asked = self._copy.attachment.of(question)
        if asked:
            start, end = asked[0].start, asked[0].end
        else:  # of the whole text: its first words stand for it
            start, end = (text.blocks[0].start, text.blocks[0].end) if text.blocks else (0, 0)
        self._marks.answer(question, start, end, words)

    def _question_of(self, placed: PlacedMark) -> str:
        """The question in whose card a mark stands as its answer; empty for a card of its own."""
        question = placed.mark.answers
        if self._copy is None or not question or question not in self._copy.by_id:
            return ""
        if self._copy.by_id[question].kind is not Kind.QUESTION:
            return ""
        answer = self._marks.answer_to(question)
        return question if answer is not None and answer.mark.id == placed.mark.id else ""

    def _delete(self, mark_id: str) -> None:
        if mark_id == self._active:
            self._active, self._opened = "", False
        self._marks.delete(mark_id)
        self._reading.close_popover()
        self._page.setFocus()
        self.selection_changed.emit()

    def _dropped(self, start: int, end: int) -> None:
        self._marks.move(self._active, start, end)

    def _dragged(self, start: int, end: int) -> None:
        placed = self._marks.mine(self._active)
        if placed is not None:
            moved = {placed.mark.id: (start, end)}
            self._page.looks.set_marks(MarksOnPage(self._marks.own_in_order(), self._theme, moved))

    def _tell(self, step: Step) -> None:
        announce(self._page, step_words(step))

    def _after_undo(self, mark_id: str) -> None:
        placed = self._marks.mine(mark_id) if mark_id else None
        if mark_id and placed is None:
            self.close()
        elif placed is not None and not placed.orphaned:
            if not self._page.is_in_view(placed.start):
                self._reading.travel_to(placed.start)
            self._page.looks.flash(placed.start, placed.end)
