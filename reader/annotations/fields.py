"""The fields of document.yaml and annotations.yaml, declared once.

The readers of both files, their checks and the author's reference go by these
tables.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what form its value takes, and what it is for, in a sentence."""

    form: str
    about: str
    required: bool = False


Fields = dict[str, Field]

DOCUMENT: Fields = {
    "format": Field("the number 1", "The version of this file format.", required=True),
    "id": Field("urn:uuid:…", "The text's name for ever, the same in every revision.", True),
    "derived-from": Field("urn:uuid:…", "The id of the text that this one was made from."),
    "revision": Field("a whole number", "Counts the author's revisions, from 1."),
    "title": Field("words", "The text's title.", required=True),
    "authors": Field("a list of names", "Who wrote the text."),
    "language": Field("a language tag such as en or uk", "The language of the text."),
    "date": Field("a date", "When the text was published."),
    "source": Field("a line", "Where the text comes from."),
    "licence": Field("a line", "On what terms it may be passed on."),
    "text": Field("a file name", "The file with the text, Markdown or plain.", required=True),
}

ANNOTATIONS: Fields = {
    "annotations": Field("a list of annotations", "All that hangs on the text.", required=True),
}

ANNOTATION: Fields = {
    "id": Field("letters, digits, - and _", "Its name, to be linked to.", required=True),
    "kind": Field("one of the eight kinds", "What it is.", required=True),
    "title": Field("words", "What its card is headed."),
    "date": Field("YYYY, YYYY-MM or YYYY-MM-DD", "When it happened, or began."),
    "until": Field("YYYY, YYYY-MM or YYYY-MM-DD", "When it ended."),
    "terms": Field("a list of words", "Words that lead here wherever they stand."),
    "target": Field("a quote, a list of them, or `text`", "The passage it belongs to."),
    "body": Field("Markdown", "What the card says."),
    "see": Field("a list of ids", "Annotations to look at next."),
    "chart": Field("a chart", "Numbers to draw."),
    "image": Field("an image", "A picture of the copy."),
}

TARGET: Fields = {
    "exact": Field("words", "The words themselves, as the reader sees them.", required=True),
    "prefix": Field("words", "What stands just before."),
    "suffix": Field("words", "What stands just after."),
    "start": Field("a whole number", "The code point at which the words begin."),
    "end": Field("a whole number", "The code point at which they end."),
}

CHART: Fields = {
    "kind": Field("bars, share or line", "How it is drawn.", required=True),
    "title": Field("words", "What is counted."),
    "unit": Field("words", "What the numbers are in."),
    "values": Field("labels with numbers", "The numbers, in order.", required=True),
}

IMAGE: Fields = {
    "file": Field("a path inside the copy", "The picture.", required=True),
    "alt": Field("words", "What it shows, for those who cannot see it.", required=True),
    "caption": Field("words", "What stands below it."),
}
