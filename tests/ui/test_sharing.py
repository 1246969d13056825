"""Sharing a copy: what the dialog shows is what leaves, and private notes leave when ticked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reader.annotations.marks import Color, Mark, MarkKind, new_id, selector_of
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.copies.layer_writing import write_layer
from reader.copies.layers import layer_of
from reader.copies.reading import open_copy
from reader.ui.sharing import dialog as dialog_module
from reader.ui.sharing.dialog import ShareDialog
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker

ARTICLE = """# On rivers

A river begins where water gathers. It ends where it meets the sea, or a lake.

![A map](figures/map.png)
"""
ANNOTATIONS = """
  - {id: river, kind: definition, title: River, terms: [river], body: It flows.}
  - {id: source, kind: question, title: Where?, target: {exact: It ends}}
"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    """A copy with a picture and a teacher's layer."""
    copy = make_copy(ARTICLE, ANNOTATIONS)
    assert copy.folder is not None
    copy.folder.joinpath("figures").mkdir()
    copy.folder.joinpath("figures", "map.png").write_bytes(PICTURE)
    text = copy.text.string
    start = text.index("meets the sea")
    selector = selector_of(text, start, start + 13)
    marks = [Mark(new_id(), MarkKind.NOTE, selector, note="Which sea?")]
    write_layer(copy.folder, layer_of("Teacher", "Teacher", marks), copy.manifest.id)
    return open_copy(copy.path)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy, tmp_path: Path) -> Window:
    """A window in which the reader has marked three passages, and imported a friend's note."""
    window = make_window(copy.path)
    window._settings["share-folder"] = str(tmp_path)
    mark(window, "begins", "")
    mark(window, "water", "My secret thought.\nMore of it.", ("exam",))
    mark(window, "lake", "Nobody's business.")
    imported = Mark(
        new_id(),
        MarkKind.NOTE,
        selector_of(copy.text.string, 2, 7),
        note="From a friend.",
        creator="A friend",
    )
    window.marks.take_in([imported])
    return window


def mark(window: Window, words: str, note: str, tags: tuple[str, ...] = ()) -> None:
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    made = window.marks.add(MarkKind.HIGHLIGHT, start, start + len(words), Color.GREEN)
    window.marks.change(made.id, note=note, tags=tags)


def dialog(window: Window) -> ShareDialog:
    window.actions_["share"].trigger()
    found = QApplication.activeModalWidget()
    assert isinstance(found, ShareDialog)
    return found


def said(shown: ShareDialog, qtbot: object) -> str:
    """What the preview says when it has caught up."""
    qtbot.waitUntil(lambda: not shown._later.isActive() and not shown._looking.busy)  # type: ignore[attr-defined]
    return shown.preview.toPlainText()


def leaves(shown: ShareDialog, qtbot: object) -> str:
    return said(shown, qtbot).split("This stays here")[0]


def stays(shown: ShareDialog, qtbot: object) -> str:
    return said(shown, qtbot).split("This stays here")[1]


def saved(shown: ShareDialog, file: Path) -> Copy:
    shown.save_button.click()
    return open_copy(file)


def everything_in(copy: Copy) -> bytes:
    """All bytes of a copy's files."""
    assert copy.folder is not None
    return b"".join(each.read_bytes() for each in sorted(copy.folder.rglob("*")) if each.is_file())


def test_at_first_nothing_of_mine_and_of_others_goes(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    shown = dialog(window)
    words = leaves(shown, qtbot)
    assert "Definitions: 1" in words
    assert "Questions: 1" in words
    assert "figures/map.png, " in words
    assert "Teacher" not in words
    rest = stays(shown, qtbot)
    assert "Teacher: 1 note" in rest
    assert "Of your own marks: 1 highlight · 2 notes" in rest
    assert "What you imported from others: 1 note" in rest
    written = saved(shown, tmp_path / "A test.annotated")
    assert written.layers == ()
    assert set(written.by_id) == {"river", "source"}
    for private in (b"secret", b"business", b"friend", b"Which sea"):
        assert private not in everything_in(written)
    said_at_the_end = window.status._said.text()
    assert "A test.annotated" in said_at_the_end
    assert str(tmp_path) in said_at_the_end
    assert "kB" in said_at_the_end or "bytes" in said_at_the_end


def test_highlights_go_without_what_is_written_on_them(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    shown = dialog(window)
    shown.choices.highlights.click()
    shown.choices.name.setFocus()
    QTest.keyClicks(shown.choices.name, "Year 11")
    words = leaves(shown, qtbot)
    assert "Your own marks, as “Year 11”" in words
    assert "1 highlight" in words
    assert "secret" not in words
    assert "2 notes" in stays(shown, qtbot)
    written = saved(shown, tmp_path / "A test.annotated")
    (layer,) = written.layers
    assert (layer.name, [each.selector.exact for each in layer.marks]) == ("Year 11", ["begins"])
    assert b"secret" not in everything_in(written)


def test_notes_go_when_they_are_ticked_and_are_listed_before(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    window._settings["share-name"] = "Year 11"
    shown = dialog(window)
    shown.choices.notes.click()
    assert shown.choices.highlights.isChecked()
    words = leaves(shown, qtbot)
    assert "“My secret thought.” " not in words
    assert "My secret thought." in words
    assert "Nobody's business." in words
    assert "From a friend" not in words
    written = saved(shown, tmp_path / "A test.annotated")
    (layer,) = written.layers
    assert {each.note.split("\n")[0] for each in layer.marks} == {
        "",
        "My secret thought.",
        "Nobody's business.",
    }
    assert {each.creator for each in layer.marks} == {"Year 11"}
    assert b"From a friend" not in everything_in(written)


def test_a_tag_narrows_what_goes_of_mine(window: Window, qtbot: object) -> None:
    window._settings["share-name"] = "Year 11"
    shown = dialog(window)
    shown.choices.notes.click()
    shown.choices.tag.setCurrentIndex(shown.choices.tag.findData("exam"))
    words = leaves(shown, qtbot)
    assert "My secret thought." in words
    assert "Nobody's business." not in words


def test_unticking_highlights_takes_the_notes_back(window: Window, qtbot: object) -> None:
    window._settings["share-name"] = "Year 11"
    shown = dialog(window)
    shown.choices.notes.click()
    shown.choices.highlights.click()
    assert not shown.choices.notes.isChecked()
    assert "secret" not in leaves(shown, qtbot)


def test_marks_without_a_name_are_not_shared(window: Window, qtbot: object) -> None:
    shown = dialog(window)
    shown.choices.highlights.click()
    assert "Nothing leaves" in said(shown, qtbot)
    assert "Shared as" in shown.said.text()
    assert not shown.save_button.isEnabled()
    assert shown.choices.name.hasFocus()
    QTest.keyClicks(shown.choices.name, "Me")
    assert "as “Me”" in said(shown, qtbot)
    assert shown.save_button.isEnabled()
    assert shown.said.text() == ""


def test_questions_pictures_and_layers_are_chosen(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    shown = dialog(window)
    shown.choices.kinds[Kind.QUESTION].click()
    shown.choices.figures.click()
    shown.choices.layers["teacher"].click()
    words = leaves(shown, qtbot)
    assert "Questions" not in words
    assert "map.png" not in words
    assert "The layer “Teacher”" in words
    assert "1 annotation of the author" in stays(shown, qtbot)
    written = saved(shown, tmp_path / "A test.annotated")
    assert set(written.by_id) == {"river"}
    assert [layer.name for layer in written.layers] == ["Teacher"]
    assert written.picture("figures/map.png") is None


def test_nothing_is_saved_while_the_preview_lags_behind(window: Window, qtbot: object) -> None:
    shown = dialog(window)
    assert shown.save_button.isEnabled()
    shown.choices.figures.click()
    assert not shown.save_button.isEnabled()
    assert "map.png" not in leaves(shown, qtbot)
    assert shown.save_button.isEnabled()


def test_long_ones_are_looked_at_and_written_beside_the_window(
    window: Window, qtbot: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_FEW_MARKS", "_SHORT_TEXT", "_SMALL"):
        monkeypatch.setattr(dialog_module, name, 0)
    shown = dialog(window)
    assert shown._looking.busy
    assert not shown.save_button.isEnabled()
    assert "Definitions: 1" in leaves(shown, qtbot)
    file = tmp_path / "A test.annotated"
    shown.save_button.click()
    assert shown.progress.isVisible()
    assert not shown.choices.isEnabled()
    qtbot.waitUntil(file.exists)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "A test.annotated" in window.status._said.text())  # type: ignore[attr-defined]


def test_a_name_without_its_ending_gets_it_and_what_is_there_is_said(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    file = tmp_path / "For you.annotated"
    file.write_bytes(b"old")
    shown = dialog(window)
    shown.file.clear()
    QTest.keyClicks(shown.file, "For you")
    assert "replaced" in shown.said.text()
    assert str(tmp_path) in shown.where.accessibleName()
    assert saved(shown, file).manifest.title == "A test"


def test_what_cannot_be_written_is_said_with_what_to_do(window: Window, tmp_path: Path) -> None:
    tmp_path.joinpath("not a folder").write_text("", "utf-8")
    shown = dialog(window)
    shown.file.setText("not a folder/copy.annotated")
    shown.save_button.click()
    assert "choose another place" in shown.said.text()
    assert shown.isVisible()
    assert shown.choices.isEnabled()
    assert not shown.progress.isVisible()


def test_a_file_is_chosen_by_browsing(window: Window, tmp_path: Path, copy: Copy) -> None:
    asked: list[str] = []

    def ask(*words: object) -> tuple[str, str]:
        asked.append(str(words[2]))
        return str(tmp_path / "else.annotated"), ""

    shown = ShareDialog(copy, [], tmp_path, window.theme, window._settings, window, ask=ask)
    shown._browse()
    assert asked == [str(tmp_path / "A test.annotated")]
    assert shown.path == tmp_path / "else.annotated"
    assert not shown.choices.highlights.isEnabled(), "nothing is marked"
    shown.reject()


def test_the_name_is_kept_and_what_was_ticked_is_not(
    window: Window, qtbot: object, tmp_path: Path
) -> None:
    shown = dialog(window)
    shown.choices.name.setText("Year 11")
    shown.choices.notes.click()
    assert "secret" in leaves(shown, qtbot)
    shown.save_button.click()
    again = dialog(window)
    assert again.choices.name.text() == "Year 11"
    assert not again.choices.notes.isChecked()
    assert not again.choices.highlights.isChecked()
    assert "secret" not in leaves(again, qtbot)


def test_escape_leaves_and_writes_nothing(window: Window, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    shown = dialog(window)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert sorted(tmp_path.iterdir()) == before


def test_everything_in_the_dialog_has_a_name(window: Window) -> None:
    shown = dialog(window)
    reachable = [
        each for each in shown.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) >= 9
    for each in reachable:
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.text(QAccessible.Text.Name), each


def test_a_text_of_the_library_is_shared_from_its_menu(
    window: Window, qtbot: object, copy: Copy, tmp_path: Path
) -> None:
    window.actions_["library"].trigger()
    desk = window._library_desk()
    assert desk is not None
    desk.share_wanted.emit(copy.manifest.id)
    qtbot.waitUntil(  # type: ignore[attr-defined]
        lambda: isinstance(QApplication.activeModalWidget(), ShareDialog)
    )
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, ShareDialog)
    assert "A test" in leaves(shown, qtbot)
    assert "2 notes" in stays(shown, qtbot)


def test_a_text_that_is_gone_is_said_to_be(
    window: Window, qtbot: object, copy: Copy, tmp_path: Path
) -> None:
    copy.path.rename(tmp_path / "elsewhere")
    window.sharing.share_text(copy.manifest.id)
    qtbot.waitUntil(lambda: window.notice.isVisible())  # type: ignore[attr-defined]
    assert copy.path.name in window.notice.words
