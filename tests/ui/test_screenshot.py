"""Drawing the window into a file: the asked size, the asked place, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from reader import app
from reader.copies.copy import Copy
from reader.ui.screenshot import take
from reader.ui.theme import NAMES

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]


@pytest.mark.parametrize("size", [(480, 360), (1000, 700), (1920, 1080)])
def test_the_picture_has_the_asked_size(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path, home: Path, size: tuple[int, int]
) -> None:
    window = make_window(harbour.path, size, keeps=False, rest=False)
    file = tmp_path / "window.png"
    assert take(window, file) == 0
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == size
    assert not window.isVisible()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_in_the_asked_theme(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path, name: str
) -> None:
    window = make_window(harbour.path, (1360, 880), theme=name, keeps=False, rest=False)
    page = window.theme["page"]
    file = tmp_path / "window.png"
    assert take(window, file) == 0
    assert QImage(str(file)).pixelColor(400, 60).name() == page


def test_everything_has_come_to_rest_in_it(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path
) -> None:
    pictures = []
    for _ in range(3):
        window = make_window(harbour.path, (1360, 880), keeps=False, rest=False)
        file = tmp_path / "window.png"
        take(window, file, "stones")
        pictures.append(QImage(str(file)))
    # The first window of a process sets the style sheet that the others find.
    assert pictures[1] == pictures[2]
    plain = make_window(harbour.path, (1360, 880), keeps=False, rest=False)
    take(plain, tmp_path / "plain.png")
    assert QImage(str(tmp_path / "plain.png")) != pictures[0], "it is drawn at the annotation"


def test_what_cannot_be_done_is_said(
    make_window: MakeWindow,
    harbour: Copy,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "window.png"
    assert take(make_window(harbour.path, keeps=False, rest=False), file, "nobody") == 1
    assert "nobody" in capsys.readouterr().err
    assert take(make_window(tmp_path / "none.md", keeps=False, rest=False), file) == 1
    assert "none.md" in capsys.readouterr().err
    assert not file.exists()
    window = make_window(harbour.path, keeps=False, rest=False)
    assert take(window, tmp_path / "no" / "folder.png") == 1
    assert "folder.png" in capsys.readouterr().err


def test_a_picture_shows_the_article_even_where_another_text_was_read(
    make_window: MakeWindow, harbour: Copy, home: Path
) -> None:
    make_window(harbour.path).close()
    window = make_window(keeps=False, rest=False)
    path = app._first_text(app.Start(home=home, screenshot=Path("a.png")), window)
    assert path.name == app.SHIPPED
