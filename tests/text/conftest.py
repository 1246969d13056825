"""What the tests of texts share: what holds of every text, and a short way to say one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from reader.text.model import OBJECT, Block, BlockKind, Text

Outline = list[tuple[str, int, str, str]]


@pytest.fixture(scope="session")
def whole() -> Callable[[Text], Text]:
    """Asserts what holds of every text, and gives it back."""
    return _whole


@pytest.fixture(scope="session")
def outline() -> Callable[[Text], Outline]:
    """Kind, level, marker and words of each block of a text that is whole."""

    def told(text: Text) -> Outline:
        _whole(text)
        return [(str(b.kind), b.level, b.marker, text.string[b.start : b.end]) for b in text.blocks]

    return told


def _whole(text: Text) -> Text:
    end = -1
    for block in text.blocks:
        assert block.start == end + 1, "blocks follow each other"
        if end >= 0:
            assert text.string[end] == "\n", "one newline sets blocks apart"
        end = block.end
        _check_words(block, text.string[block.start : block.end])
        _check_runs(block)
        _check_cells(block, text.string)
    assert len(text.string) == max(end, 0)
    for note in text.footnotes:
        assert text.string[note.start : note.end] == f"[{note.label}]"
    assert text.string.encode("utf-8").decode("utf-8") == text.string
    images = sum(block.kind is BlockKind.IMAGE for block in text.blocks)
    assert text.string.count(OBJECT) == images
    return text


def _check_words(block: Block, words: str) -> None:
    shown = words.replace("\n", "").replace("\t", "") if block.rows else words
    if block.kind is BlockKind.CODE:
        shown = words.replace("\n", "")
    else:
        assert block.kind is BlockKind.TABLE or words == words.strip()
        assert "  " not in words
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in shown)
    assert bool(words) or block.kind in (BlockKind.RULE, BlockKind.TABLE)
    assert block.kind is not BlockKind.RULE or not words


def _check_runs(block: Block) -> None:
    for run in block.runs:
        assert block.start <= run.start < run.end <= block.end
        assert run.style or run.href, "a plain run is no run"
        assert run.href.startswith(("#", "http://", "https://", "mailto:")) or not run.href
    for run, following in pairwise(block.runs):
        assert run.end <= following.start, "runs are in order, without overlaps"
        alike = (run.style, run.href) == (following.style, following.href)
        assert run.end < following.start or not alike, "neighbours that are alike are one run"


def _check_cells(block: Block, string: str) -> None:
    assert bool(block.rows) == (block.kind is BlockKind.TABLE)
    rows = [[string[cell.start : cell.end] for cell in row] for row in block.rows]
    assert len({len(row) for row in rows}) <= 1, "every row has as many cells"
    for row in rows:
        for words in row:
            assert not {"\t", "\n"} & set(words)
            assert words == words.strip()
    if rows:
        assert string[block.start : block.end] == "\n".join(map("\t".join, rows))
    assert all(cell.align in ("left", "center", "right") for row in block.rows for cell in row)
