"""The copies that come with the program keep what they promise."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.text.model import BlockKind

ORIGINAL = Path(__file__).parents[3] / "shared" / "article.txt"
"""The analysis that the shipped article is an edition of, where it lies beside the checkout."""

NAMES = sorted(path.name for path in bundled("content").iterdir() if path.is_dir())


@cache
def shipped(name: str) -> Copy:
    return open_copy(bundled("content") / name)


@pytest.fixture
def article() -> Copy:
    return shipped("russia-ukraine-2025")


@pytest.fixture
def welcome() -> Copy:
    return shipped("welcome")


def authored(copy: Copy) -> list[Annotation]:
    return [a for a in copy.annotations if not a.id.startswith("footnote-")]


def test_there_are_the_article_and_the_guide() -> None:
    assert NAMES == ["russia-ukraine-2025", "welcome"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_it(name: str) -> None:
    assert [str(problem) for problem in shipped(name).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    manifest = shipped(name).manifest
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", manifest.id)
    assert all((manifest.title, manifest.authors, manifest.language, manifest.source))
    assert manifest.licence


def test_the_copies_have_ids_of_their_own() -> None:
    assert len({shipped(name).manifest.id for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_comes_back(name: str) -> None:
    copy = shipped(name)
    one_way = [
        f"{annotation.id} -> {other}"
        for annotation in copy.annotations
        for other in annotation.see
        if annotation.id not in copy.by_id[other].see
    ]
    assert one_way == []


@pytest.mark.parametrize("name", NAMES)
def test_every_annotation_says_something(name: str) -> None:
    for annotation in shipped(name).annotations:
        assert annotation.body or annotation.chart or annotation.image, annotation.id


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_annotation_is_there(name: str) -> None:
    assert {annotation.kind for annotation in authored(shipped(name))} == set(Kind)


def test_the_article_has_sixty_annotations_of_all_kinds(article: Copy) -> None:
    assert len(authored(article)) >= 60
    kinds = Counter(annotation.kind for annotation in authored(article))
    assert set(kinds) == set(Kind)
    assert kinds[Kind.QUESTION] >= 6


def test_the_article_has_eight_charts(article: Copy) -> None:
    assert sum(annotation.chart is not None for annotation in authored(article)) >= 8


def test_the_article_has_its_sections(article: Copy) -> None:
    assert len(article.text.sections) >= 11


def test_the_events_of_the_article_have_dates(article: Copy) -> None:
    assert all(a.date for a in authored(article) if a.kind is Kind.EVENT)


def test_operation_spiderweb_is_mentioned_and_linked(article: Copy) -> None:
    spiderweb = article.by_id["operation-spiderweb"]
    assert spiderweb.kind is Kind.EVENT
    assert spiderweb.date.startswith("2025-06")
    assert len(article.attachment.of(spiderweb.id)) >= 3
    assert spiderweb.see


def test_the_article_says_where_it_comes_from(article: Copy) -> None:
    source = article.manifest.source.lower()
    assert all(word in source for word in ("edition", "news analysis", "june 2025"))


@pytest.mark.skipif(not ORIGINAL.is_file(), reason="the original is not at hand")
def test_no_sentence_is_carried_over(article: Copy) -> None:
    def words_of(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower().replace("’", "'"))

    def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
        words = words_of(text)
        return set(zip(*(words[n:] for n in range(length)), strict=False))

    original = runs(ORIGINAL.read_text("utf-8"))
    ours = [article.text.string, *(f"{a.title}\n{a.body}" for a in article.annotations)]
    shared = {" ".join(run) for text in ours for run in runs(text) & original}
    assert not shared


def test_the_guide_shows_every_kind_of_block(welcome: Copy) -> None:
    shown = {block.kind for block in welcome.text.blocks}
    assert shown >= set(BlockKind) - {BlockKind.RULE}
    assert welcome.text.footnotes
