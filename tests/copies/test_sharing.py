"""Sharing: what is chosen leaves this machine, is told beforehand, and nothing else goes."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.copies.layer_writing import write_layer
from reader.copies.layers import layer_of
from reader.copies.reading import open_copy
from reader.copies.sharing import CannotShare, Choice, plan_share, share
from reader.copies.unlinking import unlinked
from reader.problems import CannotOpen

MakeCopy = Callable[..., Path]

TEXT = "urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a"
ARTICLE = """\
# The Offer

A war of [attrition](#why "Ask") and [*all* [its] `ends`](#end), see `[why](#why)`.

![A map.](figures/map.png)

![Gone.](figures/gone.png)
"""
ANNOTATIONS = """\
# What hangs on it.
annotations:
  - id: war
    kind: event
    terms: [war]
    see: [why, end]
    body: See [the question](#why) and [the end](#end).

  # They should say: both.
  - id: why
    kind: question
    target: text
    image: {file: figures/why.png, alt: Why}

  - id: end
    kind: definition
    title: The end  # of it
    see: why
"""


def mark(copy: Copy, words: str, number: int, **fields: Any) -> Mark:
    start = copy.text.string.index(words)
    values: dict[str, Any] = {
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "kind": MarkKind.NOTE if fields.get("note") else MarkKind.HIGHLIGHT,
        "selector": selector_of(copy.text.string, start, start + len(words)),
        "created": "2025-03-04T05:06:07Z",
        "modified": "2025-03-04T05:06:08Z",
    }
    return Mark(**(values | fields))


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    folder = make_copy(ARTICLE, ANNOTATIONS)
    (folder / "figures").mkdir()
    for name in ("map", "why", "draft"):
        (folder / "figures" / f"{name}.png").write_bytes(name.encode())
    (folder / "notes to myself.txt").write_text("private")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("private")
    return folder


@pytest.fixture
def copy(folder: Path) -> Copy:
    made = open_copy(folder)
    write_layer(folder, layer_of("Teacher", "Teacher", [mark(made, "Offer", 90, note="Hm.")]), TEXT)
    answer = mark(made, "war", 92, kind=MarkKind.ANSWER, note="Both.", answers="why")
    write_layer(folder, layer_of("Group B", "Pupil", [mark(made, "war", 91), answer]), TEXT)
    return open_copy(folder)


@pytest.fixture
def mine(copy: Copy) -> list[Mark]:
    return [
        mark(copy, "war", 1, tags=("exam",), color=Color.BLUE),
        mark(copy, "attrition", 2, note="My *secret* thought\nand more.", tags=("exam", "me")),
        mark(copy, "all [its]", 3, kind=MarkKind.BOOKMARK),
        mark(copy, "A war of", 4, kind=MarkKind.ANSWER, note="I say no.", answers="why"),
        mark(copy, "ends", 5, creator="Imported", note="Theirs."),
    ]


def handed_on(copy: Copy, marks: list[Mark], choice: Choice, file: Path) -> Copy:
    """The copy as whoever gets it opens it."""
    shared = share(plan_share(copy, marks, choice), file)
    assert shared.size == file.stat().st_size
    return open_copy(file)


class TestPlan:
    def test_by_itself_only_what_the_author_made_goes(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        plan = plan_share(copy, mine)
        assert [name for name, _ in plan.files] == [
            "annotations.yaml",
            "article.md",
            "document.yaml",
            "figures/map.png",
            "figures/why.png",
        ]
        assert (plan.title, plan.document, plan.left_out) == ("The Offer", TEXT, 0)
        assert plan.annotations == {Kind.DEFINITION: 1, Kind.EVENT: 1, Kind.QUESTION: 1}
        assert [(each.name, each.size) for each in plan.figures] == [
            ("figures/map.png", 3),
            ("figures/why.png", 3),
        ]
        assert (plan.layers, plan.mine, plan.marks, plan.notes) == ((), None, {}, ())
        assert plan.notices == ("The picture “figures/gone.png” stays behind: it is not there.",)
        got = handed_on(copy, mine, Choice(), tmp_path / "a.annotated")
        assert (got.text, got.annotations, got.revision) == (
            copy.text,
            copy.annotations,
            copy.revision,
        )
        assert got.layers == ()

    def test_the_plan_tells_the_first_words_of_every_note_that_goes(
        self, copy: Copy, mine: list[Mark]
    ) -> None:
        plan = plan_share(copy, mine, Choice(mine="all", name="  Group\nC "))
        assert plan.mine is not None
        assert (plan.mine.name, plan.mine.creator) == ("Group C", "Group C")
        assert plan.notes == ("I say no.", "My secret thought")
        assert plan.marks == {
            MarkKind.HIGHLIGHT: 1,
            MarkKind.NOTE: 1,
            MarkKind.BOOKMARK: 1,
            MarkKind.ANSWER: 1,
        }

    def test_what_goes_is_what_the_plan_told(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        choice = Choice(layers=frozenset(["teacher"]), mine="all", name="Me")
        plan = plan_share(copy, mine, choice)
        shared = share(plan, tmp_path / "a.annotated")
        assert shared.files == tuple(name for name, _ in plan.files)
        got = open_copy(shared.file)
        assert [each.name for each in got.layers] == ["Me", "Teacher"]
        assert got.layers[0].marks == plan.mine.marks if plan.mine else False
        assert got.layers[1].marks == plan.layers[0].marks
        assert [each.code for each in got.problems] == ["no-picture"]

    def test_the_same_choice_gives_the_same_bytes(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        choice = Choice(layers=frozenset(["teacher", "group-b"]), mine="all", name="Me")
        one = share(plan_share(copy, mine, choice), tmp_path / "a.annotated").file
        again = open_copy(copy.path)
        other = share(plan_share(again, mine[::-1], choice), tmp_path / "b.annotated").file
        assert one.read_bytes() == other.read_bytes()

    def test_a_mark_that_was_imported_is_none_of_mine(self, copy: Copy, mine: list[Mark]) -> None:
        plan = plan_share(copy, mine, Choice(mine="all", name="Me"))
        assert b"Theirs" not in b"".join(plan.parts.values())


class TestMine:
    def test_highlights_go_without_notes_and_tags(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        file = tmp_path / "a.annotated"
        got = handed_on(copy, mine, Choice(mine="highlights", name="Me"), file)
        [layer] = got.layers
        [read] = layer.marks
        assert (read.selector.exact, read.color, read.creator) == ("war", Color.BLUE, "Me")
        assert read.tags == ()
        data = file.read_bytes()
        assert not any(words in data for words in (b"secret", b"exam", b"I say no"))

    def test_only_marks_with_a_tag_go(self, copy: Copy, mine: list[Mark]) -> None:
        plan = plan_share(copy, mine, Choice(mine="all", name="Me", tags=frozenset(["me"])))
        assert plan.mine is not None
        assert [each.id for each in plan.mine.marks] == [mine[1].id]
        nothing = plan_share(copy, mine, Choice(mine="all", name="Me", tags=frozenset(["none"])))
        assert nothing.mine is None

    def test_they_need_a_name(self, copy: Copy, mine: list[Mark]) -> None:
        with pytest.raises(CannotShare, match="go along under a name; say which"):
            plan_share(copy, mine, Choice(mine="all", name=" \n"))

    def test_a_name_that_another_has_does_not_mix_us(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        choice = Choice(layers=frozenset(["teacher"]), mine="highlights", name="Teacher")
        got = handed_on(copy, mine, choice, tmp_path / "a.annotated")
        assert [(each.id, len(each.marks)) for each in got.layers] == [
            ("teacher", 1),
            ("teacher-2", 1),
        ]

    def test_what_i_shared_before_comes_again_as_it_is_now(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        got = handed_on(copy, mine, Choice(mine="all", name="Me"), tmp_path / "a.annotated")
        choice = Choice(layers=frozenset(["me"]), mine="all", name="Me")
        plan = plan_share(got, mine[:2], choice)
        assert plan.layers == ()
        assert plan.mine is not None
        assert {each.id for each in plan.mine.marks} == {mine[0].id, mine[1].id}
        assert "Your layer “Me” is replaced by the new one." in plan.notices


class TestLeavingOut:
    def test_questions_stay_behind_with_all_that_leads_to_them(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        choice = Choice(
            kinds=frozenset(Kind) - {Kind.QUESTION},
            layers=frozenset(["group-b"]),
            mine="all",
            name="Me",
        )
        plan = plan_share(copy, mine, choice)
        assert plan.left_out == 1
        assert (
            plan.parts["annotations.yaml"].decode()
            == """\
# What hangs on it.
annotations:
  - id: war
    kind: event
    terms: [war]
    see: [end]
    body: See the question and [the end](#end).

  - id: end
    kind: definition
    title: The end  # of it
"""
        )
        assert [each.name for each in plan.figures] == ["figures/map.png"]
        got = handed_on(copy, mine, choice, tmp_path / "a.annotated")
        assert got.text.string == copy.text.string
        assert [each.code for each in got.problems] == ["no-picture"]
        # Answers go with their questions.
        assert [each.kind for layer in got.layers for each in layer.marks] == [
            MarkKind.HIGHLIGHT,
            MarkKind.HIGHLIGHT,
            MarkKind.NOTE,
            MarkKind.BOOKMARK,
        ]

    def test_without_annotations_the_text_is_bare(self, copy: Copy, tmp_path: Path) -> None:
        got = handed_on(copy, [], Choice(kinds=frozenset()), tmp_path / "a.annotated")
        assert got.annotations == ()
        assert got.text.string == copy.text.string

    def test_a_link_whose_loss_would_change_the_words_stays(self, make_copy: MakeCopy) -> None:
        article = "# A\n\n[1. why](#why) it is so.\n"
        copy = open_copy(make_copy(article, ANNOTATIONS))
        plan = plan_share(copy, [], Choice(kinds=frozenset([Kind.EVENT])))
        assert plan.parts["article.md"].decode() == article

    def test_figures_stay_behind_and_what_they_show_is_told(
        self, copy: Copy, tmp_path: Path
    ) -> None:
        got = handed_on(copy, [], Choice(figures=False), tmp_path / "a.annotated")
        assert got.picture("figures/map.png") is None
        assert got.text == copy.text

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("a [b](#q) c", "a b c"),
            ("[b [c] d](<#q> 'e')", "b [c] d"),
            ("[![p](q.png)](#q)", "![p](q.png)"),
            ("![p](#q) [b](#r)", "![p](#q) [b](#r)"),
            (r"\[b](#q) and b](#q)", r"\[b](#q) and b](#q)"),
            (r"[b \] c](#q)", r"b \] c"),
            ("`[a](#q)` [`b`](#q) ``[`c](#q)`` [d](#q)", "`[a](#q)` `b` ``[`c](#q)`` d"),
            ("```\n[a](#q)\n```\n[b](#q)\n~~~\n[c](#q)\n", "```\n[a](#q)\n```\nb\n~~~\n[c](#q)\n"),
        ],
    )
    def test_links_lose_their_brackets_alone(self, source: str, expected: str) -> None:
        assert unlinked(source, {"q"}) == expected


class TestNothingElse:
    def test_no_trace_of_this_machine_goes(
        self, copy: Copy, mine: list[Mark], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        monkeypatch.setenv("LOGNAME", "user-of-this-machine")
        choice = Choice(layers=frozenset(["teacher", "group-b"]), mine="all", name="Me")
        file = tmp_path / "a.annotated"
        share(plan_share(copy, mine, choice), file)
        data = file.read_bytes()
        signs = (str(tmp_path), str(copy.folder), getpass.getuser(), "private", "draft", ".git")
        assert [sign for sign in signs if sign.encode() in data] == []

    def test_the_path_of_the_own_folder_in_a_file_is_told_of(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        with (folder / "article.md").open("a") as article:
            article.write(f"\nIt lies in {folder}.\n")
        assert (
            "“article.md” holds the path of your own folder."
            in plan_share(open_copy(folder), []).notices
        )

    def test_a_picture_outside_the_copy_stays(self, make_copy: MakeCopy, tmp_path: Path) -> None:
        (tmp_path / "secret.png").write_bytes(b"secret")
        copy = open_copy(make_copy("# A\n\n![a](../secret.png)\n\n![b](document.yaml)\n"))
        plan = plan_share(copy, [])
        assert plan.figures == ()
        assert len(plan.notices) == 2


class TestBareText:
    @pytest.mark.parametrize("suffix", [".md", ".txt", ".log"])
    def test_a_bare_text_becomes_a_copy(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"by somebody, 2nd draft{suffix}"
        path.write_bytes("# Über *alles*: 1\r\n\r\nA war.\r\n".encode())
        (tmp_path / "beside.md").write_text("private")
        copy = open_copy(path)
        plan = plan_share(copy, [mark(copy, "war", 1)], Choice(mine="highlights", name="Me"))
        text = "article.md" if suffix == ".md" else "article.txt"
        assert [name for name, _ in plan.files] == [text, "document.yaml", "layers/me.jsonld"]
        assert plan.parts[text] == path.read_bytes()
        got = open_copy(share(plan, tmp_path / "a.annotated").file)
        assert (got.text, got.manifest.id, got.manifest.title) == (
            copy.text,
            copy.manifest.id,
            copy.manifest.title,
        )
        assert got.problems == ()

    def test_a_text_too_long_for_a_copy_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "long.txt"
        path.write_text("Many words make a long book. " * 250_000)
        with pytest.raises(CannotOpen, match=r"has more than 6\.0 MB"):
            plan_share(open_copy(path), [])


class TestAgain:
    def test_a_shared_copy_is_shared_again_with_its_layers(
        self, copy: Copy, mine: list[Mark], tmp_path: Path
    ) -> None:
        first = Choice(layers=frozenset(["teacher", "group-b"]), mine="all", name="Me")
        got = handed_on(copy, mine, first, tmp_path / "a.annotated")
        own = [mark(got, "Offer", 50, note="Mine.")]
        then = Choice(layers=frozenset(["teacher", "me"]), mine="all", name="Somebody")
        last = handed_on(got, own, then, tmp_path / "b.annotated")
        assert [(each.name, len(each.marks)) for each in last.layers] == [
            ("Me", 4),
            ("Somebody", 1),
            ("Teacher", 1),
        ]
        by_name = {each.name: each.marks for each in got.layers}
        assert last.layers[0].marks == by_name["Me"]
        assert last.layers[2].marks == by_name["Teacher"]

    def test_the_copy_itself_is_not_overwritten(self, copy: Copy, tmp_path: Path) -> None:
        file = tmp_path / "a.annotated"
        got = handed_on(copy, [], Choice(layers=frozenset(["teacher"])), file)
        before = file.read_bytes()
        with pytest.raises(CannotShare, match="is the copy that is shared"):
            share(plan_share(got, []), file)
        assert file.read_bytes() == before


class TestRefused:
    def test_a_layer_that_is_not_there(self, copy: Copy) -> None:
        with pytest.raises(CannotShare, match="no layer “x”; there is “group-b”, “teacher”"):
            plan_share(copy, [], Choice(layers=frozenset(["x"])))

    def test_annotations_that_cannot_be_read(self, folder: Path) -> None:
        (folder / "annotations.yaml").write_text("annotations: [")
        copy = open_copy(folder)
        with pytest.raises(CannotOpen, match="nobody knows what would be shared"):
            plan_share(copy, [])
        assert plan_share(copy, [], Choice(kinds=frozenset())).annotations == {}

    def test_a_file_with_another_suffix(self, copy: Copy, tmp_path: Path) -> None:
        with pytest.raises(CannotShare, match=r"has to end in \.annotated"):
            share(plan_share(copy, []), tmp_path / "a.zip")

    def test_a_picture_that_changed_after_the_preview(self, copy: Copy, tmp_path: Path) -> None:
        plan = plan_share(copy, [])
        (copy.path / "figures" / "map.png").write_bytes(b"another")
        with pytest.raises(CannotShare, match="has changed just now"):
            share(plan, tmp_path / "a.annotated")
        assert not (tmp_path / "a.annotated").exists()
