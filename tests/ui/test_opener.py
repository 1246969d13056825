"""The opener by itself: what it does at once and what on a thread, and what comes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QThread

from reader.copies.copy import Copy
from reader.problems import CannotOpen
from reader.ui import opener as opener_module
from reader.ui.opener import Opener


class Heard:
    """What an opener said, and on which thread it was heard."""

    def __init__(self, opener: Opener) -> None:
        self.titles: list[str] = []
        self.failures: list[str] = []
        self.shares: list[float] = []
        self.threads: set[Any] = set()
        opener.opened.connect(self._opened)
        opener.failed.connect(self._failed)
        opener.progressed.connect(self.shares.append)

    def _opened(self, copy: Copy, prepared: Any) -> None:
        self.titles.append(copy.manifest.title)
        self.threads.add(threading.current_thread())
        assert prepared.document.thread() is QThread.currentThread()
        assert prepared.document.toPlainText().startswith(copy.text.string[:9])

    def _failed(self, sentence: str) -> None:
        self.failures.append(sentence)
        self.threads.add(threading.current_thread())


@pytest.fixture
def opener(qapp: object) -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.wait()


@pytest.fixture
def heard(opener: Opener) -> Heard:
    return Heard(opener)


@pytest.fixture
def always_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opener_module, "AT_ONCE", -1)


def test_small_texts_are_there_when_it_returns(
    opener: Opener, heard: Heard, harbour: Copy, tmp_path: Path
) -> None:
    assert opener.open(harbour.path, at_once=True)
    assert heard.titles == ["A test"]
    assert opener.open(tmp_path / "missing.md", at_once=True)
    assert len(heard.failures) == 1


def test_large_texts_come_from_a_thread_and_are_heard_here(
    qtbot: Any, opener: Opener, heard: Heard, tmp_path: Path
) -> None:
    large = tmp_path / "large.md"
    large.write_text("# Large\n\n" + "Many words follow. " * 12_000)
    assert large.stat().st_size > opener_module.AT_ONCE
    assert not opener.open(large, at_once=True)
    qtbot.waitUntil(lambda: heard.titles == ["Large"])
    assert heard.threads == {threading.main_thread()}
    assert heard.shares == sorted(heard.shares)
    assert all(0 <= share <= 1 for share in heard.shares)


@pytest.mark.usefixtures("always_behind")
def test_failures_come_from_a_thread_too(
    qtbot: Any, opener: Opener, heard: Heard, tmp_path: Path
) -> None:
    assert not opener.open(tmp_path / "missing.md")
    qtbot.waitUntil(lambda: bool(heard.failures))
    assert "missing.md" in heard.failures[0]
    assert heard.threads == {threading.main_thread()}


@pytest.mark.usefixtures("always_behind")
def test_what_was_given_up_is_never_heard_of(
    opener: Opener, heard: Heard, harbour: Copy, tmp_path: Path
) -> None:
    for path in (harbour.path, tmp_path / "missing.md"):
        opener.open(path)
        opener.wait()
        QCoreApplication.processEvents()
    assert heard.titles == heard.failures == []
    assert heard.shares == []


@pytest.mark.usefixtures("always_behind")
def test_of_many_only_the_last_one_arrives(
    qtbot: Any, opener: Opener, heard: Heard, harbour: Copy, guide: Copy
) -> None:
    for path in (harbour.path, guide.path, harbour.path, guide.path):
        opener.open(path)
    qtbot.waitUntil(lambda: bool(heard.titles))
    for thread in opener._running:
        thread.join()
    QCoreApplication.processEvents()
    assert heard.titles == [guide.manifest.title]


@pytest.mark.parametrize("failure", [CannotOpen("It is not there."), MemoryError()])
def test_a_failure_is_one_sentence(
    opener: Opener,
    heard: Heard,
    harbour: Copy,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
) -> None:
    def fail(*_: object) -> Copy:
        raise failure

    monkeypatch.setattr(opener_module, "open_copy", fail)
    opener.open(harbour.path, at_once=True)
    (sentence,) = heard.failures
    assert sentence.endswith(".")


def test_a_fault_is_told_and_not_hidden(
    opener: Opener, heard: Heard, harbour: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Copy:
        raise ZeroDivisionError

    monkeypatch.setattr(opener_module, "open_copy", fail)
    with pytest.raises(ZeroDivisionError):
        opener.open(harbour.path, at_once=True)
    assert len(heard.failures) == 1


def test_how_large_a_path_is(tmp_path: Path, make_copy: Callable[..., Copy]) -> None:
    copy = make_copy("# Title\n\nWords.\n")
    assert opener_module._size(copy.path) == sum(
        file.stat().st_size for file in copy.path.iterdir()
    )
    assert opener_module._size(tmp_path / "missing") == 0
