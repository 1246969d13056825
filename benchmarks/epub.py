"""An invented or shipped text as an EPUB 3 file, with a table of contents for older readers too."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from benchmarks.books import BAR, Book, Chapter

PAGE = 15_000
"""Characters after which a chapter begins in another file."""

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
{items}
</manifest>
<spine toc="ncx">
{spine}
</spine>
</package>
"""

_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""

_NCX = """<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{identifier}"/></head>
<docTitle><text>{title}</text></docTitle>
<navMap>
{points}
</navMap>
</ncx>
"""


def write_epub(book: Book, file: Path) -> None:
    """Write the book. The same book gives the same bytes."""
    title = escape(book.title)
    identifier = uuid5(NAMESPACE_URL, f"{book.title} {book.characters}").urn
    pages = _pages(book)
    names = [f"page-{number:03}.xhtml" for number in range(1, len(pages) + 1)]
    kind = 'media-type="application/xhtml+xml"'
    items = [f'<item id="p{at}" href="{name}" {kind}/>' for at, name in enumerate(names)]
    spine = [f'<itemref idref="p{at}"/>' for at in range(len(names))]
    places = [
        (f"{name}#c{at}", escape(chapter.title))
        for name, page in zip(names, pages, strict=True)
        for at, chapter in page
    ]
    links = [f'<li><a href="{place}">{words}</a></li>' for place, words in places]
    points = [
        f'<navPoint id="n{at}" playOrder="{at}"><navLabel><text>{words}</text></navLabel>'
        f'<content src="{place}"/></navPoint>'
        for at, (place, words) in enumerate(places, 1)
    ]
    contents = f'<nav epub:type="toc"><ol>\n{"".join(links)}\n</ol></nav>'
    parts = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _PACKAGE.format(
            identifier=identifier, title=title, items="\n".join(items), spine="\n".join(spine)
        ),
        "EPUB/nav.xhtml": _PAGE.format(title=title, body=contents),
        "EPUB/toc.ncx": _NCX.format(identifier=identifier, title=title, points="\n".join(points)),
    }
    for name, page in zip(names, pages, strict=True):
        first = f"<h1>{title}</h1>\n" if name == names[0] else ""
        body = "\n".join(_chapter(at, chapter) for at, chapter in page)
        parts[f"EPUB/{name}"] = _PAGE.format(title=title, body=first + body)
    with zipfile.ZipFile(file, "w") as archive:
        # First and not compressed, so that the kind of file can be told from its beginning.
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), "application/epub+zip")
        for name, words in parts.items():
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), words)


def _pages(book: Book) -> list[list[tuple[int, Chapter]]]:
    """The chapters with their numbers, file by file: short ones share one."""
    pages: list[list[tuple[int, Chapter]]] = []
    length = PAGE
    for at, chapter in enumerate(book.chapters, 1):
        if length >= PAGE:
            pages.append([])
            length = 0
        pages[-1].append((at, chapter))
        length += sum(map(len, chapter.paragraphs))
    return pages


def _chapter(at: int, chapter: Chapter) -> str:
    paragraphs = "\n".join(map(_paragraph, chapter.paragraphs))
    return f'<h2 id="c{at}">{escape(chapter.title)}</h2>\n{paragraphs}'


def _paragraph(words: str) -> str:
    # MuPDF's faces lack the letter that the bar is made of, and show an empty box for it.
    style = ' style="background-color: black"' if words == BAR else ""
    return f"<p{style}>{escape(words)}</p>"


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    entry.compress_type = method
    return entry
