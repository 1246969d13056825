"""Markdown notes: written, and written again onto a file that its user has edited since.

Entries are matched by the comments below them (`pieces.py`). What the user
wrote stays, wherever it is; what he took out stays out; what the app changed is
brought up to date where he left it alone; what was deleted in the app is struck.
A second export without a change in between changes no byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

from reader.annotations.marks import moment
from reader.exchange import front_matter
from reader.exchange.entries import Segment, digests, marked, rendered, spaced, strike, update
from reader.exchange.errors import ExchangeError
from reader.exchange.links import handle
from reader.exchange.note_links import NoteLinks
from reader.exchange.notebook import Entry, Notebook, headings_of
from reader.exchange.options import NotesOptions
from reader.exchange.pieces import Ledger, Piece, Sort, in_pieces, joined, lines_of
from reader.exchange.placing import Arrivals, spots_for
from reader.exchange.template_values import mark_values
from reader.exchange.templates import NotesTemplate
from reader.text.model import Section
from reader.text.progress import Progress, Steps

_BOM = "\ufeff"
_WITHOUT_PLACE = Section(1, "No longer in the text", -1)
_TOP = 2
"""The level of the outermost headings; 1 is the notes' own title."""


@dataclass(frozen=True, slots=True)
class NotesExport:
    """A file of notes as it is to be, and what became of the marks, by their ids.

    `left_out` are entries that the user took out of the file. `new_lines` are
    the lines, from 0, that this export brought in. `before` is the file as it
    was; None when there was none.
    """

    text: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    new_lines: tuple[int, ...] = ()
    before: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to write."""
        return self.text == self.before


def merge_notes(
    before: str | None,
    notebook: Notebook,
    template: NotesTemplate,
    options: NotesOptions | None = None,
    now: str = "",
    progress: Progress | None = None,
) -> NotesExport:
    """The notes of a notebook, merged into the file as it stands; None or empty is no file.

    `now` is the moment of the export (ISO 8601, UTC). Raises ExchangeError when
    the file has the notes of another text, or the template cannot be used, and
    whatever `progress` raises.
    """
    now = now or moment()
    options = options or NotesOptions()
    if before is None or not before.strip(_BOM + "\r\n\t "):
        each = _counted(progress, len(notebook.entries))
        return replace(_Merge("", notebook, template, options, now, each).run(), before=before)
    # The time of the export alone is no reason to change the file.
    each = _counted(progress, 2 * len(notebook.entries))
    export = _Merge(before, notebook, template, options, "", each).run()
    if export.text == before:
        return replace(export, before=before)
    return replace(_Merge(before, notebook, template, options, now, each).run(), before=before)


def _counted(progress: Progress | None, wanted: int) -> Callable[[], None]:
    """What is called for each of the `wanted` entries as it is written."""
    steps, done = Steps(progress), count(1)
    return lambda: steps.at(next(done) / wanted)


class _Merge:
    """One merge; `exported` is empty while the time of the last export shall stay."""

    def __init__(
        self,
        before: str,
        notebook: Notebook,
        template: NotesTemplate,
        options: NotesOptions,
        exported: str,
        each: Callable[[], None],
    ) -> None:
        self._notebook = notebook
        self._template = template
        self._links = NoteLinks(notebook)
        self._options = options
        self._exported = exported
        self._each = each
        self._bom = _BOM if before.startswith(_BOM) else ""
        content = before.removeprefix(_BOM)
        self._newline = "\r\n" if content.count("\r\n") * 2 > content.count("\n") else "\n"
        self._head = template.head(
            document=notebook.document, tags=list(notebook.tags), exported=exported or "-"
        )
        self._fresh = not content
        self._pieces = in_pieces(content or self._native(self._head) + self._newline)
        self._document = handle(notebook.document.id)
        self._ledger = self._find_ledger()
        self._segments = _segments(self._pieces)
        levels = [each.level for each in headings_of(notebook.text)] if notebook.text else []
        self._shift = max(0, _TOP - min(levels, default=_TOP))

    def run(self) -> NotesExport:
        entries = list(self._notebook.entries)
        if self._notebook.text is not None:
            entries = [_with_place(entry) for entry in entries]
        handles = {entry.mark.id: handle(entry.mark.id) for entry in entries}
        standing = self._first_markers()
        where = {id_: standing[name] for id_, name in handles.items() if name in standing}
        written = self._ledger.written if self._ledger else frozenset()
        changed, conflicts = self._update(entries, where)
        struck = self._strike(standing, set(handles.values()))
        new = [e.mark.id not in where and handles[e.mark.id] not in written for e in entries]
        spots = spots_for(entries, new, where, self._segments, self._heading)
        for (segment, index), arrivals in sorted(spots.items(), reverse=True):
            self._insert(segment, index, arrivals)
        added = [entry.mark.id for entry, fresh in zip(entries, new, strict=True) if fresh]
        self._finish(written | set(standing) | {handles[id_] for id_ in added})
        pieces = [each for s in self._segments for each in (*s.pieces, *([s.end] if s.end else []))]
        return NotesExport(
            text=self._bom + joined(pieces),
            added=tuple(added),
            changed=changed,
            conflicts=conflicts,
            struck=struck,
            left_out=tuple(
                id_ for id_, name in handles.items() if id_ not in where and name in written
            ),
            new_lines=_new_lines(pieces),
        )

    def _update(
        self, entries: list[Entry], where: dict[str, int]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Bring the entries that are in the file up to date: which changed, which in conflict."""
        changed: list[str] = []
        conflicts: list[str] = []
        for entry in entries:
            if entry.mark.id not in where:
                continue
            segment = self._segments[where[entry.mark.id]]
            now = self._rendered(entry)
            if segment.marker and segment.marker.hashes != digests(now):
                (conflicts if update(segment, now, self._newline) else changed).append(
                    entry.mark.id
                )
        return tuple(changed), tuple(conflicts)

    def _strike(self, standing: dict[str, int], alive: set[str]) -> tuple[str, ...]:
        struck = []
        for mark_id in sorted(self._notebook.deleted):
            name = handle(mark_id)
            if name in standing and name not in alive:
                segment = self._segments[standing[name]]
                if segment.marker and not segment.marker.deleted:
                    strike(segment)
                    struck.append(mark_id)
        return tuple(struck)

    def _insert(self, number: int, index: int, arrivals: Arrivals) -> None:
        """Put new entries with their headings into a segment, an empty line around each."""
        segment, newline = self._segments[number], self._newline
        pieces: list[Piece] = []
        for entry, headings in arrivals.entries:
            for section in headings:
                text = self._heading(section) + newline
                pieces += spaced([Piece(Sort.HEADING, text, new=True)], newline)
            pieces += marked(handle(entry.mark.id), self._rendered(entry), newline)
            pieces.append(Piece(Sort.BLANK, newline))
        before = segment.pieces[index - 1] if index else None
        if before is None and number:
            before = self._segments[number - 1].end
        if before and before.sort is not Sort.BLANK:
            if not before.text.endswith(("\n", "\r")):
                before.text += newline
            pieces.insert(0, Piece(Sort.BLANK, newline))
        after = segment.pieces[index] if index < len(segment.pieces) else segment.end
        if after is None or after.sort is Sort.BLANK:
            pieces.pop()
        segment.pieces[index:index] = pieces

    def _finish(self, written: frozenset[str] | set[str]) -> None:
        """Bring front matter and ledger up to date."""
        newline, first = self._newline, self._pieces[0]
        front = self._ledger.front if self._ledger else {}
        if first.sort is Sort.FRONT:
            now = in_pieces(self._head)[0]
            if self._fresh:
                front = front_matter.written_fields(first.text)
            elif now.sort is Sort.FRONT:
                keep = "" if self._exported else front_matter.EXPORTED
                text, front = front_matter.merged(first.text, now.text, front, newline, keep)
                first.text = text
        strange = self._ledger.strange if self._ledger else ()
        ledger = Ledger(self._document, front, frozenset(written), strange)
        if ledger == self._ledger:
            return
        text = self._native(str(ledger)) + newline
        for piece in self._pieces:
            if piece.ledger is not None and piece.ledger is self._ledger:
                piece.text, piece.ledger = text, ledger
                return
        last = self._segments[-1].pieces
        tail = last[-1] if last else self._segments[-2].end if len(self._segments) > 1 else None
        if tail and not tail.text.endswith(("\n", "\r")):
            tail.text += newline
        if tail and tail.sort is not Sort.BLANK:
            last.append(Piece(Sort.BLANK, newline))
        last.append(Piece(Sort.LEDGER, text, ledger=ledger))

    def _first_markers(self) -> dict[str, int]:
        """The segments of the entries in the file; of an entry that was copied, the first."""
        found: dict[str, int] = {}
        for number, segment in enumerate(self._segments):
            if segment.marker:
                found.setdefault(segment.marker.handle, number)
        return found

    def _find_ledger(self) -> Ledger | None:
        ledgers = [piece.ledger for piece in self._pieces if piece.ledger]
        ours = next((each for each in ledgers if each.document == self._document), None)
        first = self._pieces[0]
        named = front_matter.field_value(first.text, "document") if first.sort is Sort.FRONT else ""
        if ours is None and (ledgers or (named and named != self._notebook.document.id)):
            raise ExchangeError("The file has the notes of another text; choose another file.")
        return ours

    def _rendered(self, entry: Entry) -> list[Piece]:
        self._each()
        values = mark_values(self._notebook, entry, self._options, self._links)
        return rendered(self._template.entry(mark=values), self._newline)

    def _heading(self, section: Section) -> str:
        level = min(section.level + self._shift, 6)
        return self._template.heading(level=max(level, _TOP), title=section.title)

    def _native(self, text: str) -> str:
        return text.replace("\n", self._newline)


def _with_place(entry: Entry) -> Entry:
    """An entry that stands nowhere has a heading that says so."""
    return entry if entry.anchor.start is not None else replace(entry, path=(_WITHOUT_PLACE,))


def _segments(pieces: list[Piece]) -> list[Segment]:
    segments = [Segment([])]
    for piece in pieces:
        if piece.sort in (Sort.MARKER, Sort.LEDGER):
            segments[-1].end = piece
            segments.append(Segment([]))
        else:
            segments[-1].pieces.append(piece)
    return segments


def _new_lines(pieces: list[Piece]) -> tuple[int, ...]:
    lines: list[int] = []
    line = 0
    for piece in pieces:
        count = len(lines_of(piece.text))
        if piece.new and piece.content:
            lines += range(line, line + count)
        line += count
    return tuple(lines)
