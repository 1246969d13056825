"""Back and forward over every jump in a text."""

from __future__ import annotations

from typing import Generic, TypeVar

_Place = TypeVar("_Place")

_MOST = 200


class Travel(Generic[_Place]):
    """The places that were left by a jump. Places are whatever the caller remembers."""

    def __init__(self) -> None:
        self._behind: list[_Place] = []
        self._ahead: list[_Place] = []

    def leave(self, place: _Place) -> None:
        """Remember the place from which a jump starts; what was ahead is forgotten."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
            del self._behind[:-_MOST]
        self._ahead.clear()

    def back(self, here: _Place) -> _Place | None:
        """The place before the last jump; `here` can then be gone forward to."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: _Place) -> _Place | None:
        """The place that `back` left."""
        return self._step(self._ahead, self._behind, here)

    def clear(self) -> None:
        """Forget all, for another text."""
        self._behind.clear()
        self._ahead.clear()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """Whether `back` left a place."""
        return bool(self._ahead)

    @staticmethod
    def _step(source: list[_Place], other: list[_Place], here: _Place) -> _Place | None:
        if not source:
            return None
        other.append(here)
        return source.pop()
