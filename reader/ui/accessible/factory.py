"""Which widget is what to a screen reader, where Qt cannot tell."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from reader.ui.accessible.card import CardAccess, CardsAccess
from reader.ui.accessible.hearing import Hearing
from reader.ui.accessible.structure import Structure
from reader.ui.margin.margin import Margin
from reader.ui.margin.sheet import Sheet
from reader.ui.page.page import PageView

_Role = QAccessible.Role

ROLES = {
    "ChartView": _Role.Chart,
    "CommandPalette": _Role.Dialog,
    "Header": _Role.ToolBar,
    "Notice": _Role.Notification,
    "PictureView": _Role.Graphic,
    "SelectionBar": _Role.ToolBar,
    "Status": _Role.StatusBar,
    "Title": _Role.StaticText,
}
"""By the names of classes; those that are not here are what Qt takes them for."""


def made(kind: str, thing: QObject) -> QAccessibleInterface | None:
    """What speaks for an object of the class `kind`; None leaves it to Qt.

    Qt asks for the object's own class first, then for those that it is made of.
    """
    if kind == "PageView" and isinstance(thing, PageView):
        Hearing.of(thing)
    elif kind == "Sheet" and isinstance(thing, Sheet):
        return CardAccess(thing)
    elif kind == "Margin" and isinstance(thing, Margin):
        return CardsAccess(thing)
    elif kind == "QWidget" and isinstance(thing, QWidget):
        return _made_of_plain(thing)
    elif kind == "QSplitterHandle" and isinstance(thing, QWidget):
        name = QCoreApplication.translate("Structure", "Divider")
        return QAccessibleWidget(thing, _Role.Grip, name)
    elif (role := ROLES.get(kind)) is not None and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, role)
    return None


def _made_of_plain(widget: QWidget) -> QAccessibleInterface | None:
    """What speaks for a widget of which Qt knows no more than that it is one."""
    parent = widget.parent()
    if isinstance(parent, PageView) and widget is parent.viewport():
        return Structure(parent)
    if widget.windowType() == Qt.WindowType.Window:
        return QAccessibleWidget(widget, _Role.Window)
    if widget.accessibleName():
        return QAccessibleWidget(widget, _Role.Grouping)
    return None
