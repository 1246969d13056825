"""What goes into Markdown notes besides the marks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotesOptions:
    """`figures`: the figures of marked passages as tables; `annotations`: what they mention."""

    figures: bool = False
    annotations: bool = False
