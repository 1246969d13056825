"""Layers: the marks that others handed on with a copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.selectors import Selector
from reader.copies import layer_reading
from reader.copies.inspecting import describe
from reader.copies.layer_reading import read_layers
from reader.copies.layer_writing import layer_bytes, write_layer
from reader.copies.layers import (
    Layer,
    apart,
    layer_id,
    layer_of,
    layers_by_creator,
)
from reader.copies.reading import open_copy

MakeCopy = Callable[..., Path]

TEXT = "urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a"
STRING = "The Offer\nA war of attrition."


def mark(words: str, number: int = 1, **fields: Any) -> Mark:
    start = STRING.index(words)
    values: dict[str, Any] = {
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "kind": MarkKind.NOTE if fields.get("note") else MarkKind.HIGHLIGHT,
        "selector": selector_of(STRING, start, start + len(words)),
        "created": "2025-03-04T05:06:07Z",
        "modified": "2025-03-04T05:06:08Z",
    }
    return Mark(**(values | fields))


MARKS = (
    mark("attrition", 1, note="Is *this* so?", tags=("essay", "to do"), color=Color.PINK),
    mark("war", 2, underline=True, creator="Pupil"),
    mark("Offer", 3, kind=MarkKind.ANSWER, note="Both.", answers="why"),
    Mark(
        "urn:uuid:00000000-0000-4000-8000-000000000004", MarkKind.NOTE, Selector("gone"), note="x"
    ),
)


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    return make_copy()


def put(folder: Path, name: str, content: Any) -> None:
    (folder / "layers").mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "layers" / name).write_bytes(data)


class TestWriting:
    def test_a_layer_comes_back_as_it_was_written(self, folder: Path) -> None:
        layer = layer_of("Group B", "Teacher", MARKS)
        path = write_layer(folder, layer, TEXT)
        assert path == folder / "layers" / "group-b.jsonld"
        copy = open_copy(folder)
        assert copy.problems == ()
        assert copy.layers == (layer,)
        [read] = copy.layers
        assert [each.creator for each in read.marks] == ["Teacher", "Pupil", "Teacher", "Teacher"]
        assert read.creators == ("Teacher", "Pupil")
        assert [replace(each, creator="") for each in read.marks] == [
            replace(each, creator="") for each in (MARKS[2], MARKS[1], MARKS[0], MARKS[3])
        ]
        assert layer_bytes(read, TEXT) == path.read_bytes()

    def test_the_order_of_marks_does_not_matter(self) -> None:
        one, other = layer_of("B", "B", MARKS), layer_of("B", "B", reversed(MARKS))
        assert layer_bytes(one, TEXT) == layer_bytes(other, TEXT)

    def test_a_layer_is_no_other_text(self, folder: Path) -> None:
        before = open_copy(folder).revision
        write_layer(folder, layer_of("B", "B", MARKS), TEXT)
        assert open_copy(folder).revision == before

    @pytest.mark.parametrize(
        ("name", "identifier"),
        [
            ("Group B", "group-b"),
            ("Учителька 7-А", "учителька-7-а"),
            ("../../etc/passwd", "etc-passwd"),
            ("CON", "layer-con"),
            ("🙂", "layer"),
            ("x" * 300, "x" * 48),
        ],
    )
    def test_an_id_is_a_name_for_a_file(self, name: str, identifier: str) -> None:
        assert layer_id(name) == identifier
        assert layer_id(name, [identifier.upper()]) == f"{identifier}-2"


class TestReading:
    def test_a_page_of_another_program_is_a_layer(self, folder: Path) -> None:
        quote = {"type": "TextQuoteSelector", "exact": "war"}
        item = {
            "type": "Annotation",
            "id": "https://example.org/1",
            "creator": {"name": "Teacher"},
            "bodyValue": "Which?",
            "target": {"source": "https://example.org/text", "selector": quote},
        }
        put(folder, "Their_notes.jsonld", {"type": "AnnotationPage", "items": [item]})
        [layer] = open_copy(folder).layers
        assert (layer.id, layer.name, layer.creator) == ("Their_notes", "Teacher", "Teacher")
        [read] = layer.marks
        assert (read.note, read.creator, read.selector) == ("Which?", "Teacher", Selector("war"))

    def test_a_layer_without_names_is_called_as_its_file_is(self, folder: Path) -> None:
        item = {
            "type": "Annotation",
            "target": {"selector": {"type": "TextQuoteSelector", "exact": "war"}},
        }
        put(folder, "group-b_2.jsonld", [item])
        [layer] = open_copy(folder).layers
        assert (layer.name, layer.creator) == ("group b 2", "group b 2")
        assert layer.marks[0].creator == "group b 2"

    @pytest.mark.parametrize(
        ("content", "line", "message"),
        [
            (b'{\n"type":\n', 3, "This layer is not JSON (Expecting value)."),
            (b"\xff\xfa", 0, "This layer is not UTF-8."),
            (b'{"type": "Thing"}', 0, "This layer holds no W3C annotations."),
            (b"[" * 100_000, 0, "This layer is nested deeper than any file of annotations."),
            (
                b"[" + b"[]," * 600_000,
                0,
                "This layer is too much: all together have more than 16.0 MB",
            ),
            (b" " * (8 * 2**20 + 1), 0, "This layer has more than 8.0 MB."),
            (b"[" + b"0," * 20_000 + b"0]", 0, "This layer has 20,001 annotations, and 20,000 is"),
        ],
        ids=["json", "encoding", "thing", "deep", "values", "bytes", "annotations"],
    )
    def test_a_damaged_layer_costs_only_itself(
        self, folder: Path, content: bytes, line: int, message: str
    ) -> None:
        put(folder, "bad.jsonld", content)
        write_layer(folder, layer_of("Good", "Good", MARKS), TEXT)
        copy = open_copy(folder)
        assert [layer.name for layer in copy.layers] == ["Good"]
        [problem] = copy.problems
        assert (problem.file, problem.line, problem.code) == ("layers/bad.jsonld", line, "layer")
        assert problem.message.startswith(message)
        assert problem.advice

    def test_what_cannot_be_a_mark_is_told_of(self, folder: Path) -> None:
        layer = layer_of("Good", "Good", MARKS)
        page = json.loads(layer_bytes(layer, TEXT))
        page["items"][1:1] = [{"type": "Note"}, page["items"][0]]
        put(folder, "good.jsonld", page)
        copy = open_copy(folder)
        assert copy.layers == (layer,)
        [problem] = copy.problems
        assert str(problem) == (
            "layers/good.jsonld: 2 of its 6 annotations cannot be shown: "
            "number 2 is not an annotation. Mend them, or remove them."
        )

    def test_all_layers_together_are_bounded(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in "abc":
            write_layer(folder, layer_of(name, name, MARKS), TEXT)
        size = (folder / "layers" / "a.jsonld").stat().st_size
        monkeypatch.setattr(layer_reading, "LARGEST_OF_ALL", size * 2 + size // 2)
        copy = open_copy(folder)
        assert [layer.id for layer in copy.layers] == ["a", "b"]
        assert [each.file for each in copy.problems] == ["layers/c.jsonld"]
        monkeypatch.setattr(layer_reading, "LARGEST_OF_ALL", size * 4)
        monkeypatch.setattr(layer_reading, "MOST", 9)
        assert [layer.id for layer in open_copy(folder).layers] == ["a", "b"]

    def test_what_lies_outside_the_copy_is_not_read(self, folder: Path, tmp_path: Path) -> None:
        secret = tmp_path / "secret.jsonld"
        secret.write_bytes(layer_bytes(layer_of("S", "S", MARKS), TEXT))
        put(folder, "a.txt", b"no layer")
        put(folder, ".b.jsonld", b"hidden")
        (folder / "layers" / "c.jsonld").symlink_to(secret)
        copy = open_copy(folder)
        assert copy.layers == ()
        assert [str(each) for each in copy.problems] == [
            "layers/c.jsonld: This layer is no file of this copy. "
            "Put the file itself there, or remove it."
        ]

    def test_a_folder_of_layers_elsewhere_is_not_entered(
        self, folder: Path, tmp_path: Path
    ) -> None:
        write_layer(tmp_path / "other", layer_of("S", "S", MARKS), TEXT)
        (folder / "layers").symlink_to(tmp_path / "other" / "layers")
        copy = open_copy(folder)
        assert copy.layers == ()
        assert [each.file for each in copy.problems] == ["layers"]

    def test_layers_are_told_of_by_inspect(self, folder: Path) -> None:
        write_layer(folder, layer_of("Group B", "Teacher", MARKS), TEXT)
        assert describe(open_copy(folder))["layers"] == [
            {"id": "group-b", "name": "Group B", "creator": "Teacher", "marks": 4}
        ]


LEAVES = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["Annotation", "AnnotationPage", "AnnotationCollection", "TextQuoteSelector",
                     "war", "\ud800", "\0", "urn:uuid:00000000-0000-4000-8000-000000000001"]),
)  # fmt: skip
KEYS = st.sampled_from(
    ["type", "id", "items", "first", "next", "partOf", "label", "creator", "name", "target",
     "selector", "exact", "start", "end", "body", "value", "created"]
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=20,
)


WAR = {"selector": {"type": "TextQuoteSelector", "exact": "war"}}
ITEMS = st.dictionaries(KEYS, VALUES, max_size=5).map(
    lambda item: {"type": "Annotation", "target": WAR} | item
)


@given(st.lists(st.one_of(VALUES, ITEMS), max_size=4), VALUES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_layer_holds_what_is_read_of_it_can_be_written_and_read_again(
    items: list[Any], collection: Any
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        put(folder, "a.jsonld", {"type": "AnnotationPage", "partOf": collection, "items": items})
        layers, problems = read_layers(folder, TEXT)
        assert len(layers) + len(problems) >= 1
        for layer in layers:
            assert all(each.creator for each in layer.marks)
            write_layer(folder, layer, TEXT)
            assert read_layers(folder, TEXT) == ((layer,), [])


class TestApart:
    def test_marks_with_an_id_that_is_taken_get_another_the_same_every_time(
        self, folder: Path
    ) -> None:
        for name in ("A", "B"):
            write_layer(folder, layer_of(name, name, MARKS), TEXT)
        first, second = open_copy(folder).layers
        ids = {each.id for each in MARKS}
        assert {each.id for each in first.marks} == ids
        assert ids.isdisjoint({each.id for each in second.marks})
        assert open_copy(folder).layers == (first, second)
        mine = [MARKS[0].id]
        [beside, same] = apart((first, second), mine)
        assert same == second
        assert [each.id in mine for each in first.marks].count(True) == 1
        assert not any(each.id in mine for each in beside.marks)
        assert [each.note for each in beside.marks] == [each.note for each in first.marks]

    def test_each_layer_has_a_stripe_of_its_own_while_there_are_enough(self, folder: Path) -> None:
        for number in range(6):
            write_layer(folder, layer_of(f"Group {number}", "Teacher", [MARKS[0]]), TEXT)
        stripes = [layer.stripe for layer in open_copy(folder).layers]
        assert sorted(stripes) == [0, 1, 2, 3, 4, 5]

    def test_a_layer_alone_has_the_same_stripe_in_every_copy(self, folder: Path) -> None:
        layer = layer_of("Group B", "Teacher", MARKS)
        write_layer(folder, layer, TEXT)
        assert open_copy(folder).layers[0].stripe == layer.stripe == 5

    def test_other_peoples_marks_fall_into_layers_by_their_creators(self) -> None:
        marks = [replace(MARKS[0], creator="B"), MARKS[1], MARKS[2], replace(MARKS[3], creator="b")]
        layers = layers_by_creator(marks, taken=["pupil"])
        assert [(each.id, each.name, len(each.marks)) for each in layers] == [
            ("b", "B", 1),
            ("pupil-2", "Pupil", 1),
            ("b-2", "b", 1),
        ]
        assert isinstance(layers[0], Layer)
