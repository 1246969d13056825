"""The link that opens a text at a mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.links import handle, open_link, read_open_link

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(WORDS, WORDS)
def test_a_link_is_read_as_it_was_written(document: str, annotation: str) -> None:
    link = open_link(document, annotation)
    assert read_open_link(link) == (document, annotation)
    assert link.isascii()
    assert not set(link) & set(" ()<>[]\"'\n")


def test_the_ids_of_the_program_can_be_read_in_it() -> None:
    assert open_link("urn:uuid:1", "urn:uuid:2") == (
        "annotated-reader:open?document=urn:uuid:1&annotation=urn:uuid:2"
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/open?document=1",
        "annotated-reader:delete?document=1",
        "annotated-reader:open",
        "annotated-reader:open?document=1&document=2",
        "annotated-reader:open?document=%ff",
        "annotated-reader:open?document=" + "x" * 5000,
        "annotated-reader:open?" + "a=1&" * 100,
        "http://[",
        "",
    ],
)
def test_anything_else_is_no_link_of_ours(link: str) -> None:
    assert read_open_link(link) is None


def test_a_desktop_may_put_slashes_in() -> None:
    assert read_open_link("annotated-reader://open/?document=a") == ("a", "")


def test_short_names_never_change() -> None:
    # Files that were written once are matched by them.
    assert handle("urn:uuid:00000000-0000-4000-8000-000000000001") == "4941b14036d0"
