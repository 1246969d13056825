"""The author's annotations beside the text of a page: each where it is first mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.attachment import Mention
from reader.annotations.model import Annotation, Chart
from reader.copies.copy import Copy
from reader.exchange.links import handle
from reader.exchange.page_blocks import Blocks, Picture, plain
from reader.exchange.tables import number
from reader.text.markdown import MarkdownReader


class Authored:
    """Writes the annotations of one copy."""

    def __init__(self, copy: Copy, picture: Picture) -> None:
        self._copy, self._picture = copy, picture
        self._markdown = MarkdownReader()
        self.mentions: Sequence[Mention] = copy.attachment.mentions
        self._first: list[tuple[int, Annotation]] = sorted(
            (
                (mentions[0].start, each)
                for each in copy.annotations
                if not each.whole_text and (mentions := copy.attachment.of(each.id))
            ),
            key=lambda entry: entry[0],
        )
        self._next = 0

    def beside(self, start: int, end: int) -> str:
        """Those that are first mentioned in `start:end`; asked for in the order of the text."""
        found = []
        while self._next < len(self._first) and self._first[self._next][0] < max(end, start + 1):
            found.append(self._first[self._next][1])
            self._next += 1
        return self._aside(found)

    def of_whole_text(self) -> str:
        """Those that belong to the text as a whole."""
        return self._aside([each for each in self._copy.annotations if each.whole_text])

    def without_place(self) -> str:
        """Those that nothing in the text leads to."""
        of = self._copy.attachment.of
        return self._aside([e for e in self._copy.annotations if not e.whole_text and not of(e.id)])

    def _aside(self, annotations: Sequence[Annotation]) -> str:
        if not annotations:
            return ""
        return f'<aside class="authored">{"".join(map(self._annotation, annotations))}</aside>'

    def _annotation(self, annotation: Annotation) -> str:
        name = handle(annotation.id)
        title = plain(annotation.title)
        if self._copy.attachment.of(annotation.id):
            title = f'<a href="#mention-{name}">{title}</a>'
        when = " – ".join(filter(None, (annotation.date, annotation.until)))
        about = " · ".join(filter(None, (annotation.kind.value, when)))
        parts = [
            f'<p class="title">{title}</p><p class="about">{plain(about)}</p>',
            self._body(annotation.body),
            _table(annotation.chart) if annotation.chart else "",
            self._image(annotation),
            self._see(annotation.see),
        ]
        return f'<div class="annotation" id="annotation-{name}">{"".join(parts)}</div>'

    def _body(self, body: str) -> str:
        if not body.strip():
            return ""
        text = self._markdown.parse(body)
        return without_headings(Blocks(text, known=self._copy.by_id).html())

    def _image(self, annotation: Annotation) -> str:
        image = annotation.image
        if image is None:
            return ""
        address, alt = self._picture(image.file), plain(image.alt)
        shown = f'<img src="{plain(address)}" alt="{alt}">' if address else f"<p>[{alt}]</p>"
        caption = f"<figcaption>{plain(image.caption)}</figcaption>" if image.caption else ""
        return f"<figure>{shown}{caption}</figure>"

    def _see(self, ids: Sequence[str]) -> str:
        known = self._copy.by_id
        links = [
            f'<a href="#annotation-{handle(each)}">{plain(known[each].title)}</a>'
            for each in ids
            if each in known
        ]
        return f'<p class="about">See also: {", ".join(links)}</p>' if links else ""


def without_headings(body: str) -> str:
    """A note's headings are none of the page's."""
    for level in range(1, 7):
        body = body.replace(f"<h{level}>", "<p><strong>").replace(f"</h{level}>", "</strong></p>")
    return body


def _table(chart: Chart) -> str:
    words = " · ".join(filter(None, (chart.title, chart.unit)))
    caption = f"<caption>{plain(words)}</caption>" if words else ""
    rows = "".join(
        f'<tr><th class="left" scope="row">{plain(label)}</th>'
        f'<td class="right">{plain(number(value))}</td></tr>'
        for label, value in chart.values
    )
    return f"<table>{caption}<tbody>{rows}</tbody></table>"
