"""What two have changed in one annotations.yaml comes together, or is handed back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.model import Annotation, Kind
from reader.annotations.reading import read_annotations
from reader.annotations.writing.changes import Add, Change, Delete, Rename, Replace, edited
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.merging import merged

IDS = ("a", "b", "c", "d")
FILE = "# Three\nannotations:\n" + "".join(
    f"\n  # before {name}\n  - id: {name}\n    kind: event   # of {name}\n    title: {name}1\n"
    for name in IDS[:3]
)


def said(source: str) -> dict[str, Annotation]:
    return {each.id: each for each in read_annotations(source).annotations}


def applied(source: str, sequence: list[Change]) -> str:
    for change in sequence:
        try:
            source = edited(source, change)
        except CannotEdit:  # a random change may ask for what is not there
            continue
    return source


entries = st.builds(
    Annotation,
    st.sampled_from(IDS),
    st.sampled_from([Kind.EVENT, Kind.PLACE]),
    st.sampled_from(["x", "y: z"]),
    st.sampled_from(["", "One.\n\nTwo.", "Three."]),
    see=st.sampled_from([(), ("a",), ("b", "c")]),
)
changes = st.lists(
    st.one_of(
        st.builds(Add, entries),
        entries.map(lambda each: Replace(each.id, each)),
        st.builds(Delete, st.sampled_from(IDS)),
        st.builds(Rename, st.sampled_from(IDS), st.sampled_from(IDS)),
    ),
    max_size=3,
)
sources = st.sampled_from([FILE, FILE.replace("\n", "\r\n"), "", "annotations: []\n"])


@settings(deadline=None)
@given(sources, changes, changes, st.booleans())
def test_each_entry_is_as_the_one_who_changed_it_wants_it(
    base: str, ours: list[Change], theirs: list[Change], ours_wins: bool
) -> None:
    mine, other = applied(base, ours), applied(base, theirs)
    before, one, two = said(base), said(mine), said(other)
    result = merged(base, mine, other, "annotations.yaml", ours_wins)
    both = {name for name in IDS if len({repr(side.get(name)) for side in (before, one, two)}) == 3}
    if result.conflicts and not ours_wins:
        assert both <= {each.id for each in result.conflicts}
        for each in result.conflicts:
            assert (each.base, each.ours, each.theirs) == tuple(
                side.get(each.id) for side in (before, one, two)
            )
        return
    now = said(result.source)
    assert read_annotations(result.source).problems == [] or base == mine == other
    for name in IDS:
        changed = one.get(name) != before.get(name)
        assert now.get(name) == (one if changed else two).get(name)


def test_ours_and_theirs_stand_side_by_side_byte_for_byte() -> None:
    a, c = said(FILE)["a"], said(FILE)["c"]
    mine = edited(FILE, Replace("a", replace(a, title="mine")))
    other = edited(FILE, Replace("c", replace(c, title="theirs"))).replace("# Three", "# 3")
    assert merged(FILE, mine, other, "").source == FILE.replace("# Three", "# 3").replace(
        "title: a1", "title: mine"
    ).replace("title: c1", "title: theirs")
