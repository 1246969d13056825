"""Words as Markdown that shows exactly these words, wherever it is rendered.

What CommonMark and Python-Markdown both escape with a backslash is escaped so;
what only some dialects read as syntax (GitHub's `~~`, Obsidian's `==`, `%%`,
`$`, tags and block ids) becomes a character reference, which all of them show
as the character.
"""

from __future__ import annotations

import re

from reader.text.cleaning import LINE_BREAK, clean

_SYNTAX = re.compile(
    r"""
      (?P<backslash> [\\*`\[] | \{(?=:) | (?<![^\W_])_ | _(?![^\W_]) | (?<!\w)\# )
    | <(?=[A-Za-z/!?])                    # a tag, a comment, an autolink
    | &(?=\#?\w+;)                        # a character reference
    | (?<!\w):(?=[\w+-]{1,40}:)           # an emoji's short name
    | (?<=\s)\^(?=[A-Za-z0-9-]+\s*$)      # a block id of Obsidian's
    | (?<==)= | =(?==)
    | (?<=%)% | %(?=%)
    """,
    re.VERBOSE,
)
_PAIRED = "~$"
"""Harmless when it stands alone in a line."""

_OPENING = re.compile(r"(?P<sign>[-+](?=\s|$|-)|>)|(?P<number>\d+)(?=[.)](?:\s|$))|:")
"""What at the start of a line would make a list, a quote, a rule or a definition of it."""


def escaped(words: str) -> str:
    """One line of words as one line of Markdown, for a paragraph of its own or a part of one."""
    line = " ".join(words.split("\n"))
    bare = line.strip()
    if not bare:
        return ""
    lead = line[: len(line) - len(line.lstrip())]
    tail = line[len(line.rstrip()) :]
    body = _SYNTAX.sub(_plain, bare)
    for sign in _PAIRED:
        if body.count(sign) > 1:
            body = body.replace(sign, _referenced(sign))
    if not lead and (opening := _OPENING.match(body)):
        body = _opened(opening) + body[opening.end() :]
    return _referenced(lead) + body + _referenced(tail)


def _plain(match: re.Match[str]) -> str:
    if match["backslash"]:
        return "\\" + match[0]
    return {"<": "&lt;", "&": "&amp;"}.get(match[0]) or _referenced(match[0])


def _opened(opening: re.Match[str]) -> str:
    if opening["sign"]:
        return "\\" + opening[0]
    return opening[0] + "\\" if opening["number"] else _referenced(opening[0])


def _referenced(characters: str) -> str:
    return "".join(f"&#{ord(character)};" for character in characters)


def paragraphs(words: str) -> list[str]:
    """The blocks of a quote as paragraphs of Markdown, with hard breaks for line breaks."""
    lines = (
        [escaped(part) for part in line.split(LINE_BREAK) if part.strip()]
        for line in clean(words).split("\n")
    )
    return ["  \n".join(parts) for parts in lines if parts]


def blockquote(words: str) -> str:
    """A quote as a blockquote: `>` before every line, a paragraph for every block."""
    quoted = ("> " + paragraph.replace("\n", "\n> ") for paragraph in paragraphs(words))
    return "\n>\n".join(quoted)
