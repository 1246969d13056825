"""Where two lists differ: lists of many rows that hardly change are compared after every change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, takewhile
from operator import is_
from typing import Any, NamedTuple


class Change(NamedTuple):
    """From `first` on rows differ: `gone` of them were there before, and `come` are there now."""

    first: int
    gone: int
    come: int


def changed(
    before: Sequence[Any], now: Sequence[Any], same: Callable[[Any, Any], object] = is_
) -> Change:
    """What lies between the rows that both lists begin with, and those with which they end."""
    shorter = min(len(before), len(now))
    first = _agreeing(map(same, before, now), shorter)
    last = _agreeing(map(same, reversed(before), reversed(now)), shorter - first)
    return Change(first, len(before) - first - last, len(now) - first - last)


def _agreeing(pairs: Iterable[object], most: int) -> int:
    # No loop of our own: this is what takes the time.
    return len(list(takewhile(bool, islice(pairs, most))))
