"""Hands on a screen: keys pressed at a moment that is known, and a window's button to close it.

Keys go through XTEST, without starting a program for each.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import time
from types import TracebackType

_NAMES = {"/": "slash", " ": "space", ".": "period"}
_REVERT_TO_PARENT = 2
_CLIENT_MESSAGE = 33


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib, filled up to the length of the largest event."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 16),
    )


class Keyboard:
    """Presses keys on one screen. Raises RuntimeError where libXtst is not installed."""

    def __init__(self, screen: str) -> None:
        x11, xtst = (ctypes.util.find_library(name) for name in ("X11", "Xtst"))
        if not x11 or not xtst:
            raise RuntimeError("libX11 or libXtst is missing; on Debian: libxtst6.")
        self._x11, self._xtst = ctypes.CDLL(x11), ctypes.CDLL(xtst)
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XInternAtom.restype = ctypes.c_ulong
        display = self._x11.XOpenDisplay(screen.encode())
        if not display:
            raise RuntimeError(f"The screen {screen} cannot be reached.")
        self._display = ctypes.c_void_p(display)
        self.root = int(self._x11.XDefaultRootWindow(self._display))
        """The window behind all others."""

    def __enter__(self) -> Keyboard:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._x11.XCloseDisplay(self._display)

    def focus(self, window: int) -> None:
        """Let a window have the keys."""
        self._x11.XSetInputFocus(
            self._display, ctypes.c_ulong(window), _REVERT_TO_PARENT, ctypes.c_ulong(0)
        )
        self._x11.XSync(self._display, 0)

    def close(self, window: int) -> None:
        """Ask a window to close, as its button does."""
        protocols, delete = (
            self._x11.XInternAtom(self._display, name, 0)
            for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        event = _ClientMessage(
            type=_CLIENT_MESSAGE, window=window, message_type=protocols, format=32,
            data=(ctypes.c_long * 5)(delete),
        )  # fmt: skip
        self._x11.XSendEvent(self._display, ctypes.c_ulong(window), 0, 0, ctypes.byref(event))
        self._x11.XSync(self._display, 0)

    def press(self, chord: str) -> float:
        """Press a key, such as `ctrl+End`; the answer is when, by time.perf_counter()."""
        codes = [self._code(name) for name in chord.split("+")]
        began = time.perf_counter()
        for code in codes:
            self._xtst.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self._xtst.XTestFakeKeyEvent(self._display, code, 0, ctypes.c_ulong(0))
        self._x11.XFlush(self._display)
        return began

    def type(self, words: str, pause: float = 0.02) -> float:
        """Type words, with a pause (seconds) after letters; the answer is when the first was."""
        moments = []
        for letter in words:
            moments.append(self.press(letter))
            time.sleep(pause)
        return moments[0]

    def _code(self, name: str) -> int:
        name = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}.get(name, name)
        keysym = self._x11.XStringToKeysym(_NAMES.get(name, name).encode())
        code = int(self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(keysym)))
        if not code:
            raise ValueError(f"There is no key {name}.")
        return code
