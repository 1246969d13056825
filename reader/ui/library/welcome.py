"""What an empty library shows: where to drop a file, and a button to find one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.icons import Icons
from reader.ui.library.painting import dashed, in_face
from reader.ui.theme import Theme


class Welcome(QWidget):
    """One dashed field with a sentence in it."""

    open_file_wanted = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, face: QFont, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = face
        self._dragging = False
        self._picture = QLabel()
        self._title = QLabel(self.tr("Your library is empty"))
        self._words = QLabel(
            self.tr(
                "Drop an annotated copy, a Markdown or a text file here. Every text that you "
                "open is kept in the library, with your place in it and your marks."
            )
        )
        self._words.setWordWrap(True)
        self.button = QPushButton(self.tr("Open a text…"))
        self.button.setDefault(True)
        self.button.clicked.connect(self.open_file_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._picture, self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.apply_theme(theme, icons)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        size = round(2.4 * self.fontMetrics().height())
        self._picture.setPixmap(
            icons.icon("library").pixmap(QSize(size, size), self.devicePixelRatio())
        )
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("muted"))
        self._words.setPalette(palette)
        self._fit()
        self.update()

    def set_dragging(self, dragging: bool) -> None:
        """Show that what is held over it can be dropped."""
        self._dragging = dragging
        self.update()

    def _fit(self) -> None:
        self._title.setFont(in_face(self._face, self.font(), 1.5, bold=True))
        width = min(round(26 * self.fontMetrics().height()), max(200, self.width() - 60))
        self._words.setFixedSize(width, self._words.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        line = theme.color("accent" if self._dragging else "rule")
        ground = theme.tint("accent", "page", 0.08) if self._dragging else None
        dashed(painter, QRectF(self.rect()), line, ground)
