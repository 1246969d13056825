"""A screen reader's end of AT-SPI: the tree of the running program, and what it says.

The bus is private: a dbus-daemon of the tests' own, on which Debian's at-spi2-core starts what
it always starts. What is asked here is what a screen reader asks, by the names of the
specification (https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_INTERFACE = "org.a11y.atspi."
_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
_FOREIGN = re.compile("AT_SPI_|DBUS_|DISPLAY|WAYLAND_|XAUTHORITY|XDG_")
_ANSWER = 30.0
"""Seconds within which the program has to answer a question."""

_STATES = [
    "invalid",
    "active",
    "armed",
    "busy",
    "checked",
    "collapsed",
    "defunct",
    "editable",
    "enabled",
    "expandable",
    "expanded",
    "focusable",
    "focused",
    "has-tooltip",
    "horizontal",
    "iconified",
    "modal",
    "multi-line",
    "multiselectable",
    "opaque",
    "pressed",
    "resizable",
    "selectable",
    "selected",
    "sensitive",
    "showing",
    "single-line",
    "stale",
    "transient",
    "vertical",
    "visible",
    "manages-descendants",
    "indeterminate",
    "required",
    "truncated",
    "animated",
    "invalid-entry",
    "supports-autocompletion",
    "selectable-text",
    "is-default",
    "visited",
    "checkable",
    "has-popup",
    "read-only",
]
"""The states by their numbers in the specification."""

GRANULARITIES = {"character": 0, "word": 1, "sentence": 2, "line": 3, "paragraph": 4}


def missing() -> str:
    """What is not installed that these tests need, as one says it; empty when all is there."""
    lacking = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    lacking += [] if _SERVICE.exists() else ["at-spi2-core"]
    return " and ".join(lacking)


class Gone(Exception):
    """What was asked is not there any more, or never had an answer: what the bus said."""


@dataclass(frozen=True)
class Event:
    """What the program told: “object:text-caret-moved”, with its two numbers and its value."""

    name: str
    detail: str
    first: int
    second: int
    value: Any
    source: Thing


class Bus:
    """A session bus on which assistive technology is on, as it is where a screen reader runs."""

    def __init__(self, folder: Path) -> None:
        self._said = (folder / "dbus.txt").open("wb")
        # What runs on the bus shall not look at the screen of whoever runs the tests.
        own = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=own | {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().decode().strip()
        self._session = open_dbus_connection(bus=self.address)
        status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.freedesktop.DBus.Properties")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            _ask(self._session, status, "Set", "ssv", ("org.a11y.Status", name, ("b", True)))
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        self.accessible = _ask(self._session, launcher, "GetAddress")[0]

    def reader(self) -> ScreenReader:
        """A screen reader that listens from now on."""
        return ScreenReader(self.accessible)

    def end(self) -> None:
        """Stop the bus, and with it all that runs on it."""
        self._session.close()
        self._daemon.terminate()
        self._daemon.wait(30)
        assert self._daemon.stdout is not None
        self._daemon.stdout.close()
        self._said.close()


class ScreenReader:
    """Looks at programs on the bus, and hears what they tell."""

    def __init__(self, address: str) -> None:
        self.connection = open_dbus_connection(bus=address)
        self._heard: list[Event] = []
        registry = DBusAddress(
            "/org/a11y/atspi/registry", _INTERFACE + "Registry", _INTERFACE + "Registry"
        )
        for name in ("object:", "window:", "focus:"):
            _ask(self.connection, registry, "RegisterEvent", "s", (name,))
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        for kind in ("Object", "Window", "Focus"):
            rule = MatchRule(type="signal", interface=f"{_INTERFACE}Event.{kind}")
            _ask(self.connection, bus, "AddMatch", "s", (rule.serialise(),))

    def programs(self) -> list[Thing]:
        """The programs that can be looked at."""
        return Thing(self, _INTERFACE + "Registry", "/org/a11y/atspi/accessible/root").children()

    def ask(self, address: DBusAddress, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """Ask, and keep what is told meanwhile."""
        message = new_method_call(address, method, signature or None, body)
        serial = next(self.connection.outgoing_serial)
        self.connection.send(message, serial=serial)
        until = time.monotonic() + _ANSWER
        while True:
            answer = self.connection.receive(timeout=max(0.01, until - time.monotonic()))
            if answer.header.fields.get(HeaderFields.reply_serial) == serial:
                return _body(answer)
            self._hear(answer)

    def listen(self, seconds: float = 0.1) -> None:
        """Take in what is told for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._hear(self.connection.receive(timeout=left))
            except TimeoutError:
                return

    def forget(self) -> None:
        """Begin to listen anew."""
        self.listen()
        self._heard.clear()

    def heard(self, name: str) -> list[Event]:
        """What was told under a name since `forget`, in order."""
        self.listen()
        return [event for event in self._heard if event.name == name]

    def announced(self) -> list[str]:
        """The words that were to be said at once, whatever has the focus."""
        return [event.value for event in self.heard("object:announcement")]

    def close(self) -> None:
        """Listen no longer."""
        self.connection.close()

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            return
        kind = fields[HeaderFields.interface].rsplit(".", 1)[-1].lower()
        member = fields[HeaderFields.member]
        if len(message.body) < 4:
            return
        detail, first, second, (_signature, value) = message.body[:4]
        source = Thing(self, fields[HeaderFields.sender], fields[HeaderFields.path])
        self._heard.append(Event(f"{kind}:{_dashed(member)}", detail, first, second, value, source))


@dataclass(frozen=True)
class Thing:
    """One node of the tree: a control, a paragraph, a card."""

    reader: ScreenReader
    program: str
    path: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and (self.program, self.path) == (other.program, other.path)

    def __hash__(self) -> int:
        return hash((self.program, self.path))

    def __repr__(self) -> str:
        try:
            return f"{self.role} “{self.name}”"
        except Gone:
            return f"gone: {self.path}"

    # What it is

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        """What is said after its name."""
        return str(self._property("Accessible", "Description"))

    @property
    def role(self) -> str:
        """What it is: “push button”."""
        return str(self._ask("Accessible", "GetRoleName")[0])

    @property
    def states(self) -> frozenset[str]:
        """What holds for it now: “focused”, “checked”."""
        low, high = self._ask("Accessible", "GetState")[0]
        bits = low | high << 32
        return frozenset(name for number, name in enumerate(_STATES) if bits >> number & 1)

    @property
    def interfaces(self) -> frozenset[str]:
        """What it can be asked for: “Text”, “Action”."""
        return frozenset(
            name.removeprefix(_INTERFACE) for name in self._ask("Accessible", "GetInterfaces")[0]
        )

    @property
    def attributes(self) -> dict[str, str]:
        """What else is said of it: a heading's level."""
        return dict(self._ask("Accessible", "GetAttributes")[0])

    @property
    def extents(self) -> tuple[int, int, int, int]:
        """Where it is on the screen: left, top, width, height, in pixels."""
        left, top, width, height = self._ask("Component", "GetExtents", "u", (0,))[0]
        return left, top, width, height

    # What is around it

    def children(self) -> list[Thing]:
        """What is inside it."""
        return [
            Thing(self.reader, program, path)
            for program, path in self._ask("Accessible", "GetChildren")[0]
        ]

    def parent(self) -> Thing:
        """What it is inside of."""
        program, path = self._property("Accessible", "Parent")
        return Thing(self.reader, program, path)

    def all(self) -> Iterator[Thing]:
        """It and all that is inside it and shown, in order."""
        yield self
        for child in self.children():
            try:
                if "showing" in child.states or child.role in _ALWAYS:
                    yield from child.all()
            except Gone:
                # It went while it was looked at.
                continue

    def find(self, role: str, name: str | Callable[[str], bool] = "") -> Thing:
        """The first thing inside it of a role, and with a name if that is given."""
        __tracebackhide__ = True
        for thing in self.all():
            if thing.role == role and _fits(thing.name, name):
                return thing
        raise Gone(f"no {role} {name!r} in {self!r}")

    def find_all(self, role: str) -> list[Thing]:
        """All things inside it of a role."""
        return [thing for thing in self.all() if thing.role == role]

    def labels(self) -> list[Thing]:
        """What stands beside it as its name."""
        found = self._ask("Accessible", "GetRelationSet")[0]
        return [
            Thing(self.reader, program, path)
            for relation, targets in found
            if relation == _LABELLED_BY
            for program, path in targets
        ]

    # What can be done with it

    def actions(self) -> list[str]:
        """What can be done with it: “Press”."""
        return [each[0] for each in self._ask("Action", "GetActions")[0]]

    def do(self, action: str) -> None:
        """Do one of its actions."""
        self._ask("Action", "DoAction", "i", (self.actions().index(action),))

    def take_focus(self) -> None:
        """Give it the keyboard."""
        self._ask("Component", "GrabFocus")

    # Its text

    @property
    def length(self) -> int:
        """How many characters its text has."""
        return int(self._property("Text", "CharacterCount"))

    @property
    def caret(self) -> int:
        """Before which character the caret stands."""
        return int(self._property("Text", "CaretOffset"))

    def set_caret(self, offset: int) -> None:
        """Put the caret before a character."""
        self._ask("Text", "SetCaretOffset", "i", (offset,))

    def text(self, start: int = 0, end: int = -1) -> str:
        """Its text, or part of it."""
        return str(self._ask("Text", "GetText", "ii", (start, end))[0])

    def text_at(self, offset: int, granularity: str) -> tuple[str, int, int]:
        """The character, word, sentence, line or paragraph at a place, and its ends."""
        words, start, end = self._ask(
            "Text", "GetStringAtOffset", "iu", (offset, GRANULARITIES[granularity])
        )
        return words, start, end

    def selection(self) -> tuple[int, int] | None:
        """What is selected."""
        if not self._ask("Text", "GetNSelections")[0]:
            return None
        start, end = self._ask("Text", "GetSelection", "i", (0,))
        return start, end

    def character_extents(self, offset: int) -> tuple[int, int, int, int]:
        """Where a character is on the screen: left, top, width, height, in pixels."""
        left, top, width, height = self._ask("Text", "GetCharacterExtents", "iu", (offset, 0))
        return left, top, width, height

    def offset_at(self, x: int, y: int) -> int:
        """Which character is at a point of the screen."""
        return int(self._ask("Text", "GetOffsetAtPoint", "iiu", (x, y, 0))[0])

    def text_attributes(self, offset: int) -> tuple[dict[str, str], int, int]:
        """How the words at a place look, and from where to where they look so."""
        attributes, start, end = self._ask("Text", "GetAttributes", "i", (offset,))
        return attributes, start, end

    # Its value

    @property
    def value(self) -> float:
        """Where a slider or a progress bar stands."""
        return float(self._property("Value", "CurrentValue"))

    # Asking

    def _ask(
        self, interface: str, method: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> Any:
        address = DBusAddress(self.path, self.program, _INTERFACE + interface)
        return self.reader.ask(address, method, signature, body)

    def _property(self, interface: str, name: str) -> Any:
        address = DBusAddress(self.path, self.program, "org.freedesktop.DBus.Properties")
        return self.reader.ask(address, "Get", "ss", (_INTERFACE + interface, name))[0][1]


_LABELLED_BY = 2
"""The number of the relation in the specification."""

_ALWAYS = ("application",)
"""What has no state of its own."""


def _fits(found: str, wanted: str | Callable[[str], bool]) -> bool:
    return wanted(found) if callable(wanted) else wanted in ("", found)


def _ask(
    connection: DBusConnection,
    address: DBusAddress,
    method: str,
    signature: str = "",
    body: tuple[Any, ...] = (),
) -> Any:
    message = new_method_call(address, method, signature or None, body)
    return _body(connection.send_and_get_reply(message, timeout=_ANSWER))


def _body(answer: Message) -> Any:
    if answer.header.message_type is MessageType.error:
        fields = answer.header.fields
        raise Gone(f"{fields.get(HeaderFields.error_name)}: {answer.body}")
    return answer.body


def _dashed(member: str) -> str:
    """“TextCaretMoved” as “text-caret-moved”."""
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in member).lstrip("-")
