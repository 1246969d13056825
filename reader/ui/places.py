"""The places of a text that the command palette leads to: its annotations and sections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from reader.ui.kinds import kind_name
from reader.ui.palette.offered import Entry
from reader.ui.reading import ReadingView


def places_of(reading: ReadingView) -> Iterator[Entry]:
    """Every annotation and section of the text that is shown."""
    if reading.copy is None:
        return
    for annotation in reading.copy.annotations:
        yield Entry(
            annotation.title,
            kind_name(annotation.kind),
            "",
            partial(reading.show_annotation, annotation.id),
            annotation.kind.value,
        )
    section_words = QCoreApplication.translate("Places", "Section")
    for section in reading.copy.text.sections:
        go = partial(reading.travel_to, section.start, fraction=0)
        yield Entry(section.title, section_words, "", go)
