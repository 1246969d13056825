"""Marks out of a file: read, anchored in the text at hand, and reported on one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.anchoring import anchor_each
from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.annotations.selectors import Selector
from reader.annotations.w3c.incoming import Incoming, Skip
from reader.annotations.w3c.pages import MOST, contents, kinds_of
from reader.annotations.w3c.reading import read_annotation
from reader.annotations.w3c.shapes import TooLong, Unreadable, line, many, mapping, read_json
from reader.exchange.errors import ExchangeError
from reader.exchange.incoming_hypothesis import is_row, read_row
from reader.problems import quoted

ELSEWHERE = "is about another text"
"""Why an annotation does not come in that the import's `elsewhere` counts."""


class Outcome(StrEnum):
    """What became of an annotation: how sure its place is, or why nothing new came in.

    Somebody else's mark is renewed when it has changed since it came in; the reader's own
    stays as the reader has it.
    """

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    ORPHANED = "orphaned"
    RENEWED = "renewed"
    KNOWN = "known"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One annotation of the file: `number` counts from 1, `why` says why it did not come in."""

    number: int
    outcome: Outcome
    mark: str = ""
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """What a file brings: `marks` are new, `newer` take the place of those with their ids.

    `elsewhere` are other texts that annotations are about, and how many, the most first.
    `failed` are sentences, one for each file that could not be read.
    """

    marks: tuple[Mark, ...] = ()
    newer: tuple[Mark, ...] = ()
    rows: tuple[ImportRow, ...] = ()
    elsewhere: tuple[tuple[str, int], ...] = ()
    failed: tuple[str, ...] = ()

    def counts(self) -> dict[Outcome, int]:
        """How many annotations came to which outcome."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome}


def import_marks(
    data: bytes,
    name: str,
    document: str,
    text: str,
    known: Iterable[Mark] = (),
    source: str = "",
    progress: Callable[[float], None] | None = None,
) -> Import:
    """The marks in a file of annotations, for the text with the id `document`.

    `text` is its canonical string, `source` where it comes from, `known` are
    the marks that it has. Read are W3C Web Annotations (one, a list, a page, a
    collection), annotation sets of Readium and Thorium, and what Hypothesis
    exports. Ids are kept, or made of the file's, so that a second import adds
    nothing. `progress` is called with 0.0 to 1.0. Raises ExchangeError when the
    file as a whole cannot be read; `name` is what messages call it.
    """
    try:
        items, read = _contents(read_json(data), name, document)
    except Unreadable as error:
        raise ExchangeError(_sentence(name, error)) from error
    except TooLong as error:
        raise ExchangeError(f"{quoted(name)} has a name in it that is too long.") from error
    if len(items) > MOST:
        raise ExchangeError(
            f"{quoted(name)} has {len(items)} annotations, and {MOST} is the most; "
            "divide it into parts."
        )
    taker = _Taker(document, text, source, {mark.id: mark for mark in known})
    incoming: dict[int, Incoming] = {}
    for number, item in enumerate(items, 1):
        try:
            incoming[number] = read(item)
        except Skip as why:
            taker.skip(number, str(why))
        except TooLong:
            taker.skip(number, "is longer than anything that a person marks or writes")
    _join_threads(incoming, taker)
    # The same words are often said something about more than once.
    selectors = dict.fromkeys(each.selector for each in incoming.values())
    places = anchor_each(text, selectors)
    found: dict[int, Anchor] = {}
    anchors: dict[Selector, Anchor] = {}
    for count, (number, each) in enumerate(incoming.items(), 1):
        if each.selector not in anchors:
            anchors[each.selector] = next(places)
        found[number] = anchors[each.selector]
        if progress:
            progress(count / len(incoming))
    sure = {
        incoming[number].about
        for number, place in found.items()
        if place.state in (State.EXACT, State.MOVED)
    }
    for number, each in incoming.items():
        taker.take(number, each, found[number], each.about in sure)
    return taker.result()


def _sentence(name: str, why: Unreadable) -> str:
    place = f"{quoted(name)}, line {why.line}: this" if why.line else quoted(name)
    return f"{place} {why.fault}" + (f"; {why.advice}." if why.advice else ".")


class _Taker:
    """Makes marks of what comes in, and remembers what became of each."""

    def __init__(self, document: str, text: str, source: str, known: dict[str, Mark]) -> None:
        self._ours = {"", document, source}
        self._text = text
        self._known = known
        self._marks: dict[str, Mark] = {}
        self._contents: dict[str, str] = {}
        self._newer: list[Mark] = []
        self._rows: dict[int, ImportRow] = {}
        self._elsewhere: Counter[str] = Counter()

    def skip(self, number: int, why: str, quote: str = "") -> None:
        """An annotation does not come in."""
        self._rows[number] = ImportRow(number, Outcome.SKIPPED, quote=quote, why=why)

    def take(self, number: int, incoming: Incoming, place: Anchor, sure: bool) -> None:
        """An annotation comes in, unless it is known, or about another text.

        `sure` says that something about the same text has its place here for
        certain.
        """
        exact = incoming.selector.exact
        if (
            place.state in (State.DOUBTFUL, State.ORPHANED)
            and not sure
            and incoming.about not in self._ours
        ):
            self.skip(number, ELSEWHERE, exact)
            self._elsewhere[incoming.about] += 1
            return
        identifier = incoming.mark_id
        content = incoming.fingerprint
        if self._contents.get(identifier, content) != content:
            identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{identifier} {content}')}"
        if identifier in self._contents:
            self.skip(number, "stands in the file twice", exact)
            return
        self._contents[identifier] = content
        mark = incoming.mark(identifier, self._selector(incoming.selector, place))
        if (known := self._known.get(identifier)) is not None:
            outcome, why = Outcome.KNOWN, "is here already"
            if mark.modified > known.modified and known.creator and known.creator == mark.creator:
                self._newer.append(mark)
                outcome, why = Outcome.RENEWED, ""
            self._rows[number] = ImportRow(number, outcome, identifier, exact, why)
            return
        self._marks[identifier] = mark
        self._rows[number] = ImportRow(number, Outcome(place.state.value), identifier, exact)

    def _selector(self, selector: Selector, place: Anchor) -> Selector:
        """How the mark finds its place again: as this text has it, where that is certain."""
        if place.start is None or place.end is None or place.state is State.DOUBTFUL:
            return selector
        if self._text[place.start : place.end] == selector.exact:
            return selector_of(self._text, place.start, place.end)
        return replace(selector, start=place.start, end=place.end)

    def result(self) -> Import:
        """All of it, in the order of the file."""
        rows = tuple(self._rows[number] for number in sorted(self._rows))
        elsewhere = tuple(self._elsewhere.most_common())
        return Import(tuple(self._marks.values()), tuple(self._newer), rows, elsewhere)


def _contents(value: Any, name: str, document: str) -> tuple[list[Any], Callable[[Any], Incoming]]:
    """The annotations of a file, and how to read each."""
    top, kinds = mapping(value), kinds_of(value)
    rows = next((top[key] for key in ("rows", "annotations") if key in top), None)
    about = ""
    if "AnnotationSet" in kinds:
        items, about = many(top.get("items")), _publication(top)
    elif (found := contents(value)) is not None:
        items = found
    elif isinstance(rows, list) and not kinds:
        items = rows
    else:
        raise ExchangeError(
            f"{quoted(name)} has no annotations that can be read: W3C Web Annotations, "
            "a set of Readium's or Thorium's, or an export of Hypothesis'."
        )
    me = line(top.get("export_userid"))

    def read(item: Any) -> Incoming:
        return read_row(item, me) if is_row(item) else read_annotation(item, document, about)

    return items, read


def _publication(top: dict[str, Any]) -> str:
    """What the publication of an annotation set is called."""
    about = mapping(top.get("about"))
    names = [line(each) for each in many(about.get("dc:identifier"))]
    return next((name for name in names if name), "") or line(about.get("dc:title"))


def _join_threads(incoming: dict[int, Incoming], taker: _Taker) -> None:
    """Replies become notes on the passage of what they reply to."""
    by_id = {each.id: each for each in incoming.values() if each.id}
    for number, each in list(incoming.items()):
        seen = {each.id}
        top: Incoming | None = each
        while top and top.parent:
            top = None if top.parent in seen else by_id.get(top.parent)
            seen.add(top.id if top else "")
        if top is None or not top.selector.exact:
            del incoming[number]
            taker.skip(number, "replies to an annotation that is not in the file")
        elif each is not top:
            each.selector = top.selector
            each.kind = MarkKind.NOTE
            try:
                each.check()
            except Skip as why:
                del incoming[number]
                taker.skip(number, str(why))
