"""The small dialogs: about a text, its problems, about the app, and leaving for an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader import __version__
from reader.copies.copy import Copy
from reader.ui.button_box import button_box
from reader.ui.dates import date_words
from reader.ui.letters import bounded


def about_text(
    copy: Copy,
    parent: QWidget,
    others: Sequence[tuple[int, float, Path]] = (),
    open_other: Callable[[Path], object] = lambda _path: None,
) -> QDialog:
    """Where a text comes from and how long it is.

    `others` are its other revisions: their numbers, when they were opened last (seconds since
    1970), and where they lie.
    """
    manifest = copy.manifest
    locale = QLocale()
    # All words of a book at once would be as long in going as in coming.
    words = sum(len(line.split()) for line in copy.text.string.split("\n"))
    rows = (
        (QCoreApplication.translate("Dialogs", "Authors"), ", ".join(manifest.authors)),
        (QCoreApplication.translate("Dialogs", "Date"), date_words(manifest.date)),
        (QCoreApplication.translate("Dialogs", "Source"), manifest.source),
        (QCoreApplication.translate("Dialogs", "Licence"), manifest.licence),
        (QCoreApplication.translate("Dialogs", "Language"), _language(manifest.language)),
        (
            QCoreApplication.translate("Dialogs", "Length"),
            QCoreApplication.translate("Dialogs", "{0} words").format(locale.toString(words)),
        ),
        (QCoreApplication.translate("Dialogs", "Revision"), str(manifest.revision)),
        (QCoreApplication.translate("Dialogs", "File"), str(copy.path)),
        (QCoreApplication.translate("Dialogs", "Id"), manifest.id),
    )
    table = "".join(
        f"<tr><td style='padding:3px 16px 3px 0'>{escape(name)}</td>"
        f"<td style='padding:3px 0'>{escape(value)}</td></tr>"
        for name, value in rows
        if value
    )
    title = QCoreApplication.translate("Dialogs", "About this text")
    html = f"<h3>{escape(manifest.title)}</h3><table>{table}</table>{_revisions(others)}"
    dialog = _sheet(title, html, parent)

    def go(place: str) -> None:
        dialog.close()
        open_other(others[int(place)][2])

    for label in dialog.findChildren(QLabel):
        label.linkActivated.connect(go)
    return dialog


def _revisions(others: Sequence[tuple[int, float, Path]]) -> str:
    if not others:
        return ""
    head = QCoreApplication.translate("Dialogs", "Other revisions")
    line = QCoreApplication.translate("Dialogs", "Revision {0}, read last on {1}")
    rows = "".join(
        f"<p style='margin:0 0 4px 0'><a href='{place}'>"
        f"{escape(line.format(number, date_words(date.fromtimestamp(opened).isoformat())))}</a></p>"
        for place, (number, opened, _) in enumerate(others)
    )
    return f"<h4>{escape(head)}</h4>{rows}"


def problems(copy: Copy, parent: QWidget) -> QDialog:
    """Everything that is wrong with a copy, file and line by file and line."""
    title = QCoreApplication.translate("Dialogs", "Problems in this copy")
    if not copy.problems:
        none = QCoreApplication.translate("Dialogs", "Nothing is wrong with this copy.")
        return _sheet(title, f"<p>{escape(none)}</p>", parent)
    items = "".join(
        f"<p style='margin:0 0 10px 0'><b>{escape(problem.file)}"
        f"{f':{problem.line}' if problem.line else ''}</b><br>{escape(problem.message)} "
        f"{escape(problem.advice)}</p>"
        for problem in copy.problems
    )
    return _sheet(title, items, parent)


def about_app(parent: QWidget) -> QDialog:
    """What this program is."""
    title = QCoreApplication.translate("Dialogs", "About Annotated Reader")
    what = QCoreApplication.translate(
        "Dialogs",
        "Shows a text with its annotations beside the words they belong to. "
        "It works without a network and sends nothing to anybody.",
    )
    faces = QCoreApplication.translate(
        "Dialogs",
        "Set in Source Serif and Hanken Grotesk (SIL Open Font License). Built on Qt (LGPL).",
    )
    words = f"<h3>Annotated Reader {__version__}</h3><p>{escape(what)}</p><p>{escape(faces)}</p>"
    return _sheet(title, words, parent)


def wants_to_leave(address: str, parent: QWidget) -> bool:
    """Ask whether an address outside the text is to be opened in the browser."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(QCoreApplication.translate("Dialogs", "Leave the text?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(QCoreApplication.translate("Dialogs", "This link leads out of the text, to:"))
    box.setInformativeText(address)
    go = box.addButton(
        QCoreApplication.translate("Dialogs", "Open in the browser"),
        QMessageBox.ButtonRole.AcceptRole,
    )
    copy = box.addButton(
        QCoreApplication.translate("Dialogs", "Copy the address"),
        QMessageBox.ButtonRole.ActionRole,
    )
    stay = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(stay)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(address)
    return box.clickedButton() is go


def _language(tag: str) -> str:
    locale = QLocale(tag)
    known = tag and locale.language() != QLocale.Language.C
    return QLocale.languageToString(locale.language()) if known else tag


def _sheet(title: str, html: str, parent: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    label = QLabel(html)
    label.setObjectName("sheet")
    label.setAccessibleName(title)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextBrowserInteraction
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setContentsMargins(4, 4, 12, 4)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words in it have the keyboard
    area.setAccessibleName(title)
    area.setWidget(label)
    buttons = button_box(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 16, 20, 16)
    column.addWidget(area)
    column.addWidget(buttons)
    unit = dialog.fontMetrics().height()
    width = 32 * unit
    height = min(30 * unit, label.heightForWidth(width - 60) + 5 * unit)
    dialog.resize(bounded(dialog, QSize(width, height)))
    return dialog
