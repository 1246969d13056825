"""What an author can do with a card: change its annotation, or delete it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from reader.ui.margin.card import Card
from reader.ui.panel.painting import SMALL, scaled


class CardTools(QWidget):
    """Two buttons at the upper right of a card, while it is active, pointed at or focused.

    On the card E changes the annotation and Delete deletes it.
    """

    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, card: Card) -> None:
        super().__init__(card)
        self._card = card
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        title = card.content.annotation.title
        for words, spoken, signal in (
            (self.tr("Edit"), self.tr("Edit “{0}”"), self.edit_wanted),
            (self.tr("Delete"), self.tr("Delete “{0}”"), self.remove_wanted),
        ):
            button = QToolButton(self)
            button.setText(words)
            button.setFont(scaled(button.font(), SMALL))
            button.setAccessibleName(spoken.format(title))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            button.installEventFilter(self)
            row.addWidget(button)
        card.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the card, and hear its keys before others mean something else by them."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and watched is self._card:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            wanted = {Qt.Key.Key_E: self.edit_wanted, Qt.Key.Key_Delete: self.remove_wanted}
            signal = wanted.get(Qt.Key(event.key())) if plain else None
            if signal is not None and kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if signal is not None and kind == QEvent.Type.KeyPress:
                signal.emit()
                return True
        if kind in (
            QEvent.Type.Paint,
            QEvent.Type.Resize,
            QEvent.Type.Enter,
            QEvent.Type.Leave,
            QEvent.Type.FocusIn,
            QEvent.Type.FocusOut,
        ):
            self._follow(left=kind == QEvent.Type.Leave)
        return super().eventFilter(watched, event)

    def _follow(self, *, left: bool) -> None:
        card = self._card
        reached = card.hasFocus() or card.isAncestorOf(card.focusWidget() or card)
        pointed = card.underMouse() and not left
        wanted = card.whole and (card.active or pointed or (reached and self._has_focus()))
        if wanted:
            size: QSize = self.sizeHint()
            self.setGeometry(card.width() - size.width() - 8, 6, size.width(), size.height())
        if wanted == self.isHidden():
            self.setVisible(wanted)
            if wanted:
                self.raise_()

    def _has_focus(self) -> bool:
        return self._card.hasFocus() or any(
            button.hasFocus() for button in self.findChildren(QToolButton)
        )
