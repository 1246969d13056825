"""Reading W3C Web Annotations, and the annotation sets of Readium and Thorium.

An annotation set is W3C annotations with a few properties of its own in the
body (`color`, `highlight`, `tag`, `tags`, `keyword`), which are read wherever
they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.annotations.marks import Color, MarkKind
from reader.annotations.selectors import Selector
from reader.annotations.w3c.incoming import Incoming, Skip
from reader.annotations.w3c.shapes import line, many, mapping, utc, whole, without_html, words
from reader.annotations.w3c.writing import UNDERLINE

_HEX = re.compile(r"#([0-9a-f]{6})", re.IGNORECASE)
_NEAREST = {"orange": Color.YELLOW, "red": Color.PINK, "violet": Color.PURPLE, "cyan": Color.BLUE}


def read_annotation(item: Any, document: str, about: str = "") -> Incoming:
    """One annotation; raises Skip when it can be none of this program's marks.

    `document` is the id of the text at hand: positions count only in a target
    that names it. `about` names the text of a whole set, when it does.
    """
    item = mapping(item)
    if "Annotation" not in many(item.get("type", item.get("@type"))):
        raise Skip("is not an annotation")
    target, answers = _target(item.get("target"), document)
    source = line(_named(target.get("source"))) or line(_named(target))
    incoming = Incoming(
        id=line(item.get("id", item.get("@id"))),
        about=about or source,
        selector=_selector(target, counts=document in (source, about)),
        creator=creator_name(item.get("creator")),
        created=utc(item.get("created")),
        modified=utc(item.get("modified")),
        answers=answers,
    )
    _read_bodies(item, incoming)
    _read_look(item, target, incoming)
    motivations = many(item.get("motivation"))
    if "bookmarking" in motivations:
        incoming.kind = MarkKind.BOOKMARK
    elif "replying" in motivations and answers:
        incoming.kind = MarkKind.ANSWER
    elif incoming.note:
        incoming.kind = MarkKind.NOTE
    incoming.check()
    return incoming


def _target(value: Any, document: str) -> tuple[dict[str, Any], str]:
    """The target with a selector, and the id of the question that is another target."""
    chosen: dict[str, Any] = {}
    answers = ""
    for target in many(value):
        if isinstance(target, str):
            if target.startswith(f"{document}#"):
                answers = line(target[len(document) + 1 :])
            else:
                chosen = chosen or {"id": target}
        elif isinstance(target, dict) and (not chosen.get("selector") and target):
            chosen = target
    return chosen, answers


def _selector(target: dict[str, Any], counts: bool) -> Selector:
    exact = prefix = suffix = ""
    start = end = None
    for selector in many(target.get("selector")):
        selector = mapping(selector)
        kinds = many(selector.get("type", selector.get("@type")))
        if "TextPositionSelector" in kinds and counts and start is None:
            start, end = whole(selector.get("start")), whole(selector.get("end"))
        for each in _refined(selector):
            if "TextQuoteSelector" in many(each.get("type", each.get("@type"))) and not exact:
                exact, prefix = words(each.get("exact")), words(each.get("prefix"))
                suffix = words(each.get("suffix"))
    if start is None or end is None or end < start:
        start = end = None
    return Selector(exact, prefix, suffix, start, end)


def _refined(selector: dict[str, Any], most: int = 8) -> Iterator[dict[str, Any]]:
    """A selector and those that refine it."""
    while selector and most:
        yield selector
        selector, most = mapping(selector.get("refinedBy")), most - 1


def _read_bodies(item: dict[str, Any], incoming: Incoming) -> None:
    notes: list[str] = []
    tags: list[str] = []
    for body in [*many(item.get("body")), *many(item.get("bodyValue"))]:
        if isinstance(body, str):
            notes.append(words(body))
            continue
        body = mapping(body)
        value = words(body.get("value"))
        if "tagging" in many(body.get("purpose")):
            tags.append(value)
        elif value:
            html = words(body.get("format")).startswith("text/html")
            notes.append(without_html(value) if html else value)
        elif source := line(_named(body.get("source", body))):
            notes.append(source)
        tags += [line(tag) for name in ("tags", "tag", "keyword") for tag in many(body.get(name))]
    incoming.note = "\n\n".join(note.strip() for note in notes if note.strip())
    incoming.tags = clean_tags(tags)


def _read_look(item: dict[str, Any], target: dict[str, Any], incoming: Incoming) -> None:
    """Colour and underline, from the target's style class or from the body."""
    for body in many(item.get("body")):
        body = mapping(body)
        if color := _color(line(body.get("color"))):
            incoming.color = color
        if body.get("highlight") == "underline":
            incoming.underline = True
    for name in many(target.get("styleClass")):
        style = line(name)
        if color := _color(style.removesuffix(UNDERLINE)):
            incoming.color = color
            incoming.underline = style.endswith(UNDERLINE)


def _color(name: str) -> Color | None:
    """One of the five colours by its name, or the one that is nearest to an RGB value."""
    word = name.lower()
    named = next((color for color in Color if color.value == word), None) or _NEAREST.get(word)
    if named:
        return named
    if match := _HEX.fullmatch(word):
        return _nearest(bytes.fromhex(match[1]))
    return None


def _nearest(rgb: bytes) -> Color:
    import colorsys

    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
    if saturation < 0.1 or not 0.05 < lightness < 0.995:
        return Color.YELLOW  # grey, white and black have no hue
    degrees = hue * 360
    for limit, color in ((20, Color.PINK), (75, Color.YELLOW), (170, Color.GREEN)):
        if degrees < limit:
            return color
    return Color.BLUE if degrees < 250 else Color.PURPLE if degrees < 300 else Color.PINK


def creator_name(value: Any) -> str:
    """The name of the first creator."""
    first = next(iter(many(value)), None)
    if isinstance(first, str):
        return line(first)
    named = mapping(first)
    names = (next(iter(many(named.get(key))), None) for key in ("name", "nickname", "id"))
    return next((name for name in map(line, names) if name), "")


def _named(value: Any) -> Any:
    """The IRI of a resource that is written as one, or as an object with an id."""
    return value if isinstance(value, str) else mapping(value).get("id")


def clean_tags(tags: list[str]) -> tuple[str, ...]:
    """Tags without `#`, each once, in their order."""
    return tuple(dict.fromkeys(tag for each in tags if (tag := line(each).lstrip("#").strip())))
