"""Cases to anchor: a selector, a new text, and where the passage is in it."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.revising import Revision
from reader.annotations.marks import selector_of
from reader.annotations.selectors import Selector

KINDS = ("same", "edited", "moved", "deleted", "gone_elsewhere")
_LENGTHS = ((1, 1), (2, 3), (4, 8), (9, 25), (26, 60))
"""Words of a passage; each range is as frequent as the others."""
_LEFT = 0.6
"""With this share of its letters left, a passage is the same one, edited."""
_GONE = 0.2
"""With no more than this, it is deleted. What lies between is left out."""


@dataclass(frozen=True, slots=True)
class Case:
    """`expect` is where the passage is in `text` (code points); None if it was deleted."""

    id: str
    kind: str
    selector: Selector
    text: str
    expect: tuple[int, int] | None


def made_cases(name: str, revision: Revision, count: int, seed: int) -> Iterator[Case]:
    """Passages of a text chosen by chance, with their fates."""
    chance = random.Random(seed)
    words = [match.span() for match in re.finditer(r"\S+", revision.old)]
    for number in range(count):
        shortest, longest = chance.choice(_LENGTHS)
        length = chance.randint(shortest, longest)
        if length > len(words):
            continue
        first = chance.randrange(len(words) - length + 1)
        start, end = words[first][0], words[first + length - 1][1]
        fate = revision.fate(start, end)
        compact = fate.end - fate.start <= 1.8 * (end - start)
        if fate.left >= _LEFT and compact:
            expect = fate.start, fate.end
            kind = "edited" if fate.edited else "moved" if fate.moved else "same"
        elif fate.left <= _GONE:
            expect, kind = None, "deleted"
        else:
            continue
        selector = selector_of(revision.old, start, end)
        yield Case(f"{name}-{number}", kind, selector, revision.new, expect)


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder, with those scored apart, if it has any."""
    texts = {each["id"]: each["text"] for each in _lines(folder / "texts.jsonl.gz")}
    cases: list[Case] = []
    for name in ("cases.jsonl.gz", "cases_extra.jsonl.gz"):
        if not (folder / name).is_file():
            continue
        for each in _lines(folder / name):
            selector = Selector(
                each["exact"], each["prefix"], each["suffix"], each["start"], each["end"]
            )
            expect = tuple(each["expect"]) if each["expect"] else None
            text = texts[each["new_id"]]
            cases.append(Case(each["id"], each["kind"], selector, text, expect))
    return cases


def read_answers(file: Path) -> dict[str, tuple[tuple[int, int] | None, float]]:
    """What another program answers: for each case a range or None, and milliseconds."""
    answers: dict[str, tuple[tuple[int, int] | None, float]] = {}
    for each in _lines(file):
        start, end = each.get("start"), each.get("end")
        place = None if start is None or end is None else (start, end)
        answers[each["id"]] = place, each.get("ms") or 0.0
    return answers


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
