"""What a measurement was taken on, in one line: no name of a machine, and no folder."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Cores, memory, system and what the program runs on."""
    parts = [f"{os.cpu_count()} cores ({_processor()})", _memory(), _system()]
    parts.append(f"Python {platform.python_version()}")
    parts.append(f"PySide6 {version('PySide6-Essentials')}")
    return ", ".join(part for part in parts if part)


def load() -> str:
    """How many processes waited for a core in the minute before, where the system tells."""
    try:
        return f"{os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return "unknown"


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    return " ".join(found[1].split()) if found else platform.machine()


def _memory() -> str:
    found = re.search(r"^MemTotal:\s*(\d+) kB", _read("/proc/meminfo"))
    return f"{int(found[1]) / 2**20:.0f} GiB of memory" if found else ""


def _system() -> str:
    found = re.search(r'^PRETTY_NAME="?([^"\n]+)', _read("/etc/os-release"), re.MULTILINE)
    kernel = f"{platform.system()} {platform.release().partition('-')[0]}"
    return f"{found[1]} ({kernel})" if found else kernel


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
