"""Words as YAML scalars that every reader of YAML reads back as the same words."""

from __future__ import annotations

import re
from io import StringIO

import yaml
from yaml.emitter import Emitter
from yaml.resolver import Resolver

_NAMED = {
    "\\": "\\\\",
    '"': '\\"',
    "\t": "\\t",
    "\n": "\\n",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}
_ODD = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What can only be written as an escape, or as lines of its own."""
_TO_ESCAPE = re.compile(f'["\\\\]|{_ODD.pattern}')
_HALF = re.compile("[\ud800-\udfff]")
_OTHERWISE = re.compile(r"[-+.]?[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?|0[xXoObB][0-9a-fA-F_]+|[yYnN]")
"""What some version of YAML takes for a number or an answer, though not every one does."""
_STRING = "tag:yaml.org,2002:str"


class Bare(str):
    """Words that stand without quotes, whatever a program may take them for: dates."""

    __slots__ = ()


def writable(words: str) -> str:
    """The words with plain newlines, and without halves of letters, which no file can hold."""
    return _HALF.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


def inline(words: str, flow: bool = True) -> str:
    """The words as a scalar on one line; `flow` where they stand between brackets."""
    if isinstance(words, Bare) or _is_plain(words, flow):
        return str(words)
    if '"' in words and "'" not in words and not _ODD.search(words):
        return f"'{words}'"
    return '"' + _TO_ESCAPE.sub(_escape, words) + '"'


def fits_block(words: str) -> bool:
    """Whether the words can be a literal block: no space before or after, nothing to escape."""
    bare = words.replace("\n", "").replace("\t", "")
    return bool(words) and words == words.strip() and not _ODD.search(bare)


def block(words: str, indent: str, newline: str) -> str:
    """Words that fit, as the lines of a literal block below its `|`; no newline at the end."""
    return newline.join(indent + line if line else "" for line in words.split("\n"))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _NAMED.get(match[0]) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def _is_plain(words: str, flow: bool) -> bool:
    if not words or _ODD.search(words) or _OTHERWISE.fullmatch(words):
        return False
    analysis = Emitter(StringIO(), allow_unicode=True).analyze_scalar(words)
    allowed = analysis.allow_flow_plain if flow else analysis.allow_block_plain
    tag: str = Resolver().resolve(yaml.ScalarNode, words, (True, False))  # type: ignore[no-untyped-call]
    return bool(allowed) and tag == _STRING
