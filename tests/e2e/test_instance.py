"""One window for a library: later starts and links show their text in it, and end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.copies.copy import Copy
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]


def test_a_later_start_shows_its_text_in_the_window_that_is_open(
    start: Start, article: Copy
) -> None:
    window = start().opened(article.manifest.title)
    window.still()
    welcome = article.path.parent / "welcome"
    start(welcome).ended()
    window.until(
        lambda: window.title() and window.title() != f"{article.manifest.title} — Annotated Reader",
        "the other text was shown",
    )
    assert len(window.windows()) == 1

    start(article.path, "--at", article.annotations[0].id).ended()
    window.opened(article.manifest.title)
    window.quit()


def test_a_link_travels_in_the_window_that_is_open(
    start: Start, article: Copy, light: Theme
) -> None:
    window = start().opened(article.manifest.title)
    before = window.still()
    event = next(
        mention.annotation
        for mention in reversed(article.attachment.mentions)
        if article.by_id[mention.annotation].kind == "event"
    )
    start(f"annotated-reader:open?document={article.manifest.id}&annotation={event}").ended()
    window.shows(lambda seen: seen != before, "it travelled")
    window.still()
    window.quit()
    first = article.attachment.of(event)[0].start
    assert abs(window.place(article.manifest.id)[0] - first) < 1500

    # A window that has been closed answers no more; the next start is one of its own.
    again = start().opened(article.manifest.title)
    again.quit()


def test_another_window_is_opened_where_it_is_asked_for(start: Start, article: Copy) -> None:
    one = start().opened(article.manifest.title)
    two = start("--new-window", article.path.parent / "welcome").opened()
    assert one.windows() != two.windows()
    two.quit()
    one.focus()
    one.quit()


def test_a_window_in_which_no_text_came_up_answers_too(
    start: Start, article: Copy, tmp_path: Path
) -> None:
    window = start(tmp_path / "nothing.md").appeared()
    time.sleep(3)  # it answers after two, when no words seem to come
    start(article.path).ended()
    window.opened(article.manifest.title)
    window.quit()
