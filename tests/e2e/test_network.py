"""Nothing that is read or written leaves the machine: the program does not know the network."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.copies.copy import Copy

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]

ROOT = Path(__file__).resolve().parents[2]

# Run by Python before the program is: any use of the network from Python is an error.
GUARD = """
import os, socket

def refuse(*arguments, **named):
    raise RuntimeError(f"a connection was attempted: {arguments}")

class Local(socket.socket):
    def __init__(self, family=socket.AF_INET, *arguments, **named):
        if family != socket.AF_UNIX:
            refuse(family)
        super().__init__(family, *arguments, **named)

socket.socket = Local
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse)
open(os.environ["GUARDED"], "w").close()
"""


def sockets_of(process: int) -> set[str]:
    """The numbers of the sockets that a process holds, whoever made them."""
    held = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        try:
            leads_to = os.readlink(handle)
        except FileNotFoundError:
            continue  # closed meanwhile
        if leads_to.startswith("socket:["):
            held.add(leads_to.removeprefix("socket:[").removesuffix("]"))
    return held


def local_sockets(process: int) -> set[str]:
    """The numbers of the sockets that reach no further than this machine and its kernel."""
    found = set()
    for family in ("unix", "netlink"):
        head, *rows = Path(f"/proc/{process}/net/{family}").read_text().splitlines()
        column = head.split().index("Inode")
        found |= {row.split()[column] for row in rows}
    return found


def test_nothing_reaches_for_the_network(start: Start, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    guarded = tmp_path / "guarded"
    path = os.pathsep.join(map(str, (tmp_path, ROOT)))
    program = start(PYTHONPATH=path, GUARDED=str(guarded)).opened()
    assert guarded.exists()
    for keys in ("ctrl+f", "ctrl+k", "ctrl+2", "ctrl+3", "shift+F1", "F1", "ctrl+End", "ctrl+i"):
        program.key(keys)
        program.still()
        held = sockets_of(program.process.pid)
        assert held, "that to its screen, if no other"
        assert held <= local_sockets(program.process.pid)
        for window in program.windows():
            program.focus(window)
            program.key("Escape")
    program.focus()
    program.quit()


def test_it_works_where_there_is_no_network(start: Start, article: Copy) -> None:
    alone = ("unshare", "--map-root-user", "--net")
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], stderr=-3).returncode:
        pytest.skip("this machine does not let a program be cut off from the network")
    program = start(before=alone).opened(article.manifest.title)
    program.key("shift+F1")
    program.until(lambda: not program.title().startswith(article.manifest.title), "the guide came")
    program.quit()
