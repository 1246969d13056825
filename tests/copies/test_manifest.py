"""document.yaml: every field is read, and every mistake is named."""

from __future__ import annotations

import pytest

from reader.copies.manifest import Manifest
from reader.copies.manifest_reading import read_manifest
from reader.problems import CannotOpen, Problem

ID = "urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a"
LEAST = f"format: 1\nid: {ID}\ntitle: The Offer\ntext: article.md\n"


def read(source: str) -> tuple[Manifest, list[Problem]]:
    problems: list[Problem] = []
    return read_manifest(source, problems), problems


def test_every_field_is_read() -> None:
    source = LEAST + (
        "revision: 7\nauthors: [Ann Example, Bo]\nlanguage: no\ndate: 2025-06-30\n"
        'source: "An edition: June"\nlicence: CC BY 4.0\n'
    )
    assert read(source) == (
        Manifest(
            id=ID,
            title="The Offer",
            text_file="article.md",
            revision=7,
            authors=("Ann Example", "Bo"),
            language="no",
            date="2025-06-30",
            source="An edition: June",
            licence="CC BY 4.0",
        ),
        [],
    )


def test_what_is_not_said_is_empty_and_the_revision_the_first() -> None:
    assert read(LEAST) == (Manifest(ID, "The Offer", "article.md"), [])


@pytest.mark.parametrize("title", ["no", "1984", "1.5", "2025-06-01", "Null"])
def test_words_stay_what_the_author_typed(title: str) -> None:
    manifest, problems = read(LEAST.replace("The Offer", title))
    assert (manifest.title, problems) == (title, [])


@pytest.mark.parametrize(
    ("source", "line", "code", "message", "advice"),
    [
        (LEAST.replace("format: 1", "format: 2"), 1, "unknown-format", "“2”", "newer version"),
        (LEAST.replace("format: 1\n", ""), 1, "missing-field", "“format” is missing", "number 1"),
        (LEAST.replace("title: The Offer\n", ""), 1, "missing-field", "“title” is", "`title:`"),
        (LEAST.replace("The Offer", ""), 3, "missing-field", "“title” is empty", "words"),
        (LEAST.replace("urn:uuid:", "uuid:"), 2, "wrong-id", "cannot be a document's id", "urn:"),
        (LEAST.replace("urn:", "urn:x y"), 2, "wrong-id", "cannot be a document's id", "urn:uuid:"),
        (LEAST + "lisence: MIT", 5, "unknown-field", "“lisence”", "Did you mean “licence”?"),
        (LEAST + "title: Another", 5, "duplicate-key", "“title” stands twice", "Keep one"),
        (LEAST + "date: June", 5, "wrong-date", "“June” is not a date", "2025-06-01"),
        (LEAST + "revision: two", 5, "wrong-number", "“revision” has to be a whole", "digits"),
        (LEAST + "authors: [{a: b}]", 5, "wrong-form", "“authors” has to be a list", "[one, two]"),
        (LEAST + "source: [a]", 5, "wrong-form", "“source” has to be words", "in quotes"),
    ],
)
def test_a_mistake_is_named_and_the_rest_is_read(
    source: str, line: int, code: str, message: str, advice: str
) -> None:
    manifest, (problem,) = read(source)
    assert manifest.text_file == "article.md"
    assert (problem.file, problem.line, problem.code) == ("document.yaml", line, code)
    assert message in problem.message
    assert advice in problem.advice


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "document.yaml: The file is empty; begin it with `format:`."),
        (
            "- format: 1",
            "document.yaml: The file is a bare list; begin it with `format:` "
            "and indent the list below.",
        ),
        (
            LEAST.replace("The Offer", "The Offer: a war"),
            "document.yaml, line 3: This is not valid YAML: mapping values are not allowed in "
            "this context; put words that contain a colon in quotes.",
        ),
        (
            LEAST.replace("text: article.md", "colour: red"),
            "document.yaml does not name the text; add `text:` and the text's file name.",
        ),
        (
            LEAST.replace("article.md", ""),
            "document.yaml does not name the text; add `text:` and the text's file name.",
        ),
        (
            LEAST.replace("article.md", "[a.md, b.md]"),
            "document.yaml does not name the text; add `text:` and the text's file name.",
        ),
        (
            LEAST.replace(f"id: {ID}\n", ""),
            "document.yaml gives the text no id; add `id: urn:uuid:` and a UUID.",
        ),
        (
            "id:\ntext:\n",
            "document.yaml does not name the text; add `text:` and the text's file name.",
        ),
    ],
)
def test_a_document_that_names_no_text_says_so_in_one_sentence(source: str, sentence: str) -> None:
    with pytest.raises(CannotOpen) as error:
        read(source)
    assert str(error.value) == sentence
