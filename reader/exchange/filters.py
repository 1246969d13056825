"""What templates can do with a value besides writing it as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

_NOT_PRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_HTML = re.compile(
    r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)|<(?!https?:|mailto:|br ?/?>)(?=[A-Za-z/!?])"
)
"""Code, which is left alone, or what opens a tag or a comment."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def yaml_value(value: Any) -> str:
    """A string, a number or a list of strings as YAML in one line."""
    if isinstance(value, str):
        return _scalar(value, "{}")
    if isinstance(value, Iterable):
        return f"[{', '.join(_scalar(str(each), '[{}]') for each in value)}]"
    return str(value)


def _scalar(words: str, around: str) -> str:
    """A string, in quotes only where YAML would take it for something else without them."""
    import yaml

    if re.match(r"[^\W\d_]", words) and words.isprintable():
        source = around.format(words)
        try:
            read = yaml.safe_load(f"k: {source}")
        except yaml.YAMLError:
            read = None
        if read == {"k": words if around == "{}" else [words]}:
            return words
    return _NOT_PRINTED.sub(_as_escape, json.dumps(words, ensure_ascii=False))


def _as_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\\uFFFD" if 0xD800 <= code < 0xE000 else f"\\u{code:04X}"


def tag_word(tag: str) -> str:
    """A tag as `#` wants it: one word, and not a number alone (Obsidian's rule)."""
    word = re.sub(r"[^\w/-]+", "-", tag).strip("-/")
    return f"{word}_" if word.isdecimal() else word


def wikilink(title: str) -> str:
    """A title as the target of a `[[link]]`, without what has a meaning there."""
    return " ".join(re.sub(r"[\[\]|#^\\/:]+", " ", title).split())


def contained(note: str) -> str:
    """A note, which is Markdown, so that nothing in it reaches beyond its end.

    A code fence that is left open is closed. HTML is shown instead of taken as
    such, as everywhere in this program, but for `<br>`: it could hide what
    follows, or look like a file's own marks.
    """
    lines = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fence = ""
    for index, line in enumerate(lines):
        before, fence = fence, fence_after(line, fence)
        if not before and not fence:
            lines[index] = _HTML.sub(_shown, line)
    return "\n".join([*lines, fence] if fence else lines).strip("\n")


def _shown(match: re.Match[str]) -> str:
    return match[0] if match[1] else "&lt;"


def fence_after(line: str, fence: str) -> str:
    """The fence that is open after `line`, given the one that was open before it."""
    match = _FENCE.fullmatch(line)
    if not match:
        return fence
    sign, rest = match.groups()
    if fence:
        closes = sign[0] == fence[0] and len(sign) >= len(fence) and not rest.strip()
        return "" if closes else fence
    return "" if sign[0] == "`" and "`" in rest else sign
