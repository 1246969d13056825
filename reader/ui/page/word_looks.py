"""What is drawn on the words of a text: underlines, marks, what was found, the words lit up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.ui.page.decorations import Decorations, EvenLayer, Look, Ranges
from reader.ui.page.shown import MentionIndex, MentionsOnPage
from reader.ui.theme import Theme
from reader.ui.timers import timer

_LAYERS = (
    "marks",
    "layers",
    "active",
    "proposed",
    "found",
    "found-current",
    "flash",
    "mentions",
    "focus",
)
"""In the order in which they are drawn; later ones lie on the earlier."""

_FLASH_STEPS = 14
_FLASH_TICK = 60
"""The flash fades in so many steps of so many milliseconds."""


class WordLooks(QObject):
    """Draws on the words of one text at a time. All positions are its code points."""

    changed = Signal()
    """Something looks otherwise than before."""

    marked = Signal()
    """Other words are marked than before, by the reader or by somebody else."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.is_calm: Callable[[], bool] = lambda: False
        """Whether nothing may fade: words that are lit up go out at once."""
        self._theme = theme
        self._decorations = Decorations()
        self._copy: Copy | None = None
        self._index = MentionIndex(())
        self._active = ""
        self._focus: tuple[int, int] | None = None
        self._found: Sequence[tuple[int, int]] = ()
        self._found_current: tuple[int, int] | None = None
        self._flash = timer(self, self._fade, _FLASH_TICK)
        self._flash_range = (0, 0)
        self._flash_left = 0

    def show_copy(self, copy: Copy, decorations: Decorations) -> None:
        """Draw on the words of another text, on which nothing is drawn yet."""
        self._copy, self._decorations = copy, decorations
        for name in _LAYERS:
            decorations.set(name, ())
        self._index, self._active, self._focus = MentionIndex(()), "", None
        self._found, self._found_current = (), None
        self._flash.stop()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours; marks come in theirs."""
        self._theme = theme
        self._draw_mentions()
        self._draw_found()
        self._draw_focus()
        self.changed.emit()

    def set_mentions(self, copy: Copy, index: MentionIndex) -> None:
        """Underline the mentions in `index`, which are some of those of `copy`."""
        self._copy, self._index = copy, index
        if self._active not in copy.by_id:
            self._active = ""
        self._draw_mentions()
        self.changed.emit()

    def set_marks(self, ranges: Sequence[tuple[int, int, Look]] | Ranges) -> None:
        """Show the reader's marks, below everything else that is drawn on words."""
        self._set("marks", ranges)
        self.marked.emit()

    def set_layers(self, ranges: Sequence[tuple[int, int, Look]] | Ranges) -> None:
        """Show what other people marked."""
        self._set("layers", ranges)
        self.marked.emit()

    def set_proposed(self, ranges: Sequence[tuple[int, int, Look]]) -> None:
        """Show the words of an annotation that is being written."""
        self._set("proposed", ranges)

    def set_active(self, annotation: str) -> None:
        """Tint all words of one annotation; empty for none."""
        self._active = annotation
        self._draw_active()
        self.changed.emit()

    def show_found(self, found: Sequence[tuple[int, int]], current: tuple[int, int] | None) -> None:
        """Mark what a search found, and among it the hit that one is at."""
        self._found, self._found_current = found, current
        self._draw_found()
        self.changed.emit()

    def set_focus(self, words: tuple[int, int] | None) -> None:
        """Draw the keyboard's frame around some words, or around none."""
        self._focus = words
        self._draw_focus()
        self.changed.emit()

    def flash(self, start: int, end: int) -> None:
        """Light words up once, so that the eye finds them."""
        self._flash_range, self._flash_left = (start, end), _FLASH_STEPS
        self._draw_flash()
        self._flash.start()

    @property
    def fading(self) -> bool:
        """Whether words are still lit up."""
        return self._flash.isActive()

    def _set(self, name: str, ranges: Sequence[tuple[int, int, Look]] | Ranges) -> None:
        self._decorations.set(name, ranges)
        self.changed.emit()

    def _draw_mentions(self) -> None:
        """Draw the mentions, and on them the active one."""
        looks = {
            kind: Look(underline=self._theme.color(kind.value), shape=kind.value) for kind in Kind
        }
        by_id = self._copy.by_id if self._copy is not None else {}
        self._decorations.set("mentions", MentionsOnPage(self._index, by_id, looks))
        self._draw_active()

    def _draw_active(self) -> None:
        ranges = []
        if self._copy is not None and self._active in self._copy.by_id:
            kind = self._copy.by_id[self._active].kind.value
            look = Look(
                fill=self._theme.tint(kind, "page", 0.16),
                underline=self._theme.color(kind),
                shape=kind,
            )
            ranges = [(m.start, m.end, look) for m in self._copy.attachment.of(self._active)]
        self._decorations.set("active", ranges)

    def _draw_found(self) -> None:
        look = Look(fill=self._theme.color("found"))
        self._decorations.set("found", EvenLayer(self._found, look))
        at = Look(fill=self._theme.color("found_current"))
        current = self._found_current
        self._decorations.set("found-current", [(*current, at)] if current else ())

    def _draw_focus(self) -> None:
        look = Look(frame=self._theme.color("accent"))
        self._decorations.set("focus", [(*self._focus, look)] if self._focus is not None else ())

    def _fade(self) -> None:
        self._flash_left -= 1
        if self._flash_left <= 0:
            self._flash.stop()
        self._draw_flash()

    def _draw_flash(self) -> None:
        ranges = []
        if self._flash_left > 0:
            color = QColor(self._theme["flash"])
            if not self.is_calm():
                color.setAlphaF(min(1.0, self._flash_left / (_FLASH_STEPS * 0.6)))
            ranges = [(*self._flash_range, Look(fill=color))]
        self._set("flash", ranges)
