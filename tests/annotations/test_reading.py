"""annotations.yaml: every field is read, and every mistake is named with its line."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind
from reader.annotations.reading import read_annotations
from reader.annotations.selectors import Selector
from reader.problems import Problem

EVERYTHING = """\
annotations:
  - id: operation-spiderweb
    kind: event
    title: Operation Spiderweb
    date: 2025-06-01
    until: 2025-06-02
    terms: [Operation Spiderweb, "i:spiderweb"]
    target:
      exact: struck several air bases
      prefix: "drones, "
      suffix: " on one day"
      start: 120
      end: 144
    body: |
      Launched from **lorries**: far inside.

      A second paragraph.
    see: [bomber-share, strategic-bombers]
    chart: {kind: share, title: Bombers, unit: "% of the fleet", values: {hit: 33.5, other: 66.5}}
    image: {file: figures/map.svg, alt: A map., caption: The bases.}
"""


def read(source: str) -> list[Annotation]:
    result = read_annotations(source)
    assert result.problems == []
    return result.annotations


def entry(fields: str, *, others: str = "") -> str:
    """A file whose one entry, from line 2, is a person; `fields` stand from line 4."""
    return f"annotations:\n  - id: a\n    kind: person\n    {fields}\n{others}"


def problem_in(source: str) -> Problem:
    (problem,) = read_annotations(source).problems
    return problem


def test_every_field_is_read() -> None:
    assert read(EVERYTHING) == [
        Annotation(
            id="operation-spiderweb",
            kind=Kind.EVENT,
            title="Operation Spiderweb",
            body="Launched from **lorries**: far inside.\n\nA second paragraph.",
            terms=("Operation Spiderweb", "i:spiderweb"),
            targets=(Selector("struck several air bases", "drones, ", " on one day", 120, 144),),
            see=("bomber-share", "strategic-bombers"),
            date="2025-06-01",
            until="2025-06-02",
            chart=Chart(
                ChartKind.SHARE, (("hit", 33.5), ("other", 66.5)), "% of the fleet", "Bombers"
            ),
            image=Image("figures/map.svg", "A map.", "The bases."),
        )
    ]


def test_the_lines_of_the_fields_are_known() -> None:
    lines = read_annotations(EVERYTHING).lines
    names = ("id", "terms", "target", "body", "see", "image")
    assert [lines["operation-spiderweb", name] for name in names] == [2, 7, 9, 14, 18, 20]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_read(kind: Kind) -> None:
    (annotation,) = read(f"annotations: [{{id: a, kind: {kind.value}, title: T}}]")
    assert annotation.kind is kind


@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_kind_of_chart_is_read(kind: ChartKind) -> None:
    (annotation,) = read(entry(f"chart: {{kind: {kind.value}, values: {{a: 1, b: 2.5e1}}}}"))
    assert annotation.chart == Chart(kind, (("a", 1.0), ("b", 25.0)))


@pytest.mark.parametrize(
    ("fields", "targets"),
    [
        ("target: {exact: one}", (Selector("one"),)),
        ("target: [{exact: one}, {exact: two}]", (Selector("one"), Selector("two"))),
        ('target: {exact: " one ", prefix: " a "}', (Selector("one", " a "),)),
        ("target: text", ()),
    ],
)
def test_a_target_has_three_forms(fields: str, targets: tuple[Selector, ...]) -> None:
    (annotation,) = read(entry(fields))
    assert annotation.targets == targets
    assert annotation.whole_text is (fields == "target: text")


@pytest.mark.parametrize(
    "words",
    ["no", "yes", "on", "1.5", "2025", "0x1F", "1_000", "12:30:45", "2025-06-01", "Null", "true"],
)
def test_words_stay_what_the_author_typed(words: str) -> None:
    (annotation,) = read(entry(f"title: {words}\n    terms: [{words}]\n    body: {words}"))
    assert (annotation.title, annotation.terms, annotation.body) == (words, (words,), words)


@pytest.mark.parametrize("words", ["null", "~", "no"])
def test_words_in_quotes_are_words(words: str) -> None:
    (annotation,) = read(entry(f"title: '{words}'\n    body: \"{words}\""))
    assert (annotation.title, annotation.body) == (words, words)


def test_labels_of_a_chart_stay_what_the_author_typed() -> None:
    (annotation,) = read(entry("chart: {kind: line, values: {2024: 1, 2025-06: 2, no: 3}}"))
    assert annotation.chart is not None
    assert annotation.chart.values == (("2024", 1.0), ("2025-06", 2.0), ("no", 3.0))


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_field_with_nothing_in_it_is_absent(nothing: str) -> None:
    (annotation,) = read(
        entry(f"body: {nothing}\n    see: {nothing}\n    chart: {nothing}\n    date: {nothing}")
    )
    assert annotation == Annotation("a", Kind.PERSON, "A")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title: Given", "Given"),
        ("terms: [First Term, Second]", "First Term"),
        ('terms: ["i:any case"]', "any case"),
        ("body: x", "A"),
    ],
)
def test_an_entry_without_a_title_gets_one(fields: str, title: str) -> None:
    (annotation,) = read(entry(fields))
    assert annotation.title == title


def test_a_single_word_counts_as_a_list() -> None:
    (annotation,) = read(entry("terms: Kyiv\n    see: b"))
    assert (annotation.terms, annotation.see) == (("Kyiv",), ("b",))


def test_what_is_said_twice_in_a_list_counts_once() -> None:
    (annotation,) = read(entry("terms: [b, a, b]\n    see: [y, x, y]"))
    assert (annotation.terms, annotation.see) == (("b", "a"), ("y", "x"))


def test_an_empty_list_is_no_mistake() -> None:
    assert read("annotations: []") == []


@pytest.mark.parametrize("date", ["2025", "2025-06", "2025-06-30", "2024-02-29", "0001-01-01"])
def test_a_date_is_a_year_a_month_or_a_day(date: str) -> None:
    (annotation,) = read(entry(f"date: {date}"))
    assert annotation.date == date


@pytest.mark.parametrize(
    ("source", "line", "code", "message", "advice"),
    [
        # What an entry is.
        (
            "annotations:\n  - id: a\n    kind: persn",
            3,
            "unknown-kind",
            "“persn” is no kind",
            "definition, person, place, organisation, event, figure, reference, question",
        ),
        (
            "annotations:\n  - id: a\n    kind: person\n  - kind: place\n    id: a",
            5,
            "duplicate-id",
            "“a” is taken already, on line 2",
            "Choose another",
        ),
        (entry("title: x\n    title: y"), 5, "duplicate-key", "“title” stands twice", "Keep one"),
        (entry("titel: x"), 4, "unknown-field", "“titel” is not known", "Did you mean “title”?"),
        (entry("zzz: x"), 4, "unknown-field", "“zzz” is not known", "Known are id, kind, title"),
        (entry("? [a, b]\n    : c"), 4, "wrong-form", "field's name has to be words", "`name: …`"),
        ("annotations:\n  - kind: person", 2, "missing-field", "“id” is missing", "Add `id:`"),
        ("annotations:\n  - id: a", 2, "missing-field", "“kind” is missing", "Add `kind:`"),
        (
            "annotations:\n  - kind: place\n    id:",
            3,
            "missing-field",
            "“id” is empty",
            "Give it letters, digits, - and _.",
        ),
        ("annotations:", 1, "missing-field", "“annotations” is empty", "a list of annotations"),
        ("notes: []\nannotations: []", 1, "unknown-field", "“notes”", "Known are annotations"),
        (
            "annotations:\n  - {id: a b, kind: person}",
            2,
            "wrong-id",
            "“a b” cannot be an id",
            "Use letters, digits, - and _ only",
        ),
        (
            "annotations:\n  - just words\n",
            2,
            "wrong-form",
            "An entry of “annotations” has to have fields",
            "`id: …`",
        ),
        # Words and lists of them.
        (entry("title: [x, y]"), 4, "wrong-form", "“title” has to be words", "in quotes"),
        (entry("body: {a: b}"), 4, "wrong-form", "“body” has to be words", "in quotes"),
        (
            entry("terms:\n      - good\n      - {a: b}"),
            6,
            "wrong-form",
            "“terms” has to be a list of words",
            "`terms: [one, two]`",
        ),
        (entry('see: [x, ""]'), 4, "wrong-form", "“see” has to be a list of words", "`see: ["),
        # Dates.
        *(
            (entry(f"date: {wrong}"), 4, "wrong-date", f"“{wrong}” is not a date", "2025-06-01")
            for wrong in [
                "2025-6-1",
                "1 June 2025",
                "2025-02-30",
                "2025-13",
                "0000",
                "25",
                "2025-06-01T12:00",
                "٢٠٢٥",
            ]
        ),
        (entry("until: soon"), 4, "wrong-date", "“soon” is not a date", "Write a year"),
        # Targets.
        (
            entry("target: some words"),
            4,
            "wrong-form",
            "An entry of “target” has to have fields",
            "`exact: …`",
        ),
        (entry("target: {prefix: x}"), 4, "missing-field", "“exact” is missing", "Add `exact:`"),
        (entry('target: {exact: " "}'), 4, "missing-field", "“exact” is empty", "Give it words"),
        *(
            (
                entry(f"target:\n      exact: x\n      start: {wrong}"),
                6,
                "wrong-number",
                f"“start” has to be a whole number, not “{wrong}”",
                "digits only",
            )
            for wrong in ["-1", "1.5", "ten", "1e3", "9999999999999", "²", "١"]
        ),
        # Charts.
        (
            entry("chart:\n      kind: pie\n      values: {a: 1}"),
            5,
            "unknown-kind",
            "“pie” is no kind",
            "Use one of bars, share, line",
        ),
        (entry("chart: {kind: bars}"), 4, "missing-field", "“values” is missing", "Add `values:`"),
        (
            entry("chart: {kind: bars, values: {}}"),
            4,
            "missing-field",
            "“values” is empty",
            "Give it labels with numbers",
        ),
        (
            entry("chart: {kind: bars, values: [1, 2]}"),
            4,
            "wrong-form",
            "“values” has to be labels with numbers",
            "{first: 1, second: 2}",
        ),
        *(
            (
                entry(f"chart:\n      kind: bars\n      values:\n        a: 1\n        b: {wrong}"),
                8,
                "wrong-number",
                f"“{wrong}” (of “b”) is not a number",
                "say the unit in `unit`",
            )
            for wrong in ["33%", "1,5", "many", ".inf", "nan", "1e999"]
        ),
        (
            entry("chart: {kind: bars, values: {a: [1, 2], b: 3}}"),
            4,
            "wrong-number",
            "What it holds (of “a”) is not a number",
            "Write it with digits",
        ),
        (
            entry("chart: {kind: bars, values: {a: 1, a: 2}}"),
            4,
            "duplicate-key",
            "“a” stands twice",
            "Keep one",
        ),
        (
            entry("chart: {kind: bars, values: {[a]: 1, b: 2}}"),
            4,
            "wrong-form",
            "A label has to be words",
            "in quotes",
        ),
        (
            entry("chart: {kind: share, values: {a: -1, b: 2}}"),
            4,
            "wrong-number",
            "A share cannot be negative",
            "Use bars",
        ),
        (
            entry(
                f"chart: {{kind: line, values: {{{', '.join(f'v{n}: 1' for n in range(201))}}}}}"
            ),
            4,
            "too-much",
            "A chart of 201 values",
            "Keep to 200",
        ),
        (
            entry("chart: [{kind: bars, values: {a: 1}}, {kind: line, values: {a: 2}}]"),
            4,
            "wrong-form",
            "There can be one “chart” only",
            "Keep the first",
        ),
        # Images.
        (entry("image: {alt: x}"), 4, "missing-field", "“file” is missing", "a path inside"),
        (entry("image: {file: x.png}"), 4, "missing-field", "“alt” is missing", "Add `alt:`"),
        (entry('image: {file: x.png, alt: " "}'), 4, "missing-field", "“alt” is empty", "words"),
        (entry("image: x.png"), 4, "wrong-form", "An entry of “image” has to", "`file: …`"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    source: str, line: int, code: str, message: str, advice: str
) -> None:
    problem = problem_in(source)
    assert (problem.file, problem.line, problem.code) == ("annotations.yaml", line, code)
    assert message in problem.message
    assert advice in problem.advice


@pytest.mark.parametrize(
    "bad",
    [
        "just words",
        "[a, list]",
        "{}",
        "{id: bad}",
        "{kind: person}",
        "{id: bad, kind: nonsense}",
        "{id: b d, kind: person}",
        "{id: first, kind: person}",
        "{id: [x], kind: person}",
        "{id: bad, kind: {a: b}}",
        "",
    ],
)
def test_one_bad_entry_never_hides_the_others(bad: str) -> None:
    result = read_annotations(
        f"annotations:\n  - {{id: first, kind: person}}\n  - {bad}\n  - {{id: last, kind: place}}\n"
    )
    assert [annotation.id for annotation in result.annotations] == ["first", "last"]
    assert {problem.line for problem in result.problems} == {3}


@pytest.mark.parametrize(
    "bad",
    [
        "date: never",
        "title: [a]",
        "terms: {a: b}",
        "target: {exact: [a]}",
        "chart: {kind: pie, values: {a: x}}",
        "image: {file: [a], alt: b}",
        "colour: red",
    ],
)
def test_one_bad_field_never_hides_its_entry(bad: str) -> None:
    result = read_annotations(entry(f"body: Still here.\n    {bad}"))
    assert [annotation.body for annotation in result.annotations] == ["Still here."]
    assert result.problems
    assert {problem.line for problem in result.problems} == {5}


def test_a_mistake_is_told_once() -> None:
    # The title is made of the terms: they are read for two reasons.
    assert problem_in(entry("terms: [good, {a: b}]")).code == "wrong-form"
    assert problem_in(entry("image: {file: [a], alt: b}")).code == "wrong-form"


def test_several_mistakes_are_all_told() -> None:
    source = dedent(
        """\
        annotations:
          - id: a
            kind: nonsense
            date: 2025
          - id: b
            kind: event
            date: yesterday
            colour: red
          - kind: place
        """
    )
    found = [(problem.line, problem.code) for problem in read_annotations(source).problems]
    assert sorted(found) == [
        (3, "unknown-kind"),
        (7, "wrong-date"),
        (8, "unknown-field"),
        (9, "missing-field"),
    ]


def test_an_unreadable_entry_keeps_its_id() -> None:
    result = read_annotations("annotations:\n  - {id: a, kind: nonsense}\n  - {id: a, kind: place}")
    assert result.ids == {"a"}
    assert [problem.code for problem in result.problems] == ["unknown-kind", "duplicate-id"]


def test_a_message_stays_short_and_on_one_line() -> None:
    long = "word " * 1000
    for source in (
        entry(f'kind2: "{long}"'),
        entry(f'date: "{long}"'),
        entry('date: "one\\ntwo\\x1b[31m\\u202e three"'),
        entry(f'chart: {{kind: "{long}", values: {{"{long[:900]}": "{long}"}}}}'),
        f'annotations: [{{id: "{long}", kind: person}}]',
    ):
        problems = read_annotations(source).problems
        assert problems
        for problem in problems:
            assert len(str(problem)) < 320
            assert str(problem).isprintable()


@given(st.text())
def test_any_words_are_read_without_falling_over(source: str) -> None:
    read_annotations(source)


@given(
    st.recursive(
        st.sampled_from(["", "~", "a", "2025", "text", '"x"', "[]", "{}", "'", "&a", "*a", "!t"]),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
            st.dictionaries(
                st.sampled_from(["id", "kind", "terms", "target", "chart", "values", "see", "x"]),
                inner,
                max_size=4,
            ).map(lambda items: "{" + ", ".join(f"{k}: {v}" for k, v in items.items()) + "}"),
        ),
        max_leaves=12,
    )
)
def test_any_structure_is_read_without_falling_over(value: str) -> None:
    result = read_annotations(f"annotations:\n  - {value}\n  - {{id: last, kind: place}}\n")
    # Either the file is no YAML, and that is the one problem; or the last entry is there.
    if [problem.code for problem in result.problems] != ["yaml"]:
        assert result.annotations[-1].id == "last"
