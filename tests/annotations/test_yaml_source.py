"""YAML that is refused: said with its line, and without taking long or falling over."""

from __future__ import annotations

import pytest

from reader.annotations import fields
from reader.annotations.yaml_source import read_yaml
from reader.problems import Problem

LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(20)
)


def refusal(source: str) -> Problem:
    problems: list[Problem] = []
    assert read_yaml(source, "annotations.yaml", fields.ANNOTATIONS, problems) is None
    (problem,) = problems
    assert (problem.file, problem.code) == ("annotations.yaml", "yaml")
    return problem


@pytest.mark.parametrize(
    ("source", "line", "message", "advice"),
    [
        ("", 0, "The file is empty.", "Begin it with `annotations:`."),
        ("# only a comment\n", 0, "The file is empty.", "Begin it with `annotations:`."),
        ("- id: a\n", 0, "a bare list", "Begin it with `annotations:` and indent"),
        ("only words", 0, "words without a field's name", "Begin it with `annotations:`"),
        ("annotations: []\n---\nannotations: []", 2, "A second YAML document", "Remove the line"),
        ("a: 1\nb: &x 2", 2, "anchors (&) and aliases (*)", "in quotes"),
        ("a: 1\nb: *x", 2, "anchors (&) and aliases (*)", "in quotes"),
        ("a: 1\nb: !x 2", 2, "tags (!) are not allowed", "begin with ! in quotes"),
        ("a: !!python/object/apply:os.abort []", 1, "tags (!)", "in quotes"),
        (LAUGHS, 1, "anchors (&) and aliases (*)", "in quotes"),
        ("annotations:\n  - id: a\n    title: one: two", 3, "mapping values", "a colon in quotes"),
        ("annotations:\n\t- id: a", 2, "cannot start any token", "spaces, not tabs"),
        ("annotations:\n  - id: a\n\tkind: b", 3, "tab", "spaces, not tabs"),
        ("annotations:\n  - unit: %", 2, "cannot start any token", "special characters in quotes"),
        ("annotations:\n  - a: 'x\n  - b: c\n", 2, "never ends", "Close it with the quote"),
        ('annotations:\n  - a: "x\n  - b: c\n', 2, "never ends", "Close it with the quote"),
        ("a:\n  - [1, 2\nb: 3", 3, "not valid YAML", "Close the bracket that opens on line 2"),
        ("a:\n  b: 1\n c: 2", 3, "not valid YAML", "indentation"),
        ("annotations:\n  - id: a\0", 2, "(U+0000)", "Delete it."),
        ("annotations:\n\n  - id: \a", 3, "(U+0007)", "Delete it."),
        ("annotations:\n  - id: a\ufeff", 2, "(U+FEFF)", "Delete it."),
        ("annotations: \ud800", 1, "(U+D800)", "Delete it."),
    ],
)
def test_a_refusal_names_the_line_and_what_to_do(
    source: str, line: int, message: str, advice: str
) -> None:
    problem = refusal(source)
    assert problem.line == line
    assert message in problem.message
    assert advice in problem.advice


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("[" * 100_000, 1),
        ("{" * 100_000, 1),
        ("- " * 100_000, 1),
        ("? " * 100_000, 1),
        ("annotations: " + "[" * 100_000, 1),
        ("annotations: " + "{a: " * 100_000, 1),
        ("\n".join(" " * depth + "a:" for depth in range(2000)), 65),
        ("\n".join(" " * depth + "-" for depth in range(2000)), 65),
    ],
    ids=["lists", "mappings", "bullets", "keys", "list", "mapping", "indented", "indented bullets"],
)
def test_deep_nesting_is_refused(source: str, line: int) -> None:
    problem = refusal(source)
    assert (problem.line, problem.message) == (line, "This is nested too deeply.")


def test_nesting_that_a_person_writes_is_read() -> None:
    problems: list[Problem] = []
    source = "annotations: " + "[" * 60 + "]" * 60
    assert read_yaml(source, "annotations.yaml", fields.ANNOTATIONS, problems)
    assert problems == []


@pytest.mark.parametrize("before", ["", "? "])
def test_a_key_of_a_megabyte_costs_one_short_message(before: str) -> None:
    problems: list[Problem] = []
    source = f"annotations: []\n{before}{'k' * 2**20}\n: v\n"
    read_yaml(source, "annotations.yaml", fields.ANNOTATIONS, problems)
    (problem,) = problems
    assert problem.line == 2 or problem.code == "yaml"
    assert len(str(problem)) < 300


def test_a_million_characters_of_brackets_and_commas_end() -> None:
    problems: list[Problem] = []
    source = "annotations: [" + "," * 200_000
    assert read_yaml(source, "annotations.yaml", fields.ANNOTATIONS, problems) is None
    assert [problem.code for problem in problems] == ["yaml"]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_lines_are_counted_whatever_ends_them(newline: str) -> None:
    assert refusal(newline.join(["a: 1", "b: 2", "c: &x 3"])).line == 3
