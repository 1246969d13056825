"""What becomes of files, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.exchange.notes import NotesExport


def outcome(*exports: NotesExport) -> list[str]:
    """How many marks are new in files, changed, struck, and so on."""
    added = sum(len(each.added) for each in exports)
    changed = sum(len(each.changed) for each in exports)
    struck = sum(len(each.struck) for each in exports)
    conflicts = sum(len(each.conflicts) for each in exports)
    left_out = sum(len(each.left_out) for each in exports)
    said = []
    if added:
        said.append(QCoreApplication.translate("Export", "%n new", "", added))
    if changed:
        said.append(QCoreApplication.translate("Export", "%n changed", "", changed))
    if struck:
        said.append(QCoreApplication.translate("Export", "%n struck out", "", struck))
    if conflicts:
        said.append(
            QCoreApplication.translate(
                "Export", "%n changed on both sides: both are kept", "", conflicts
            )
        )
    if left_out:
        said.append(
            QCoreApplication.translate("Export", "%n left out, as you took them out", "", left_out)
        )
    return said


def before_saving(export: NotesExport) -> str:
    """What will become of the file when it is written."""
    if export.before is None:
        return QCoreApplication.translate("Export", "%n mark(s) go out.", "", len(export.added))
    if export.unchanged:
        return QCoreApplication.translate(
            "Export", "This file has everything already; nothing in it will change."
        )
    first = QCoreApplication.translate(
        "Export", "This file was exported before. Your own edits in it stay."
    )
    return "\n".join([first, *outcome(export)])


def could_not_write(name: str, error: OSError) -> str:
    """Why a file could not be written."""
    return QCoreApplication.translate(
        "Export", "{0} could not be written ({1}); choose another place."
    ).format(name, error.strerror or error)
