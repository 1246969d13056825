"""Everything below the window has to work where there is no Qt."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import reader

# The two that may import Qt. The command line may not: `check` and `inspect` do without a window.
WINDOW = ("reader.app", "reader.ui")

IMPORT_EACH = """
import importlib, json, sys, traceback

for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None  # makes `import` raise

failed = {}
for name in json.load(sys.stdin):
    # Each as if it were the first: an import circle often shows from one side only.
    for loaded in [m for m in sys.modules if m.partition(".")[0] == "reader"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except BaseException:
        failed[name] = traceback.format_exc(limit=-3)
json.dump(failed, sys.stdout)
"""


def modules_of(folder: Path, package: str) -> Iterator[str]:
    """The modules in `folder`, found without importing any of them."""
    for module in pkgutil.iter_modules([str(folder)], prefix=f"{package}."):
        if module.name in WINDOW:
            continue
        yield module.name
        if module.ispkg:
            yield from modules_of(folder / module.name.rpartition(".")[2], module.name)


def test_every_module_below_the_window_imports_without_qt() -> None:
    modules = sorted(modules_of(Path(reader.__file__).parent, "reader"))
    assert "reader.text.model" in modules

    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EACH],
        input=json.dumps(modules),
        capture_output=True,
        text=True,
        check=True,
    )

    failed: dict[str, str] = json.loads(done.stdout)
    assert not failed, "\n".join(failed.values())
