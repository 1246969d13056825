"""A quiet button that shows what is chosen, and opens a menu of what else there is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from reader.ui.panel.painting import draw_outline, fill_rounded
from reader.ui.theme import Theme

_PAD = 10
_ARM = 3.5


class Choice(QToolButton):
    """One of several names, to be chosen in a menu."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, what: str, names: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        """`what` is being chosen; `names` gives each key its words, the first one chosen."""
        super().__init__(parent)
        self._theme = theme
        self._what = what
        self._names = dict(names)
        self._key = ""
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions = {}
        for key, words in names.items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, key=key: self.choose(key))
            action.setCheckable(True)
            group.addAction(action)
            self._actions[key] = action
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show(next(iter(names)))

    @property
    def key(self) -> str:
        """What is chosen."""
        return self._key

    def choose(self, key: str) -> None:
        """Choose one of the keys."""
        if key != self._key:
            self._show(key)
            self.chosen.emit(key)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _show(self, key: str) -> None:
        self._key = key
        self._actions[key].setChecked(True)
        words = self.tr("{what}: {chosen}").format(what=self._what, chosen=self._names[key])
        self.setText(self._names[key])
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        # As wide as the longest, so that choosing moves nothing.
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, self._names.values()))
        height = metrics.height()
        return QSize(widest + 2 * _PAD + height, height + 2 * round(height * 0.36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect())
        menu = self.menu()
        lively = self.underMouse() or self.isDown() or (menu is not None and menu.isVisible())
        fill_rounded(
            painter, rect, theme.color("hover" if lively else "card"), theme.color("border")
        )
        if self.hasFocus():
            draw_outline(painter, rect.adjusted(-1, -1, 1, 1), theme.color("accent"))
        painter.setPen(theme.color("text"))
        painter.setFont(self.font())
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        tip = QPointF(rect.right() - _PAD - _ARM - 1, rect.center().y() + _ARM / 2)
        painter.setPen(QPen(theme.color("muted"), 1.5, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline([tip + QPointF(-_ARM, -_ARM), tip, tip + QPointF(_ARM, -_ARM)])
