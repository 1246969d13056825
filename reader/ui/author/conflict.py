"""The same entry changed here and in the file: both side by side, and the author decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.model import Annotation
from reader.annotations.writing.data import fields_of
from reader.annotations.writing.merging import Difference
from reader.annotations.writing.values import Value
from reader.ui.letters import bounded
from reader.ui.panel.painting import heavy
from reader.ui.theme import Theme
from reader.ui.translation import QT_TRANSLATE_NOOP

_NAMES = {
    "id": QT_TRANSLATE_NOOP("Conflict", "Id"),
    "kind": QT_TRANSLATE_NOOP("Conflict", "Kind"),
    "title": QT_TRANSLATE_NOOP("Conflict", "Title"),
    "date": QT_TRANSLATE_NOOP("Conflict", "Date"),
    "until": QT_TRANSLATE_NOOP("Conflict", "Until"),
    "terms": QT_TRANSLATE_NOOP("Conflict", "Words that lead here"),
    "target": QT_TRANSLATE_NOOP("Conflict", "Only here"),
    "body": QT_TRANSLATE_NOOP("Conflict", "Text"),
    "see": QT_TRANSLATE_NOOP("Conflict", "See also"),
    "chart": QT_TRANSLATE_NOOP("Conflict", "Chart"),
    "image": QT_TRANSLATE_NOOP("Conflict", "Picture"),
}


class ConflictDialog(QDialog):
    """Shows the fields that differ. Nothing is decided until a button is pressed."""

    mine_wanted = Signal()
    theirs_wanted = Signal()
    both_wanted = Signal()

    def __init__(
        self, differences: Sequence[Difference], theme: Theme, parent: QWidget, *, both: bool = True
    ) -> None:
        """`both` says whether both versions can be kept."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Changed here and in the file"))
        said = QLabel(
            self.tr(
                "The file was changed meanwhile, where you changed it too. Nothing is lost yet."
            )
        )
        said.setWordWrap(True)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, words in ((1, self.tr("Mine")), (2, self.tr("The file's"))):
            head = QLabel(words)
            head.setFont(heavy(head.font()))
            grid.addWidget(head, 0, column)
        row = 1
        for each in differences:
            row = self._add(grid, row, each, theme)
        grid.setRowStretch(row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(table)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.mine = buttons.addButton(self.tr("Keep mine"), role)
        self.theirs = buttons.addButton(self.tr("Keep the file's"), role)
        self.both = buttons.addButton(self.tr("Keep both"), role)
        self.both.setVisible(both)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        for button in (self.mine, self.theirs, self.both):
            button.setAutoDefault(False)
        cancel.setDefault(True)
        for button, signal in (
            (self.mine, self.mine_wanted),
            (self.theirs, self.theirs_wanted),
            (self.both, self.both_wanted),
        ):
            button.clicked.connect(self.accept)
            button.clicked.connect(signal)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(said)
        whole.addWidget(area, 1)
        whole.addWidget(buttons)
        unit = self.fontMetrics().height()
        self.resize(bounded(self, QSize(40 * unit, 26 * unit)))

    def _add(self, grid: QGridLayout, row: int, each: Difference, theme: Theme) -> int:
        ours, theirs = _fields(each.ours), _fields(each.theirs)
        known = each.ours or each.theirs or each.base
        title = QLabel(known.title if known else each.id)
        title.setFont(heavy(title.font()))
        title.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(title, row, 0, 1, 3)
        row += 1
        if not ours or not theirs:
            gone = self.tr("deleted")
            grid.addWidget(_cell(gone if not ours else self.tr("kept"), theme), row, 1)
            grid.addWidget(_cell(gone if not theirs else self.tr("kept"), theme), row, 2)
            row += 1
        for name in dict.fromkeys((*ours, *theirs)):
            if ours.get(name) == theirs.get(name):
                continue
            grid.addWidget(
                QLabel(QCoreApplication.translate("Conflict", _NAMES[name])),
                row,
                0,
                Qt.AlignmentFlag.AlignTop,
            )
            grid.addWidget(_cell(ours.get(name, ""), theme), row, 1)
            grid.addWidget(_cell(theirs.get(name, ""), theme), row, 2)
            row += 1
        return row


def _fields(annotation: Annotation | None) -> dict[str, str]:
    if annotation is None:
        return {}
    return {name: _words(value) for name, value in fields_of(annotation).items()}


def _words(value: Value) -> str:
    if isinstance(value, list):
        return "\n".join(_words(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(each)}" for name, each in value.items())
    return str(value)


def _cell(words: str, theme: Theme) -> QLabel:
    cell = QLabel(words or "—")
    cell.setTextFormat(Qt.TextFormat.PlainText)
    cell.setWordWrap(True)
    cell.setAlignment(Qt.AlignmentFlag.AlignTop)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    cell.setStyleSheet(
        f"background: {theme['page']}; border: 1px solid {theme['border']};"
        " border-radius: 6px; padding: 6px 8px"
    )
    return cell
