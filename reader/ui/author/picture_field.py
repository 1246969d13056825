"""A picture of an annotation: chosen, pasted or dropped in, with words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reader.annotations.model import Image
from reader.ui.author.field import Field, small_label
from reader.ui.page.pictures import Picture

_TALLEST = 150
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".svg")


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture that is not in the copy yet: a file, or the bytes of one."""

    name: str
    path: Path | None = None
    data: bytes = b""


class PictureField(QWidget):
    """Shows the picture small, and asks for its description and caption."""

    changed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new: NewPicture | None = None
        """The picture that is to be put into the copy; None for one that is there."""
        self._file = ""
        self._thumbnail = _Thumbnail()
        self._name = small_label("quiet")
        remove = QToolButton()
        remove.setObjectName("quiet")
        remove.setText(self.tr("Take the picture away"))
        remove.clicked.connect(self.removed)
        self.alt = QLineEdit()
        self.alt.textEdited.connect(self.changed)
        self.alt_field = Field(self.tr("What it shows, for those who cannot see it"), self.alt)
        self.caption = QLineEdit()
        self.caption.textEdited.connect(self.changed)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._thumbnail)
        column.addWidget(self.alt_field)
        column.addWidget(Field(self.tr("Caption, if it needs one"), self.caption))

    def show_image(self, image: Image | None, path: Path | None) -> None:
        """Show a picture of the copy, which lies at `path`."""
        self.new = None
        self._file = image.file if image else ""
        self.alt.setText(image.alt if image else "")
        self.caption.setText(image.caption if image else "")
        self._name.setText(self._file)
        self._thumbnail.show_picture(Picture(path))

    def take(self, picture: NewPicture) -> None:
        """Take a picture that is not in the copy yet."""
        self.new = picture
        self._name.setText(picture.name)
        if picture.path is not None:
            self._thumbnail.show_picture(Picture(picture.path))
        else:
            self._thumbnail.show_image(QImage.fromData(picture.data))
        self.alt_field.say_fault("")
        self.changed.emit()

    @property
    def has_picture(self) -> bool:
        """Whether there is one."""
        return bool(self._file or self.new)

    def image(self) -> Image | None:
        """The picture of the copy with what is said of it; a new one has no file yet."""
        if not self.has_picture:
            return None
        file = "" if self.new else self._file
        return Image(file, self.alt.text().strip(), self.caption.text().strip())

    def say_faults(self) -> str:
        """Show what is missing; the answer is the sentence."""
        lacking = self.has_picture and not self.alt.text().strip()
        fault = self.tr("Say in a few words what the picture shows.") if lacking else ""
        self.alt_field.say_fault(fault)
        return fault


def picture_of(data: QMimeData) -> NewPicture | None:
    """The picture that is dropped or pasted, if it is one."""
    for url in data.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.suffix.lower() in SUFFIXES:
            return NewPicture(path.name, path)
    if data.hasImage():
        image = QImage(data.imageData())
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        saved = image.save(buffer, "PNG")  # type: ignore[call-overload]  # it takes str alone
        if saved:
            return NewPicture("picture.png", data=bytes(buffer.data().data()))
    return None


class _Thumbnail(QWidget):
    """A picture in the width of the form."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: Picture) -> None:
        self._picture, self._image = picture, QImage()
        self._fit()

    def show_image(self, image: QImage) -> None:
        self._picture, self._image = None, image
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._size()
        where = QRectF(0, 0, size.width(), size.height())
        if self._picture is not None:
            self._picture.draw(painter, where)
        elif not self._image.isNull():
            painter.drawImage(where, self._image)

    def _size(self) -> QSize:
        room = max(40, self.width())
        if self._picture is not None:
            return self._picture.fitted(room, _TALLEST).toSize()
        size = self._image.size()
        return size.scaled(room, _TALLEST, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)

    def _fit(self) -> None:
        self.setFixedHeight(max(1, self._size().height()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
