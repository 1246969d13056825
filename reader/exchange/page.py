"""A text with its marks and notes as one HTML file: nothing to load, nothing that runs.

The file obeys a content security policy of its own that allows no script and
no address; pictures are inside it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.annotations.marks import Color, Mark
from reader.annotations.note_links import without_links
from reader.exchange.notebook import Entry, Notebook
from reader.exchange.page_annotations import Authored, without_headings
from reader.exchange.page_blocks import Blocks, Numbered, plain
from reader.text.model import Text

TEMPLATE = "page.html.j2"

_PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_LARGEST_PICTURE = 16 * 1024 * 1024


def page_of(notebook: Notebook, templates: Path, annotations: bool = False) -> str:
    """The page of a notebook; `templates` is the folder of `page.html.j2`.

    With `annotations` the author's stand beside the text, for whoever reads along.
    A mark that has no place in the text, or a notebook without a text, is
    listed with its quote.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    numbered, without_place = _numbered(notebook)
    picture = _pictures(notebook)
    authored = Authored(notebook.copy, picture) if annotations and notebook.copy else None
    blocks = Blocks(
        notebook.text or Text("", ()),
        numbered,
        picture,
        lambda marks: _notes(notebook, marks),
        mentions=authored.mentions if authored else (),
        beside=authored.beside if authored else None,
    )
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = lambda words: Markup(plain(words))
    used = [color for color in Color if any(e.mark.color is color for e in notebook.entries)]
    page: str = environment.get_template(TEMPLATE).render(
        document=notebook.document,
        language=_language(notebook.document.language),
        titled=bool(notebook.text and notebook.text.title),
        colors=[(color.value, notebook.color_name(color)) for color in used],
        annotated=authored is not None,
        whole_text=Markup(authored.of_whole_text() if authored else ""),
        text=Markup(blocks.html()),
        further=Markup(authored.without_place() if authored else ""),
        without_place=[(entry, Markup(_body(notebook, entry.mark))) for entry in without_place],
    )
    return page


def _numbered(notebook: Notebook) -> tuple[list[Numbered], list[Entry]]:
    """The marks in their places, those with a note numbered; and those without a place."""
    placed: list[Numbered] = []
    without_place: list[Entry] = []
    number = 0
    string = notebook.text.string if notebook.text else ""
    for entry in notebook.entries:
        start, end = entry.anchor.start, entry.anchor.end
        if start is None or end is None or notebook.text is None:
            without_place.append(entry)
            continue
        while end - start > 1 and string[end - 1] == "\n":
            end -= 1
        noted = bool(entry.mark.note.strip() or entry.mark.tags)
        number += noted
        placed.append(Numbered(entry, start, end, number if noted else 0))
    return placed, without_place


def _notes(notebook: Notebook, marks: Sequence[Numbered]) -> str:
    notes = (
        f'<div class="note {each.classes}" id="note-{each.number}">'
        f'<span class="number">{each.number}</span>{_body(notebook, each.entry.mark)}</div>'
        for each in marks
    )
    return f'<aside class="notes">{"".join(notes)}</aside>'


def _body(notebook: Notebook, mark: Mark) -> str:
    """A note as the app shows it: its Markdown, with HTML in it as plain words."""
    from reader.text.markdown import parse_markdown

    body = Blocks(parse_markdown(without_links(mark.note))).html() if mark.note.strip() else ""
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    about = " · ".join(filter(None, [notebook.color_name(mark.color), mark.creator, tags]))
    return f'{without_headings(body)}<p class="about">{plain(about)}</p>'


def _pictures(notebook: Notebook) -> Callable[[str], str]:
    def address(name: str) -> str:
        path = notebook.copy.picture(name) if notebook.copy else None
        kind = _PICTURES.get(path.suffix.lower()) if path else None
        try:
            if path is None or kind is None or path.stat().st_size > _LARGEST_PICTURE:
                return ""
            return f"data:{kind};base64,{b64encode(path.read_bytes()).decode('ascii')}"
        except OSError:
            return ""

    return address


def _language(tag: str) -> str:
    return tag if tag.replace("-", "").isalnum() and tag.isascii() else ""
