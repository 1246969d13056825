"""Author mode: words are annotated on the page, and annotations.yaml says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton

from reader.annotations.model import Kind
from reader.locations import bundled
from reader.ui.author.conflict import ConflictDialog
from reader.ui.author.leading_field import QUOTES, TEXT
from tests.ui.conftest import open_text

from .conftest import ANNOTATIONS, CTRL, SHIFT, press, select, type_into

if TYPE_CHECKING:
    from reader.ui.window import Window


def written(folder: Path) -> str:
    return folder.joinpath("annotations.yaml").read_text("utf-8")


def body_of(window: Window, name: str) -> str:
    return window.copy.by_id[name].body if window.copy else ""


def string_of(window: Window) -> str:
    return window.copy.text.string if window.copy else ""


def test_the_header_and_the_status_say_what_is_annotated(authored: Window) -> None:
    assert "author mode, revision 3" in authored.header.title.accessibleName()
    assert authored.status._author.text() == "annotations.yaml"
    assert authored.actions_["author"].isChecked()
    authored.actions_["author"].trigger()
    assert not authored.author.on
    assert "author mode" not in authored.header.title.accessibleName()


def test_selected_words_are_annotated(authored: Window, folder: Path) -> None:
    form = authored.author.form
    select(authored, "her brother")
    assert authored.marking.bar.isVisible()
    press(Qt.Key.Key_A)
    assert authored.author.writing
    assert form.title.text() == "her brother"
    assert form.leading.count.text() == "1 mention in the text, first in “The Harbour”"
    assert QApplication.focusWidget() is form.body
    type_into(form.body, "He **rows**.")
    form.kind.setFocus()
    while form.kind.kind is not Kind.PERSON:
        press(Qt.Key.Key_Left if form.kind.kind is not Kind.DEFINITION else Qt.Key.Key_Right)
    form.title.selectAll()
    type_into(form.title, "The brother")
    press(Qt.Key.Key_Return, CTRL)
    assert not authored.author.writing
    assert written(folder) == ANNOTATIONS + (
        "\n  - id: the-brother\n    kind: person\n    title: The brother\n"
        "    terms: [her brother]\n    body: He **rows**.\n"
    )
    assert authored.copy is not None
    assert "the-brother" in authored.copy.by_id
    assert authored.reading.margin.active == "the-brother"
    assert authored.status._author.text().startswith("annotations.yaml · saved ")


def test_the_page_does_not_move_when_something_is_saved(
    authored: Window, settle: Callable[[Any], None]
) -> None:
    page = authored.reading.page
    document = page.document()
    page.verticalScrollBar().setValue(40)
    settle(authored.reading)
    before = page.scroll()
    select(authored, "crane")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Return, CTRL)
    settle(authored.reading)
    assert page.document() is document
    assert page.scroll() == before
    assert authored.copy is not None
    assert "crane" in authored.copy.by_id


def test_a_long_passage_is_marked_only_where_it_stands(authored: Window, folder: Path) -> None:
    form = authored.author.form
    select(authored, "The quay ends here.")
    press(Qt.Key.Key_A)
    QTest.mouseClick(
        form.leading.ways, Qt.MouseButton.LeftButton, pos=form.leading.ways.tabRect(1).center()
    )
    assert form.leading.way == QUOTES
    press(Qt.Key.Key_Return, CTRL)
    assert "    target: {exact: The quay ends here.}\n" in written(folder)
    assert "terms: [The quay" not in written(folder)


def test_only_these_words_get_the_context_that_tells_them_apart(
    authored: Window, folder: Path
) -> None:
    select(authored, "quay", nth=1)
    press(Qt.Key.Key_A)
    authored.author.form.leading.set_way(QUOTES)
    press(Qt.Key.Key_Return, CTRL)
    assert '    target: {exact: quay, prefix: "the "}\n' in written(folder)
    assert authored.copy is not None
    assert not authored.copy.problems


def test_without_words_the_whole_text_is_annotated(authored: Window, folder: Path) -> None:
    authored.reading.page.setFocus()
    press(Qt.Key.Key_A)
    form = authored.author.form
    assert form.leading.way == TEXT
    type_into(form.title, "About the text")
    press(Qt.Key.Key_Return, CTRL)
    assert "    title: About the text\n    target: text\n" in written(folder)


def test_what_is_missing_is_said_at_its_field(authored: Window, folder: Path) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    form = authored.author.form
    form.title.clear()
    type_into(form.date, "1 June")
    form.leading.terms.set_values(())
    press(Qt.Key.Key_Return, CTRL)
    assert authored.author.writing
    assert form.title_field.fault == "Give it a title."
    assert form.date_field.fault == ("Write a year, a month or a day: 2025, 2025-06 or 2025-06-01.")
    assert "Type the words that lead here" in form.leading._fault.text()
    assert QApplication.focusWidget() is form.title
    assert written(folder) == ANNOTATIONS


def test_escape_asks_only_when_something_would_be_lost(authored: Window, folder: Path) -> None:
    form = authored.author.form
    select(authored, "crane")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Escape)
    assert not authored.author.writing
    select(authored, "crane")
    press(Qt.Key.Key_A)
    type_into(form.body, "It lifts.")
    press(Qt.Key.Key_Escape)
    assert authored.author.writing
    assert form._asking.isVisible()
    press(Qt.Key.Key_Escape)
    assert authored.author.writing
    assert not form._asking.isVisible()
    assert form.body.toPlainText() == "It lifts."
    type_into(form.body, "!")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert not authored.author.writing
    assert written(folder) == ANNOTATIONS


def test_enter_answers_whether_what_was_typed_is_lost(authored: Window) -> None:
    form = authored.author.form
    select(authored, "crane")
    press(Qt.Key.Key_A)
    type_into(form.body, "It lifts.")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert not form._asking.isVisible()
    press(Qt.Key.Key_X)
    assert form.body.toPlainText() == "It lifts.x", "the keyboard is where it was"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert not authored.author.writing


def test_a_card_is_edited_and_the_rest_stays_byte_for_byte(
    authored: Window, folder: Path, settle: Callable[[Any], None]
) -> None:
    authored.reading.show_annotation("quay")
    settle(authored.reading)
    card = authored.reading.margin.card("quay")
    assert card is not None
    card.setFocus()
    press(Qt.Key.Key_E)
    form = authored.author.form
    assert form.title.text() == "The quay"
    assert not form.is_changed
    type_into(form.body, "It is wet. ")
    press(Qt.Key.Key_Return, CTRL)
    assert written(folder) == ANNOTATIONS.replace("A wall", "It is wet. A wall")


def test_a_card_offers_to_edit_and_to_delete(
    authored: Window, folder: Path, settle: Callable[[Any], None]
) -> None:
    authored.reading.show_annotation("anna")
    settle(authored.reading)
    card = authored.reading.margin.card("anna")
    assert card is not None
    names = {button.accessibleName(): button for button in card.findChildren(QToolButton)}
    QTest.mouseClick(names["Delete “Anna”"], Qt.MouseButton.LeftButton)
    assert "anna" not in written(folder)
    assert authored.reading.margin.card("anna") is None
    authored.reading.page.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert written(folder) == ANNOTATIONS
    press(Qt.Key.Key_Z, CTRL, SHIFT)
    assert "anna" not in written(folder)


def test_the_last_thing_done_is_taken_back_first(authored: Window, folder: Path) -> None:
    select(authored, "boats")
    press(Qt.Key.Key_2)
    select(authored, "crane")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Return, CTRL)
    select(authored, "brother")
    press(Qt.Key.Key_3)
    added = written(folder)
    assert len(authored.marks.own()) == 2
    authored.reading.page.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert len(authored.marks.own()) == 1
    assert written(folder) == added
    press(Qt.Key.Key_Z, CTRL)
    assert len(authored.marks.own()) == 1
    assert written(folder) == ANNOTATIONS
    press(Qt.Key.Key_Z, CTRL)
    assert authored.marks.own() == []
    press(Qt.Key.Key_Z, CTRL, SHIFT)
    assert len(authored.marks.own()) == 1
    assert written(folder) == ANNOTATIONS
    press(Qt.Key.Key_Z, CTRL, SHIFT)
    assert len(authored.marks.own()) == 1
    assert written(folder) == added
    press(Qt.Key.Key_Z, CTRL, SHIFT)
    assert len(authored.marks.own()) == 2


def test_terms_are_chips_and_their_mentions_are_counted(authored: Window, folder: Path) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    form = authored.author.form
    terms = form.leading.terms
    type_into(terms.input, "mill,them")
    QTest.qWait(200)
    assert [*terms.values] == ["crane", "mill"]
    assert form.leading.count.text().startswith("5 mentions in the text, first in ")
    press(Qt.Key.Key_Return)
    assert [*terms.values] == ["crane", "mill", "them"]
    press(Qt.Key.Key_Backspace)
    for _ in "them":
        press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return, CTRL)
    assert "    terms: [crane, mill]\n" in written(folder)


def test_see_also_completes_titles(authored: Window, folder: Path) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    see = authored.author.form.see
    type_into(see.input, "ann")
    assert see.offers_shown
    press(Qt.Key.Key_Return)
    assert [*see.values] == ["anna"]
    type_into(see.input, "nobody")
    press(Qt.Key.Key_Return, CTRL)
    assert "There is no annotation “nobody”" in authored.author.form.see_field.fault
    see.input.clear()
    press(Qt.Key.Key_Return, CTRL)
    assert "    see: [anna]\n" in written(folder)


def test_a_small_table_becomes_a_chart(authored: Window, folder: Path) -> None:
    select(authored, "boats")
    press(Qt.Key.Key_A)
    form = authored.author.form
    form.figure.table_button.click()
    chart = form.figure.chart
    type_into(chart.first_cell(), "quay")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is chart._rows[0][1]
    type_into(chart._rows[0][1], "many")
    press(Qt.Key.Key_Return, CTRL)
    assert chart._fault.text() == "“many” is not a number; write digits, such as 12.7."
    chart._rows[0][1].selectAll()
    type_into(chart._rows[0][1], "12.5")
    assert chart.chart() is not None
    QApplication.clipboard().setText("mill\t3\ncrane\t4\n")
    chart._rows[1][0].setFocus()
    press(Qt.Key.Key_V, CTRL)
    type_into(chart.unit, "stones")
    press(Qt.Key.Key_Return, CTRL)
    assert (
        "    chart: {kind: bars, unit: stones, values: {quay: 12.5, mill: 3, crane: 4}}\n"
        in written(folder)
    )


def test_a_picture_that_is_dropped_in_needs_a_description(
    authored: Window, folder: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "My Boats.png"
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(picture))
    select(authored, "boats")
    press(Qt.Key.Key_A)
    figure = authored.author.form.figure
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
    )
    figure.dropEvent(drop)
    press(Qt.Key.Key_Return, CTRL)
    assert figure.picture.alt_field.fault == "Say in a few words what the picture shows."
    assert QApplication.focusWidget() is figure.picture.alt
    type_into(figure.picture.alt, "Boats at the quay")
    press(Qt.Key.Key_Return, CTRL)
    assert "    image: {file: figures/my-boats.png, alt: Boats at the quay}\n" in written(folder)
    assert (folder / "figures" / "my-boats.png").read_bytes() == picture.read_bytes()


def test_an_edit_outside_is_read_and_what_is_typed_stays(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    form = authored.author.form
    type_into(form.body, "It lifts.")
    other = folder / "annotations.new"
    other.write_text(ANNOTATIONS.replace("A wall of stone.", "A wall of wood."), "utf-8")
    os.replace(other, folder / "annotations.yaml")
    qtbot.waitUntil(lambda: body_of(authored, "quay") == "A wall of wood.", timeout=10_000)
    assert form.body.toPlainText() == "It lifts."
    assert QApplication.focusWidget() is form.body
    press(Qt.Key.Key_Return, CTRL)
    assert "A wall of wood." in written(folder)
    assert "It lifts." in written(folder)
    # It is still watched, though another file was put in its place.
    source = written(folder).replace("wood", "brick")
    (folder / "annotations.yaml").write_text(source, "utf-8")
    qtbot.waitUntil(lambda: body_of(authored, "quay") == "A wall of brick.", timeout=10_000)


def conflict_over_quay(window: Window, folder: Path, qtbot: Any) -> ConflictDialog:
    window.author.edit("quay", "body")
    form = window.author.form
    form.body.selectAll()
    type_into(form.body, "Mine.")
    (folder / "annotations.yaml").write_text(
        ANNOTATIONS.replace("A wall of stone.", "Theirs."), "utf-8"
    )
    qtbot.waitUntil(form._other_line.isVisible, timeout=10_000)
    assert form.body.toPlainText() == "Mine."
    press(Qt.Key.Key_Return, CTRL)
    dialogs = window.findChildren(ConflictDialog)
    assert len(dialogs) == 1
    assert "Theirs." in written(folder)
    assert "Mine." not in written(folder)
    return dialogs[0]


def test_a_conflict_is_shown_and_mine_can_be_kept(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    dialog = conflict_over_quay(authored, folder, qtbot)
    dialog.mine.click()
    assert written(folder) == ANNOTATIONS.replace("A wall of stone.", "Mine.")
    assert not authored.author.writing


def test_a_conflict_is_shown_and_the_files_can_be_kept(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    dialog = conflict_over_quay(authored, folder, qtbot)
    dialog.theirs.click()
    assert written(folder) == ANNOTATIONS.replace("A wall of stone.", "Theirs.")
    assert authored.author.form.body.toPlainText() == "Theirs."


def test_a_conflict_is_shown_and_both_can_be_kept(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    dialog = conflict_over_quay(authored, folder, qtbot)
    dialog.both.click()
    assert "body: Theirs." in written(folder)
    assert "body: Mine." in written(folder)
    assert "id: the-quay" in written(folder)


def test_a_broken_file_is_told_with_its_line_and_the_last_state_stays(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    (folder / "annotations.yaml").write_text("annotations:\n  - id: [quay\n", "utf-8")
    qtbot.waitUntil(lambda: "line" in authored.notice.words, timeout=10_000)
    assert "annotations.yaml, line 3" in authored.notice.words
    assert authored.copy is not None
    assert set(authored.copy.by_id) == {"quay", "anna"}
    select(authored, "crane")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Return, CTRL)
    assert authored.author.writing
    assert "line 3" in authored.author.form._said.text()
    (folder / "annotations.yaml").write_text(ANNOTATIONS, "utf-8")
    qtbot.waitUntil(lambda: "again" in authored.status._said.text(), timeout=10_000)
    press(Qt.Key.Key_Return, CTRL)
    assert "id: crane" in written(folder)


def test_another_text_of_the_article_is_shown_where_one_reads(
    authored: Window, folder: Path, qtbot: Any
) -> None:
    article = (folder / "article.md").read_text("utf-8")
    authored.author.edit("quay", "body")
    type_into(authored.author.form.body, "More. ")
    (folder / "article.md").write_text(article.replace("is long", "is very long"), "utf-8")
    qtbot.waitUntil(lambda: "very long" in string_of(authored), timeout=10_000)
    assert authored.author.on
    assert authored.author.writing
    assert "More. " in authored.author.form.body.toPlainText()


def test_problems_are_listed_and_lead_to_their_places(authored: Window, folder: Path) -> None:
    panel = authored.panel
    assert panel._tabs.tabText(3) == "Check"
    authored.author.edit("anna", "see")
    see = authored.author.form.see
    see.set_values(("quay",))
    authored.author.form.leading.terms.set_values(("Anna", "Hanna"))
    press(Qt.Key.Key_Return, CTRL)
    assert panel._tabs.tabText(3) == "Check 1"
    authored.actions_["check"].trigger()
    page = panel._check
    index = page.model().index(0, 0)
    assert "“Hanna”" in index.data()
    assert "matches nothing" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    page.setFocus()
    press(Qt.Key.Key_Return)
    assert authored.author.writing
    assert QApplication.focusWidget() is authored.author.form.leading.terms.input
    authored.author.form.leading.terms.remove("Hanna")
    press(Qt.Key.Key_Return, CTRL)
    assert panel._tabs.tabText(3) == "Check"
    assert page.accessibleDescription().startswith("Nothing is wrong")
    authored.actions_["author"].trigger()
    assert panel._tabs.count() == 3


def test_a_new_revision_is_counted_up(authored: Window, folder: Path) -> None:
    authored.actions_["publish"].trigger()
    dialog = next(
        each for each in authored.findChildren(QDialog) if "revision" in each.windowTitle()
    )
    dialog.date.setText("2026-02-30")  # type: ignore[attr-defined]
    dialog.publish_button.click()  # type: ignore[attr-defined]
    assert dialog.isVisible()
    dialog.date.setText("2026-03-02")  # type: ignore[attr-defined]
    dialog.publish_button.click()  # type: ignore[attr-defined]
    source = folder.joinpath("document.yaml").read_text("utf-8")
    assert "revision: 4\n" in source
    assert "date: 2026-03-02" in source
    assert "revision 4" in authored.header.title.accessibleName()


def test_the_copy_is_packed(authored: Window, folder: Path, tmp_path: Path, qtbot: Any) -> None:
    authored.authoring.pack(folder, tmp_path / "out.annotated")
    qtbot.waitUntil(lambda: (tmp_path / "out.annotated").exists(), timeout=10_000)
    qtbot.waitUntil(lambda: "Packed into" in authored.notice.words, timeout=10_000)


def test_what_was_being_written_is_kept_while_another_text_is_read(
    authored: Window, folder: Path, settle: Callable[[Any], None]
) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    type_into(authored.author.form.body, "It lifts.")
    open_text(authored, bundled("content") / "welcome")
    settle(authored.reading)
    assert not authored.author.on
    assert not authored.author.writing
    open_text(authored, folder)
    settle(authored.reading)
    authored.actions_["author"].trigger()
    assert authored.author.form.body.toPlainText() == "It lifts."
    press(Qt.Key.Key_Return, CTRL)
    assert "It lifts." in written(folder)


def test_a_copy_that_takes_longer_is_written_on_a_thread(
    make_window: Callable[..., Window], folder: Path, qtbot: Any
) -> None:
    article = (folder / "article.md").read_text("utf-8")
    (folder / "article.md").write_text(article + "\nThe days go by. " * 1_000, "utf-8")
    window = make_window(folder)
    window.actions_["author"].trigger()
    select(window, "crane")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.copy is not None and "crane" in window.copy.by_id)
    assert "id: crane" in written(folder)
    assert not window.author.writing
    window.reading.page.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: written(folder) == ANNOTATIONS, timeout=10_000)
    qtbot.waitUntil(lambda: window.copy is not None and "crane" not in window.copy.by_id)


def test_where_there_is_no_room_for_a_margin_the_form_lies_over_the_text(
    make_window: Callable[..., Window], folder: Path, settle: Callable[[Any], None]
) -> None:
    window = make_window(folder, size=(900, 600))
    window.actions_["author"].trigger()
    settle(window.reading)
    assert not window.reading.margin_shown()
    select(window, "crane")
    press(Qt.Key.Key_A)
    view = window.reading.page.viewport().rect()
    assert view.contains(window.author.host.geometry())
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is window.author.form.title
    press(Qt.Key.Key_Return, CTRL)
    assert "id: crane" in written(folder)


def test_a_letter_typed_beside_the_fields_does_nothing_to_the_page(authored: Window) -> None:
    select(authored, "crane")
    press(Qt.Key.Key_A)
    form = authored.author.form
    QTest.mouseClick(form, Qt.MouseButton.LeftButton, pos=form._head.geometry().center())
    assert QApplication.focusWidget() is form
    for key in (Qt.Key.Key_1, Qt.Key.Key_S, Qt.Key.Key_E):
        press(key)
    assert authored.marks.own() == []
    assert authored.reading.page.selected_range()[0] == authored.reading.page.selected_range()[1]
    assert form.title.text() == "crane"
    press(Qt.Key.Key_Escape)
    assert not authored.author.writing


def test_tab_walks_through_the_form_as_it_is_seen(authored: Window) -> None:
    authored.author.edit("anna", "title")
    form = authored.author.form
    ways = (form.see.input, form.leading.ways, form.leading.terms.input, form.body)
    reached = []
    for _ in range(15):
        press(Qt.Key.Key_Tab)
        reached += [each for each in ways if each is QApplication.focusWidget()]
    assert reached == [*ways]
