"""Tables on the page: no word is broken while there is room for it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from reader.copies.copy import Copy

if TYPE_CHECKING:
    from reader.ui.page.page import PageView


class CopyMaker(Protocol):
    def __call__(self, article: str, annotations: str = ...) -> Copy: ...


TABLE = """\
| field | what it is |
|---|---|
| `derived-from` | The id of the text that this one was made from, be it by hand or by a program. |
| `Ctrl+Shift+C` | Words are copied with their source, so that they can be quoted somewhere else. |
"""


def test_code_in_a_cell_is_not_broken(
    make_copy: CopyMaker, make_page: Callable[..., PageView]
) -> None:
    page = make_page(make_copy(TABLE))
    block = page.document().begin()
    lines = {}
    while block.isValid():
        lines[block.text()] = block.layout().lineCount()
        block = block.next()
    assert lines["derived-from"] == 1
    assert lines["Ctrl+Shift+C"] == 1
    assert max(lines.values()) == 2
