"""Copies that mean harm, or would do some: built anew into a folder, nothing is kept.

    python tests/hostile/corpus.py FOLDER

Each case is a file `name.annotated` or a folder `name`, and says what has to come of it:
`refused` when it must not open, `told` when it opens, but its check has to name a fault,
`harmless` when it opens as if the trick were not there.
"""

from __future__ import annotations

import random
import stat
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

MIMETYPE = b"application/vnd.annotated-reader+zip"
DOCUMENT = b"format: 1\nid: urn:uuid:1\ntitle: A title\ntext: article.md\n"
ARTICLE = b"# A title\n\nA war of attrition.\n"
MEGABYTE = 2**20


class Outcome(StrEnum):
    """What has to come of a case."""

    REFUSED = "refused"
    TOLD = "told"
    HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile copy: `build` makes its file or folder at a path."""

    name: str
    outcome: Outcome
    build: Callable[[Path], None]
    is_file: bool = True


# Containers.


@dataclass(slots=True)
class Part:
    """One entry as it is to be written, true or not."""

    name: str | bytes
    data: bytes = b"x"
    method: int = ZIP_STORED
    mode: int = stat.S_IFREG | 0o644
    extra: bytes = b""


def written(*parts: Part, document: bytes = DOCUMENT, article: bytes = ARTICLE) -> bytes:
    """A container of a sound copy and further entries, in the order in which they come."""
    buffer = BytesIO()
    sound = (
        Part("mimetype", MIMETYPE),
        Part("article.md", article),
        Part("document.yaml", document),
    )
    with ZipFile(buffer, "w") as archive:
        for part in (*sound, *parts):
            info = ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            # Set afterwards: ZipInfo would mend some of these names.
            info.filename = part.name if isinstance(part.name, str) else part.name.decode("cp437")
            info.create_system = 3
            info.external_attr = part.mode << 16
            info.compress_type = part.method
            info.extra = part.extra
            archive.writestr(info, part.data)
    return buffer.getvalue()


def named(name: str) -> bytes:
    """A container with a file of a bad name."""
    return written(Part(name))


def patched(
    data: bytes, changes: dict[int, bytes], entry: bytes, local: bool, central: bool
) -> bytes:
    """The headers of one entry with other bytes at some places of the central header.

    Places are those of the central directory; a local header's are two less up to 28.
    """
    result = bytearray(data)
    for signature, shift, wanted in ((b"PK\x03\x04", 2, local), (b"PK\x01\x02", 0, central)):
        size = 30 if shift else 46
        place = data.find(signature)
        while wanted and place != -1:
            if data[place + size : place + size + len(entry)] == entry:
                for at, new in changes.items():
                    result[place + at - shift : place + at - shift + len(new)] = new
            place = data.find(signature, place + 1)
    return bytes(result)


def zipped(*parts: Part) -> bytes:
    """A zip of these entries alone."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for part in parts:
            name = part.name if isinstance(part.name, str) else part.name.decode("cp437")
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = part.method
            archive.writestr(info, part.data)
    return buffer.getvalue()


def overlapping(count: int) -> bytes:
    """Entries that all lie on the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(bytes(30 * MEGABYTE)) + packer.flush()
    crc = zlib.crc32(bytes(30 * MEGABYTE))
    start = zipped(Part("mimetype", MIMETYPE), Part("document.yaml", DOCUMENT))
    body = start[: start.find(b"PK\x01\x02")]
    place = len(body)
    fields = (8, 0, 33, crc, len(kernel), 30 * MEGABYTE, 5)
    body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, *fields, 0) + b"a.png" + kernel
    central = start[start.find(b"PK\x01\x02") : start.find(b"PK\x05\x06")]
    for number in range(count):
        central += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, *fields, 0, 0, 0, 0, 0, place
        )
        central += b"%05d" % number
    total = count + 2
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(central), len(body), 0)
    return body + central + end


def mistaken_end(**fields: int) -> bytes:
    """A sound container whose end record says something else."""
    data = written()
    names = ("disk", "first", "here", "count", "length", "start", "comment")
    values = dict(zip(names, struct.unpack("<4H2LH", data[-18:]), strict=True)) | fields
    return data[:-18] + struct.pack("<4H2LH", *values.values())


def with_locator() -> bytes:
    """A zip64 locator hidden in the last comment, which leads elsewhere."""
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    buffer = BytesIO(written())
    with ZipFile(buffer, "a") as archive:
        info = ZipInfo("figures/a.png", (1980, 1, 1, 0, 0, 0))
        info.comment = locator
        archive.writestr(info, b"x")
    return buffer.getvalue()


PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
LONG = 6 * MEGABYTE - 1000

NAMES = {
    "leads-out": "../outside.png",
    "leads-out-later": "figures/../../outside.png",
    "absolute": "/tmp/hostile-outside.png",
    "drive": "C:/outside.png",
    "drive-relative": "c:outside.png",
    "backslash": "figures\\..\\..\\outside.png",
    "unc": "\\\\server\\share\\outside.png",
    "unc-slashes": "//server/share/outside.png",
    "device": "figures/nul.png",
    "device-bare": "aux",
    "device-text": "con.md",
    "device-port": "figures/COM1.svg",
    "device-superscript": "figures/lpt¹.png",
    "trailing-point": "figures/a.png.",
    "trailing-space": "figures/a.png ",
    "leading-space": " figures/a.png",
    "stream": "figures/a.png:hidden.png",
    "wildcard": "figures/*.png",
    "control": "figures/a\x07.png",
    "newline": "figures/a\nb.png",
    "escape": "figures/\x1b[2Ja.png",
    "turned": "figures/a\u202egnp.exe.png",
    "zero-width": "figures/a\u200b.png",
    "decomposed": "figures/e\u0301.png",
    "empty-part": "figures//a.png",
    "point": "./figures/a.png",
    "nothing": "/",
    "long": "figures/" + "x" * 5_000 + ".png",
    "deep": "figures/" + "d/" * 60 + "a.png",
}


def _containers() -> Iterator[tuple[str, Outcome, Callable[[], bytes]]]:
    refused = Outcome.REFUSED
    for label, name in NAMES.items():
        yield f"name-{label}", refused, lambda name=name: named(name)  # type: ignore[misc]
    for label, pair in {
        "twice": ("figures/a.png", "figures/a.png"),
        "case": ("figures/a.png", "figures/A.png"),
        "sharp-s": ("figures/strasse.png", "figures/straße.png"),
        "file-and-folder": ("figures/a", "figures/a/b.png"),
        "folder-case": ("figures/a/b.png", "figures/A/c.png"),
        "document-again": ("document.yaml", "figures/a.png"),
        "document-case": ("Document.yaml", "figures/a.png"),
    }.items():
        yield (
            f"names-{label}",
            refused,
            lambda pair=pair: _quietly(Part(pair[0]), Part(pair[1])),  # type: ignore[misc]
        )
    link = stat.S_IFLNK | 0o777
    yield "link", refused, lambda: written(Part("figures/a.png", b"/etc/passwd", mode=link))
    yield "link-text", refused, lambda: written(Part("layers/a.jsonld", b"../..", mode=link))
    for kind in ("CHR", "BLK", "IFO", "SOCK"):
        mode = getattr(stat, f"S_IF{kind}") | 0o666
        yield (
            f"special-{kind.lower()}",
            refused,
            lambda mode=mode: written(Part("figures/a.png", mode=mode)),  # type: ignore[misc]
        )
    encrypted = {8: b"\x01\x00"}
    yield "encrypted", refused, lambda: patched(written(), encrypted, b"article.md", True, True)
    described = {8: b"\x08\x00"}
    yield "streamed", refused, lambda: patched(written(), described, b"article.md", True, True)
    for label, method in (("bzip2", ZIP_BZIP2), ("lzma", ZIP_LZMA)):
        yield (
            f"method-{label}",
            refused,
            lambda method=method: written(Part("figures/a.png", b"x" * 99, method)),  # type: ignore[misc]
        )
    unknown = {10: b"\x63\x00"}
    yield "method-unknown", refused, lambda: patched(written(), unknown, b"article.md", True, True)
    document = Part("document.yaml", DOCUMENT), Part("article.md", ARTICLE)
    yield "mimetype-missing", refused, lambda: zipped(*document)
    yield "mimetype-late", refused, lambda: zipped(*document, Part("mimetype", MIMETYPE))
    yield "mimetype-other", refused, lambda: zipped(Part("mimetype", b"x" * 36), *document)
    yield (
        "mimetype-long",
        refused,
        lambda: zipped(Part("mimetype", MIMETYPE + b"\n" * 9_000_000), *document),
    )
    yield (
        "mimetype-packed",
        refused,
        lambda: zipped(Part("mimetype", MIMETYPE, ZIP_DEFLATED), *document),
    )
    yield "before", refused, lambda: b"#!/bin/sh\n" + written()
    yield "before-shifted", refused, lambda: b"PK\x03\x04" + written()
    yield "behind", refused, lambda: written() + b"MZ" + bytes(5000)
    yield "comment", refused, lambda: mistaken_end(comment=4) + b"more"
    yield "cut", refused, lambda: written()[:-40]
    yield "twice-over", refused, lambda: written() + written()
    yield "end-alone", refused, lambda: b"PK\x05\x06" + bytes(18)
    yield "empty", refused, lambda: b""
    yield "no-zip", refused, lambda: random.Random(1).randbytes(100_000)
    yield "gap", refused, lambda: mistaken_end(start=len(written()) - 300)
    yield "many-declared", refused, lambda: mistaken_end(here=60_000, count=60_000)
    yield "few-declared", refused, lambda: mistaken_end(here=2, count=2)
    yield "disks", refused, lambda: mistaken_end(disk=3, first=2)
    yield "zip64-end", refused, lambda: mistaken_end(here=0xFFFF, count=0xFFFF)
    yield "zip64-locator", refused, with_locator
    zip64 = struct.pack("<HHQQ", 1, 16, 5, 5)
    yield (
        "zip64-sizes",
        refused,
        lambda: patched(
            written(Part("figures/a.png", extra=zip64)),
            {20: b"\xff" * 8},
            b"figures/a.png",
            True,
            True,
        ),
    )
    yield "overlapping", refused, lambda: overlapping(900)
    yield (
        "bomb",
        refused,
        lambda: written(Part("figures/a.png", bytes(31 * MEGABYTE), ZIP_DEFLATED)),
    )
    yield "large", refused, lambda: written(Part("figures/a.png", bytes(33 * MEGABYTE)))
    noise = random.Random(2).randbytes(26 * MEGABYTE)
    yield (
        "large-together",
        refused,
        lambda: written(*(Part(f"figures/{n}.png", noise) for n in range(5))),
    )
    yield "many", refused, lambda: written(*(Part(f"figures/{n}.png") for n in range(1_200)))
    bomb = Part("figures/a.png", bytes(20 * MEGABYTE), ZIP_DEFLATED)
    yield (
        "size-less",
        refused,
        lambda: patched(written(bomb), {24: b"\x10\0\0\0"}, b"figures/a.png", True, True),
    )
    yield (
        "size-more",
        refused,
        lambda: patched(
            written(Part("figures/a.png", b"abc", ZIP_DEFLATED)),
            {24: b"\0\0\x01\0"},
            b"figures/a.png",
            True,
            True,
        ),
    )
    yield (
        "size-two",
        refused,
        lambda: patched(written(bomb), {24: b"\x10\0\0\0"}, b"figures/a.png", False, True),
    )
    yield (
        "name-two",
        refused,
        lambda: patched(written(Part("figures/a.png")), {46: b"F"}, b"figures/a.png", False, True),
    )
    yield (
        "checksum",
        refused,
        lambda: patched(
            written(Part("figures/a.png")), {16: b"\0\0\0\1"}, b"figures/a.png", True, True
        ),
    )
    yield (
        "damaged",
        refused,
        lambda: written(Part("figures/a.png", noise[:9000], ZIP_DEFLATED)).replace(
            noise[4000:4008], bytes(8)
        ),
    )
    yield (
        "folder-with-content",
        refused,
        lambda: written(Part("figures/", b"content", mode=stat.S_IFDIR | 0o755)),
    )
    yield "name-not-utf-8", refused, lambda: _not_utf8()
    yield "text-missing", refused, lambda: written(document=DOCUMENT.replace(b"article", b"other"))
    yield (
        "program",
        Outcome.HARMLESS,
        lambda: written(Part("run.exe", b"MZ"), Part(".git/config", b"x"), Part("figures/a.sh")),
    )


def _not_utf8() -> bytes:
    data = written(Part("figures/xx.png"))
    return data.replace(b"figures/xx.png", b"figures/\xff\xfe.png")


def _quietly(*parts: Part) -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's, that a name stands twice
        return written(*parts)


# What is inside a copy: the same as a folder.


def _head(**fields: str) -> bytes:
    given = {"format": "1", "id": "urn:uuid:1", "title": "T", "text": "article.md"} | fields
    return "".join(f"{key}: {value}\n" for key, value in given.items()).encode()


def _entries(*entries: str) -> bytes:
    return ("annotations:\n" + "\n".join(entries)).encode()


def _picture(name: str) -> bytes:
    return _entries(f"  - {{id: a, kind: figure, terms: [war], image: {{file: {name!r}, alt: A}}}}")


def _laughs(levels: int = 12) -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">%s</svg>'
USES = b"".join(
    b'<g id="g%d">%s</g>' % (n, b'<use x:href="#g%d"/>' % (n - 1) * 10) for n in range(1, 12)
)
ENTITIES = (
    b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><svg>&j;</svg>"
)

Files = dict[str, bytes]


def _folders() -> Iterator[tuple[str, Outcome, Callable[[], Files]]]:
    refused, told, harmless = Outcome.REFUSED, Outcome.TOLD, Outcome.HARMLESS
    for label, name in {
        "out": "../outside.md",
        "absolute": "/etc/passwd",
        "drive": "'C:/Windows/win.ini'",
        "unc": "'\\\\server\\share\\a.md'",
        "unc-slashes": "//server/share/a.md",
        "file": "file:///etc/passwd",
        "web": "https://example.org/a.md",
        "device": "/dev/zero",
    }.items():
        yield f"text-{label}", refused, lambda name=name: {"document.yaml": _head(text=name)}  # type: ignore[misc]
    yield "yaml-laughs-document", refused, lambda: {"document.yaml": _laughs()}
    yield "yaml-laughs", told, lambda: {"annotations.yaml": _laughs()}
    yield "yaml-deep", told, lambda: {"annotations.yaml": b"annotations: " + b"[" * 1_000_000}
    yield "yaml-deep-map", told, lambda: {"annotations.yaml": b"{a: " * 500_000}
    yield "yaml-deep-document", refused, lambda: {"document.yaml": b"- " * 1_000_000}
    yield (
        "yaml-tag",
        told,
        lambda: {"annotations.yaml": b"annotations: !!python/object/apply:os.system [ls]"},
    )
    yield "yaml-merge", told, lambda: {"annotations.yaml": b"a: &a {b: 1}\nc: {<<: *a}"}
    yield "yaml-large", told, lambda: {"annotations.yaml": b"a: b\n" * (MEGABYTE)}
    yield (
        "yaml-many",
        told,
        lambda: {"annotations.yaml": b"annotations: [" + b"a," * 2_000_000 + b"]"},
    )
    yield (
        "yaml-document-large",
        refused,
        lambda: {"document.yaml": DOCUMENT + b"source: " + b"x" * 5 * MEGABYTE},
    )
    yield "yaml-nul", told, lambda: {"annotations.yaml": b"annotations: []\n\0"}
    yield (
        "ids-long",
        told,
        lambda: {"annotations.yaml": _entries(f"  - {{id: {'x' * 3_000_000}, kind: event}}")},
    )
    yield (
        "term-long",
        told,
        lambda: {
            "annotations.yaml": _entries(f"  - {{id: a, kind: event, terms: [{'a ' * 1_500_000}]}}")
        },
    )
    yield (
        "terms-nested",
        told,
        lambda: {
            "article.md": b"a " * 1_000_000,
            "annotations.yaml": _entries(
                "  - id: a\n    kind: event\n    terms:\n"
                + "".join(f"    - {'a ' * n}\n" for n in range(1, 1_000))
            ),
        },
    )
    yield (
        "terms-everywhere",
        told,
        lambda: {
            "article.md": b"a " * (LONG // 2),
            "annotations.yaml": _entries("  - {id: a, kind: event, terms: [a, 'i:A']}"),
        },
    )
    yield (
        "terms-marks",
        harmless,
        lambda: {
            "article.md": ("a" + "\u0301" * 2_000 + " ").encode() * 500,
            "annotations.yaml": _entries("  - {id: a, kind: event, terms: [a, á]}"),
        },
    )
    yield (
        "annotations-many",
        told,
        lambda: {
            "annotations.yaml": _entries(
                *(
                    f"  - {{id: a{n}, kind: event, terms: [b{n}], see: [c{n}]}}"
                    for n in range(9_000)
                )
            )
        },
    )
    yield (
        "targets-many",
        told,
        lambda: {
            "annotations.yaml": _entries(
                *(f"  - {{id: a{n}, kind: event, target: {{exact: war}}}}" for n in range(4_000))
            )
        },
    )
    yield (
        "chart-many",
        told,
        lambda: {
            "annotations.yaml": _entries(
                "  - {id: a, kind: figure, terms: [war], chart: {kind: bars, values: {"
                + ", ".join(f"v{n}: 1e300" for n in range(5_000))
                + "}}}"
            )
        },
    )
    yield (
        "chart-infinite",
        told,
        lambda: {
            "annotations.yaml": _entries(
                "  - {id: a, kind: figure, terms: [war], chart: {kind: bars, values: {a: 1e999, "
                "b: nan}}}"
            )
        },
    )
    yield "text-large", refused, lambda: {"article.md": b"word " * 2_000_000}
    yield "text-word", harmless, lambda: {"article.md": b"a" * LONG}
    yield "text-marks", harmless, lambda: {"article.md": b"a" + "\u0301".encode() * 3_000_000}
    yield (
        "text-turned",
        harmless,
        lambda: {"article.md": "War \u202e\u2066 raw. ".encode() * 50_000},
    )
    for label, source in {
        "paragraphs": b"a\n\n",
        "items": b"- a\n",
        "cells": b"|a|b|\n|-|-|\n" + b"|a|b|\n" * 20,
        "emphasis": b"*a **b ",
        "breaks": b"a  \n",
        "links": b"[a](#b) ",
        "brackets": b"[",
        "pictures": b"![a](b.png)\n\n",
        "footnotes": b"a[^1]\n\n[^1]: b\n\n",
        "code": b"`a` ",
        "quotes": b"> ",
    }.items():
        yield (
            f"markdown-{label}",
            refused,
            lambda source=source: {"article.md": source * (3_000_000 // len(source))},  # type: ignore[misc]
        )
    yield "markdown-deep-quotes", harmless, lambda: {"article.md": b">" * 50_000 + b" a"}
    yield "markdown-deep-brackets", harmless, lambda: {"article.md": b"[" * 50_000 + b"]" * 50_000}
    yield (
        "markdown-deep-list",
        harmless,
        lambda: {"article.md": b"".join(b"  " * n + b"- a\n" for n in range(900))},
    )
    yield (
        "html",
        harmless,
        lambda: {
            "article.md": b'<script src="https://example.org/a.js"></script> <img src="file:///etc/passwd">'
        },
    )
    for label, link in {
        "javascript": "javascript:alert(1)",
        "javascript-entity": "java&#115;cript:alert(1)",
        "data": "data:text/html,x",
        "file": "file:///etc/passwd",
        "unc": "\\\\server\\share",
        "slashes": "//server/share",
        "control": "java%0Ascript:alert(1)",
        "user": "https://bank.example@evil.example/",
    }.items():
        yield (
            f"link-{label}",
            harmless,
            lambda link=link: {"article.md": f"[War]({link}) <{link}>".encode()},  # type: ignore[misc]
        )
    for label, name in {
        "out": "../../outside.png",
        "absolute": "/etc/passwd",
        "web": "https://example.org/a.png",
        "file": "file:///etc/passwd",
        "data": "data:image/png;base64,AAAA",
        "unc": "\\\\server\\share\\a.png",
    }.items():
        yield f"picture-{label}", told, lambda name=name: {"annotations.yaml": _picture(name)}  # type: ignore[misc]
    for label, (name, data) in {
        "png-huge": ("a.png", PNG_HEAD + struct.pack(">2L", 200_000, 200_000) + bytes(99)),
        "gif-huge": ("a.png", b"GIF89a" + struct.pack("<2H", 65_535, 65_535) + bytes(99)),
        "webp-huge": (
            "a.webp",
            b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\0" * 2 + bytes(9),
        ),
        "jpeg-huge": (
            "a.jpg",
            b"\xff\xd8\xff\xc0\0\x0b\x08" + struct.pack(">2H", 65_000, 65_000) + bytes(99),
        ),
        "svg-entities": ("a.svg", ENTITIES),
        "svg-external-entity": (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        ),
        "svg-image": ("a.svg", SVG % b'<image href="https://example.org/a.png"/>'),
        "svg-file": ("a.svg", SVG % b'<image x:href="file:///etc/passwd"/>'),
        "svg-style": ("a.svg", SVG % b'<style>@import "https://example.org/a.css";</style>'),
        "svg-font": ("a.svg", SVG % b"<style>a{b:url(https://example.org/a.woff)}</style>"),
        "svg-uses": ("a.svg", SVG % (b'<rect id="g0"/>' + USES)),
        "svg-round": ("a.svg", SVG % b'<g id="a"><use x:href="#a"/></g>'),
        "svg-deep": ("a.svg", SVG % (b"<g>" * 100_000 + b"</g>" * 100_000)),
        "svg-many": ("a.svg", SVG % (b"<a/>" * 900_000)),
        "svg-utf-16": ("a.svg", '<svg><image href="http://example.org"/></svg>'.encode("utf-16")),
        "svg-large": ("a.svg", SVG % (b" " * 5 * MEGABYTE)),
    }.items():
        yield (
            f"picture-{label}",
            told,
            lambda name=name, data=data: {  # type: ignore[misc]
                f"figures/{name}": data,
                "annotations.yaml": _picture(f"figures/{name}"),
            },
        )
    yield (
        "pictures-svg-many",
        told,
        lambda: {
            **{f"figures/{n}.svg": SVG % (b"<a/>" * 190_000) for n in range(20)},
            "article.md": b"".join(b"![a](figures/%d.svg)\n\n" % n for n in range(20)),
        },
    )
    yield "layer-deep", told, lambda: {"layers/a.jsonld": b"[" * 2_000_000}
    yield "layer-large", told, lambda: {"layers/a.jsonld": b'{"a": 1,' * 1_000_000}


def _as_file(path: Path, files: Files) -> None:
    rest = [Part(name, data) for name, data in files.items()]
    path.write_bytes(zipped(Part("mimetype", MIMETYPE), *rest))


def _as_folder(path: Path, files: Files) -> None:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)


def cases() -> list[Case]:
    """All of them; what is not about the container stands there as a file and as a folder."""
    found = [
        Case(name, outcome, lambda path, make=make: _write(path, make()))  # type: ignore[misc]
        for name, outcome, make in _containers()
    ]
    for name, outcome, make in _folders():
        for is_file in (True, False):

            def build(path: Path, make: Callable[[], Files] = make, file: bool = is_file) -> None:
                files = {"document.yaml": DOCUMENT, "article.md": ARTICLE} | make()
                (_as_file if file else _as_folder)(path, files)

            found.append(Case(f"{'file' if is_file else 'folder'}-{name}", outcome, build, is_file))
    return found


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def build_all(folder: Path) -> list[tuple[Case, Path]]:
    """Build every case in a folder; each with where it lies."""
    built = []
    for case in cases():
        path = folder / (f"{case.name}.annotated" if case.is_file else case.name)
        case.build(path)
        built.append((case, path))
    return built


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(f"{len(build_all(target))} hostile copies in {target}")
