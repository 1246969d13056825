"""Every word of the interface can be translated, and its plurals are right.

A language in which each text of the interface stands in ⟦ ⟧ is compiled and spoken, dates and
numbers are Russian, and all words of the copy that is shown are written in Cyrillic letters: what
is left in Latin ones is a text that nobody could translate.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction, QFontDatabase, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from reader import __version__, app
from reader.annotations.attaching import attach
from reader.annotations.model import Annotation
from reader.copies.copy import Copy
from reader.locations import bundled
from reader.problems import Problem
from reader.ui.commands import COMMANDS
from reader.ui.other_keys import ELSEWHERE
from reader.ui.page.pieces import prepare

if TYPE_CHECKING:
    from reader.ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "build" / "translations.py"
CATALOGUES = ROOT / "resources" / "translations"

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CYRILLIC = "АБЦДЕФГХИЙКЛМНОПЩРСТУВШЖЫЗабцдефгхийклмнопщрстувшжыз"
LETTERS = str.maketrans(LATIN, CYRILLIC)

WORD = re.compile(r"[A-Za-z]{2,}")
TAG = re.compile(r"<[^>]*>")
UNLIKE_OTHERS = ("quit", "reload", "guide", "help", "news", "report")
"""Commands after which this window is gone, or something in English and Latin letters is shown."""

# Qt knows the names of languages in English alone, and a paper is called alike everywhere.
NAMES = ("Annotated Reader", "Aa", "annotated-reader", "Russian", "Letter")


# The copy, in other letters ----------------------------------------------------------------------


def foreign(words: str) -> str:
    """`words` letter for letter in another alphabet, so that every place stays where it is."""
    return words.translate(LETTERS)


def foreign_annotation(annotation: Annotation) -> Annotation:
    chart, image = annotation.chart, annotation.image
    if chart:
        values = tuple((foreign(label), value) for label, value in chart.values)
        title, unit = foreign(chart.title), foreign(chart.unit)
        chart = replace(chart, values=values, title=title, unit=unit)
    if image:
        image = replace(image, alt=foreign(image.alt), caption=foreign(image.caption))
    return replace(
        annotation,
        title=foreign(annotation.title),
        body=foreign(annotation.body),
        terms=tuple(map(foreign, annotation.terms)),
        chart=chart,
        image=image,
    )


def foreign_copy(copy: Copy) -> Copy:
    """A copy none of whose words can be taken for the interface's."""
    blocks = tuple(
        block._replace(alt=foreign(block.alt), caption=foreign(block.caption))
        for block in copy.text.blocks
    )
    manifest = replace(
        copy.manifest,
        title=foreign(copy.manifest.title),
        authors=tuple(map(foreign, copy.manifest.authors)),
        source=foreign(copy.manifest.source),
        licence=foreign(copy.manifest.licence),
        language="ru",
    )
    return replace(
        copy,
        text=replace(copy.text, string=foreign(copy.text.string), blocks=blocks),
        annotations=tuple(map(foreign_annotation, copy.annotations)),
        manifest=manifest,
    )


# What is shown -----------------------------------------------------------------------------------


def untranslated(words: str, known: Callable[[str], str]) -> list[str]:
    """The words outside ⟦ ⟧, of which one that was cut off may lack its end."""
    words = unescape(TAG.sub(" ", words)) if "<" in words else words
    outside, depth = [], 0
    for letter in words:
        if letter == "⟦":
            depth += 1
        if not depth:
            outside.append(letter)
        if letter == "⟧":
            depth = max(0, depth - 1)
    return WORD.findall(known("".join(outside)))


def of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    role = Qt.ItemDataRole
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for each in (role.DisplayRole, role.AccessibleTextRole, role.ToolTipRole):
                value = model.data(index, each)
                if isinstance(value, str):
                    yield value
            if column == 0:
                yield from of_model(model, index)


def of_action(action: QAction) -> Iterator[str]:
    yield from (action.text(), action.toolTip(), action.statusTip(), action.iconText())


def of_widget(widget: QWidget) -> Iterator[str]:
    """All that a widget says, to eyes and to a screen reader."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QTextEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QTabBar():
            for tab in range(widget.count()):
                yield from (widget.tabText(tab), widget.tabToolTip(tab))
                yield widget.accessibleTabName(tab)
        case QMenu() | QGroupBox():
            yield widget.title()
        case QComboBox():
            yield from map(widget.itemText, range(widget.count()))
        case QProgressBar():
            yield widget.text() if widget.isTextVisible() else ""
        case QAbstractItemView() if widget.model():
            yield from of_model(widget.model(), QModelIndex())


class Listener:
    """Collects what the interface says and no translator could change."""

    def __init__(self, copy: Copy) -> None:
        keys = {keys for command in COMMANDS for keys in command.keys}
        keys |= {keys for place in ELSEWHERE.values() for key in place for keys in key.keys}
        native = {
            QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys
        }
        self._known = sorted(
            {*native, *NAMES, str(copy.path), copy.path.name, copy.manifest.id, __version__},
            key=len,
            reverse=True,
        )
        self.heard: set[str] = set()
        self.faults: dict[str, str] = {}
        self.when = ""

    def _without_known(self, words: str) -> str:
        for each in self._known:
            words = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", words)
        return words

    def hear(self, words: str, whose: str) -> None:
        """Take down words; those that are not translated are a fault of `whose`."""
        if words in self.heard:
            return
        self.heard.add(words)
        if left := untranslated(words, self._without_known):
            self.faults[words] = f"{whose}{self.when}: {', '.join(left)}"

    def look_at(self, *tops: QWidget) -> None:
        """Hear what is written on every window, or on these."""
        self.heard.update(QFontDatabase.families())  # which are called so everywhere
        for top in tops or QApplication.topLevelWidgets():
            for widget in [top, *top.findChildren(QWidget)]:
                for words in of_widget(widget):
                    self.hear(words, type(widget).__name__)
            for action in top.findChildren(QAction):
                for words in of_action(action):
                    self.hear(words, f"action {action.objectName()}")


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


# The language ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """build/translations.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("translations_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class QtsOwn(QTranslator):
    """Qt's own words, which it brings along in other languages."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"⟦{text}⟧" if re.match("Q[A-Z]", context) else ""


@pytest.fixture(scope="module")
def pseudo(translations: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The language in which each text of the interface is ⟦åççéñţéð⟧, compiled."""
    compiled = tmp_path_factory.mktemp("pseudo") / "reader_pseudo.qm"
    translations.pseudo(compiled, translations.Words.of(ROOT).messages)
    return compiled


@pytest.fixture
def spoken(qapp: QApplication, pseudo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak that language while a test runs, and no other."""
    own, qts = QTranslator(), QtsOwn()
    assert own.load(str(pseudo))
    monkeypatch.setattr(app, "_translate", lambda folder: None)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    qapp.installTranslator(qts)
    qapp.installTranslator(own)
    yield
    qapp.removeTranslator(own)
    qapp.removeTranslator(qts)
    QLocale.setDefault(before)


@pytest.fixture
def copy(shipped: Copy) -> Copy:
    return foreign_copy(shipped)


@pytest.fixture
def listener(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Listener:
    """Hears all that is painted, too, and what dialogs say that stop everything else."""
    listener = Listener(copy)
    draw = QPainter.drawText

    def drawn(painter: QPainter, *arguments: Any) -> Any:
        for words in arguments:
            if isinstance(words, str):
                listener.hear(words, "painted")
        return draw(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", drawn)

    def asked(*words: object, **named: object) -> tuple[str, str]:
        for each in (*words, *named.values()):
            if isinstance(each, str) and not Path(each).is_absolute():
                listener.hear(re.sub(r"\*\.\w+|document\.yaml", "", each), "a dialog for files")
        return "", ""

    def asked_for_several(*words: object, **named: object) -> tuple[list[str], str]:
        asked(*words, **named)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", asked_for_several)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *words, **named: asked(*words)[0]
    )

    def stopped(dialog: QDialog) -> int:
        dialog.show()
        settle()
        listener.look_at(dialog)
        dialog.close()
        return 0

    monkeypatch.setattr(QDialog, "exec", stopped)
    monkeypatch.setattr(QMessageBox, "exec", stopped)
    monkeypatch.setattr(QMenu, "exec", lambda menu, *where: listener.look_at(menu))
    return listener


@pytest.fixture
def window(spoken: None, copy: Copy, make_window: Callable[..., Window]) -> Window:
    """The real window with the shipped article in other letters."""
    window: Window = make_window(size=(1360, 880))
    window._settings["export-folder"] = str(copy.path)  # known words, unlike the tester's home
    window.opener.opened.emit(copy, prepare(copy.text))
    settle()
    return window


# What has to hold --------------------------------------------------------------------------------


def test_the_listener_tells_translated_words_from_others(copy: Copy) -> None:
    listener = Listener(copy)
    for words in (
        "⟦Ñóţé⟧ (Ctrl+F)",
        "⟦{0} ŵóŕðš ⟦inner⟧ too⟧",
        "⟦cut off …",
        "12 % · Ц",
        "<b>⟦x⟧</b>",
    ):
        listener.hear(words, "")
    assert not listener.faults
    for words in ("Note", "⟦Ñóţé⟧ of mine", "<b>bold</b> &amp; ⟦x⟧"):
        listener.hear(words, "")
    assert list(listener.faults) == ["Note", "⟦Ñóţé⟧ of mine", "<b>bold</b> &amp; ⟦x⟧"]


def test_all_that_the_window_says_is_translated(
    window: Window, listener: Listener, copy: Copy
) -> None:
    for page in ("contents", "index", "timeline"):
        window.panel.show_page(page)
        settle()
        window.grab()
        listener.look_at()
    assert not listener.faults
    assert any("⟦" in words for words in listener.heard)
    assert copy.manifest.title in listener.heard, "and the copy's words are heard"


def test_what_a_command_brings_up_is_translated(window: Window, listener: Listener) -> None:
    for command in COMMANDS:
        if command.id in UNLIKE_OTHERS:
            continue
        listener.when = f", after {command.id}"
        before = set(QApplication.topLevelWidgets())
        window.reading.page.select(40, 60)
        window.actions_[command.id].trigger()
        settle()
        window.grab()
        listener.look_at()
        for dialog in set(QApplication.topLevelWidgets()) - before:
            dialog.close()
    assert not listener.faults


def test_what_is_said_while_searching_is_translated(window: Window, listener: Listener) -> None:
    for words in (foreign("Putin"), "⟦unicorn⟧"):
        window.header.find_field.setText(words)
        window.header.find_field.wanted.emit(words)
        settle()
        window.grab()
        listener.look_at()
    assert any("⟦" in words for words in listener.heard if len(words) < 12)
    assert not listener.faults


def test_what_the_palette_lists_is_translated(window: Window, listener: Listener) -> None:
    window.actions_["palette"].trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    for words in ("", "⟦", foreign("putin"), "яяяя"):
        field.setText(words)
        field.textEdited.emit(words)
        settle()
        window.grab()
        listener.look_at()
    assert not listener.faults


def test_a_card_and_a_preview_in_a_narrow_window_are_translated(
    window: Window, listener: Listener, copy: Copy
) -> None:
    window.resize(700, 600)
    settle()
    for annotation in {each.kind: each.id for each in copy.annotations}.values():
        window.reading.show_annotation(annotation)
        settle()
        listener.look_at(window.reading)
    mention = copy.attachment.mentions[0]
    window.reading.deactivate()
    window.reading.page.mention_hovered.emit(mention)
    settle()
    window.grab()
    listener.look_at(window.reading)
    assert not listener.faults


def test_notice_and_progress_are_translated(window: Window, listener: Listener) -> None:
    window.progress.begin(window.tr("Opening {0} …").format(foreign("War")))
    window.progress.show()
    window.notice.say(foreign("Something was not found."))
    settle()
    window.grab()
    listener.look_at()
    assert not listener.faults


def test_leaving_for_an_address_is_asked_in_words_that_are_translated(
    window: Window, listener: Listener
) -> None:
    window.reading.link_activated.emit("https://пример.укр/")
    assert "https://пример.укр/" in listener.heard
    listener.faults.pop("https://пример.укр/")
    assert not listener.faults


def test_the_problems_of_a_copy_are_introduced_in_words_that_are_translated(
    window: Window, listener: Listener, copy: Copy
) -> None:
    problem = Problem("ф", 3, "ф", foreign("Something is wrong."), foreign("Mend it."))
    troubled = replace(copy, problems=(problem, problem))
    window.opener.opened.emit(troubled, prepare(troubled.text))
    window.actions_["problems"].trigger()
    settle()
    window.grab()
    listener.look_at()
    assert not listener.faults


def test_the_dialogs_for_files_are_translated(window: Window, listener: Listener) -> None:
    for command in ("open", "open-folder"):
        before = len(listener.heard)
        window.actions_[command].trigger()
        assert len(listener.heard) > before
    assert not listener.faults


# Plurals and other languages ---------------------------------------------------------------------


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """The words as an English reader has them, from the file that is shipped."""
    translator = QTranslator()
    assert translator.load("reader_en", str(bundled("resources") / "translations"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_every_english_plural_has_its_two_forms(english: None, translations: ModuleType) -> None:
    plurals = {each for each in translations.Words.of(ROOT).messages if each.plural}
    assert plurals
    for message in plurals:
        one, two = (
            QCoreApplication.translate(message.context, message.source, message.comment or None, n)
            for n in (1, 2)
        )
        assert "1" in one, message
        assert "2" in two, message
        assert "(s)" not in one + two, message


def test_the_window_counts_in_english(
    english: None, make_window: Callable[..., Window], shipped: Copy
) -> None:
    window = make_window(shipped.path)
    said = {label.text() for label in window.status.findChildren(QLabel)}
    assert f"{len(shipped.annotations)} annotations" in said
    first = shipped.annotations[:1]
    alone = replace(shipped, annotations=first, attachment=attach(shipped.text, first))
    window.opener.opened.emit(alone, prepare(alone.text))
    assert "1 annotation" in {label.text() for label in window.status.findChildren(QLabel)}


def test_the_program_itself_installs_the_english_plurals(qapp: QApplication) -> None:
    before = set(qapp.findChildren(QTranslator))
    try:
        app._translate(bundled("resources") / "translations")
        assert QCoreApplication.translate("Panel", "%n mention(s)", "", 2) == "2 mentions"
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)
            translator.deleteLater()


SPEAK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from reader import app

application = QApplication([])
app._translate(Path(sys.argv[1]))
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
close = box.buttons()[0].text().replace("&", "")
print(QCoreApplication.translate("Kinds", "Event"), close)
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [("de_DE", "⟦Éṽéñţ⟧ Schließen"), ("fr_FR", "Event Close"), ("en_GB", "Event Close")],
)
def test_the_program_speaks_the_systems_language_and_qt_with_it(
    pseudo: Path, tmp_path: Path, language: str, said: str
) -> None:
    shutil.copy(CATALOGUES / "reader_en.qm", tmp_path)
    shutil.copy(pseudo, tmp_path / "reader_de.qm")
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))
    }
    speaks = {"LANG": f"{language}.UTF-8", "LC_CTYPE": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", SPEAK, tmp_path],
        env=own | speaks | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout == f"{said}\n", done.stderr


# The script --------------------------------------------------------------------------------------

Check = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the script reads and writes, brought up to date."""
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "reader", tmp_path / "reader", ignore=skipped)
    shutil.copytree(CATALOGUES, tmp_path / "resources" / "translations")
    (tmp_path / "build").mkdir()
    shutil.copy(SCRIPT, tmp_path / "build")
    done = script(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return tmp_path


def script(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(tree / "build" / "translations.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_the_check_passes_where_everything_is_in_step(tree: Path) -> None:
    done = script(tree, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('QCoreApplication.translate("New", "A new word")', None),
        ('QCoreApplication.translate("New", "%n unicorn(s)", "", 3)', "'%n unicorn(s)'"),
        ('QCoreApplication.translate("New", f"{1} word")', "no f-string"),
        ('QCoreApplication.translate("New", "A " + "word")', "no +"),
        ('_translator.tr("A word")', "only self.tr"),
    ],
)
def test_the_check_names_what_is_out_of_step(tree: Path, code: str, said: str | None) -> None:
    (tree / "reader" / "new.py").write_text(f"{code}\n", encoding="utf-8")
    done = script(tree, "--check")
    if said is None:
        # English is the language of the code: its file holds nothing but plurals.
        assert done.returncode == 0
    else:
        assert done.returncode == 1
        assert said in done.stderr


def test_the_check_names_a_compiled_file_that_is_out_of_date(tree: Path) -> None:
    compiled = tree / "resources" / "translations" / "reader_en.qm"
    compiled.write_bytes(compiled.read_bytes()[:-1])
    done = script(tree, "--check")
    assert done.returncode == 1
    assert "reader_en.qm" in done.stderr


def test_a_language_that_is_started_gets_every_message(tree: Path) -> None:
    assert script(tree, "de").returncode == 0
    started = (tree / "resources" / "translations" / "reader_de.ts").read_text("utf-8")
    assert "<source>Open a text</source>" in started
    assert script(tree, "--check").returncode == 0
    (tree / "reader" / "new.py").write_text(
        'QCoreApplication.translate("New", "A new word")\n', encoding="utf-8"
    )
    done = script(tree, "--check")
    assert done.returncode == 1
    assert "reader_de.ts lacks New: 'A new word'" in done.stderr


def test_what_is_shipped_is_in_step_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
