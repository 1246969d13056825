"""Going back to a snapshot of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.library.snapshots import Snapshot, SnapshotKind
from reader.ui.button_box import button_box
from reader.ui.letters import bounded
from reader.ui.library.questions import ask
from reader.ui.library.words import count_words, said_day
from reader.ui.panel.painting import heavy
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.theme import Theme
from reader.ui.translation import QT_TRANSLATE_NOOP

WHY = {
    SnapshotKind.DAILY: QT_TRANSLATE_NOOP("Library", "daily"),
    SnapshotKind.WEEKLY: QT_TRANSLATE_NOOP("Library", "weekly"),
    SnapshotKind.MIGRATION: QT_TRANSLATE_NOOP("Library", "before an update"),
    SnapshotKind.RESTORATION: QT_TRANSLATE_NOOP("Library", "before going back"),
}
_SNAPSHOT = Qt.ItemDataRole.UserRole + 1
_PAD = 12


class SnapshotsDialog(QDialog):
    """Lists the snapshots, the newest first. Before anything happens it asks once."""

    restore_wanted = Signal(object)
    """The Path of a snapshot. The reader was asked, and said yes."""

    def __init__(
        self,
        snapshots: Sequence[Snapshot],
        theme: Theme,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Snapshots of the library"))
        words = QLabel(
            self.tr(
                "Every day, and before anything changes all of it, a copy of the library is "
                "kept: its texts, marks and notes. You can go back to any of them."
            )
            if snapshots
            else self.tr("There is no snapshot yet. The first is taken today.")
        )
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.list = self._listed(snapshots, theme)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.button = buttons.addButton(
            self.tr("Restore this one…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.button.setEnabled(bool(snapshots))
        self.button.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        self.list.doubleClicked.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        # Only a button that is in its dialog can become what Enter means there.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.button.setDefault(True)
        unit = self.fontMetrics().height()
        self.resize(bounded(self, QSize(30 * unit, 26 * unit)))
        if snapshots:
            self.list.setFocus()

    def _listed(self, snapshots: Sequence[Snapshot], theme: Theme) -> QListView:
        view = QListView()
        model = QStandardItemModel(view)
        for snapshot in snapshots:
            when, why, marks = self._words(snapshot)
            item = QStandardItem(when)
            item.setAccessibleText(f"{when}, {why}, {marks}")
            item.setData(snapshot, _SNAPSHOT)
            item.setEditable(False)
            model.appendRow(item)
        view.setModel(model)
        delegate = _SnapshotDelegate(theme, self._words)
        delegate.setParent(view)
        delegate.outlined = True
        view.setItemDelegate(delegate)
        view.setAccessibleName(self.tr("Snapshots"))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("window"))
        view.setPalette(palette)
        view.setCurrentIndex(model.index(0, 0))
        return view

    def _words(self, snapshot: Snapshot) -> tuple[str, str, str]:
        """When it was taken, why, and how many marks are in it."""
        moment = snapshot.moment.astimezone()
        time = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
        when = self.tr("{day}, {time}").format(
            day=said_day(moment.date(), self._today()), time=time
        )
        why = QCoreApplication.translate("Library", WHY[snapshot.kind])
        return when, why, count_words(snapshot.marks)

    def _ask(self) -> None:
        snapshot = self.list.currentIndex().data(_SNAPSHOT)
        if snapshot is None:
            return
        when, _, marks = self._words(snapshot)
        more = self.tr(
            "The library will be as it was then, with {marks}: texts, marks, notes and reading "
            "places. What is in it now is kept as a snapshot too, so that you can come back."
        )
        ask(
            self,
            self.tr("Restore a snapshot"),
            self.tr("Go back to {when}?").format(when=when),
            more.format(marks=marks),
            self.tr("Restore"),
            lambda: self._restore(snapshot),
        )

    def _restore(self, snapshot: Snapshot) -> None:
        self.restore_wanted.emit(snapshot.path)
        self.accept()


class _SnapshotDelegate(RowDelegate):
    """Draws a snapshot: when and why, and at the right the number of marks."""

    def __init__(self, theme: Theme, words: Callable[[Snapshot], tuple[str, str, str]]) -> None:
        super().__init__(theme)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, round(2.1 * option.fontMetrics.height()))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        when, why, marks = self._words(index.data(_SNAPSHOT))
        rect, metrics = option.rect, option.fontMetrics
        base = rect.center().y() + (metrics.ascent() - metrics.descent()) // 2
        bold = heavy(option.font)
        painter.setFont(bold)
        painter.setPen(self.theme.color("text"))
        painter.drawText(rect.x() + _PAD, base, when)
        painter.setFont(option.font)
        painter.setPen(self.theme.color("muted"))
        x = rect.x() + _PAD + QFontMetrics(bold).horizontalAdvance(when) + _PAD
        painter.drawText(x, base, why)
        right = rect.right() - _PAD - metrics.horizontalAdvance(marks)
        painter.drawText(right, base, marks)
