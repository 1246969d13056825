"""The fields of document.yaml and annotations.yaml, declared once.

The readers of both files, their checks and the author's reference go by these
tables: `make guides` writes docs/guide/authors-reference.md from them.
"""

from __future__ import annotations

from typing import NamedTuple

FILE = "annotations.yaml"


class Field(NamedTuple):
    """One field: what form its value takes, and what it is for, in a sentence.

    `example` is a value as it is written in YAML; `limit` says what else has to hold, `default`
    what counts when the field is left out, where that is not simply nothing.
    """

    form: str
    about: str
    required: bool = False
    example: str = ""
    limit: str = ""
    default: str = ""


Fields = dict[str, Field]

_DATE = "YYYY, YYYY-MM or YYYY-MM-DD"

DOCUMENT: Fields = {
    "format": Field("the number 1", "The version of this file format.", True, "1"),
    "id": Field(
        "urn:uuid:…",
        "The text's name for ever, the same in every revision.",
        True,
        "urn:uuid:0d4bd39c-4fd5-4b2b-9f0a-3f1e0a6c7c11",
        limit="A UUID of your own for every text; the window makes one.",
    ),
    "derived-from": Field(
        "urn:uuid:…",
        "The id of the text that this one was made from.",
        example="urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a",
    ),
    "revision": Field(
        "a whole number", "Counts the author's revisions, from 1.", example="2", default="1"
    ),
    "title": Field("words", "The text's title.", True, "The Harbour at Low Tide"),
    "authors": Field("a list of names", "Who wrote the text.", example="[A. Author, B. Author]"),
    "language": Field("a language tag such as en or uk", "The language of the text.", example="en"),
    "date": Field(_DATE, "When the text was published.", example="2025-06-09"),
    "source": Field("a line", "Where the text comes from.", example="A newspaper, page 3"),
    "licence": Field("a line", "On what terms it may be passed on.", example="CC BY 4.0"),
    "text": Field(
        "a file name",
        "The file with the text, Markdown or plain.",
        True,
        "article.md",
        limit="A file of the copy's own folder.",
    ),
}

ANNOTATIONS: Fields = {
    "annotations": Field("a list of annotations", "All that hangs on the text.", required=True),
}

ANNOTATION: Fields = {
    "id": Field(
        "letters, digits, - and _",
        "Its name, to be linked to.",
        True,
        "low-tide",
        limit="200 letters; each id once in the file.",
    ),
    "kind": Field("one of the eight kinds", "What it is.", True, "definition"),
    "title": Field(
        "words",
        "What its card is headed.",
        example="Low tide",
        default="The first term, or else the id in words.",
    ),
    "date": Field(_DATE, "When it happened, or began.", example="1903-05"),
    "until": Field(_DATE, "When it ended.", example="1905"),
    "terms": Field(
        "a list of words",
        "Words that lead here wherever they stand.",
        example='[low tide, "i:ebb"]',
        limit="200 letters each.",
    ),
    "target": Field(
        "a quote, a list of them, or `text`",
        "The passage it belongs to.",
        example='{exact: "at low tide", suffix: " the quay"}',
        limit="2,000 in a file.",
    ),
    "body": Field("Markdown", "What the card says.", example="The sea at its *lowest*."),
    "see": Field(
        "a list of ids",
        "Annotations to look at next.",
        example="[quay]",
        limit="Ids of the same file.",
    ),
    "chart": Field(
        "a chart",
        "Numbers to draw.",
        example="{kind: bars, unit: metres, values: {spring: 6.2, neap: 3.1}}",
    ),
    "image": Field(
        "an image",
        "A picture of the copy.",
        example="{file: figures/tide.svg, alt: A curve that rises and falls twice a day}",
    ),
}

TARGET: Fields = {
    "exact": Field(
        "words", "The words themselves, as the reader sees them.", True, '"at low tide"'
    ),
    "prefix": Field("words", "What stands just before.", example='"walks "'),
    "suffix": Field("words", "What stands just after.", example='" the quay"'),
    "start": Field("a whole number", "The code point at which the words begin.", example="812"),
    "end": Field("a whole number", "The code point at which they end.", example="823"),
}

CHART: Fields = {
    "kind": Field("bars, share or line", "How it is drawn.", True, "bars"),
    "title": Field("words", "What is counted.", example="Height of the water"),
    "unit": Field("words", "What the numbers are in.", example="metres"),
    "values": Field(
        "labels with numbers",
        "The numbers, in order.",
        True,
        "{spring: 6.2, neap: 3.1}",
        limit="200 at most; a share is not negative.",
    ),
}

IMAGE: Fields = {
    "file": Field(
        "a path inside the copy",
        "The picture.",
        True,
        "figures/tide.svg",
        limit="SVG, PNG, JPEG or WebP; 40 million pixels.",
    ),
    "alt": Field(
        "words",
        "What it shows, for those who cannot see it.",
        True,
        "A curve that rises and falls twice a day",
    ),
    "caption": Field("words", "What stands below it.", example="The tides of one day"),
}
