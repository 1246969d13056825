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
print(*sys.modules)
"""

FILLED = """
import sys
from pathlib import Path
from PySide6 import QtWidgets
from reader import app
application = QtWidgets.QApplication([])
window = app._make_window(app.Start(home=Path(sys.argv[1])), keeps=True)
window.open(Path(sys.argv[2]))
window.show()
for command in ("contents", "index", "notes"):
    window.actions_[command].trigger()
    for _ in range(20):
        application.processEvents()
print(*vars(QtWidgets))
"""

DRAWN = """
import linecache
import sys
from pathlib import Path
from reader import app
app.run(app.Start(screenshot=Path(sys.argv[1]) / "window.png", home=Path(sys.argv[1])))
print(*linecache.cache)
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
    "reader.ui.accessible.factory",
    "reader.ui.accessible.structure",
    "reader.ui.author.workshop",
    "reader.ui.author.form",
    "reader.ui.palette",
    "reader.ui.export",
    "reader.ui.help",
    "reader.ui.importing",
    "reader.ui.library.view",
    "reader.ui.preferences",
    "reader.ui.printing",
    "reader.ui.revision.dialog",
    "reader.ui.sharing.dialog",
    "reader.ui.shortcuts",
)
"""What serves a command, and is imported when that is given."""

LATER_AGAIN = (
    "markdown",
    "yaml",
    "reader.annotations.mentions",
    "reader.annotations.reading",
    "reader.annotations.seeking",
    "reader.copies.checking",
    "reader.copies.parsing",
    "reader.text.markdown",
    "reader.ui.margin.card",
    "reader.ui.margin.card_tools",
    "reader.ui.margin.contents",
    "reader.ui.margin.note_card",
    "reader.ui.panel.contents",
    "reader.ui.panel.index",
    "reader.ui.panel.notes",
)
"""What a text needs that was never opened before, and cards and lists, which come later."""

MOST, MOST_AGAIN = (194, 420), (166, 349)
"""So many modules, of this program and of all, are imported when a text is seen: the first time,
and again."""


def modules_of_the_first_picture(home: Path) -> list[str]:
    """What is imported when a text is seen for the first time since the program was started."""
    return said(SHOWN, home)


def said(script: str, home: Path) -> list[str]:
    """The words that a script prints which opens a text."""
    root = Path(__file__).resolve().parents[2]
    shown = subprocess.run(
        [sys.executable, "-c", script, str(home), str(root / "content" / "welcome")],
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return shown.stdout.split()


def check(there: list[str], later: tuple[str, ...], most: tuple[int, int]) -> None:
    own = [name for name in there if name.startswith("reader.")]
    assert "reader.ui.window" in own
    inside = tuple(f"{name}." for name in later)
    assert [name for name in there if f"{name}.".startswith(inside)] == []
    assert len(own) <= most[0], f"{len(own)} modules of this program: {' '.join(sorted(own))}"
    assert len(there) <= most[1], f"{len(there)} modules: {' '.join(sorted(there))}"


def test_the_first_picture_needs_nothing_that_comes_later(home: Path) -> None:
    check(modules_of_the_first_picture(home), LATER, MOST)
    check(modules_of_the_first_picture(home), LATER + LATER_AGAIN, MOST_AGAIN)


def test_no_kinds_of_widgets_are_made_that_nobody_uses(home: Path) -> None:
    """PySide makes a class of each when it has to find out what a widget is that Qt made."""
    kinds = said(FILLED, home)
    assert {"QTextEdit", "QListView"} <= {*kinds}
    assert {"QMdiArea", "QCalendarWidget", "QTableWidget"} & {*kinds} == set()


def test_no_source_is_read(home: Path) -> None:
    """PySide would read that of every module, and Python would keep it."""
    drawn = subprocess.run(
        [sys.executable, "-c", DRAWN, str(home)], capture_output=True, encoding="utf-8", check=True
    )
    assert (home / "window.png").is_file()
    program = str(Path(__file__).resolve().parents[2] / "reader")
    assert [file for file in drawn.stdout.split() if file.startswith(program + os.sep + "ui")] == []
