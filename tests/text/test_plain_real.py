"""Two real texts, where they are at hand beside the checkout."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.text.markdown import parse_markdown
from reader.text.model import BlockKind, Text
from reader.text.plain import parse_plain

Whole = Callable[[Text], Text]

SHARED = Path(__file__).parents[2].parent / "shared"
ARTICLE = SHARED / "article.txt"
NOVEL = SHARED / "texts" / "war-and-peace.txt.gz"


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not at hand")
def test_the_article(whole: Whole) -> None:
    text = whole(parse_plain(ARTICLE.read_text(encoding="utf-8")))
    headings = [
        text.string[block.start : block.end]
        for block in text.blocks
        if block.kind is BlockKind.HEADING
    ]
    assert [heading.split(":")[0] for heading in headings] == [
        "The Strike",
        "Russia’s Position",
        "Ukraine’s Stance",
        "The Verdict",
        "Reasons Behind the Continued Conflict",
        "Russia",
        "Ukraine",
        "Broader Implications",
        "A Path to Peace?",
    ]
    assert {block.level for block in text.blocks if block.kind is BlockKind.HEADING} == {2}
    items = [block for block in text.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [block.marker for block in items] == ["•"] * 14
    assert text.blocks[0].kind is BlockKind.PARAGRAPH
    assert len(text.sections) >= 11


@pytest.mark.skipif(not NOVEL.exists(), reason="the novel is not at hand")
def test_the_novel(whole: Whole) -> None:
    source = gzip.decompress(NOVEL.read_bytes()).decode("utf-8")
    text = whole(parse_plain(source))
    assert text.title == "WAR AND PEACE"
    levels = Counter(block.level for block in text.blocks if block.kind is BlockKind.HEADING)
    assert levels == {1: 1, 2: 17, 3: 365}
    assert text.sections[1].title == "BOOK ONE: 1805"
    assert text.sections[2].title == "CHAPTER I"
    assert len(text.blocks) > 11_000
    assert len(whole(parse_markdown(source)).blocks) > 11_000
