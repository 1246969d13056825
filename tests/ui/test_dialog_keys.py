"""Dialogs: Enter presses what has the keyboard, buttons have words alone, fields say what for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Color
from reader.locations import bundled
from reader.ui.color_names import ColorNamesDialog
from reader.ui.style import style_sheet
from reader.ui.theme import Theme, load_theme
from reader.ui.two_panes import furnish

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(bundled("resources") / "themes", request.param)


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: Any, theme: Theme) -> None:
    dialog, left, field = QDialog(), QWidget(), QLineEdit()
    qtbot.addWidget(dialog)
    QVBoxLayout(left).addWidget(field)
    pressed: list[str] = []
    buttons = {name: QPushButton(name) for name in ("copy", "go")}
    for name, button in buttons.items():
        button.clicked.connect(lambda _checked=False, name=name: pressed.append(name))
    buttons["go"].setDefault(True)
    furnish(dialog, theme, left, QWidget(), [None, *buttons.values()])
    dialog.show()
    QTest.keyClick(buttons["copy"], Qt.Key.Key_Return)
    assert pressed == ["copy"]
    assert buttons["go"].isDefault(), "the colour of the default stays where it is"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["copy", "go"]


def test_buttons_have_no_icons(qtbot: Any, qapp: QApplication, theme: Theme) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(theme))
    try:
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Save
        )
        qtbot.addWidget(box)
        box.show()
        assert [button.icon().isNull() for button in box.buttons()] == [True, True]
    finally:
        qapp.setStyleSheet(before)


def test_each_colour_has_an_example_of_its_own(qtbot: Any, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ColorNamesDialog({Color.GREEN: "evidence"}, theme, parent)
    fields = dialog.findChildren(QLineEdit)
    assert len({field.placeholderText() for field in fields}) == len(Color)
    assert [field.text() for field in fields if field.text()] == ["evidence"]


def test_no_dialog_makes_buttons_that_desktops_put_icons_on() -> None:
    sources = (ROOT / "reader").rglob("*.py")
    makers = [
        file.name
        for file in sources
        if re.search(r"QDialogButtonBox\([^)]", file.read_text("utf-8"))
    ]
    assert makers == ["button_box.py"]
