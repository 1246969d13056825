"""What `check` finds between the files of a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.copies import checking
from reader.copies.reading import open_copy
from reader.problems import Problem

MakeCopy = Callable[..., Path]
Check = Callable[..., list[Problem]]


@pytest.fixture
def check(make_copy: MakeCopy) -> Check:
    """The problems of a copy with these parts; `files` are further ones, empty."""

    def problems(article: str, annotations: str = "", files: tuple[str, ...] = ()) -> list[Problem]:
        folder = make_copy(article, f"annotations:\n{annotations}" if annotations else None)
        for name in files:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"")
        return list(open_copy(folder).problems)

    return problems


def entry(identifier: str, fields: str) -> str:
    return f"  - id: {identifier}\n    kind: definition\n    {fields}\n"


WAR = entry("war", "terms: [war]")


def assert_is(
    problems: list[Problem], file: str, line: int, code: str, message: str, advice: str
) -> None:
    (problem,) = problems
    assert (problem.file, problem.line, problem.code) == (file, line, code)
    assert problem.message == message
    assert advice in problem.advice


def test_a_sound_copy_has_no_problems(check: Check) -> None:
    article = (
        "# A war\n\n[Words](#war) and words.[^1] ![A map.](figures/map.svg)\n\n"
        "[^1]: See [the war](#war).\n"
    )
    annotations = (
        entry("war", "terms: [war]\n    see: [peace, footnote-1]")
        + entry("peace", "target: {exact: and words}\n    see: war\n    body: See [war](#war).")
        + entry("all", "target: text\n    image: {file: figures/map.svg, alt: A map.}")
    )
    assert check(article, annotations, files=("figures/map.svg",)) == []


# Links.


@pytest.mark.parametrize(
    ("article", "line"),
    [
        ("War.\n\n[words](#nowhere)\n", 3),
        ("War.\n\n\nAnd [**bold** words](#nowhere), [again](#nowhere)\n", 4),
        ('War.\n\n[words](#nowhere "title")\n', 3),
        ("War.\n\n[words](<#nowhere>)\n", 3),
        ("War.\n\n[words][1]\n\n[1]: #nowhere\n", 5),
        ("War.\n\n[other](#nowhereland), [x](#war)\n\n[words](#nowhere)\n", 5),
        ("# nowhere\n\n#nowhere, War.\n\n- [words](#nowhere)\n", 5),
        ("War.[^1]\n\n[^1]: See [words](#nowhere).\n", 3),
    ],
)
def test_a_dead_link_in_the_text(check: Check, article: str, line: int) -> None:
    nowhereland = entry("nowhereland", "terms: [War]") if "land" in article else ""
    annotations = nowhereland + entry("war", "target: text")
    assert_is(
        check(article, annotations),
        "article.md",
        line,
        "dead-link",
        "A link leads to “nowhere”, which is no annotation.",
        "Add it to annotations.yaml, or mend the link.",
    )


def test_a_dead_link_in_a_text_with_windows_newlines(check: Check) -> None:
    (problem,) = check("War.\r\n\r\n[words](#nowhere)\r\n", entry("war", "target: text"))
    assert problem.line == 3


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("terms: [war]\n    see: [peace, pece]", 5),
        ("terms: [war]\n    body: See [it](#pece).", 5),
        ("terms: [war]\n    body: |\n      See [it](#pece).", 5),
        ("terms: [war]\n    body: 'See [it][1].\n\n\n      [1]: #pece'", 5),
    ],
)
def test_a_dead_link_of_an_annotation(check: Check, fields: str, line: int) -> None:
    assert_is(
        check("A war.", entry("one", fields) + entry("peace", "target: text")),
        "annotations.yaml",
        line,
        "dead-link",
        "“one” leads to “pece”, which is no annotation.",
        "Did you mean “peace”?",
    )


def test_a_dead_link_that_is_like_no_other(check: Check) -> None:
    (problem,) = check("A war.", entry("war", "terms: war\n    see: zzzzz"))
    assert problem.advice == "Add it, or remove the link."


def test_nobody_is_told_that_they_meant_themselves(check: Check) -> None:
    (problem,) = check("A war.", entry("war-one", "terms: war\n    see: war-on"))
    assert problem.advice == "Add it, or remove the link."


def test_what_looks_like_a_link_in_code_is_none(check: Check) -> None:
    body = "terms: [war]\n    body: Write `[words](#id)`.\n    see: []"
    assert check("A war: `[words](#id)`\n\n```\n[words](#id)\n```\n", entry("war", body)) == []


@pytest.mark.parametrize("fields", ["see: [war]", "body: See [this](#war)."])
def test_a_link_to_itself(check: Check, fields: str) -> None:
    assert_is(
        check("A war.", entry("war", f"terms: [war]\n    {fields}")),
        "annotations.yaml",
        5,
        "self-link",
        "“war” leads to itself.",
        "Remove the link.",
    )


def test_links_to_an_entry_that_cannot_be_read_are_not_called_dead(check: Check) -> None:
    annotations = "  - {id: peace, kind: nonsense}\n" + entry("war", "terms: war\n    see: peace")
    problems = check("A war and a [peace](#peace).", annotations)
    assert [problem.code for problem in problems] == ["unknown-kind"]


def test_a_thousand_dead_links_among_thousands_of_annotations(check: Check) -> None:
    # Looking for the nearest id each time would take minutes.
    count, dead = 1_500, 1_500
    annotations = "".join(
        f"  - {{id: some-id-{n}, kind: event, target: text}}\n" for n in range(count)
    )
    see = ", ".join(f"sum-id-{n}" for n in range(dead))
    problems = check("A war.", annotations + entry("war", f"terms: war\n    see: [{see}]"))
    assert [problem.code for problem in problems] == ["dead-link"] * dead
    assert sum("Did you mean" in p.advice for p in problems) == checking._MOST_SUGGESTIONS


# Terms.


@pytest.mark.parametrize(
    ("term", "article", "case"),
    [
        ("truce", "A war.", True),
        ("war", "A War.", True),
        ("war", "A warning.", True),
        ("i:truce", "A war.", False),
        ("one two", "one\n\ntwo", True),
    ],
)
def test_a_term_that_is_not_in_the_text(check: Check, term: str, article: str, case: bool) -> None:
    problems = check(article, entry("a", f'title: T\n    terms: [ "{term}" ]'))
    assert_is(
        problems,
        "annotations.yaml",
        5,
        "term-not-found",
        f"The term “{term}” of “a” is not in the text.",
        "Write it as it stands there, or remove it.",
    )
    assert ("`i:` before it ignores capitals." in problems[0].advice) is case


@pytest.mark.parametrize("term", ["+", "→", "i:…", "👍", "i:"])
def test_a_term_without_letters_is_never_found(check: Check, term: str) -> None:
    assert_is(
        check("A + B → 👍 …", entry("a", f'terms: ["{term}"]')),
        "annotations.yaml",
        4,
        "term-not-found",
        f"The term “{term}” of “a” has no letter or digit, so it is never found.",
        "use a `target`",
    )


def test_a_term_inside_a_longer_one_or_a_link_is_in_the_text(check: Check) -> None:
    annotations = entry("long", "terms: [long war]") + WAR + entry("link", "terms: [peace]")
    assert check("A long war. [Some peace](#link).", annotations) == []


@pytest.mark.parametrize(
    ("first", "second"), [("war", "war"), ("i:War", "i:war"), ("cease-fire", "cease–fire")]
)
def test_a_term_claimed_twice(check: Check, first: str, second: str) -> None:
    annotations = entry("one", f"terms: ['{first}']") + entry("two", f"terms: ['{second}']")
    assert_is(
        check("A war, a cease-fire.", annotations),
        "annotations.yaml",
        7,
        "duplicate-term",
        f"The term “{second}” of “two” belongs to “one” already.",
        "Keep it in one of the two.",
    )


def test_terms_that_differ_in_capitals_are_two(check: Check) -> None:
    annotations = entry("one", "terms: [War]") + entry("two", "terms: [war]")
    assert check("War and war.", annotations) == []


# Targets.


def test_a_target_that_is_not_there(check: Check) -> None:
    assert_is(
        check("A war.", entry("a", "target:\n      exact: a peace")),
        "annotations.yaml",
        5,
        "target-not-found",
        "The words “a peace” of “a” are not in the text.",
        "Copy them from the text as it is shown.",
    )


def test_a_target_that_could_be_several_places(check: Check) -> None:
    assert_is(
        check("A war, a war, a war.", entry("a", "target: {exact: war}")),
        "annotations.yaml",
        4,
        "target-unsure",
        "The words “war” of “a” stand there 3 times.",
        "Say which with `prefix` and `suffix`.",
    )


def test_a_target_in_another_context(check: Check) -> None:
    fields = "target: {exact: war, prefix: 'peace and ', suffix: ' and so on'}"
    (problem,) = check("A war.", entry("a", fields))
    assert problem.code == "target-unsure"
    assert problem.message == "The words “war” of “a” stand in another context there."


def test_a_target_that_says_which_is_no_problem(check: Check) -> None:
    fields = 'target: [{exact: war, prefix: "long "}, {exact: war, suffix: "."}]'
    assert check("A war, a long war, a short war.", entry("a", fields)) == []


def test_an_annotation_that_nothing_leads_to(check: Check) -> None:
    assert_is(
        check("A war.", WAR + entry("a", "see: [war]")),
        "annotations.yaml",
        5,
        "no-place",
        "Nothing in the text leads to “a”.",
        "Give it `terms` or a `target`, link words to it, or write `target: text`.",
    )


def test_an_annotation_that_words_are_linked_to_has_a_place(check: Check) -> None:
    assert check("A [war](#a).", entry("a", "body: B")) == []


# Pictures.


@pytest.mark.parametrize(
    ("article", "line"),
    [
        ("A war.\n\n![](a.png)\n", 3),
        ("A war.\n\n![A map.](a.png)\n\n![ ](a.png)\n", 5),
        ("A war.\n\n![A map.](a.png)\n\n![](a.png)\n\n![A map.](a.png)\n", 5),
    ],
)
def test_a_picture_in_the_text_without_a_description(check: Check, article: str, line: int) -> None:
    assert_is(
        check(article, WAR, files=("a.png",)),
        "article.md",
        line,
        "no-alt",
        "The picture “a.png” has no description.",
        "Say in the square brackets what it shows",
    )


def test_a_picture_of_an_annotation_without_a_description(check: Check) -> None:
    assert_is(
        check("A war.", entry("a", "terms: war\n    image: {file: a.png}"), files=("a.png",)),
        "annotations.yaml",
        5,
        "missing-field",
        "“alt” is missing.",
        "Add `alt:`",
    )


PICTURES = [
    ("figures/a.png", "no-picture", "There is no picture “figures/a.png”.", "mend its name"),
    ("folder.png", "no-picture", "There is no picture “folder.png”.", "mend its name"),
    ("x" * 300 + ".png", "no-picture", f"There is no picture “{'x' * 59}…”.", "mend its name"),
    ("a.gif", "picture-kind", "“a.gif” is not a picture that can be shown.", ".svg, .png"),
    ("article.md", "picture-kind", "“article.md” is not a picture that can be", ".webp"),
    ("../a.png", "picture-outside", "“../a.png” does not lie inside", "folder figures"),
    ("/a.png", "picture-outside", "“/a.png” does not lie inside", "folder figures"),
    ("https://example.org/a.png", "picture-outside", "does not lie inside", "folder figures"),
]


@pytest.mark.parametrize(("name", "code", "message", "advice"), PICTURES)
def test_a_picture_of_an_annotation_that_cannot_be_shown(
    check: Check, name: str, code: str, message: str, advice: str
) -> None:
    fields = f"terms: [war]\n    image: {{file: '{name}', alt: A map.}}"
    (problem,) = check("A war.", entry("a", fields), files=("a.gif", "folder.png/x"))
    assert (problem.file, problem.line, problem.code) == ("annotations.yaml", 5, code)
    assert message in problem.message
    assert advice in problem.advice


@pytest.mark.parametrize(("name", "code", "message", "advice"), PICTURES)
def test_a_picture_in_the_text_that_cannot_be_shown(
    check: Check, name: str, code: str, message: str, advice: str
) -> None:
    (problem,) = check(f"A war.\n\n![A map.]({name})\n", WAR, files=("a.gif", "folder.png/x"))
    assert (problem.file, problem.line, problem.code) == ("article.md", 3, code)
    assert message in problem.message
    assert advice in problem.advice


@pytest.mark.parametrize("name", ["a.svg", "a.PNG", "figures/a.jpg", "a.jpeg", "a b.webp"])
def test_a_picture_that_can_be_shown(check: Check, name: str) -> None:
    fields = f"terms: [war]\n    image: {{file: {name}, alt: A map.}}"
    assert check(f"A war.\n\n![A map.](<{name}>)\n", entry("a", fields), files=(name,)) == []


def test_a_bare_text_answers_for_its_own_links_and_descriptions_only(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("A [war](#war).\n\n![](missing.png)\n")
    problems = open_copy(path).problems
    assert [(p.file, p.line, p.code) for p in problems] == [
        ("a.md", 1, "dead-link"),
        ("a.md", 3, "no-alt"),
    ]


def test_problems_come_in_the_order_of_file_and_line(check: Check) -> None:
    article = "A [x](#two).\n\nA [y](#one).\n"
    annotations = entry("z", "see: [a]") + entry("y", "date: never\n    see: [a]")
    problems = check(article, annotations)
    assert [(p.file, p.line, p.code) for p in problems] == [
        ("annotations.yaml", 2, "no-place"),
        ("annotations.yaml", 4, "dead-link"),
        ("annotations.yaml", 5, "no-place"),
        ("annotations.yaml", 7, "wrong-date"),
        ("annotations.yaml", 8, "dead-link"),
        ("article.md", 1, "dead-link"),
        ("article.md", 3, "dead-link"),
    ]
