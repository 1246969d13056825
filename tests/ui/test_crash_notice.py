"""A fault of the program, as its reader learns of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader import crash
from reader.locations import user_folders
from reader.ui.help.report_dialog import ReportDialog

if TYPE_CHECKING:
    from reader.ui.window import Window


def test_the_next_start_says_where_the_report_is_and_only_once(
    make_window: Callable[..., Window], home: Path
) -> None:
    data = user_folders(home).data
    with pytest.raises(ZeroDivisionError), crash.reporting(data):
        1 / 0  # noqa: B018
    window = make_window()
    assert window.notice.isVisible()
    [report] = (data / "reports").glob("*.txt")
    assert str(report) in window.notice.words
    assert "nothing was sent" in window.notice.words
    window.notice.take_offer()
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    assert "ZeroDivisionError" in dialog.words.toPlainText()
    dialog.close()
    window.close()
    if window._library is not None:
        window._library.close()
    assert not make_window().notice.isVisible()
