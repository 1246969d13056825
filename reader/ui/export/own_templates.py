"""The user's own templates: copied, changed, saved and deleted from the export dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.exchange.errors import ExchangeError
from reader.ui.export.formats import Format, Formats
from reader.ui.export.template_editor import TemplateEditor
from reader.ui.export.template_name import TemplateNameDialog
from reader.ui.export.words import could_not_write
from reader.ui.library.questions import ask


class OwnTemplates(QObject):
    """Holds the template that is open in the editor; what is left is saved."""

    listed = Signal(str)
    """There are other templates now; the one of this name is to be chosen."""

    shown = Signal(bool)
    """Whether the editor is open now."""

    failed = Signal(str)
    """One sentence: what could not be done."""

    def __init__(self, formats: Formats, editor: TemplateEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._formats, self._editor, self._window = formats, editor, parent
        self._open: Format | None = None
        editor.save_wanted.connect(self.save)
        editor.hide()

    def source_of(self, way: Format) -> str | None:
        """A format's template as it stands in the editor; None when that is not open."""
        is_open = self._open is not None and self._open.name == way.name
        return self._editor.source if is_open else None

    def copy(self, way: Format) -> None:
        """Ask for a name, copy a template, and open the copy."""
        proposal = self.tr("My {0}").format(way.title)
        dialog = TemplateNameDialog(self._formats, proposal, self._window)
        dialog.named.connect(lambda name: self._copy(way, name))
        dialog.open()

    def open(self, way: Format) -> None:
        """Show a template in the editor."""
        try:
            source = self._formats.source(way)
        except ExchangeError as error:
            self.failed.emit(str(error))
            return
        self._open = way
        assert way.own is not None
        self._editor.load(way.own.name, source)
        self._editor.show()
        self._editor.words.setFocus()
        self.shown.emit(True)

    def save(self) -> bool:
        """Write what the editor has; False, after a sentence, when that cannot be done."""
        if self._open is None or not self._editor.modified:
            return True
        try:
            self._formats.save_template(self._open, self._editor.source)
        except OSError as error:
            assert self._open.own is not None
            self.failed.emit(could_not_write(self._open.own.name, error))
            return False
        self._editor.mark_saved()
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Save and close the editor, then go on; ask, where it cannot be saved."""
        if self.save():
            self.close()
            then()
            return
        ask(
            self._window,
            self.tr("Template not saved"),
            self.tr("Leave without saving the template?"),
            self.tr("What you changed in it since it was saved is lost."),
            self.tr("Leave without saving"),
            lambda: self._give_up(then),
        )

    def close(self) -> None:
        """Close the editor; what is in it is given up."""
        self._open = None
        self._editor.mark_saved()
        self._editor.hide()
        self.shown.emit(False)

    def _give_up(self, then: Callable[[], object]) -> None:
        self.close()
        then()

    def delete(self, way: Format) -> None:
        """Ask, then delete a template."""
        ask(
            self._window,
            self.tr("Delete a template"),
            self.tr("Delete your template “{0}”?").format(way.name),
            self.tr("Notes that were written with it stay as they are."),
            self.tr("Delete"),
            lambda: self._delete(way),
        )

    def _copy(self, way: Format, name: str) -> None:
        try:
            made = self._formats.copy_template(way, name)
        except ExchangeError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(could_not_write(name, error))
        else:
            self.listed.emit(made.name)
            self.open(made)

    def _delete(self, way: Format) -> None:
        try:
            self._formats.delete_template(way)
        except OSError as error:
            self.failed.emit(
                self.tr("{0} could not be deleted ({1}).").format(way.name, error.strerror or error)
            )
            return
        self.close()
        self.listed.emit(way.name)
