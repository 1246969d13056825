"""The kinds of annotation as the reader sees them: their words. Colours are theme roles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.annotations.model import Kind
from reader.ui.translation import QT_TRANSLATE_NOOP

_ONE = {
    Kind.DEFINITION: QT_TRANSLATE_NOOP("Kinds", "Definition"),
    Kind.PERSON: QT_TRANSLATE_NOOP("Kinds", "Person"),
    Kind.PLACE: QT_TRANSLATE_NOOP("Kinds", "Place"),
    Kind.ORGANISATION: QT_TRANSLATE_NOOP("Kinds", "Organisation"),
    Kind.EVENT: QT_TRANSLATE_NOOP("Kinds", "Event"),
    Kind.FIGURE: QT_TRANSLATE_NOOP("Kinds", "Figure"),
    Kind.REFERENCE: QT_TRANSLATE_NOOP("Kinds", "Reference"),
    Kind.QUESTION: QT_TRANSLATE_NOOP("Kinds", "Question"),
}
_MANY = {
    Kind.DEFINITION: QT_TRANSLATE_NOOP("Kinds", "Definitions"),
    Kind.PERSON: QT_TRANSLATE_NOOP("Kinds", "People"),
    Kind.PLACE: QT_TRANSLATE_NOOP("Kinds", "Places"),
    Kind.ORGANISATION: QT_TRANSLATE_NOOP("Kinds", "Organisations"),
    Kind.EVENT: QT_TRANSLATE_NOOP("Kinds", "Events"),
    Kind.FIGURE: QT_TRANSLATE_NOOP("Kinds", "Figures"),
    Kind.REFERENCE: QT_TRANSLATE_NOOP("Kinds", "References"),
    Kind.QUESTION: QT_TRANSLATE_NOOP("Kinds", "Questions"),
}


def kind_name(kind: Kind) -> str:
    """What one annotation of this kind is called."""
    return QCoreApplication.translate("Kinds", _ONE[kind])


def kind_heading(kind: Kind) -> str:
    """What a list of annotations of this kind is headed."""
    return QCoreApplication.translate("Kinds", _MANY[kind])
