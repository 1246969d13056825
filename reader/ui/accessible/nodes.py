"""What the structure of a text is made of: things that are no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QWindow,
)
from shiboken6 import Shiboken

_Interface = QAccessible.InterfaceType
_NONE = Shiboken.VoidPtr(0)
"""What Qt understands as no interface: neither None nor 0 reaches it as a null pointer."""


class Tree(Protocol):
    """What nodes are part of: it knows where they are."""

    @property
    def is_shown(self) -> bool:
        """Whether there is a text."""

    def window(self) -> QWindow:
        """The window of the page."""

    def rect_of(self, start: int, end: int) -> QRect:
        """Where the blocks that hold these code points are on the screen."""

    def rect_of_words(self, start: int, end: int) -> QRect:
        """Where words are on the screen."""

    def is_seen(self, rect: QRect) -> bool:
        """Whether something of a rectangle of the screen is in view."""

    def has_keyboard(self, start: int, end: int) -> bool:
        """Whether keys are for these words."""


class Node(QAccessibleInterface):
    """Some of the text: what it is, what it is called, and `start:end`, its code points.

    What is inside it is found out when somebody asks. Qt's cache holds what is registered there
    by its address alone, so that a node has to live until `free`.
    """

    def __init__(
        self,
        tree: Tree,
        parent: QAccessibleInterface,
        role: QAccessible.Role,
        start: int,
        end: int,
        name: str = "",
        description: str = "",
    ) -> None:
        super().__init__()
        self.start, self.end = start, end
        self._tree = tree
        self._parent = parent
        self._role = role
        self._name = name
        self._description = description
        self._nodes: list[Node] | None = None
        self._id = QAccessible.registerAccessibleInterface(self)

    def nodes(self) -> list[Node]:
        """What is inside it."""
        if self._nodes is None:
            self._nodes = list(self.inside())
        return self._nodes

    def inside(self) -> Iterator[Node]:
        """What is inside it, made anew."""
        return iter(())

    def free_nodes(self) -> None:
        """Let go of what is inside it; it is made again when somebody asks."""
        nodes, self._nodes = self._nodes or [], None
        for node in nodes:
            node.free()

    def free(self) -> None:
        """Let go of it, and of what is inside it."""
        self.free_nodes()
        QAccessible.deleteAccessibleInterface(self._id)

    # What Qt asks for

    def isValid(self) -> bool:
        return self._tree.is_shown

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow:
        return self._tree.window()

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def childCount(self) -> int:
        return len(self.nodes())

    def child(self, index: int) -> QAccessibleInterface | None:
        nodes = self.nodes()
        return nodes[index] if 0 <= index < len(nodes) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, node in enumerate(self.nodes()) if node is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return next((node for node in self.nodes() if node.rect().contains(x, y)), None)

    def focusChild(self) -> QAccessibleInterface | None:
        return None

    def role(self) -> QAccessible.Role:
        return self._role

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name:
            return self._name
        return self._description if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: what is read is not written."""

    def rect(self) -> QRect:
        return self._tree.rect_of(self.start, self.end)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.readOnly = True
        state.offscreen = not self._tree.is_seen(self.rect())
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Shiboken.VoidPtr:
        return _NONE


class Nest(Node):
    """What is made of other nodes, which a function gives when somebody asks."""

    def __init__(
        self,
        tree: Tree,
        parent: QAccessibleInterface,
        role: QAccessible.Role,
        ends: tuple[int, int],
        make: Callable[[Nest], Iterator[Node]],
        name: str = "",
        description: str = "",
    ) -> None:
        super().__init__(tree, parent, role, *ends, name, description)
        self._make = make

    def inside(self) -> Iterator[Node]:
        return self._make(self)


class Heading(Nest):
    """A heading, with its level."""

    def __init__(
        self,
        tree: Tree,
        parent: QAccessibleInterface,
        ends: tuple[int, int],
        make: Callable[[Nest], Iterator[Node]],
        name: str,
        level: int,
    ) -> None:
        super().__init__(tree, parent, QAccessible.Role.Heading, ends, make, name)
        self._level = _Level(level)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Shiboken.VoidPtr:
        return _pointer(self._level) if kind == _Interface.AttributesInterface else _NONE


class Words(Node):
    """A few words inside a paragraph: a link, or what somebody marked."""

    def rect(self) -> QRect:
        return self._tree.rect_of_words(self.start, self.end)


class Link(Words):
    """Words that lead somewhere: `follow` goes there, `focus` gives them the keyboard."""

    def __init__(
        self,
        tree: Tree,
        parent: QAccessibleInterface,
        ends: tuple[int, int],
        name: str,
        follow: Callable[[], object],
        focus: Callable[[], object] | None = None,
        description: str = "",
    ) -> None:
        super().__init__(tree, parent, QAccessible.Role.Link, *ends, name, description)
        self._can_focus = focus is not None
        self._actions = _Actions(follow, focus)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.linked = True
        state.focusable = self._can_focus
        state.focused = self._can_focus and self._tree.has_keyboard(self.start, self.end)
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Shiboken.VoidPtr:
        return _pointer(self._actions) if kind == _Interface.ActionInterface else _NONE


class _Level(QAccessibleAttributesInterface):
    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> int | None:
        return self._level if key == QAccessible.Attribute.Level else None


class _Actions(QAccessibleActionInterface):
    """What is done is done after Qt has answered, for it may be the end of who was asked."""

    def __init__(self, follow: Callable[[], object], focus: Callable[[], object] | None) -> None:
        super().__init__()
        self._does = {QAccessibleActionInterface.pressAction(): follow}
        if focus is not None:
            self._does[QAccessibleActionInterface.setFocusAction()] = focus

    def actionNames(self) -> list[str]:
        return list(self._does)

    def doAction(self, name: str) -> None:
        if name in self._does:
            QTimer.singleShot(0, self._does[name])

    def keyBindingsForAction(self, name: str) -> Sequence[str]:
        return []


def _pointer(interface: Shiboken.Object) -> Shiboken.VoidPtr:
    return Shiboken.VoidPtr(Shiboken.getCppPointer(interface)[0])
