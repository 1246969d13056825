"""Code points (ours) and UTF-16 units (Qt's): the one place that converts."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Converts positions in one string both ways, in logarithmic time."""

    def __init__(self, string: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(string)]
        self._astral_units = [start + order for order, start in enumerate(self._astral)]

    def to_units(self, position: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return position + bisect_left(self._astral, position)

    def to_points(self, units: int) -> int:
        """The code point offset of a UTF-16 offset; inside a pair, that of its letter."""
        return units - bisect_left(self._astral_units, units)
