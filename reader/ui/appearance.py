"""What the reader chose of the window's look: its colours, and how the text is set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from reader.settings import DECLARED, Settings
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.letters import USUAL
from reader.ui.motion import system_is_calm
from reader.ui.page.composition import COMPOSED, Composition, chosen_composition
from reader.ui.style import style_sheet
from reader.ui.theme import Theme
from reader.ui.timers import timer

TEXT_SIZES = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Percent: the steps of larger and smaller."""

INTERFACE_SIZES = tuple(DECLARED["interface-size"].choices)
"""Percent: the sizes of the letters and controls around the text."""

_OUTLINED = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton")
"""The widgets that Qt's style draws an outline around."""


class Appearance(QObject):
    """Keeps the choices, and tells those who draw."""

    themed = Signal(object)
    """The Theme to draw in from now on; icons, `sheet` and Qt's palette have it already."""

    sized = Signal(int)
    """The size of the text from now on, in percent."""

    composed = Signal()
    """The text is set in another manner from now on: see `composition` and `margin`."""

    interface_changes = Signal()
    """Letters and controls around the text are about to have another size.

    What is easily made again may go first: Qt works the style of all that there is out anew.
    """

    interface_sized = Signal(int)
    """The size of letters and controls around the text from now on, in percent; Qt has it."""

    def __init__(
        self,
        settings: Settings,
        theme_of: Callable[[str], Theme],
        icons: Icons,
        faces: Faces,
        given: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`given` is a theme for this session alone."""
        super().__init__(parent)
        self._settings = settings
        self._theme_of = theme_of
        self._faces = faces
        # What was let go is there until the loop has turned.
        self._resizing = timer(self, self._resize_interface, once=True)
        self.icons = icons
        self.theme_name = given or str(settings["theme"])
        """What was chosen: a theme, or the system's."""
        self.theme = theme_of(self.theme_name)
        """The colours in force."""
        self.sheet = ""
        """Their style sheet, which every window sets for itself and for all that belongs to it.

        Were it the application's, Qt would work it out for each widget as often as the widget
        lies in another.
        """
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        settings.follow(self._setting_changed)

    @property
    def size(self) -> int:
        """Percent of the text's usual size."""
        return int(self._settings["text-size"])

    @property
    def interface_size(self) -> int:
        """Percent of the usual size of letters and controls around the text."""
        return int(self._settings["interface-size"])

    @property
    def composition(self) -> Composition:
        """How the text is set."""
        return chosen_composition(self._settings)

    @property
    def margin(self) -> int:
        """Pixels beside the text, at least."""
        return int(self._settings["page-margin"])

    @property
    def calm(self) -> bool:
        """Whether nothing may fade or glide, as the reader or the system wishes."""
        motion = self._settings["motion"]
        return motion == "reduced" or (motion == "system" and system_is_calm())

    def apply(self) -> None:
        """Draw everything as it was chosen."""
        self.theme = self._theme_of(self.theme_name)
        QApplication.setPalette(self.theme.palette())
        for outlined in _OUTLINED:
            # The stubs take bytes, which Qt refuses.
            QApplication.setPalette(self.theme.outlined_palette(), outlined)  # type: ignore[arg-type]
        self.sheet = style_sheet(self.theme, QFontMetrics(QApplication.font()).height() / USUAL)
        self.icons.set_theme(self.theme)
        self.themed.emit(self.theme)

    def choose_theme(self, name: str) -> None:
        """Draw in other colours: those of a theme, or of what the system decides."""
        self.theme_name = name
        self._settings["theme"] = name
        self.apply()

    def choose_size(self, percent: int) -> None:
        """Set the text in another size."""
        self._settings["text-size"] = percent

    def resize(self, step: int) -> None:
        """Set the text one step larger (1) or smaller (-1), if there is one."""
        if step > 0:
            sizes = [size for size in TEXT_SIZES if size > self.size][:1]
        else:
            sizes = [size for size in TEXT_SIZES if size < self.size][-1:]
        for size in sizes:
            self.choose_size(size)

    def resize_interface(self, step: int) -> None:
        """Make letters and controls around the text a step larger (1) or smaller (-1)."""
        at = INTERFACE_SIZES.index(self.interface_size) + step
        if 0 <= at < len(INTERFACE_SIZES):
            self._settings["interface-size"] = INTERFACE_SIZES[at]

    def compose_as_usual(self) -> None:
        """Set the text as it comes: face, spaces and width of its lines, but not its size."""
        for name in (*COMPOSED, "page-margin"):
            self._settings.reset(name)

    def _setting_changed(self, name: str) -> None:
        if name == "theme" and self._settings["theme"] != self.theme_name:
            self.theme_name = str(self._settings["theme"])
            self.apply()
        elif name == "text-size":
            self.sized.emit(self.size)
        elif name == "interface-size":
            self.interface_changes.emit()
            self._resizing.start()
        elif name in COMPOSED or name == "page-margin":
            self.composed.emit()

    def _resize_interface(self) -> None:
        QApplication.setFont(self._faces.interface_at(self.interface_size))
        self.apply()
        self.interface_sized.emit(self.interface_size)

    def _system_changed(self, _what: Qt.ColorScheme | Qt.ContrastPreference) -> None:
        self.apply()
