"""One window answers for a library: a later start hands its request over and ends.

They meet at a socket (on Windows: a named pipe) which only this user can reach and
whose name follows from the library's folder. Nothing of it leaves the machine.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

Request = Mapping[str, str]

_PATIENCE = 2.0
"""Seconds to wait for the other side, which answers at once if it is well."""

_LARGEST = 65_536
"""Bytes of a request."""

_WELL = b"well"


def hand_over(folder: Path, request: Request) -> bool:
    """Let the window that answers for the library in `folder` do this; False if there is none."""
    address = _address(folder)
    if address is None or (sys.platform != "win32" and not os.path.exists(address)):
        return False
    from multiprocessing.connection import Client

    try:
        with Client(address) as connection:
            connection.send_bytes(json.dumps(dict(request)).encode())
            return connection.poll(_PATIENCE) and connection.recv_bytes(_LARGEST) == _WELL
    except (OSError, EOFError):
        return False


class Answering:
    """Takes requests for the library in `folder`, until it is closed.

    `answer` is called on a thread of its own. Where another window answers already,
    or no socket can be had, there are no requests.
    """

    def __init__(self, folder: Path, answer: Callable[[Request], None]) -> None:
        self._address = _address(folder)
        self._answer = answer
        self._closed = False
        self._thread = threading.Thread(target=self._listen, name="answering", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more requests."""
        self._closed = True
        if self._address is not None and self._thread.is_alive():
            from multiprocessing.connection import Client

            with suppress(OSError):
                Client(self._address).close()  # wakes it, to find that it is closed
            self._thread.join(_PATIENCE)

    def _listen(self) -> None:
        from multiprocessing.connection import Listener

        if self._address is None or _answered(self._address):
            return
        if sys.platform != "win32":
            with suppress(OSError):
                os.unlink(self._address)  # what a program that was killed left behind
        try:
            listener = Listener(self._address)
        except OSError:
            return
        with suppress(OSError), listener:  # its file may be gone before it
            while not self._closed:
                with suppress(OSError, EOFError, ValueError), listener.accept() as connection:
                    if self._closed or not connection.poll(_PATIENCE):
                        continue
                    request = json.loads(connection.recv_bytes(_LARGEST))
                    if isinstance(request, dict):
                        self._answer({str(key): str(value) for key, value in request.items()})
                        connection.send_bytes(_WELL)


def _answered(address: str) -> bool:
    """Whether somebody listens there already."""
    from multiprocessing.connection import Client

    try:
        Client(address).close()
    except OSError:
        return False
    return True


def _address(folder: Path) -> str | None:
    """Where to meet; None where there is no place that is this user's alone."""
    with suppress(OSError):
        folder = folder.resolve()
    name = sha256(os.fsencode(os.path.normcase(folder))).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\annotated-reader-{name}"
    # The path of a socket may have about a hundred bytes, which the library's own may exceed.
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    own = f"annotated-reader-{os.getuid()}"
    place = Path(runtime, "annotated-reader") if runtime else Path(tempfile.gettempdir(), own)
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        found = place.lstat()
    except OSError:
        return None
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not ours or stat.S_IMODE(found.st_mode) & 0o077:
        return None
    return str(place / name)
