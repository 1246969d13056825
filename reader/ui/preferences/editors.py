"""The control with which a setting is changed, made from how the setting is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from reader.settings import Setting
from reader.ui.preferences.words import FACE_WORDS, choice_name, face_name

TALL = 28
"""The least height of a control, in pixels."""

_PERCENT_STEP = 5
_WIDEST = 12
"""Letters of a combo box; the name of a face can be longer."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A control: `focus` is the part of `widget` that takes the keyboard; `show` gives it a
    value without telling anybody."""

    widget: QWidget
    focus: QWidget
    show: Callable[[Any], None]


def make_editor(name: str, declared: Setting, choose: Callable[[Any], object]) -> Editor:
    """An editor for a setting, which hands what the reader chooses to `choose`."""
    if declared.choices:
        named = [(choice_name(name, choice), choice) for choice in declared.choices]
        return _choice(named, choose)
    if declared.form == "face":
        return _face(choose)
    if declared.form == "folder":
        return _folder(choose)
    if isinstance(declared.default, bool):
        return _check(choose)
    if isinstance(declared.default, int):
        return _number(declared, choose)
    return _text(choose)


def _check(choose: Callable[[Any], object]) -> Editor:
    box = _Check()
    box.toggled.connect(choose)
    return Editor(box, box, _quietly(box, box.setChecked))


def _number(declared: Setting, choose: Callable[[Any], object]) -> Editor:
    box = QSpinBox()
    assert declared.lowest is not None
    assert declared.highest is not None
    box.setRange(declared.lowest, declared.highest)
    box.setSingleStep(_PERCENT_STEP if declared.unit == "%" else 1)
    if declared.unit:
        box.setSuffix(f" {declared.unit}")
    box.setKeyboardTracking(False)  # a number that is being typed is none yet
    box.valueChanged.connect(choose)
    # A spin box' own buttons are too small for many a hand.
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(_step("−", QCoreApplication.translate("Preferences", "Less"), box.stepDown))
    row.addWidget(box, 1)
    row.addWidget(_step("+", QCoreApplication.translate("Preferences", "More"), box.stepUp))
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return Editor(both, box, _quietly(box, box.setValue))


def _step(sign: str, words: str, step: Callable[[], object]) -> QToolButton:
    """A button beside a number, which the arrow keys have no need of."""
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setAutoRepeat(True)
    button.setMinimumSize(TALL, TALL)
    button.clicked.connect(step)
    return button


class _Check(QCheckBox):
    """A check box that can be hit beside its small square too."""

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)


def _choice(named: list[tuple[str, Any]], choose: Callable[[Any], object]) -> Editor:
    box = QComboBox()
    for words, value in named:
        box.addItem(words, value)
    box.activated.connect(lambda index: choose(box.itemData(index)))
    return Editor(box, box, lambda value: box.setCurrentIndex(box.findData(value)))


def _face(choose: Callable[[Any], object]) -> Editor:
    faces = [*FACE_WORDS, *(f for f in QFontDatabase.families() if not f.startswith("."))]
    editor = _choice([(face_name(face), face) for face in faces], choose)
    box = editor.widget
    assert isinstance(box, QComboBox)
    box.insertSeparator(len(FACE_WORDS))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_WIDEST)

    def show(face: str) -> None:
        if box.findData(face) < 0:
            box.addItem(face, face)  # chosen when it was still installed
        editor.show(face)

    return Editor(box, box, show)


def _text(choose: Callable[[Any], object]) -> Editor:
    field = QLineEdit()
    field.editingFinished.connect(lambda: choose(field.text().strip()))
    return Editor(field, field, field.setText)


def _folder(choose: Callable[[Any], object]) -> Editor:
    both = QWidget()
    text = _text(choose)
    field = text.widget
    assert isinstance(field, QLineEdit)
    field.setPlaceholderText(QCoreApplication.translate("Preferences", "Your own folder"))
    button = QPushButton(QCoreApplication.translate("Preferences", "Choose…"))
    button.setAutoDefault(False)
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field, 1)
    row.addWidget(button)

    def ask() -> None:
        title = QCoreApplication.translate("Preferences", "Choose a folder")
        if folder := QFileDialog.getExistingDirectory(both, title, field.text()):
            choose(folder)

    button.clicked.connect(ask)
    return Editor(both, field, text.show)


def _quietly(widget: QWidget, show: Callable[[Any], object]) -> Callable[[Any], None]:
    def quiet(value: Any) -> None:
        blocker = QSignalBlocker(widget)
        show(value)
        blocker.unblock()

    return quiet
