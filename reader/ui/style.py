"""The look of Qt's own widgets, from the theme's roles and the size of the window's letters."""

from __future__ import annotations

import re

from reader.locations import bundled
from reader.ui.theme import Theme

_LENGTH = re.compile(r"\b(\d+)(-\d+)?px")

# Lengths are those at the usual size of letters. What follows a minus is taken off as it is: the
# width of a border, which does not grow. Lines of one and two pixels stay what they are.
_SHEET = """
QToolTip {{ color: {text}; background: {card}; border: 1px solid {border}; padding: 4px 7px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {rule}; border-radius: 4px; min-height: 36px;
    margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; height: 0; width: 0; }}
QListView#offers {{ background: {card}; border: 1px solid {border}; }}
QMenu {{ background: {card}; border: 1px solid {border}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 26px; border-radius: 5px; color: {text}; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}
QDialog#preferences QWidget > QLineEdit:focus, QDialog#preferences QAbstractSpinBox:focus {{
    border: 2px solid {accent}; border-radius: 4px; background: {field}; color: {text}; }}
QDialog#preferences QAbstractSpinBox QLineEdit:focus {{ border: none; }}
QDialog#preferences QCheckBox {{ border: 2px solid transparent; border-radius: 4px; }}
QDialog#preferences QCheckBox:focus {{ border-color: {accent}; }}
QDialog#preferences QTreeWidget:focus {{ border: 2px solid {accent}; border-radius: 4px; }}
QDialog QListView, QDialog QTextBrowser, QDialog QLabel#sheet {{ border: 2px solid transparent;
    border-radius: 4px; }}
QDialog QListView:focus, QDialog QTextBrowser:focus, QDialog QLabel#sheet:focus {{
    border-color: {accent}; }}
QListWidget#sections {{ background: {window}; border: none; }}
QListWidget#sections::item {{ padding: 6px 10px; border-radius: 6px; color: {text}; }}
QListWidget#sections::item:hover {{ background: {hover}; }}
QListWidget#sections::item:selected {{ background: {chosen}; color: {text}; }}
QListWidget#sections::item:focus {{ border: 2px solid {accent}; padding: 6-2px 10-2px; }}
QSplitter::handle {{ background: {border}; }}
QToolButton {{ border: none; border-radius: 7px; padding: 6px; background: transparent;
    color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked, QToolButton:pressed {{ background: {chosen}; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 6-2px; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton {{ border: 1px solid {border}; border-radius: 7px; padding: 6px 14px;
    background: {card}; color: {text}; outline: none; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:default {{ background: {accent}; color: {accent_text}; border-color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 6-1px 14-1px; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {muted}; }}
QDialog > QLineEdit {{ background: {field}; color: {text}; border: 1px solid {outline};
    border-radius: 7px; padding: 6px 9px; }}
QDialog > QLineEdit:focus {{ border: 2px solid {accent}; padding: 6-1px 9-1px; }}
NoteEdit, TagField {{ background: {page}; color: {text}; border: 1px solid {outline};
    border-radius: 6px; }}
TagField {{ padding: 3px 6px; }}
NoteEdit:focus, TagField:focus {{ border: 2px solid {accent}; }}
TagField:focus {{ padding: 3-1px 6-1px; }}
LayerCard QToolButton, LayerCard QToolButton:focus {{ color: {link}; padding: 2px 6px; }}
CardTools QToolButton {{ padding: 1px 6px; color: {link}; background: {card}; }}
CardTools QToolButton:hover {{ background: {hover}; }}
CardTools QToolButton:focus {{ border: 2px solid {accent}; padding: 0 6-2px; }}
QComboBox {{ background: {field}; color: {text}; border: 1px solid {outline}; border-radius: 7px;
    padding: 5px 9px; outline: none; }}
QComboBox:hover {{ background: {hover}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 5-1px 9-1px; }}
QComboBox:disabled {{ color: {muted}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {card}; color: {text}; border: 1px solid {border};
    selection-background-color: {chosen}; selection-color: {text}; outline: none; }}
QCheckBox, QRadioButton {{ min-height: 24px; spacing: 6px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; }}
QProgressBar {{ border: none; background: {border}; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
"""


def style_sheet(theme: Theme, unit: float = 1.0) -> str:
    """The style sheet of the whole application in a theme.

    `unit` is the size of the window's letters, 1.0 being the usual one.
    """
    drawing = f"choose-{'dark' if theme.dark else 'light'}.svg"
    arrow = (bundled("resources") / "themes" / drawing).as_posix()
    sheet = _LENGTH.sub(lambda found: _scaled(found, unit), _SHEET)
    return sheet.format(**theme.roles, arrow=arrow, outline=theme.outline().name())


def _scaled(length: re.Match[str], unit: float) -> str:
    usual, less = int(length[1]), int(length[2] or 0)
    return f"{round(usual * unit) + less if usual > 2 else usual}px"
