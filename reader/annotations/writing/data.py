"""An annotation as the fields of its entry, and as reading its entry gives it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.annotations.model import Annotation, Chart, Image, bare_term
from reader.annotations.reading import WHOLE_TEXT
from reader.annotations.selectors import Selector
from reader.annotations.writing.values import Value
from reader.annotations.writing.words import Bare, writable


def as_read(annotation: Annotation) -> Annotation:
    """The annotation as it comes out of a file that it was written to.

    White space around words goes, and so does what is said twice; an annotation without
    a title is called after its first term, or its id.
    """
    terms = _word_list(annotation.terms)
    return replace(
        annotation,
        terms=terms,
        title=_words(annotation.title) or default_title(annotation.id, terms),
        body=_words(annotation.body),
        targets=() if annotation.whole_text else tuple(map(_target, annotation.targets)),
        see=_word_list(annotation.see),
        date=_words(annotation.date),
        until=_words(annotation.until),
        chart=annotation.chart and _chart(annotation.chart),
        image=annotation.image and _image(annotation.image),
    )


def default_title(identifier: str, terms: tuple[str, ...]) -> str:
    """What an annotation is called that has no title of its own."""
    return (bare_term(terms[0]) if terms else "") or identifier.replace("-", " ").capitalize()


def fields_of(annotation: Annotation) -> dict[str, Value]:
    """The fields of an annotation that is as read, those that say nothing left out."""
    chart, image = annotation.chart, annotation.image
    targets = [_without_nothing(_target_fields(each)) for each in annotation.targets]
    fields: dict[str, Value | None] = {
        "id": annotation.id,
        "kind": annotation.kind.value,
        "title": annotation.title,
        "date": Bare(annotation.date),
        "until": Bare(annotation.until),
        "terms": list(annotation.terms),
        "target": targets[0] if len(targets) == 1 else targets,
        "body": annotation.body,
        "see": list(annotation.see),
        "chart": None,
        "image": None,
    }
    if annotation.whole_text:
        fields["target"] = WHOLE_TEXT
    if chart:
        parts = {"kind": chart.kind.value, "title": chart.title, "unit": chart.unit}
        fields["chart"] = {**_without_nothing(parts), "values": dict(chart.values)}
    if image:
        named = {"file": image.file, "alt": image.alt, "caption": image.caption}
        fields["image"] = _without_nothing(named)
    return _without_nothing(fields)


def _target_fields(target: Selector) -> dict[str, Value | None]:
    return {
        "exact": target.exact,
        "prefix": target.prefix,
        "suffix": target.suffix,
        "start": target.start,
        "end": target.end,
    }


def _without_nothing(fields: dict[str, Value | None] | dict[str, str]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _words(words: str) -> str:
    return writable(words).strip()


def _word_list(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in words if (word := _words(each))))


def _target(target: Selector) -> Selector:
    return replace(
        target,
        exact=_words(target.exact),
        prefix=writable(target.prefix),
        suffix=writable(target.suffix),
    )


def _chart(chart: Chart) -> Chart:
    values = tuple({writable(label): float(number) for label, number in chart.values}.items())
    return replace(chart, values=values, title=_words(chart.title), unit=_words(chart.unit))


def _image(image: Image) -> Image:
    return Image(_words(image.file), _words(image.alt), _words(image.caption))
