"""The page: the text in its column, with underlined words that can be hovered, clicked, tabbed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.text.model import BlockKind
from reader.ui.announce import announce
from reader.ui.fonts import Faces
from reader.ui.page.composition import Composition
from reader.ui.page.keeping import Keeping
from reader.ui.page.layout import PageLayout
from reader.ui.page.offsets import Offsets
from reader.ui.page.painting import PagePainter
from reader.ui.page.pictures import Pictures
from reader.ui.page.pieces import PreparedText, prepare
from reader.ui.page.shown import MentionIndex, merged, outside_links, shown_mentions
from reader.ui.page.typography import MEASURE, Typography
from reader.ui.page.word_looks import WordLooks
from reader.ui.theme import Theme
from reader.ui.timers import timer
from reader.ui.viewport import make_viewport

_AIR = 24.0
"""Pixels left free above a line that is brought to the very top."""

_LOOKS = 5
"""How often a jump may look again before it rests; two or three are enough."""

_HOVER_REST = 350
"""Milliseconds that the pointer rests before a preview is asked for."""

_CARET_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class PageView(QTextEdit):
    """Shows one text. All positions are code points of its canonical string."""

    mention_activated = Signal(object)
    """A Mention was clicked, or Enter pressed on it."""

    mention_focused = Signal(object)
    """The keyboard's frame is around another Mention, or None."""

    mention_hovered = Signal(object)
    """The pointer rests on a Mention, or None when it has left."""

    place_clicked = Signal(int)
    """Words that lead nowhere were clicked: their code point, or -1 beside all words."""

    selection_made = Signal()
    """Words were selected, or are no longer."""

    link_activated = Signal(str)
    """An address outside the text was clicked."""

    text_shown = Signal()
    """Another text is shown, or another copy of the same one."""

    words_changed = Signal()
    """Other words lead to annotations, or are marked."""

    place_changed = Signal()
    """Another part of the text is in view."""

    words_moved = Signal()
    """The words in view stand elsewhere in it than before, for the reader scrolls."""

    painted = Signal()
    """The words of a text are on the screen for the first time since it was shown."""

    geometry_changed = Signal()
    """Words may stand at other heights than before."""

    resized = Signal()
    """The view has another size; the column may be given another place."""

    size_wanted = Signal(int)
    """The wheel asks for larger (1) or smaller (-1) text."""

    travel_wanted = Signal(bool)
    """A side button of the mouse asks for forward (True) or back (False)."""

    def __init__(self, faces: Faces, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._theme = theme
        self._scale = 1.0
        self._composition = Composition()
        self._signs = False
        self._copy: Copy | None = None
        self._layout: PageLayout | None = None
        self._offsets = Offsets("")
        self._mode = "first"
        self._section_starts: list[int] = []
        self._index = self._stops = MentionIndex(())
        self._outside: dict[Mention, None] = {}
        """The words that lead to addresses outside the text, which stand for the annotation."""
        self._focused: Mention | None = None
        self._hovered: Mention | None = None
        self._left, self._room = 0, MEASURE
        self._pressed = QPointF()
        self.is_painted = False
        """Whether the words of the text have been on the screen since it was shown."""
        viewport = make_viewport(self)
        viewport.setCursor(Qt.CursorShape.IBeamCursor)
        self.document().documentLayout().setPaintDevice(viewport)  # or it would ask Qt's
        viewport.setMouseTracking(True)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setAcceptDrops(False)
        self.setAccessibleName(self.tr("Text"))
        self.verticalScrollBar().setAccessibleName(self.tr("Place in the text"))
        self._keeping = Keeping(self, self.place)
        self._keeping.settled.connect(self.geometry_changed)
        self.looks = WordLooks(theme, self)
        """What is drawn on the words."""
        self.looks.changed.connect(viewport.update)
        self.looks.marked.connect(self.words_changed)
        self._hovering = timer(self, self._hover, _HOVER_REST, once=True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # The text

    def show_copy(self, copy: Copy, prepared: PreparedText | None = None) -> None:
        """Show a copy from its start; `prepared` is its text if that was prepared already."""
        prepared = prepared or prepare(copy.text)
        self._copy, self.is_painted = copy, False
        self._offsets = prepared.offsets
        self._section_starts = [section.start for section in copy.text.sections]
        self._focused = self._hovered = None
        self._outside = dict.fromkeys(outside_links(copy.text))
        document = prepared.document
        document.setParent(self)
        layout = PageLayout(
            prepared,
            copy.text,
            self._typography(),
            Pictures(copy.picture),
            self._theme,
        )
        old, self._layout = self._layout, layout
        self._keeping.show(layout)
        self.looks.show_copy(copy, layout.decorations)
        layout.draw_row = PagePainter(layout, self._theme, self._signs).draw_row
        layout.top = 40.0
        document.setDocumentLayout(layout)
        self.setDocument(document)
        if old is not None:
            old.document().deleteLater()
        self._place_column()
        self.verticalScrollBar().setValue(0)
        self._keeping.settle_view()
        self.set_underlines(self._mode)
        self.setAccessibleName(copy.manifest.title or self.tr("Text"))
        self.text_shown.emit()

    def shown_copy(self) -> Copy | None:
        """What is shown, None before the first."""
        return self._copy

    def set_column(self, left: int, room: int, scale: float | None = None) -> None:
        """Let the column begin at `left` and be at most `room` wide, in pixels of the view.

        With `scale` the text is set in another size, too, but only once.
        """
        self._left, self._room = left, max(120, room)
        if scale is not None:
            self.set_scale(scale)
        self._place_column()

    def set_scale(self, scale: float) -> None:
        """Set the text in another size (1.0 is 100 %); the first line in view stays there."""
        if scale != self._scale:
            self._scale = scale
            self._set_anew()

    def set_composition(self, composition: Composition) -> None:
        """Set the text in another manner; the first line in view stays there."""
        if composition != self._composition:
            self._composition = composition
            self._set_anew()

    def set_signs(self, on: bool) -> None:
        """Tell kinds and colours apart by shapes and signs too."""
        self._signs = on
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        if self._layout:
            self._layout.set_theme(theme)
            self._layout.draw_row = PagePainter(self._layout, theme, self._signs).draw_row
        self.looks.set_theme(theme)

    def column(self) -> tuple[int, int]:
        """Left and right edge of the text's column, in pixels of the view."""
        if not self._layout:
            return 0, 0
        left = round(self._layout.left)
        return left, left + round(self._layout.typography.column)

    def renew(self, copy: Copy) -> None:
        """Show a copy of the same text with other annotations; no word moves."""
        self._copy = copy
        self._hovering.stop()
        self._hovered = None
        self.set_underlines(self._mode)
        self.text_shown.emit()

    # Where things are

    def place(self) -> int:
        """Where one reads: what `go_to` brought to the top, else the start of the line there."""
        layout = self._layout
        if not layout or not layout.row_count:
            return 0
        held = self._keeping.held
        if held is not None and abs(held[1] - _AIR) < 2:
            return held[0]
        top = self.scroll() + _AIR - 2
        units = layout.line_start(top)
        rect = layout.line_rect(self._offsets.to_points(units))
        below = rect.bottom() + 0.4 * layout.typography.style(BlockKind.PARAGRAPH, 0).line
        # A picture that fills the view is what is being looked at, be its top out of sight.
        if rect.top() < top and below < self.scroll() + self.viewport().height():
            units = layout.line_start(below)
        return self._offsets.to_points(units)

    def progress(self) -> float:
        """How much of the text has been passed, 0 to 1; 1 when its end is in view."""
        layout = self._layout
        below = layout.text_bottom() - self.viewport().height() if layout else 0.0
        return min(1.0, self.scroll() / below) if below > 0 else 1.0

    def line_top(self, position: int) -> float:
        """The height at which a code point's line begins, from the top of the text; laid out."""
        return self._layout.line_rect(position).top() if self._layout else 0.0

    def scroll(self) -> int:
        """Pixels of the text above the view."""
        return self.verticalScrollBar().value()

    def page_layout(self) -> PageLayout | None:
        """The layout of the text that is shown, None before the first."""
        return self._layout

    def words_rect(self, mention: Mention) -> QRectF:
        """Where a mention's first line of words stands, in pixels of the view."""
        if not self._layout:
            return QRectF()
        rects = self._layout.range_rects(mention.start, mention.end)
        first = rects[0] if rects else self._layout.line_rect(mention.start)
        return first.translated(0, -self.scroll())

    def line_rect(self, position: int) -> QRectF:
        """Where a code point's line stands, in pixels of the view."""
        if not self._layout:
            return QRectF()
        return self._layout.line_rect(position).translated(0, -self.scroll())

    def line_range(self, position: int) -> tuple[int, int]:
        """Where the line with a code point begins and ends, as code points."""
        return self._layout.line_range(position) if self._layout else (position, position)

    def is_in_view(self, position: int) -> bool:
        """Whether a code point's line is wholly in view."""
        top = self.line_top(position) - self.scroll()
        return 0 <= top <= self.viewport().height() - 40

    def busy(self) -> bool:
        """Whether text is still being laid out, or words still lit up."""
        return not self.is_set() or self.looks.fading

    def is_set(self) -> bool:
        """Whether the true heights of all rows are known, or nobody sees them."""
        awaited = self.isVisible() and self._copy is not None and not self.is_painted
        return not awaited and not self._keeping.settles

    # Going there

    def go_to(self, position: int, fraction: float = 0.25) -> None:
        """Scroll so that a code point's line stands at `fraction` of the view's height.

        0 puts it at the very top, with a little air.
        """
        if not self._layout:
            return
        air = _AIR if fraction == 0 else fraction * self.viewport().height()
        # The heights of what comes into view are guesses; they are true at a second look.
        for _ in range(_LOOKS):
            top = self.line_top(position)
            wanted = round(top - air) if top > self.line_top(0) else 0
            if wanted == self.scroll():
                break
            self.verticalScrollBar().setValue(wanted)
        self._keeping.hold(position)

    def here(self) -> tuple[int, float]:
        """Where one reads, to the pixel: a code point, and the pixels above its line."""
        return self._keeping.here()

    def put(self, position: int, above: float) -> None:
        """Scroll so that there are so many pixels of the view above a code point's line."""
        self._keeping.put(position, above)

    def hold(self, position: int) -> None:
        """Keep a code point's line where it is, however the text is set, until somebody scrolls."""
        self._keeping.hold(position)

    def focus_mention(self, mention: Mention | None) -> None:
        """Put the keyboard's frame around a mention, and bring it into view."""
        before, self._focused = self._focused, mention
        self._draw_focus()
        if mention is not None and not self.is_in_view(mention.start):
            self.go_to(mention.start, 0.35)
        if mention is not None or before is not None:
            self.mention_focused.emit(mention)

    def take_mention(self, mention: Mention) -> None:
        """Give the keyboard to the page, and in it to a mention."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focus_mention(mention)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions shown that touch `start:end`, in order."""
        return self._index.touching(start, end)

    def focused_mention(self) -> Mention | None:
        """The mention inside the keyboard's frame."""
        return None if self._focused in self._outside else self._focused

    def focused_words(self) -> tuple[int, int] | None:
        """The words inside the keyboard's frame (code points): a mention, or a link outside."""
        return (self._focused.start, self._focused.end) if self._focused else None

    def set_underlines(self, mode: str) -> None:
        """Underline `first` (in each section), `every` or `none` of the mentions."""
        self._mode = mode
        if not self._layout or not self._copy:
            return
        mentions = shown_mentions(self._copy.attachment.mentions, self._section_starts, mode)
        self._index = MentionIndex(mentions)
        stops = merged(mentions, list(self._outside))
        self._stops = self._index if stops is mentions else MentionIndex(stops)
        if self._focused is not None and self._focused not in self._stops.mentions:
            self._focused = None
            self._draw_focus()
        self.looks.set_mentions(self._copy, self._index)
        self.words_changed.emit()

    # How the text is set

    def _place_column(self) -> None:
        layout = self._layout
        if not layout:
            return
        if self._typography().column != layout.typography.column:
            self._set_anew()
        layout.left = float(self._left)
        layout.width = self.viewport().width()
        layout.bottom = max(80.0, self.viewport().height() * 0.5)
        self._keeping.tell_size()
        self.verticalScrollBar().setSingleStep(round(30 * self._scale))
        self.geometry_changed.emit()
        self.viewport().update()

    def _typography(self) -> Typography:
        return Typography(self._faces, self._scale, self._room, self._composition)

    def _set_anew(self) -> None:
        """Set the text anew, with the first line in view where it is."""
        if not self._layout:
            return
        self._keeping.set_anew(self._typography())
        if self.is_painted:
            self._keeping.settle_rest()
        self.geometry_changed.emit()
        self.viewport().update()

    def _scrolled(self) -> None:
        catching_up = self._keeping.catching_up
        if not catching_up:
            self._keeping.let_go()
        self._keeping.settle_view()
        self.place_changed.emit()
        if not catching_up:
            self._set_hovered(None)
            self.words_moved.emit()

    def _draw_focus(self) -> None:
        self.looks.set_focus(self.focused_words() if self.hasFocus() else None)

    # Input

    def mention_at(self, point: QPointF) -> Mention | None:
        """The shown mention below a point of the view."""
        position = self._position_at(point)
        return self._index.at(position) if position is not None else None

    def _position_at(self, point: QPointF) -> int | None:
        if not self._layout:
            return None
        there = point + QPointF(0, self.scroll())
        units = self._layout.hitTest(there, Qt.HitTestAccuracy.ExactHit)
        return None if units < 0 else self._offsets.to_points(units)

    def _link_at(self, point: QPointF) -> str:
        position = self._position_at(point)
        if position is None or not self._copy:
            return ""
        block = self._copy.text.blocks[self._copy.text.block_index(position)]
        for run in block.runs:
            if run.start <= position < run.end and not run.href.startswith("#"):
                return run.href
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            self.travel_wanted.emit(event.button() == Qt.MouseButton.ForwardButton)
            return
        self._pressed = event.position()
        self._set_hovered(None)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position() - self._pressed).manhattanLength() > 4
        if self.textCursor().hasSelection():
            self.selection_made.emit()
            return
        if event.button() != Qt.MouseButton.LeftButton or moved:
            return
        mention = self.mention_at(event.position())
        if mention is not None:
            self._focused = mention
            self._draw_focus()
            self.mention_activated.emit(mention)
        elif link := self._link_at(event.position()):
            self.link_activated.emit(link)
        else:
            if self._focused is not None:
                self.focus_mention(None)
            position = self._position_at(event.position())
            self.place_clicked.emit(-1 if position is None else position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons():
            return
        mention = self.mention_at(event.position())
        linked = mention is not None or bool(self._link_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        self._set_hovered(mention)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None)
        done = super().viewportEvent(event)
        if not self.is_painted and self._copy and event.type() == QEvent.Type.Paint:
            self.is_painted = True
            self._keeping.settle_rest()
            QTimer.singleShot(0, self, self.painted.emit)
        return done

    def _set_hovered(self, mention: Mention | None) -> None:
        if mention == self._hovered:
            return
        self._hovered = mention
        if mention is None:
            self._hovering.stop()
            self.mention_hovered.emit(None)
        else:
            self._hovering.start()

    def _hover(self) -> None:
        # Beside selected words stands what can be done with them.
        if self._hovered is not None and not self.textCursor().hasSelection():
            self.mention_hovered.emit(self._hovered)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.size_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus()
        if enter and self._focused is not None:
            if self._focused in self._outside:
                self.link_activated.emit(self._focused.annotation)
            else:
                self.mention_activated.emit(self._focused)
            return
        if key == Qt.Key.Key_Escape:
            # The window closes whatever is open; here only the frame goes.
            self.focus_mention(None)
            event.ignore()
            return
        if self.caret_mode and key in _CARET_KEYS:
            super().keyPressEvent(event)
            self.selection_made.emit()
            return
        bar = self.verticalScrollBar()
        lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        page = bar.pageStep() - bar.singleStep()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + (-page if back else page))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() + (page if key == Qt.Key.Key_PageDown else -page))
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            # Where the end is becomes known when it comes into view.
            for _ in range(_LOOKS):
                bar.setValue(bar.maximum())
        elif lines:
            bar.setValue(bar.value() + lines * bar.singleStep())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the underlined words and the links; past the last one it leaves the page."""
        if not self.hasFocus():
            # A card's fields, which lie on the page, are walked as anywhere.
            return super().focusNextPrevChild(forward)
        if self._focused is not None:
            mention = self._stops.beside(self._focused, forward)
        else:
            bottom = QPointF(0, self.viewport().height() - 8.0)
            edge = self.place() if forward else self._position_near(bottom)
            mention = self._stops.next_from(edge, forward)
        if mention is None:
            self.focus_mention(None)
            return super().focusNextPrevChild(forward)
        self.focus_mention(mention)
        return True

    def _position_near(self, point: QPointF) -> int:
        if not self._layout:
            return 0
        there = point + QPointF(self._layout.left, self.scroll())
        return self._offsets.to_points(self._layout.hitTest(there, Qt.HitTestAccuracy.FuzzyHit))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._draw_focus()
        if self._focused is not None:
            self.mention_focused.emit(self._focused)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._draw_focus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        # When it is first shown, Qt would go to its cursor, which is where the text begins.
        here = self._keeping.here()
        super().showEvent(event)
        self._keeping.settle_view()
        self._keeping.put(*here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
        self._place_column()
        self._keeping.settle_view()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is the canonical string, line ends and all."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def selected_range(self) -> tuple[int, int]:
        """The selected words as code points; equal ends when nothing is selected."""
        cursor = self.textCursor()
        return (
            self._offsets.to_points(cursor.selectionStart()),
            self._offsets.to_points(cursor.selectionEnd()),
        )

    def selects_backwards(self) -> bool:
        """Whether the selection grows towards the beginning of the text."""
        return self.textCursor().position() < self.textCursor().anchor()

    def selection_x(self) -> float:
        """Where the end of the selection that moves stands, in pixels from the view's left."""
        if not self._layout:
            return 0.0
        cursor = self.textCursor()
        back = self.selects_backwards()
        # The letter that was taken in last, rather than the next one, which may begin a line.
        units = cursor.position() if back else max(0, cursor.position() - 1)
        return self._layout.x_of(units, trailing=not back)

    def selected_text(self) -> str:
        """The selected words, pictures left out."""
        if not self._copy:
            return ""
        start, end = self.selected_range()
        return self._copy.text.string[start:end].replace("\ufffc", "").replace("\u2028", "\n")

    def caret(self) -> int:
        """The code point at the caret where the keyboard moves one, else at the top of the view."""
        if self.caret_mode:
            return self._offsets.to_points(self.textCursor().position())
        return self.place()

    def caret_at(self, point: QPointF) -> int:
        """The code point nearest to a point of the view."""
        if not self._layout:
            return 0
        there = point + QPointF(0, self.scroll())
        return self._offsets.to_points(self._layout.hitTest(there, Qt.HitTestAccuracy.FuzzyHit))

    @property
    def caret_mode(self) -> bool:
        """Whether the keyboard moves a caret in the text."""
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def set_caret_mode(self, on: bool) -> None:
        """Let the arrow keys move a caret and, with Shift, select; it starts where one reads."""
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if on:
            place = self.place()
            flags |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        if on and not self.textCursor().hasSelection():
            self.select(place, place)
        self.viewport().update()
        words = self.tr("The arrow keys move a caret.") if on else self.tr("The arrow keys scroll.")
        announce(self, words)

    def clear_selection(self) -> None:
        """Select nothing; a caret stays where it is."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.setPosition(cursor.selectionEnd())
            self.setTextCursor(cursor)
            self.selection_made.emit()

    def select(self, start: int, end: int) -> None:
        """Select words."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_units(start))
        cursor.setPosition(self._offsets.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def reading_minutes_left(self) -> int:
        """Minutes to the end, at 230 words a minute (6 code points a word)."""
        if not self._copy:
            return 0
        left = len(self._copy.text.string) * (1 - self.progress())
        return max(0, round(left / (230 * 6)))
