"""What a person reads of a problem."""

from __future__ import annotations

import pytest

from reader.problems import Problem, quoted


def test_a_problem_is_one_line_with_its_place() -> None:
    problem = Problem("annotations.yaml", 3, "wrong-date", "“x” is not a date.", "Write a year.")
    assert str(problem) == "annotations.yaml:3: “x” is not a date. Write a year."


def test_a_problem_with_the_whole_file_names_no_line() -> None:
    assert str(Problem("a.yaml", 0, "yaml", "The file is empty.")) == "a.yaml: The file is empty."


def test_a_problem_can_be_said_in_one_sentence() -> None:
    problem = Problem("document.yaml", 2, "yaml", "Tabs are not allowed.", "Use spaces.")
    assert problem.sentence == "document.yaml, line 2: Tabs are not allowed; use spaces."
    assert Problem("a.yaml", 0, "x", "It is empty.").sentence == "a.yaml: It is empty."


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Kyiv", "“Kyiv”"),
        ("one\n  two\tthree\u00a0four", "“one two three four”"),
        ("red \x1b[31m\u202etxt", "“red \ufffd[31m\ufffdtxt”"),
        ("नमस्ते 👩‍🚀", "“नमस्ते 👩‍🚀”"),
        ("x" * 60, f"“{'x' * 60}”"),
        ("x" * 61, f"“{'x' * 59}…”"),
        ("x" * 10**6, f"“{'x' * 59}…”"),
        ("", "“”"),
    ],
)
def test_quoted_words_are_short_and_on_one_line(words: str, shown: str) -> None:
    assert quoted(words) == shown
