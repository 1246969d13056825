"""Pictures of a copy: bounded, upright, sharp, and without a way out of their file."""

from __future__ import annotations

import gzip
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageWriter, QPainter

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.ui.page.page import PageView
from reader.ui.page.pictures import Picture, Pictures
from reader.ui.theme import Theme

RED, BLUE = QColor("#ff0000"), QColor("#0000ff")
pytestmark = pytest.mark.usefixtures("qapp")


def image(width: int, height: int, color: QColor = RED) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(color)
    return made


def encoded(picture: QImage, form: str = "PNG") -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(picture)
    return bytes(data.data())


def drawn(picture: Picture, width: int = 40, height: int = 40) -> QImage:
    paper = QImage(width, height, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    picture.draw(painter, QRectF(0, 0, width, height))
    painter.end()
    return paper


def is_blank(paper: QImage) -> bool:
    blank = QImage(paper.size(), paper.format())
    blank.fill(QColor("white"))
    return paper == blank


def written(folder: Path, name: str, data: bytes) -> Picture:
    path = folder / name
    path.write_bytes(data)
    return Picture(path)


# SVG ----------------------------------------------------------------------------------------------

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="40" height="20">'
)
GROUND = '<rect width="40" height="20" fill="#ff0000"/>'


def svg(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}</svg>".encode()


def test_an_svg_is_drawn_at_any_size(tmp_path: Path) -> None:
    picture = written(tmp_path, "a.svg", svg(GROUND))
    assert picture.size == QSizeF(40, 20)
    assert picture.fitted(400, 400) == QSizeF(400, 200)
    assert drawn(picture, 400, 200).pixelColor(399, 199) == RED


def test_what_an_svg_holds_itself_may_be_referred_to(tmp_path: Path) -> None:
    data = b64encode(encoded(image(4, 4, BLUE))).decode()
    body = (
        '<defs><linearGradient id="g"><stop stop-color="#ff0000"/></linearGradient>'
        '<rect id="r" width="20" height="20" fill="url(#g)"/></defs><use xlink:href="#r"/>'
        f'<image x="20" width="20" height="20" xlink:href="data:image/png;base64,{data}"/>'
    )
    paper = drawn(written(tmp_path, "a.svg", svg(body)), 40, 20)
    assert paper.pixelColor(5, 10) == RED
    assert paper.pixelColor(30, 10) == BLUE


def outside(path: Path) -> str:
    return f'<image width="40" height="20" xlink:href="{path}"/>'


def bomb(levels: int) -> str:
    groups = "".join(
        f'<g id="a{level}"><use xlink:href="#a{level - 1}"/><use xlink:href="#a{level - 1}"/></g>'
        for level in range(1, levels)
    )
    return f'<defs><g id="a0">{GROUND}</g>{groups}</defs><use xlink:href="#a{levels - 1}"/>'


NESTED = "data:image/{};base64,{}"


@pytest.mark.parametrize(
    "disguise",
    [
        lambda body: svg(body),
        lambda body: gzip.compress(svg(body)),
        lambda body: ("<?xml version='1.0' encoding='UTF-16'?>" + svg(body).decode()).encode(
            "utf-16"
        ),
        lambda body: svg(body).decode().encode("utf-16-le"),
        lambda body: (
            b"<?xml version='1.0' encoding='UTF-7'?>" + svg(body).replace(b"href", b"hr+AGU-f")
        ),
        lambda body: svg(outside(Path(NESTED.format("svg+xml", b64encode(svg(body)).decode())))),
        lambda body: svg(outside(Path(NESTED.format("png", b64encode(svg(body)).decode())))),
    ],
    ids=["plain", "packed", "utf-16", "utf-16 unsaid", "utf-7", "nested", "nested as png"],
)
def test_an_svg_cannot_bring_in_another_file(
    tmp_path: Path, disguise: Callable[[str], bytes]
) -> None:
    other = tmp_path / "other.png"
    image(4, 4).save(str(other))
    picture = written(tmp_path, "a.svg", disguise(outside(other)))
    assert picture.size.isEmpty()
    assert is_blank(drawn(picture))


@pytest.mark.parametrize(
    "body",
    [
        '<image xlink:href="https://example.org/a.png" width="9" height="9"/>',
        '<image href = "file:///etc/passwd" width="9" height="9"/>',
        '<use xlink:href="other.svg#a"/>',
        "<style>@import 'other.css';</style>",
        '<rect fill="url(other.svg#g)" width="9" height="9"/>',
        "<rect style='fill:URL( \"http://example.org/#g\" )' width='9' height='9'/>",
        '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>',
    ],
)
def test_an_svg_that_refers_outside_is_not_shown(tmp_path: Path, body: str) -> None:
    assert written(tmp_path, "a.svg", svg(GROUND + body)).size.isEmpty()


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;">]>' + svg(GROUND + "<text>&b;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
        b"",
        b"no svg",
        svg(GROUND)[:-8],
        svg(GROUND) + b" " * (4 * 1024 * 1024),
        svg("<g>" * 5000 + "</g>" * 5000),
        svg(bomb(30)),
        svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'),
    ],
    ids=[
        "entities", "a file as entity", "empty", "words", "cut off", "too long", "too deep",
        "a bomb", "a circle",
    ],
)  # fmt: skip
def test_a_harmful_or_damaged_svg_is_not_shown(tmp_path: Path, data: bytes) -> None:
    picture = written(tmp_path, "a.svg", data)
    assert picture.size.isEmpty()
    assert picture.fitted(100, 100).isEmpty()
    assert is_blank(drawn(picture))


def test_repeating_a_few_elements_is_no_harm(tmp_path: Path) -> None:
    assert drawn(written(tmp_path, "a.svg", svg(bomb(8)))).pixelColor(5, 5) == RED


def test_a_huge_svg_is_fitted_like_any_other(tmp_path: Path) -> None:
    head = HEAD.replace('"40"', '"1000000000"').replace('"20"', '"500000000"')
    ground = '<rect width="1000000000" height="500000000" fill="#ff0000"/>'
    picture = written(tmp_path, "a.svg", svg(ground, head))
    assert picture.fitted(600, 500) == QSizeF(600, 300)
    assert drawn(picture).pixelColor(20, 20) == RED


# Pictures of pixels -------------------------------------------------------------------------------


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000, 2_000), (40_000_001, 1)])
def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = written(tmp_path, "a.png", png_header(*size))
    assert picture.size.isEmpty()
    assert is_blank(drawn(picture))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_pixels_keep_their_shape_and_are_never_blown_up(tmp_path: Path, form: str) -> None:
    picture = written(tmp_path, f"a.{form.lower()}", encoded(image(80, 40), form))
    assert picture.size == QSizeF(80, 40)
    assert picture.fitted(600, 600) == QSizeF(80, 40)
    assert picture.fitted(40, 600) == QSizeF(40, 20)
    assert drawn(picture).pixelColor(20, 20).red() > 240


def test_an_svg_called_png_is_not_shown(tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    image(4, 4).save(str(other))
    for data in (svg(outside(other)), svg(GROUND), gzip.compress(svg(outside(other)))):
        picture = written(tmp_path, "a.png", data)
        assert picture.size.isEmpty()
        assert is_blank(drawn(picture))


def test_a_png_called_jpeg_is_shown(tmp_path: Path) -> None:
    picture = written(tmp_path, "a.jpg", encoded(image(8, 8)))
    assert drawn(picture).pixelColor(4, 4) == RED


def test_a_photo_held_sideways_stands_upright(tmp_path: Path) -> None:
    photo = image(80, 40, BLUE)
    for y in range(40):
        for x in range(40):
            photo.setPixelColor(x, y, RED)
    path = tmp_path / "a.jpg"
    writer = QImageWriter(str(path))
    writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    assert writer.write(photo)
    picture = Picture(path)
    assert picture.size == QSizeF(40, 80)
    for width, height in ((40, 80), (10, 20)):
        paper = drawn(picture, width, height)
        assert paper.pixelColor(width // 2, height // 8).red() > 200
        assert paper.pixelColor(width // 2, height - height // 8).blue() > 200


def test_a_picture_that_grows_is_read_again_and_sharp(tmp_path: Path) -> None:
    stripes = image(400, 8)
    for x in range(0, 400, 2):
        for y in range(8):
            stripes.setPixelColor(x, y, BLUE)
    picture = written(tmp_path, "a.png", encoded(stripes))
    drawn(picture, 40, 1)
    paper = drawn(picture, 400, 8)
    assert [paper.pixelColor(x, 4) for x in (100, 101, 102)] == [BLUE, RED, BLUE]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"words"])
def test_a_damaged_picture_is_not_shown(tmp_path: Path, data: bytes) -> None:
    picture = written(tmp_path, "a.png", data)
    assert picture.size.isEmpty()
    assert is_blank(drawn(picture))


def test_a_picture_is_opened_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def find(name: str) -> Path | None:
        asked.append(name)
        return None

    pictures = Pictures(find)
    assert pictures["a.png"] is pictures["a.png"]
    assert pictures["a.png"].size.isEmpty()
    assert asked == ["a.png"]


# In the page --------------------------------------------------------------------------------------


def test_the_page_shows_a_picture_in_the_middle_of_its_column(
    make_page: Callable[..., PageView], make_copy: Callable[..., Copy], tmp_path: Path
) -> None:
    tmp_path.joinpath("copy").mkdir()
    image(100, 60).save(str(tmp_path / "copy" / "red.png"))
    copy = make_copy('# A title\n\n![Red](red.png "Caption below")\n\nThe end.\n')
    page = make_page(copy)
    paper = page.viewport().grab().toImage()
    left, right = page.column()
    middle = (left + right) // 2
    rows = [y for y in range(paper.height()) if paper.pixelColor(middle, y) == RED]
    columns = [x for x in range(paper.width()) if paper.pixelColor(x, rows[0] + 9) == RED]
    assert len(rows) == 60
    assert len(columns) == 100
    assert (columns[0] + columns[-1]) // 2 == pytest.approx(middle, abs=1)
    end = page.words_rect(Mention(copy.text.string.index("The end"), len(copy.text.string), ""))
    assert end.top() > rows[-1] + 20, "there is room for the caption"


@pytest.mark.parametrize("source", ["none.png", "damaged.png", "../outside.png", "harm.svg"])
def test_a_picture_that_cannot_be_shown_is_told_in_words(
    make_page: Callable[..., PageView],
    make_copy: Callable[..., Copy],
    tmp_path: Path,
    theme: Theme,
    source: str,
) -> None:
    tmp_path.joinpath("copy").mkdir()
    image(100, 60).save(str(tmp_path / "outside.png"))
    tmp_path.joinpath("copy", "damaged.png").write_bytes(b"\x89PNG")
    tmp_path.joinpath("copy", "harm.svg").write_bytes(svg(outside(tmp_path / "outside.png")))
    seen = []
    for alt in ("What it shows", "Something else"):
        page = make_page(make_copy(f"# A title\n\n![{alt}]({source})\n\nThe end.\n"))
        paper = page.viewport().grab().toImage()
        assert not any(
            paper.pixelColor(x, y) == RED
            for x in range(0, paper.width(), 3)
            for y in range(0, paper.height(), 3)
        )
        border = QColor(theme["border"])
        assert any(paper.pixelColor(x, y) == border for x in range(60) for y in range(60, 300))
        seen.append(paper)
    assert seen[0] != seen[1], "the words are those of the picture"
