"""The processes of one launch, and the memory that they take, by what Linux says in /proc."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TOKEN = "BENCH_LAUNCH"
"""A variable in the surroundings of a launch, by which all that it starts is known again."""


def processes(token: str) -> list[int]:
    """The processes of a launch: those that have its token, and their children."""
    wanted = f"{TOKEN}={token}".encode()
    known, parents = set(), {}
    for folder in _numbers():
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                known.add(int(folder.name))
            # The name in brackets may have anything in it, a bracket too.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
    grown = True
    while grown:
        children = {child for child, parent in parents.items() if parent in known} - known
        known |= children
        grown = bool(children)
    return sorted(known)


def memory(token: str) -> int:
    """Bytes of memory that a launch takes.

    What processes share is shared out among them (PSS, proportional set size).
    """
    total = 0
    for number in processes(token):
        with suppress(OSError):
            for line in Path(f"/proc/{number}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def end(token: str, patience: float = 3.0) -> None:
    """End what is left of a launch, if need be by force; it was asked to close before.

    `patience` (seconds) is given to each: to what it does when it is closed, and to a request.
    """
    for kind in (None, signal.SIGTERM, signal.SIGKILL):
        if kind is not None:
            _signal(token, kind)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not _alive(token):
                return
            time.sleep(0.05)


def _alive(token: str) -> bool:
    for number in processes(token):
        with suppress(OSError):
            stat = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
            if stat.rpartition(")")[2].split()[0] not in "ZX":
                return True
    return False


def _signal(token: str, number: signal.Signals) -> None:
    for process in processes(token):
        with suppress(OSError):
            os.kill(process, number)


def _numbers() -> Iterator[Path]:
    return (folder for folder in Path("/proc").iterdir() if folder.name.isdigit())
