"""Which problems of a copy are faults, and which only deserve a look."""

from __future__ import annotations

from reader.problems import Problem

WARNINGS = frozenset(
    ("duplicate-term", "no-alt", "no-place", "self-link", "target-unsure", "term-not-found")
)
"""Codes of problems with which a copy can be handed out: all that it holds is shown."""


def is_warning(problem: Problem) -> bool:
    """Whether a copy can be handed out as it is, for all of this problem."""
    return problem.code in WARNINGS
