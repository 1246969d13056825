"""Our annotation sets held against what Readium's format asks for and Thorium checks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest

from reader.annotations.marks import Color, MarkKind
from reader.exchange.notebook import Notebook
from reader.exchange.readium import annotation_set_of

COLORS = {"pink", "orange", "yellow", "green", "blue", "purple"}
HIGHLIGHTS = {"solid", "underline", "strikethrough", "outline"}


def check_set(value: Any) -> None:
    """The required properties and the types of github.com/readium/annotations."""
    assert value["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert value["id"].startswith("urn:uuid:")
    assert value["type"] == "AnnotationSet"
    assert value["generator"]["type"] == "Software"
    assert {"id", "name"} <= set(value["generator"])
    assert all(isinstance(each, str) for each in value["about"]["dc:identifier"])
    assert all(isinstance(each, str) for each in value["about"]["dc:creator"])
    assert len(value["about"]["dc:date"]) == 4
    for item in value["items"]:
        check_item(item)


def check_item(item: Any) -> None:
    assert item["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert item["id"].startswith("urn:uuid:")
    assert item["type"] == "Annotation"
    assert item.get("motivation", "bookmarking") == "bookmarking"
    assert item["created"].endswith("Z")
    if "creator" in item:
        assert item["creator"]["type"] == "Person"
        assert item["creator"]["id"].startswith("urn:uuid:")
    body = item["body"]
    assert body["type"] == "TextualBody"
    assert isinstance(body["value"], str)
    assert body["color"] in COLORS
    assert body["highlight"] in HIGHLIGHTS
    assert isinstance(item["target"]["source"], str)
    for heading in item["target"]["meta"]["headings"]:
        assert type(heading["level"]) is int
        assert isinstance(heading["txt"], str)
    kinds = [selector["type"] for selector in item["target"]["selector"]]
    assert kinds == ["TextQuoteSelector", "TextPositionSelector", "ProgressionSelector"]
    assert all(isinstance(item["target"]["selector"][0][k], str) for k in ("prefix", "suffix"))
    assert 0 <= item["target"]["selector"][2]["value"] <= 1


@pytest.fixture
def book(mark: Any, notebook: Any) -> Notebook:
    made: Notebook = notebook(
        mark("range is largest", 1, note="Why?", tags=("a", "b"), creator="Ms Smith"),
        mark("harbour lies", 2, color=Color.PURPLE, underline=True),
        mark("outer buoy", 3, kind=MarkKind.BOOKMARK, created="", modified=""),
    )
    return made


def test_the_set_and_all_in_it_are_what_thorium_reads(book: Notebook) -> None:
    text = annotation_set_of(book)
    check_set(json.loads(text))
    assert annotation_set_of(book) == text


def test_an_item_tells_note_look_tags_and_place(book: Notebook) -> None:
    items = {item["id"][-1]: item for item in json.loads(annotation_set_of(book))["items"]}
    body = items["1"]["body"]
    assert (body["value"], body["tags"], body["tag"]) == ("Why?", ["a", "b"], "a")
    assert unquote(items["1"]["target"]["source"]) == "article.md"
    assert [h["txt"] for h in items["1"]["target"]["meta"]["headings"]] == [
        "Tides",
        "Spring tides",
    ]
    assert items["2"]["body"]["color"] == "purple"
    assert items["2"]["body"]["highlight"] == "underline"
    assert items["3"]["motivation"] == "bookmarking"
    assert "motivation" not in items["1"]
