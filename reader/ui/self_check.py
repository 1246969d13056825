"""Whether Qt has all that the window needs: pictures, faces, translations, PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QTranslator
from PySide6.QtGui import QColor, QFontDatabase, QImage, QImageReader, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from reader.ui.fonts import FILES, load_faces

_ASKED = QColor("#b03060")


def check_window(resources: Path) -> dict[str, str]:
    """What is amiss with each part of Qt that is used, in a few words; empty where all is well.

    A QGuiApplication has to be there.
    """
    return {
        "pictures": _pictures(),
        "drawings": _drawings(resources / "icons" / "app.svg"),
        "faces": _faces(),
        "translations": _translations(resources / "translations"),
        "pdf": _pdf(),
    }


def _pictures() -> str:
    known = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    if lacking := sorted({"png", "jpeg", "webp", "gif"} - known):
        return f"Qt cannot read {', '.join(lacking)}"
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(_ASKED)
    for name in ("png", "jpeg", "webp"):
        read = QImage.fromData(_written(image, name))
        if read.isNull() or not _alike(read.pixelColor(8, 8), _ASKED):
            return f"Qt reads {name} wrongly"
    return ""


def _written(image: QImage, name: str) -> QByteArray:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, name)  # type: ignore[call-overload]
    return data


def _alike(one: QColor, other: QColor) -> bool:
    return all(
        abs(getattr(one, part)() - getattr(other, part)()) < 16 for part in ("red", "green", "blue")
    )


def _drawings(file: Path) -> str:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(file.read_bytes()).render(painter)
    painter.end()
    drawn = any(image.pixelColor(x, x).alpha() for x in range(32))
    return "" if drawn else "QtSvg draws nothing"


def _faces() -> str:
    faces = load_faces()
    for face, package in ((faces.text, "font_source_serif_pro"), (faces.interface, "font_hanken")):
        family = face.families()[0]
        if family not in QFontDatabase.families() or not QFontDatabase.styles(family):
            return f"the face of {package} is not there"
    wanted = sum(len(styles) for _, styles in FILES.values())
    found = sum(
        len(QFontDatabase.styles(face.families()[0])) for face in (faces.text, faces.interface)
    )
    return "" if found >= wanted else f"{found} styles of faces are there instead of {wanted}"


def _translations(folder: Path) -> str:
    files = sorted(folder.glob("reader_*.qm"))
    for file in files:
        if not QTranslator().load(str(file)):
            return f"{file.name} cannot be loaded"
    return "" if files else "there are none"


def _pdf() -> str:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageMargins(QMarginsF(10, 10, 10, 10))
    painter = QPainter(writer)
    painter.setFont(load_faces().text)
    painter.drawText(100, 100, "Harbour")
    painter.end()
    return "" if bytes(data.data()).startswith(b"%PDF") else "Qt writes no PDF"
