"""The look of the author's form: its fields, chips and buttons."""

from __future__ import annotations

from reader.ui.theme import Theme

_SHEET = """
QLabel#above, QLabel#quiet {{ color: {muted} }}
QLabel#fault {{ color: {danger} }}
QLabel#preview {{ color: {text}; border-left: 2px solid {edge}; padding-left: 9px }}
QLineEdit, QPlainTextEdit, QFrame#chips {{ background: {page}; color: {text};
    border: 1px solid {outline}; border-radius: 7px; padding: 5px 8px;
    selection-background-color: {selection}; selection-color: {text} }}
QLineEdit:focus, QPlainTextEdit:focus, QFrame#chips[focused="true"] {{
    border: 2px solid {accent}; padding: 4px 7px }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QFrame#chips[wrong="true"] {{
    border-color: {danger} }}
QFrame#chips {{ padding: 0 }}
QFrame#chips[focused="true"] {{ padding: 0 }}
QFrame#chips QLineEdit, QFrame#chips QLineEdit:focus {{ border: none; padding: 0 3px;
    background: transparent }}
QToolButton#chip {{ background: {chosen}; border-radius: 5px; padding: 2px 6px; color: {text} }}
QToolButton#chip:hover {{ background: {hover} }}
QToolButton#chip:focus {{ border: 2px solid {accent}; padding: 0 4px }}
QFrame#drop {{ border: 1px dashed {rule}; border-radius: 7px; background: transparent }}
QFrame#drop[over="true"] {{ border: 2px dashed {accent}; background: {hover} }}
QToolButton#quiet {{ color: {link}; padding: 3px 5px }}
QScrollArea {{ background: transparent; border: none }}
QWidget#fields {{ background: {card} }}
"""


def form_sheet(theme: Theme) -> str:
    """The style sheet of the form in a theme."""
    return _SHEET.format(**theme.roles, outline=theme.outline().name())
