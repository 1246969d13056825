"""Plain text to a text, with the headings, paragraphs and bullets that a person would see.

In doubt a line is a paragraph, or part of one: the words are always kept. A
bullet's or number's sign becomes the item's marker; the lines that draw a rule,
underline a heading or quote a line with `>` become what they stand for.
"""

from __future__ import annotations

from reader.text.builder import Builder, Span
from reader.text.cleaning import clean
from reader.text.model import BlockKind, Style, Text
from reader.text.plain_layout import Layout, chunks
from reader.text.plain_leads import leads
from reader.text.plain_levels import settle
from reader.text.plain_pieces import Pieces
from reader.text.progress import Progress, Steps

_TAB = 4
_READ = 0.7


def parse_plain(source: str, progress: Progress | None = None) -> Text:
    """The text that `source` shows; any string is a text, nothing is raised.

    `progress` is called now and then with 0.0 to 1.0; what it raises passes
    through.
    """
    steps = Steps(progress)
    steps.at(0.0)
    lines = [line.rstrip() for line in clean(source).expandtabs(_TAB).split("\n")]
    reader = Pieces(Layout.of(lines))
    for chunk in chunks(lines):
        steps.at(_READ * chunk.end / len(lines))
        reader.read(chunk)
    pieces = reader.found
    settle(pieces)
    named = leads(pieces)
    builder = Builder()
    for index, piece in enumerate(pieces):
        steps.at(_READ + (1 - _READ) * index / len(pieces))
        if piece.kind is BlockKind.RULE:
            builder.add_rule()
        else:
            name = named.get(index, 0)
            spans = [Span(piece.words[:name], Style.BOLD), Span(piece.words[name:])]
            builder.add(piece.kind, spans, level=piece.level, marker=piece.marker, named=bool(name))
    text = builder.text()
    steps.at(1.0)
    return text
