"""What the window does not need for its first picture is not there yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SHOWN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from reader import app
application = QApplication([])
window = app._make_window(app.Start(home=Path(sys.argv[1])), keeps=True)
window.open(Path(sys.argv[2]))
window.show()
window.reading.page.viewport().repaint()
print(*(name for name in sys.modules if name.startswith("reader.")))
"""

LATER = (
    "reader.annotations.writing",
    "reader.annotations.w3c.reading",
    "reader.copies.editing",
    "reader.copies.making",
    "reader.copies.packing",
    "reader.copies.sharing",
    "reader.exchange.importing",
    "reader.exchange.notebook",
    "reader.jobs",
    "reader.library.search",
    "reader.ui.author.workshop",
    "reader.ui.author.form",
    "reader.ui.command_palette",
    "reader.ui.export",
    "reader.ui.importing",
    "reader.ui.library.view",
    "reader.ui.preferences",
    "reader.ui.printing",
    "reader.ui.revision.dialog",
    "reader.ui.sharing.dialog",
    "reader.ui.shortcuts",
)
"""What serves a command, and is imported when that is given."""


def test_the_first_picture_needs_nothing_that_a_command_serves(home: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    shown = subprocess.run(
        [sys.executable, "-c", SHOWN, str(home), str(root / "content" / "welcome")],
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    there = shown.stdout.split()
    assert "reader.ui.window" in there
    assert [name for name in there if name.startswith(LATER)] == []
