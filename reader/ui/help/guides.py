"""The guides: the Markdown files of `docs/`, as texts whose links lead from one to another.

A guide is shown as any text is. Its links are annotations, so that they are underlined, walked
by Tab and told to a screen reader as words with a card are; only that no card opens.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reader import __version__
from reader.annotations.attaching import attach
from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.text.decoding import decode
from reader.text.hrefs import safe_href
from reader.text.markdown import MarkdownReader
from reader.text.model import BlockKind

USERS = "guide/users-guide.md"
TEACHERS = "guide/teachers-guide.md"
REFERENCE = "guide/authors-reference.md"
NEWS = "CHANGELOG.md"

NAMES = (
    USERS,
    TEACHERS,
    "exporting.md",
    REFERENCE,
    "schools.md",
    "guide/keyboard.md",
    "accessibility.md",
    NEWS,
)
"""The guides in their order, as places below `docs/`; but for what is new, which lies beside it."""

_COMMENT = re.compile(r"^<!--.*?-->\n?", re.MULTILINE | re.DOTALL)
_UNWORDED = re.compile(r"[^\w\- ]")
_LIGHT, _DARK = "-light.", "-dark."


@dataclass(frozen=True, slots=True)
class Link:
    """Where words lead: to a heading of a guide (empty for its start), or to an address outside."""

    guide: str = ""
    heading: str = ""
    address: str = ""


@dataclass(frozen=True)
class Guide(Copy):
    """One guide. `links` are where its annotations lead, by their ids.

    With `dark` its pictures are those of a dark window, where there are such.
    """

    name: str = ""
    links: Mapping[str, Link] = field(default_factory=dict)
    root: Path = Path()
    dark: bool = False

    @property
    def title(self) -> str:
        """What the guide is called."""
        return self.manifest.title

    @cached_property
    def headings(self) -> dict[str, int]:
        """Where each heading starts (code points), by what links call it."""
        found: dict[str, int] = {}
        for block in self.text.blocks:
            if block.kind is BlockKind.HEADING:
                name = slug(self.text.string[block.start : block.end])
                number, unique = 0, name
                while unique in found:
                    number += 1
                    unique = f"{name}-{number}"
                found[unique] = block.start
        return found

    def picture(self, name: str) -> Path | None:
        """The file of a picture, as it is named from the guide's own place."""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), name))
        if place.startswith("../"):
            return None
        for each in (place.replace(_LIGHT, _DARK), place) if self.dark else (place,):
            if (file := self.root / each).is_file():
                return file
        return None


def slug(heading: str) -> str:
    """What links call a heading, as GitHub has it."""
    return _UNWORDED.sub("", heading.casefold()).strip().replace(" ", "-")


def read_guides(docs: Path, news: Path) -> dict[str, Guide]:
    """All guides by their names. Raises OSError where one is missing."""
    return {name: read_guide(docs, name, news) for name in NAMES}


def read_guide(docs: Path, name: str, news: Path) -> Guide:
    """One guide, which lies at `name` below `docs`, or is the file `news`."""
    source = decode((news if name == NEWS else docs / name).read_bytes(), name)
    links: dict[str, Link] = {}

    def led(written: str) -> str:
        link = _link(written, name)
        if link is None:
            return ""
        identifier = f"link-{len(links)}"
        links[identifier] = link
        return f"#{identifier}"

    if name == NEWS:
        source = _news(source)
    text = MarkdownReader(led).parse(_COMMENT.sub("", source))
    annotations = tuple(
        Annotation(id=identifier, kind=Kind.REFERENCE, title=link.address or link.heading)
        for identifier, link in links.items()
    )
    return Guide(
        path=docs / name,
        manifest=Manifest(id=f"help:{name}", title=text.title or name, text_file=name),
        text=text,
        revision=text.digest,
        annotations=annotations,
        attachment=attach(text, annotations),
        name=name,
        links=links,
        root=docs,
    )


def _link(written: str, name: str) -> Link | None:
    """Where a link leads; None where that is not among the guides, nor a web address."""
    if address := safe_href(written):
        if not address.startswith("#"):
            return Link(address=address)
        return Link(guide=name, heading=address[1:])
    file, _, heading = written.partition("#")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(name), file))
    place = NEWS if place == f"../{NEWS}" else place
    return Link(guide=place, heading=heading) if place in NAMES else None


def _news(changelog: str) -> str:
    """A changelog as a page for readers: without what is for those who write it."""
    start = changelog.find("\n## ")
    versions = changelog[start:] if start >= 0 else ""
    versions = re.sub(r"^## \[([^]]+)\] - ", r"## \1, ", versions, flags=re.MULTILINE)
    return f"# What's new\n{versions}"


def newer(version: str, than: str) -> bool:
    """Whether a version, such as 0.2.1, came after another."""

    def numbers(words: str) -> list[int]:
        return [int(part) for part in re.findall(r"\d+", words)]

    return numbers(version) > numbers(than)


def has_news(changelog: Path, version: str = __version__) -> bool:
    """Whether a changelog says anything of a version."""
    try:
        return f"\n## [{version}]" in changelog.read_text("utf-8")
    except OSError:
        return False
