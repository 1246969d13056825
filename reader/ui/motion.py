"""Whether the system asks for less motion. Qt does not tell, so each system is asked itself."""

from __future__ import annotations

import sys
from functools import cache

_WAIT = 200
"""Milliseconds that the desktop's portal has to answer."""

_GET_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows' SystemParametersInfo."""


@cache
def system_is_calm() -> bool:
    """Whether the system's user has turned animations off; asked once, then remembered."""
    if sys.platform == "win32":
        return _windows_is_calm()
    if sys.platform == "darwin":
        return _macos_is_calm()
    return _desktop_is_calm()


def _windows_is_calm() -> bool:
    import ctypes

    animates = ctypes.c_int(1)
    ask = ctypes.windll.user32.SystemParametersInfoW  # type: ignore[attr-defined,unused-ignore]
    ask(_GET_CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0)
    return not animates.value


def _macos_is_calm() -> bool:
    from PySide6.QtCore import QSettings

    return bool(int(QSettings("apple.com", "universalaccess").value("reduceMotion", 0) or 0))  # type: ignore[call-overload]


def _desktop_is_calm() -> bool:
    """What the desktop's settings portal says of GNOME's setting, which other desktops serve too.

    https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
    """
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    question = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "ReadOne",
    )
    question.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = bus.call(question, QDBus.CallMode.Block, _WAIT).arguments()
    value = answer[0] if answer else None
    return getattr(value, "variant", lambda: value)() is False
