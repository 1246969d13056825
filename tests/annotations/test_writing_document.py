"""document.yaml as a person would change it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.writing.document import edited_document, new_document
from reader.annotations.writing.errors import CannotEdit
from reader.copies.manifest_reading import read_manifest

FILE = """\
# Our edition
format: 1
id: urn:uuid:f443ef09-f543-4240-8509-507020d4570b
title: "The Offer"   # as printed
authors: [A. Lotse]
text: article.md
"""


def test_fields_change_come_and_go_and_the_rest_stays() -> None:
    changed = edited_document(
        FILE,
        {"title": "The Offer: again", "revision": 2, "date": "2025-06-30", "authors": None},
    )
    assert changed == FILE.replace('"The Offer"', '"The Offer: again"').replace(
        "authors: [A. Lotse]\n", "date: 2025-06-30\n"
    ).replace("title:", "revision: 2\ntitle:")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline: str) -> None:
    source = FILE.replace("\n", newline)
    changed = edited_document(source, {"language": "uk", "authors": ["A: B", "C, D"]})
    assert changed == FILE.replace(
        "authors: [A. Lotse]\n", 'authors: ["A: B", "C, D"]\nlanguage: uk\n'
    ).replace("\n", newline)


def test_a_file_that_cannot_be_read_is_not_touched() -> None:
    with pytest.raises(CannotEdit, match=r"document\.yaml, line 2"):
        edited_document("format: 1\ntitle: a: b\n", {"title": "x"})
    with pytest.raises(CannotEdit, match="no field colour"):
        edited_document(FILE, {"colour": "red"})


words = st.text(
    st.one_of(
        st.sampled_from(" \n\t:#-?,[]{}&*!|>'\"%@`\\~=.yn12é’𝒜\ufeff\x85\x07"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=20,
)


@given(words, st.lists(words, max_size=3), words)
def test_what_is_set_is_what_is_read(title: str, authors: list[str], licence: str) -> None:
    title = title.replace("\r", "") or "T"
    fields = {"title": title, "authors": authors, "licence": licence}
    for source in (edited_document(FILE, fields), new_document({**fields, "text": "a", "id": "b"})):
        manifest = read_manifest(source, [])
        plain = [each.replace("\r\n", "\n").replace("\r", "\n").strip() for each in authors]
        assert manifest.title == title.strip()
        assert manifest.authors == tuple(each for each in plain if each)
        assert manifest.licence == licence.replace("\r\n", "\n").replace("\r", "\n").strip()
