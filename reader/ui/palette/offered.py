"""What the palette offers: the commands, and places to go to; and which of them a query means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from reader.ui.actions import Actions, menu_words
from reader.ui.commands import COMMANDS
from reader.ui.palette.matching import Query, folded

_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to go to, listed beside the commands.

    `icon_role` is the theme's role for the square before the words; empty for none.
    """

    words: str
    detail: str
    shortcut: str
    run: Callable[[], object]
    icon_role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is offered: its words, what they belong to, its keys, and what it does."""

    words: str
    detail: str
    shortcut: str
    run: Callable[[], object]
    command: str = ""
    role: str = ""
    enabled: bool = True
    checked: bool = False
    letters: Sequence[int] = ()
    """The places of the letters that were meant."""

    @property
    def key(self) -> tuple[str, ...]:
        """What this row is known by the next time."""
        return (self.command,) if self.command else (self.words, self.detail)


def command_rows(actions: Actions) -> Iterator[Row]:
    """All commands but the one that opens the palette, as they are now."""
    for command in COMMANDS:
        if command.id != "palette":
            action = actions[command.id]
            yield Row(
                command.plain_words,
                menu_words(command.menu).replace("&", ""),
                actions.keymap.words(command.id),
                action.trigger,
                command=command.id,
                enabled=action.isEnabled(),
                checked=action.isChecked(),
            )


def entry_rows(entries: Iterable[Entry]) -> Iterator[Row]:
    """The places."""
    for entry in entries:
        yield Row(entry.words, entry.detail, entry.shortcut, entry.run, role=entry.icon_role)


class Candidates:
    """Everything that can be found, what was used last before all others."""

    def __init__(self, rows: Iterable[Row], recent: Sequence[tuple[str, ...]]) -> None:
        self._recent = {key: place for place, key in enumerate(recent)}
        self._rows = sorted(rows, key=self._used)
        self._folded: list[tuple[str, str]] = []

    def _used(self, row: Row) -> int:
        return self._recent.get(row.key, len(self._recent))

    def found(self, text: str) -> list[Row]:
        """The rows that fit what is typed, the best first; without a word, all in their order."""
        query = Query(text)
        if not query:
            return self._rows[:_MOST_ROWS]
        if not self._folded:
            self._folded = [(folded(row.words), folded(row.detail)) for row in self._rows]
        ranked = []
        for place, (words, detail) in enumerate(self._folded):
            if match := query.match(words, detail):
                row, (tier, cost) = self._rows[place], match.rank
                order = not row.enabled, self._used(row), not row.command, cost, len(words)
                ranked.append((tier, *order, place, match.letters))
        best = nsmallest(_MOST_ROWS, ranked)  # no two have the same place
        return [replace(self._rows[place], letters=letters) for *_, place, letters in best]
