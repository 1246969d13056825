"""The viewport of a scroll area, which is better made here than by Qt."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def make_viewport(area: QAbstractScrollArea) -> QWidget:
    """Give an area a viewport, as Qt makes one.

    To find out what Qt's own is, PySide goes through all kinds of widgets that there are and
    makes a class of each, which takes 10 ms.
    """
    viewport = QWidget()
    viewport.setAutoFillBackground(True)
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setMouseTracking(area.hasMouseTracking())
    area.setViewport(viewport)
    return viewport
