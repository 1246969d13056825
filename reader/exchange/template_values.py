"""What a template of Markdown notes is given; docs/exporting.md lists these for its users."""

from __future__ import annotations

from dataclasses import dataclass

from reader.annotations.marks import MarkKind
from reader.annotations.model import Kind
from reader.exchange.filters import contained
from reader.exchange.links import handle, open_link
from reader.exchange.note_links import NoteLinks
from reader.exchange.notebook import Document, Entry, Notebook
from reader.exchange.options import NotesOptions
from reader.exchange.tables import chart_table


@dataclass(frozen=True, slots=True)
class MarkValues:
    """One mark. `quote` and the names are plain words; the notes and `tables` are Markdown.

    The links of `note` open the app; those of `wiki_note` are Obsidian's.
    """

    id: str
    name: str
    kind: str
    quote: str
    note: str
    wiki_note: str
    tags: tuple[str, ...]
    color: str
    color_name: str
    underline: bool
    creator: str
    created: str
    modified: str
    link: str
    question: str
    citation: str
    state: str
    annotations: tuple[str, ...]
    tables: tuple[str, ...]


def mark_values(
    notebook: Notebook, entry: Entry, options: NotesOptions, links: NoteLinks
) -> MarkValues:
    """The values of one entry."""
    mark = entry.mark
    found = notebook.annotations_in(entry) if options.figures or options.annotations else []
    tables = [chart_table(each) for each in found if each.kind is Kind.FIGURE and each.chart]
    asked = notebook.copy.by_id.get(mark.answers) if notebook.copy and mark.answers else None
    return MarkValues(
        id=mark.id,
        name=f"mark-{handle(mark.id)}",
        kind=mark.kind.value,
        quote=entry.quote,
        note=contained(links.outside(mark.note)),
        wiki_note=contained(links.in_obsidian(mark.note)),
        tags=mark.tags,
        color=mark.color.value,
        color_name="" if mark.kind is MarkKind.BOOKMARK else notebook.color_name(mark.color),
        underline=mark.underline,
        creator=mark.creator,
        created=mark.created,
        modified=mark.modified,
        link=open_link(notebook.document.id, mark.id),
        question=asked.title if asked else mark.answers,
        citation=_citation(notebook.document),
        state=entry.anchor.state.value,
        annotations=tuple(each.title for each in found) if options.annotations else (),
        tables=tuple(tables) if options.figures else (),
    )


def _citation(document: Document) -> str:
    """Author and year, as a citation in the text names its source; else the title."""
    if not document.authors:
        return document.title
    first, *others = document.authors
    who = first if not others else f"{first} et al." if others[1:] else f"{first} and {others[0]}"
    return f"{who}, {document.date[:4]}" if document.date else who
