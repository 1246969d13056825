"""The window of Help: guides at the left, the page beside them, one search over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from reader.settings import Settings
from reader.ui import dialogs
from reader.ui.appearance import Appearance
from reader.ui.finder import Finder
from reader.ui.fonts import Faces
from reader.ui.header import FindField
from reader.ui.help.contents import HelpContents
from reader.ui.help.guides import Guide, Link
from reader.ui.help.page import HelpPage
from reader.ui.keymap import Keymap, key_words
from reader.ui.theme import Theme
from reader.ui.travel import Travel

_SIZE = (1000, 760)
"""Pixels of the window, the first time."""

_SMALLEST = (480, 320)

_MOST = 0.4
"""How much of the window the contents may take."""


class HelpWindow(QWidget):
    """Shows the guides. Nothing of what is read here is kept but the window's size."""

    def __init__(
        self,
        guides: Mapping[str, Guide],
        faces: Faces,
        appearance: Appearance,
        settings: Settings,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._guides = guides
        self._appearance, self._settings, self._keymap = appearance, settings, keymap
        self._travel = Travel[tuple[str, int]]()
        self._finder = Finder(self)
        self.setWindowTitle(self.tr("Help") + " — Annotated Reader")
        self.setWindowIcon(appearance.icons.icon("app"))
        self.setAutoFillBackground(True)
        self.contents = HelpContents(guides, appearance.theme)
        self.page = HelpPage(faces, appearance.theme)
        self.page.page.looks.is_calm = lambda: self._appearance.calm
        self.field = FindField("")
        self._back = self._button(self.tr("Back"))
        self._forward = self._button(self.tr("Forward"))
        self._build()
        self._connect()
        self._bind()
        self._restore()

    # Going about

    def show_place(self, name: str, heading: str = "") -> None:
        """Go to a heading of a guide, or to its start; be in front of other windows."""
        self._go(name, self._guides[name].headings.get(heading, 0))
        self.come_to_front()

    def come_to_front(self) -> None:
        """Be the window in front of all others, with the keyboard on the page."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.page.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def guide(self) -> Guide | None:
        """What is shown."""
        return self.page.guide

    def back(self) -> None:
        """Go back to where the last jump began."""
        self._return(self._travel.back)

    def forward(self) -> None:
        """Go where `back` came from."""
        self._return(self._travel.forward)

    def follow(self, link: Link) -> None:
        """Go where a link leads; the reader is asked before an address outside is opened."""
        if not link.address:
            self._go(link.guide, self._guides[link.guide].headings.get(link.heading, 0))
        elif dialogs.wants_to_leave(link.address, self):
            QDesktopServices.openUrl(QUrl(link.address))

    def busy(self) -> bool:
        """Whether something still moves: text being laid out, words lit up, a search."""
        return self.page.page.busy() or self._finder.searching

    def _here(self) -> tuple[str, int]:
        assert self.guide is not None
        return self.guide.name, self.page.place()

    def _go(self, name: str, place: int) -> None:
        if self.guide is not None:
            self._travel.leave(self._here())
        self._show(name, place)
        self.page.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self, step: Callable[[tuple[str, int]], tuple[str, int] | None]) -> None:
        if self.guide is not None and (there := step(self._here())) is not None:
            self._show(*there)

    def _show(self, name: str, place: int) -> None:
        other = self.guide is None or self.guide.name != name
        self.page.show_guide(self._themed(name), place)
        if other:
            self._finder.set_text(self._guides[name].text.string)
            self._finder.search(self.field.text())
        self._moved()

    def _themed(self, name: str) -> Guide:
        return replace(self._guides[name], dark=self._appearance.theme.dark)

    def _moved(self) -> None:
        if self.guide is not None:
            self.contents.follow(*self._here())
        self._back.setEnabled(self._travel.can_go_back)
        self._forward.setEnabled(self._travel.can_go_forward)

    def _left(self, place: int) -> None:
        """Remember a place that finding left."""
        if self.guide is not None:
            self._travel.leave((self.guide.name, place))

    # Finding

    def find(self) -> None:
        """Go to the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step(self, forward: bool = True) -> None:
        """Go to the place after or before the one that is shown, in another guide if need be."""
        if not self.field.text().strip():
            self.find()
        elif self._finder.places:
            current = self._finder.current
            at = self.page.place() if current is None else current[0] + (1 if forward else 0)
            place = self._finder.go(at, forward)
            if place is not None and not self.page.page.is_in_view(place[0]):
                self.page.travel_to(place[0], fraction=0.35)
        elif (found := self.contents.first_found()) is not None:
            self._choose(*found)

    def _search(self, words: str) -> None:
        self.contents.show_found(words)
        self._finder.search(words)
        if not words.strip():
            self._moved()

    def _found(self) -> None:
        finder = self._finder
        self.page.page.looks.show_found(finder.places, finder.current)
        words = f"{finder.number()}/{len(finder.places)}" if finder.places else self.tr("none")
        self.field.say(words if finder.query else "")

    def _choose(self, name: str, place: int) -> None:
        """Go to a line of the list; what is searched for is current there."""
        finding = bool(self._finder.query)
        self._travel.leave(self._here())
        self._show(name, place)
        if finding:
            self._finder.go(place)
            self.page.page.go_to(place, 0.35)
        self._moved()

    def _close_field(self) -> None:
        self.contents.show_found("")
        self.page.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._moved()

    # The window

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        self.field.setPlaceholderText(self.tr("Search all guides"))
        self.field.setAccessibleName(self.tr("Search all guides"))
        self.field.set_hint("".join(map(key_words, self._keymap.of("find")[:1])))
        row = QHBoxLayout()
        row.setContentsMargins(10, 6, 10, 7)
        row.setSpacing(4)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addStretch(1)
        row.addWidget(self.field)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.contents)
        self._splitter.addWidget(self.page)
        self._splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self._forward.clicked.connect(self.forward)
        self.contents.chosen.connect(self._choose)
        self.contents.left_upwards.connect(self.find)
        self.page.link_chosen.connect(self.follow)
        self.page.jumped.connect(self._left)
        page = self.page.page
        page.place_changed.connect(self._moved)
        page.size_wanted.connect(self._appearance.resize)
        page.travel_wanted.connect(lambda ahead: self.forward() if ahead else self.back())
        self.field.wanted.connect(self._search)
        self.field.stepped.connect(self.step)
        self.field.closed.connect(self._close_field)
        self._finder.changed.connect(self._found)
        self._appearance.themed.connect(self.apply_theme)
        self._appearance.sized.connect(lambda percent: self.page.set_scale(percent / 100))
        self._appearance.composed.connect(self._compose)

    def _bind(self) -> None:
        """Let the keys of the reader's commands do here what they do there."""
        page = self.page.page
        work: dict[str, Callable[..., object]] = {
            "find": self.find,
            "find-next": lambda: self.step(True),
            "find-previous": lambda: self.step(False),
            "back": self.back,
            "forward": self.forward,
            "larger": lambda: self._appearance.resize(1),
            "smaller": lambda: self._appearance.resize(-1),
            "normal": lambda: self._appearance.choose_size(100),
            "next-pane": self._next_pane,
            "previous-pane": self._next_pane,
            "start": lambda: page.go_to(0, 0),
        }
        for command, act in work.items():
            for keys in self._keymap.of(command):
                QShortcut(QKeySequence(keys), self).activated.connect(act)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), page)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(page.copy)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)

    def _next_pane(self) -> None:
        there = self.page.page if self.contents.hasFocus() else self.contents
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _restore(self) -> None:
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        if kept := self._settings["help-window"]:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        letters = self.fontMetrics().height()
        self._splitter.setSizes([17 * letters, max(1, self.width() - 17 * letters)])
        self._compose()
        self.page.set_scale(self._appearance.size / 100)
        self.apply_theme(self._appearance.theme)

    def _compose(self) -> None:
        self.page.set_composition(self._appearance.composition, self._appearance.margin)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours, with the pictures that belong to them."""
        self.setStyleSheet(self._appearance.sheet)
        icons = self._appearance.icons
        self._back.setIcon(icons.icon("back"))
        self._forward.setIcon(icons.icon("forward"))
        self.field.apply_theme(theme, icons)
        self.contents.apply_theme(theme)
        self.page.page.set_theme(theme)
        if self.guide is not None and self.guide.dark != theme.dark:
            self.page.show_guide(self._themed(self.guide.name), self.page.place())
            self._found()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the page is the larger part all the same.
        most = round(_MOST * self.width())
        if self.contents.width() > most:
            self._splitter.setSizes([most, self.width() - most])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.field.text():
                self.field.clear()
                self._search("")
            else:
                self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        steps = {Qt.MouseButton.BackButton: self.back, Qt.MouseButton.ForwardButton: self.forward}
        steps.get(event.button(), partial(super().mousePressEvent, event))()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings["help-window"] = bytes(self.saveGeometry().toBase64().data()).decode()
        super().closeEvent(event)
