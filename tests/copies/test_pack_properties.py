"""Whatever a manifest, a YAML file or a container holds: an answer, or the package's own error."""

from __future__ import annotations

import string
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.annotations.reading import read_annotations
from reader.copies.container import container_bytes
from reader.copies.inside import file_inside
from reader.copies.manifest_reading import read_manifest
from reader.copies.names import fault_of
from reader.copies.packing import pack
from reader.copies.parts import belongs
from reader.copies.reading import open_copy
from reader.copies.unpacking import unpack
from reader.problems import CannotOpen
from tests.hostile.corpus import Part, written

DOCUMENT = "format: 1\nid: urn:uuid:1\ntitle: T\ntext: article.md\n"

keys = st.sampled_from(
    [
        "format",
        "id",
        "title",
        "text",
        "annotations",
        "kind",
        "terms",
        "target",
        "exact",
        "body",
        "see",
        "chart",
        "values",
        "image",
        "file",
        "date",
        "start",
        "revision",
        "authors",
    ]
)
scalars = st.text(max_size=20) | st.sampled_from(["1", "~", "a.md", "../a", "event", "2025-13"])
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5)
)


def flow(value: object) -> str:
    """A value as YAML in one line, by and large: some words break out of it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value)


yaml_like = st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>#'\"%@ \n\t,?é"), max_size=200)
sources = st.one_of(st.text(max_size=200), yaml_like, trees.map(flow))


@contextmanager
def fresh() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@given(sources)
@example("annotations: [{id: a, kind: event, target: {exact: x, start: 9}}]")
def test_any_annotations_are_read_or_told_of(source: str) -> None:
    result = read_annotations(source)
    assert result.annotations or result.problems or "annotations" in source
    for problem in result.problems:
        assert str(problem).isprintable()


@given(sources)
def test_any_manifest_is_read_or_told_of(source: str) -> None:
    with suppress(CannotOpen):
        assert read_manifest(source, []).text_file


@given(sources, st.binary(max_size=200) | sources.map(lambda s: s.encode("utf-8", "replace")))
def test_any_folder_is_opened_or_refused(document: str, rest: bytes) -> None:
    with fresh() as folder:
        (folder / "document.yaml").write_bytes(document.encode("utf-8", "replace"))
        (folder / "annotations.yaml").write_bytes(rest)
        (folder / "article.md").write_bytes(rest)
        with suppress(CannotOpen):
            open_copy(folder)


NAMES = st.text(alphabet=st.sampled_from("aéE.ß /\\:*\u202e\u0301\x00-"), min_size=1, max_size=12)


@given(NAMES, st.binary(max_size=20), st.integers(0, 0xFFFF))
def test_any_name_and_mode_in_a_container_stay_inside(name: str, data: bytes, mode: int) -> None:
    with fresh() as folder:
        (folder / "in").mkdir()
        file = folder / "a.annotated"
        file.write_bytes(written(Part(name, data, mode=mode)))
        with suppress(CannotOpen):
            unpack(file, folder / "in" / "copy")
        assert sorted(path.name for path in folder.iterdir()) == ["a.annotated", "in"]
        assert [path.name for path in (folder / "in").iterdir()] in ([], ["copy"])


@given(st.data())
def test_a_container_with_any_damage_is_unpacked_or_refused(data: st.DataObject) -> None:
    whole = bytearray(written(Part("figures/a.png", b"abcdefgh" * 4)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            whole[place] = data.draw(st.integers(0, 255))
        else:
            del whole[place : place + data.draw(st.integers(1, 60))]
            whole = whole or bytearray(b"P")
    with fresh() as folder:
        (folder / "a.annotated").write_bytes(whole)
        left = ["a.annotated"]
        with suppress(CannotOpen):
            unpack(folder / "a.annotated", folder / "copy")
            left.append("copy")
        assert sorted(path.name for path in folder.iterdir()) == left


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    with fresh() as folder:
        (folder / "a.annotated").write_bytes(data)
        with pytest.raises(CannotOpen) as caught:
            open_copy(folder / "a.annotated")
        assert str(caught.value).isprintable()


@given(
    st.text(min_size=1, max_size=60).filter(lambda words: words.strip() and "\0" not in words),
    st.dictionaries(
        st.text(alphabet=string.ascii_lowercase + "é-", min_size=1, max_size=8),
        st.binary(max_size=50),
        max_size=4,
    ),
)
def test_what_is_packed_comes_out_the_same(article: str, figures: dict[str, bytes]) -> None:
    with fresh() as folder:
        copy = folder / "copy"
        (copy / "figures").mkdir(parents=True)
        (copy / "document.yaml").write_text(DOCUMENT, "utf-8")
        (copy / "article.md").write_bytes(article.encode("utf-8", "replace"))
        for name, data in figures.items():
            (copy / "figures" / f"{name}.png").write_bytes(data)
        try:
            packed = pack(copy, folder / "a.annotated")
        except CannotOpen:
            return
        unpack(folder / "a.annotated", folder / "again")
        for name in packed.files:
            assert (folder / "again" / name).read_bytes() == (copy / name).read_bytes()
        pack(folder / "again", folder / "b.annotated")
        assert (folder / "a.annotated").read_bytes() == (folder / "b.annotated").read_bytes()


@given(st.text(min_size=1, max_size=30))
@example("..")
@example("a/../../b.png")
@example("C:a.png")
def test_a_name_without_fault_stays_inside(name: str) -> None:
    with fresh() as folder:
        if not fault_of(name):
            path = file_inside(folder, name)
            assert path is not None
            assert path.is_relative_to(folder.resolve())
            assert path != folder.resolve()
        if belongs(name, "article.md"):
            assert not name.startswith(".")


def test_containers_differ_by_their_files_alone() -> None:
    files = [("a.png", b"1"), ("b.png", b"2")]
    assert container_bytes(files) == container_bytes(iter(files))
