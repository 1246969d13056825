"""Our JSON-LD held against the Web Annotation Data Model (W3C Recommendation, 2017-02-23)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.copies.layer_writing import layer_bytes
from reader.copies.layers import layer_of
from reader.exchange.notebook import Notebook
from reader.exchange.web_annotations import jsonld_of

# Section 3.3.5 and the vocabulary's instances of oa:Motivation.
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
# What the model defines for an Annotation: sections 3.1, 3.3 and 4.4.
PROPERTIES = {
    "@context", "id", "type", "body", "bodyValue", "target", "creator", "created", "generator",
    "generated", "modified", "audience", "accessibility", "motivation", "rights", "canonical",
    "via", "stylesheet",
}  # fmt: skip


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(urlsplit(value).scheme) and not re.search(r"\s", value)


def is_moment(value: Any) -> bool:
    """xsd:dateTime with a time zone, as section 3.3.1 wants it."""
    return (
        isinstance(value, str)
        and bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))
        and bool(datetime.fromisoformat(value))
    )


def check_agent(agent: Any) -> None:
    """Section 3.3.2."""
    assert agent["type"] in ("Person", "Organization", "Software")
    assert isinstance(agent["name"], str)
    assert "id" not in agent or is_iri(agent["id"])


def check_body(body: Any) -> None:
    """A TextualBody, section 3.2.4."""
    assert body["type"] == "TextualBody"
    assert isinstance(body["value"], str)
    assert body["purpose"] in MOTIVATIONS
    assert re.fullmatch(r"[a-z]+/[a-z+-]+", body.get("format", "text/plain"))


def check_selector(selector: Any) -> None:
    """Sections 4.2.4 and 4.2.5."""
    if selector["type"] == "TextQuoteSelector":
        assert all(isinstance(selector[key], str) for key in ("exact", "prefix", "suffix"))
    else:
        assert selector["type"] == "TextPositionSelector"
        start, end = selector["start"], selector["end"]
        assert type(start) is type(end) is int
        assert 0 <= start <= end


def check_target(target: Any, stylesheet: str) -> None:
    """A SpecificResource, section 4; its style class is in the stylesheet, section 4.4."""
    if isinstance(target, str):
        assert is_iri(target)
        return
    assert target["type"] == "SpecificResource"
    assert is_iri(target["source"])
    assert target["selector"]
    for selector in target["selector"]:
        check_selector(selector)
    assert stylesheet.startswith(f".{target['styleClass']} {{")


def check_annotation(annotation: Any) -> None:
    """Section 3."""
    assert set(annotation) <= PROPERTIES
    assert is_iri(annotation["id"])
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] in MOTIVATIONS
    for name in ("created", "modified"):
        assert name not in annotation or is_moment(annotation[name])
    if "creator" in annotation:
        check_agent(annotation["creator"])
    for body in annotation.get("body", []):
        check_body(body)
    assert annotation["stylesheet"]["type"] == "CssStylesheet"
    targets = annotation["target"]
    for target in targets if isinstance(targets, list) else [targets]:
        check_target(target, annotation["stylesheet"]["value"])


def check_page(page: Any) -> None:
    """Sections 5.1 and 5.2."""
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert is_iri(page["id"])
    assert page["type"] == "AnnotationPage"
    assert page["startIndex"] == 0
    collection = page["partOf"]
    assert is_iri(collection["id"])
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(page["items"])
    assert collection["first"] == page["id"] != collection["id"]
    assert isinstance(collection["label"], str)
    check_agent(collection["generator"])
    for annotation in page["items"]:
        check_annotation(annotation)
    ids = [annotation["id"] for annotation in page["items"]]
    assert len(ids) == len(set(ids))


@pytest.fixture
def book(mark: Any, notebook: Any) -> Notebook:
    made: Notebook = notebook(
        mark("tide rises", 1, note="Is *this* so?", tags=("essay", "to do"), creator="Ms Smith"),
        mark("harbour lies", 2, color=Color.BLUE, underline=True),
        mark("slack water", 3, kind=MarkKind.ANSWER, note="Less current.", answers="why"),
        mark("outer buoy", 4, kind=MarkKind.BOOKMARK, created="", modified=""),
        Mark("urn:uuid:5", MarkKind.NOTE, Selector("gone \ud800", start=900, end=906), note="x"),
    )
    return made


def items(book: Notebook) -> dict[str, Any]:
    page = json.loads(jsonld_of(book))
    return {item["id"][-1]: item for item in page["items"]}


def test_the_page_and_all_in_it_are_what_the_model_asks_for(book: Notebook) -> None:
    text = jsonld_of(book)
    check_page(json.loads(text))
    assert text.encode("utf-8")
    assert jsonld_of(book) == text


def test_a_layer_of_a_copy_is_such_a_page_and_names_its_creator(book: Notebook) -> None:
    layer = layer_of("Group B", "Teacher", [entry.mark for entry in book.entries])
    data = layer_bytes(layer, book.document.id)
    page = json.loads(data)
    check_page(page)
    check_agent(page["partOf"]["creator"])
    assert (page["partOf"]["label"], page["partOf"]["creator"]["name"]) == ("Group B", "Teacher")
    assert {item["creator"]["name"] for item in page["items"]} == {"Teacher", "Ms Smith"}
    assert page["id"] != json.loads(jsonld_of(book))["id"]
    assert layer_bytes(layer, book.document.id) == data


def test_a_notebook_without_marks_is_a_page_too(notebook: Any) -> None:
    check_page(json.loads(jsonld_of(notebook())))


def test_kinds_are_motivations(book: Notebook) -> None:
    assert {key: item["motivation"] for key, item in items(book).items()} == {
        "1": "commenting",
        "2": "highlighting",
        "3": "replying",
        "4": "bookmarking",
        "5": "commenting",
    }


def test_positions_are_code_points(make_copy: Any, mark: Any, notebook: Any) -> None:
    on = make_copy("# 𝒜\n\nAn 𝒜 and a word 🙂🙂 here.\n")
    [item] = json.loads(jsonld_of(notebook(mark("here", on=on), on=on)))["items"]
    quote, position = item["target"]["selector"]
    string = on.text.string
    assert string[position["start"] : position["end"]] == quote["exact"] == "here"
    assert string.startswith(quote["exact"] + quote["suffix"], position["start"])
    assert string.endswith(quote["prefix"], 0, position["start"])


def test_bodies_are_the_note_and_the_tags(book: Notebook) -> None:
    assert items(book)["1"]["body"] == [
        {
            "type": "TextualBody",
            "value": "Is *this* so?",
            "purpose": "commenting",
            "format": "text/markdown",
        },
        {"type": "TextualBody", "value": "essay", "purpose": "tagging"},
        {"type": "TextualBody", "value": "to do", "purpose": "tagging"},
    ]
    assert "body" not in items(book)["2"]


def test_colour_and_underline_are_a_style(book: Notebook) -> None:
    item = items(book)["2"]
    assert item["target"]["styleClass"] == "blue-underline"
    assert item["stylesheet"]["value"] == ".blue-underline { text-decoration: underline #cbe1f7 }"


def test_an_answer_has_its_question_for_another_target(book: Notebook) -> None:
    passage, question = items(book)["3"]["target"]
    assert passage["selector"][0]["exact"] == "slack water"
    assert question == "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11#why"


def test_who_and_when_are_told_as_far_as_they_are_known(book: Notebook) -> None:
    first, fourth = items(book)["1"], items(book)["4"]
    assert first["creator"] == {"type": "Person", "name": "Ms Smith"}
    assert first["created"] == "2025-03-04T05:06:07Z"
    assert not {"creator", "created", "modified"} & set(fourth)


def test_a_mark_that_moved_is_told_where_it_stands_now(mark: Any, notebook: Any) -> None:
    made = mark("tide rises")
    moved = Mark(made.id, made.kind, Selector("tide rises", "far from ", " twice", 3, 13))
    selectors = json.loads(jsonld_of(notebook(moved)))["items"][0]["target"]["selector"]
    assert selectors[1]["start"] == made.selector.start
    assert selectors[0]["prefix"] == made.selector.prefix
