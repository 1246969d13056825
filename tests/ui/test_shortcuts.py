"""The list of keys holds all of them, can be narrowed, and can be copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.settings import Settings
from reader.ui.commands import COMMANDS, MENUS
from reader.ui.keymap import Keymap
from reader.ui.other_keys import ELSEWHERE, PAGE_KEYS, PageKey
from reader.ui.shortcuts import ShortcutsDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def keymap(tmp_path: Path) -> Keymap:
    return Keymap(Settings(tmp_path))


@pytest.fixture
def dialog(qtbot: QtBot, keymap: Keymap) -> ShortcutsDialog:
    dialog = ShortcutsDialog(keymap)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    return dialog


@pytest.fixture
def field(dialog: ShortcutsDialog) -> QLineEdit:
    field = dialog.findChild(QLineEdit)
    assert field is not None
    return field


@pytest.fixture
def tree(dialog: ShortcutsDialog) -> QTreeWidget:
    tree = dialog.findChild(QTreeWidget)
    assert tree is not None
    return tree


def shown(tree: QTreeWidget) -> dict[str, list[tuple[str, str]]]:
    """The lines that can be seen, by their heading."""
    lines: dict[str, list[tuple[str, str]]] = {}
    for number in range(tree.topLevelItemCount()):
        heading = tree.topLevelItem(number)
        assert heading is not None
        if not heading.isHidden():
            items = [heading.child(place) for place in range(heading.childCount())]
            lines[heading.text(0)] = [
                (item.text(0), item.text(1)) for item in items if item and not item.isHidden()
            ]
    return lines


def test_every_command_with_a_key_is_listed_by_menu(tree: QTreeWidget, keymap: Keymap) -> None:
    groups = shown(tree)
    assert list(groups) == [*(words.replace("&", "") for words in MENUS.values()), *ELSEWHERE]
    menus = list(groups)[: len(MENUS)]
    listed = {words: keys for name in menus for words, keys in groups[name]}
    assert listed.keys() == {command.plain_words for command in COMMANDS if command.keys}
    for command in COMMANDS:
        if command.keys:
            assert listed[command.plain_words].startswith(keymap.words(command.id))
    assert listed["Larger text"] == "Ctrl++, Ctrl+="


def test_the_keys_of_the_page_are_listed(tree: QTreeWidget) -> None:
    page = dict(shown(tree)["In the page"])
    assert len(page) == len(PAGE_KEYS)
    for place, keys in ELSEWHERE.items():
        assert [words for words, _ in shown(tree)[place]] == [key.text for key in keys]
    assert page["Next underlined words"] == "Tab"
    assert page["Larger or smaller text"] == "Ctrl+wheel"


@pytest.mark.parametrize(
    "key", [key for keys in ELSEWHERE.values() for key in keys], ids=lambda key: key.text
)
def test_every_key_that_belongs_to_a_place_is_a_key(key: PageKey) -> None:
    for keys in key.keys:
        sequence = QKeySequence(keys)
        assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == keys


def test_typing_narrows_the_list(field: QLineEdit, tree: QTreeWidget) -> None:
    assert field.hasFocus()
    QTest.keyClicks(field, "find prev")
    assert shown(tree) == {"Edit": [("Find previous", "Shift+F3")]}
    field.clear()
    QTest.keyClicks(field, "ctrl+k")
    assert shown(tree) == {"Help": [("Command palette", "Ctrl+K, Ctrl+Shift+P")]}
    field.clear()
    assert len(shown(tree)) == len(MENUS) + len(ELSEWHERE)


def test_nothing_found_says_so(
    dialog: ShortcutsDialog, field: QLineEdit, tree: QTreeWidget
) -> None:
    QTest.keyClicks(field, "xyz")
    assert not tree.isVisible()
    label = dialog.findChild(QLabel)
    assert label is not None
    assert label.isVisible()
    assert label.text() == "Nothing is called “xyz”."


def test_down_goes_to_the_list_and_selected_lines_are_copied(
    field: QLineEdit, tree: QTreeWidget
) -> None:
    QTest.keyClicks(field, "find")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert tree.hasFocus()
    for _ in range(2):
        QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tree, Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 2
    assert set(copied) < {"Find in the text\tCtrl+F", "Find next\tF3", "Find previous\tShift+F3"}


def test_the_whole_list_is_copied_with_its_headings(dialog: ShortcutsDialog) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if "opy" in one.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("File\nOpen a text\tCtrl+O\n")
    assert "\n\nIn the page\nNext underlined words\tTab\n" in copied


def test_escape_closes(dialog: ShortcutsDialog, field: QLineEdit) -> None:
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_everything_that_takes_the_focus_has_a_name(dialog: ShortcutsDialog) -> None:
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", str)()
