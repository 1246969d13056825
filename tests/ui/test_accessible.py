"""The structure of a text for screen readers: made when somebody asks, and nothing stays behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from reader.copies.copy import Copy
from reader.ui.accessible.nodes import Node
from reader.ui.accessible.structure import Structure
from reader.ui.page.page import PageView

_Role = QAccessible.Role

ARTICLE = """\
# Harbour 🚢

The quay is long. Anna walks on the 🐟 quay with [a page](https://example.org/) and nobody minds.

1. One thing
2. Another

> Somebody said so.

```
first line
second line
```

![A drawing](none.png "Of a boat")
"""
ANNOTATIONS = """\
  - {id: quay, kind: place, title: The quay, terms: [quay]}
  - {id: anna, kind: person, title: Anna, terms: [Anna]}
"""


def names(node: object) -> list[tuple[QAccessible.Role, str]]:
    """What is inside a node, by roles and names."""
    inside = [node.child(index) for index in range(node.childCount())]  # type: ignore[attr-defined]
    return [(each.role(), each.text(QAccessible.Text.Name)) for each in inside]


def living() -> int:
    """How many nodes there are."""
    gc.collect()
    return sum(isinstance(each, Node) for each in gc.get_objects())


@pytest.fixture
def structure_of(
    make_page: Callable[..., PageView], make_copy: Callable[..., Copy], qapp: QApplication
) -> Iterator[Callable[[PageView], Structure]]:
    """Makes the structure of a page; Qt's cache, which it outlives here, forgets its nodes."""
    made: list[tuple[PageView, Structure]] = []

    def make(page: PageView) -> Structure:
        made.append((page, Structure(page)))
        return made[-1][1]

    yield make
    for page, _structure in made:
        page.show_copy(make_copy("# Gone", name="gone"))
    qapp.processEvents()


def test_every_block_says_what_it_is(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    structure_of: Callable[[PageView], Structure],
) -> None:
    structure = structure_of(make_page(make_copy(ARTICLE, ANNOTATIONS)))
    section = structure.child(0)
    assert section is not None
    assert names(section) == [
        (_Role.Heading, "Harbour 🚢"),
        (
            _Role.Paragraph,
            "The quay is long. Anna walks on the 🐟 quay with a page and nobody minds.",
        ),
        (_Role.List, ""),
        (_Role.BlockQuote, "Somebody said so."),
        (_Role.Paragraph, "first line\nsecond line"),
        (_Role.Graphic, "A drawing"),
    ]
    assert names(section.child(2)) == [
        (_Role.ListItem, "1. One thing"),
        (_Role.ListItem, "2. Another"),
    ]
    assert section.child(5).text(QAccessible.Text.Description) == "Of a boat"
    assert names(section.child(1)) == [
        (_Role.Link, "quay, place, annotation"),
        (_Role.Link, "Anna, person, annotation"),
        (_Role.Link, "a page"),
    ]
    assert section.child(1).child(2).text(QAccessible.Text.Description) == "https://example.org/"


def test_links_are_where_their_words_are(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    structure_of: Callable[[PageView], Structure],
) -> None:
    page = make_page(make_copy(ARTICLE, ANNOTATIONS))
    structure = structure_of(page)
    section = structure.child(0)
    assert section is not None
    link = section.child(1).child(1)
    mention = page.mentions_in(0, 60)[1]
    words = page.words_rect(mention).toAlignedRect()
    assert link.rect() == words.translated(
        page.viewport().mapToGlobal(words.topLeft()) - words.topLeft()
    )
    middle = link.rect().center()
    assert structure.childAt(middle.x(), middle.y()) is link
    assert not link.state().offscreen


def test_a_long_text_is_made_a_section_at_a_time(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    structure_of: Callable[[PageView], Structure],
) -> None:
    before = living()
    article = "\n\n".join(f"Paragraph {number} of a long book." for number in range(5000))
    page = make_page(make_copy(article), rest=False)
    structure = structure_of(page)
    assert living() == before
    sections = structure.childCount()
    assert living() - before == sections < 50
    last = structure.child(sections - 1)
    assert last is not None
    assert names(last)[-1] == (_Role.Paragraph, "Paragraph 4999 of a long book.")
    assert living() - before == sections + last.childCount()


def test_nothing_is_left_of_a_text_that_is_gone(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    structure_of: Callable[[PageView], Structure],
    qapp: QApplication,
) -> None:
    before = living()
    page = make_page(make_copy(ARTICLE, ANNOTATIONS))
    structure = structure_of(page)
    section = structure.child(0)
    assert section is not None
    names(section.child(1))
    number = QAccessible.uniqueId(section)
    assert QAccessible.accessibleInterface(number) is section
    del section
    page.show_copy(make_copy("# Another", name="another"))
    qapp.processEvents()
    assert QAccessible.accessibleInterface(number) is None
    assert living() == before
    assert names(structure) == [(_Role.Section, "Another")]
