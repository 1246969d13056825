"""Every command, declared once: menus, toolbar, palette and the list of keys come from here."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from reader.ui.translation import QT_TRANSLATE_NOOP

MENUS = {
    "file": QT_TRANSLATE_NOOP("Commands", "&File"),
    "edit": QT_TRANSLATE_NOOP("Commands", "&Edit"),
    "mark": QT_TRANSLATE_NOOP("Commands", "&Mark"),
    "author": QT_TRANSLATE_NOOP("Commands", "&Author"),
    "view": QT_TRANSLATE_NOOP("Commands", "&View"),
    "go": QT_TRANSLATE_NOOP("Commands", "&Go"),
    "help": QT_TRANSLATE_NOOP("Commands", "&Help"),
}


class Command(NamedTuple):
    """One thing the reader can do.

    `keys` are portable key sequences, the first being the one that is shown; `icon` names a
    file of resources/icons, for a button of the header; `group` names commands of which one
    is chosen at a time; a `checkable` command is on or off.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    separated: bool = False

    @property
    def words(self) -> str:
        """The command's name in the language of the interface, with its mnemonic."""
        return QCoreApplication.translate("Commands", self.text)

    @property
    def plain_words(self) -> str:
        """The command's name without mnemonic and dots."""
        return self.words.replace("&", "").removesuffix("…")


COMMANDS = (
    Command("open", QT_TRANSLATE_NOOP("Commands", "&Open a text…"), "file", ("Ctrl+O",)),
    Command(
        "open-folder",
        QT_TRANSLATE_NOOP("Commands", "Open a &copy's folder…"),
        "file",
        ("Ctrl+Shift+O",),
    ),
    Command("new-window", QT_TRANSLATE_NOOP("Commands", "New &window"), "file", ("Ctrl+Shift+N",)),
    Command(
        "library",
        QT_TRANSLATE_NOOP("Commands", "&Library"),
        "file",
        ("Ctrl+L",),
        "library",
        separated=True,
    ),
    Command(
        "search-all",
        QT_TRANSLATE_NOOP("Commands", "&Search in all texts"),
        "file",
        ("Ctrl+Shift+F",),
    ),
    Command("notebook", QT_TRANSLATE_NOOP("Commands", "&Notebook of all marks"), "file"),
    Command(
        "export",
        QT_TRANSLATE_NOOP("Commands", "&Export my notes…"),
        "file",
        ("Ctrl+E",),
        "share",
        separated=True,
    ),
    Command("export-all", QT_TRANSLATE_NOOP("Commands", "Export the notes of &all texts…"), "file"),
    Command("import", QT_TRANSLATE_NOOP("Commands", "&Import notes…"), "file", ("Ctrl+Shift+I",)),
    Command("print", QT_TRANSLATE_NOOP("Commands", "Prin&t…"), "file", ("Ctrl+P",)),
    Command("share", QT_TRANSLATE_NOOP("Commands", "Share a cop&y…"), "file", ("Ctrl+Shift+S",)),
    Command("snapshots", QT_TRANSLATE_NOOP("Commands", "Restore a snaps&hot…"), "file"),
    Command("reload", QT_TRANSLATE_NOOP("Commands", "&Read the file again"), "file", ("F5",)),
    Command(
        "about-text",
        QT_TRANSLATE_NOOP("Commands", "Abo&ut this text"),
        "file",
        ("Ctrl+I",),
        separated=True,
    ),
    Command("problems", QT_TRANSLATE_NOOP("Commands", "&Problems in this copy"), "file"),
    Command("quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), "file", ("Ctrl+Q",), separated=True),
    Command("undo", QT_TRANSLATE_NOOP("Commands", "&Undo"), "edit", ("Ctrl+Z",)),
    Command("redo", QT_TRANSLATE_NOOP("Commands", "&Redo"), "edit", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy", QT_TRANSLATE_NOOP("Commands", "&Copy"), "edit", ("Ctrl+C", "Ctrl+Ins")),
    Command("select-all", QT_TRANSLATE_NOOP("Commands", "Select &all"), "edit", ("Ctrl+A",)),
    Command(
        "find",
        QT_TRANSLATE_NOOP("Commands", "&Find in the text"),
        "edit",
        ("Ctrl+F",),
        separated=True,
    ),
    Command("find-next", QT_TRANSLATE_NOOP("Commands", "Find &next"), "edit", ("F3",)),
    Command(
        "find-previous",
        QT_TRANSLATE_NOOP("Commands", "Find &previous"),
        "edit",
        ("Shift+F3",),
    ),
    Command(
        "preferences",
        QT_TRANSLATE_NOOP("Commands", "Pr&eferences…"),
        "edit",
        ("Ctrl+,",),
        separated=True,
    ),
    Command("mark-yellow", QT_TRANSLATE_NOOP("Commands", "&Yellow"), "mark", ("1",)),
    Command("mark-green", QT_TRANSLATE_NOOP("Commands", "&Green"), "mark", ("2",)),
    Command("mark-blue", QT_TRANSLATE_NOOP("Commands", "&Blue"), "mark", ("3",)),
    Command("mark-pink", QT_TRANSLATE_NOOP("Commands", "&Pink"), "mark", ("4",)),
    Command("mark-purple", QT_TRANSLATE_NOOP("Commands", "Pu&rple"), "mark", ("5",)),
    Command("mark-underline", QT_TRANSLATE_NOOP("Commands", "&Underline"), "mark", ("U",)),
    Command("note", QT_TRANSLATE_NOOP("Commands", "&Note"), "mark", ("N",)),
    Command(
        "mark-words", QT_TRANSLATE_NOOP("Commands", "Other &words for this mark"), "mark", ("W",)
    ),
    Command("delete-mark", QT_TRANSLATE_NOOP("Commands", "&Delete this mark"), "mark", ("Del",)),
    Command(
        "annotate",
        QT_TRANSLATE_NOOP("Commands", "Annotate t&hese words"),
        "mark",
        ("A",),
        separated=True,
    ),
    Command(
        "edit-annotation",
        QT_TRANSLATE_NOOP("Commands", "Ed&it this annotation"),
        "mark",
        ("E",),
    ),
    Command(
        "delete-annotation",
        QT_TRANSLATE_NOOP("Commands", "Delete this anno&tation"),
        "mark",
    ),
    Command(
        "copy-quote",
        QT_TRANSLATE_NOOP("Commands", "&Copy with its source"),
        "mark",
        ("Ctrl+Shift+C",),
        separated=True,
    ),
    Command("look-up", QT_TRANSLATE_NOOP("Commands", "&Look up in the index"), "mark", ("L",)),
    Command("sentence", QT_TRANSLATE_NOOP("Commands", "Select the &sentence"), "mark", ("S",)),
    Command("bookmark", QT_TRANSLATE_NOOP("Commands", "Book&mark this place"), "mark", ("Ctrl+D",)),
    Command(
        "caret",
        QT_TRANSLATE_NOOP("Commands", "C&aret in the text"),
        "mark",
        ("F7",),
        checkable=True,
    ),
    Command(
        "colors",
        QT_TRANSLATE_NOOP("Commands", "What the colours m&ean…"),
        "mark",
        separated=True,
    ),
    Command(
        "author",
        QT_TRANSLATE_NOOP("Commands", "&Annotate this copy"),
        "author",
        ("Ctrl+Shift+E",),
        checkable=True,
    ),
    Command("check", QT_TRANSLATE_NOOP("Commands", "&Check this copy"), "author", ("Ctrl+5",)),
    Command(
        "new-copy",
        QT_TRANSLATE_NOOP("Commands", "&New annotated copy…"),
        "author",
        separated=True,
    ),
    Command("own-copy", QT_TRANSLATE_NOOP("Commands", "&Make my own annotated copy…"), "author"),
    Command(
        "apply",
        QT_TRANSLATE_NOOP("Commands", "App&ly annotations of another copy to this text…"),
        "author",
    ),
    Command(
        "publish",
        QT_TRANSLATE_NOOP("Commands", "Publish a new &revision…"),
        "author",
        separated=True,
    ),
    Command("pack", QT_TRANSLATE_NOOP("Commands", "&Pack this copy…"), "author"),
    Command(
        "panel",
        QT_TRANSLATE_NOOP("Commands", "Left &panel"),
        "view",
        ("F9",),
        "panel",
        checkable=True,
    ),
    Command("contents", QT_TRANSLATE_NOOP("Commands", "&Contents"), "view", ("Ctrl+1",)),
    Command("index", QT_TRANSLATE_NOOP("Commands", "&Index"), "view", ("Ctrl+2",)),
    Command("timeline", QT_TRANSLATE_NOOP("Commands", "&Timeline"), "view", ("Ctrl+3",)),
    Command("notes", QT_TRANSLATE_NOOP("Commands", "My n&otes"), "view", ("Ctrl+4",)),
    Command(
        "margin",
        QT_TRANSLATE_NOOP("Commands", "Cards in the &margin"),
        "view",
        ("F8",),
        "margin",
        checkable=True,
    ),
    Command("layers", QT_TRANSLATE_NOOP("Commands", "Laye&rs…"), "view", ("Ctrl+Shift+L",)),
    Command(
        "larger",
        QT_TRANSLATE_NOOP("Commands", "&Larger text"),
        "view",
        ("Ctrl++", "Ctrl+="),
        separated=True,
    ),
    Command("smaller", QT_TRANSLATE_NOOP("Commands", "&Smaller text"), "view", ("Ctrl+-",)),
    Command("normal", QT_TRANSLATE_NOOP("Commands", "&Normal text size"), "view", ("Ctrl+0",)),
    Command(
        "larger-interface",
        QT_TRANSLATE_NOOP("Commands", "Larger letters in the window"),
        "view",
        ("Ctrl+Alt+=", "Ctrl+Alt++"),
    ),
    Command(
        "smaller-interface",
        QT_TRANSLATE_NOOP("Commands", "Smaller letters in the window"),
        "view",
        ("Ctrl+Alt+-",),
    ),
    Command(
        "usual-setting",
        QT_TRANSLATE_NOOP("Commands", "Face and spacing &back to usual"),
        "view",
    ),
    Command(
        "ruler",
        QT_TRANSLATE_NOOP("Commands", "Reading r&uler"),
        "view",
        ("Ctrl+Shift+R",),
        checkable=True,
    ),
    Command(
        "theme-system",
        QT_TRANSLATE_NOOP("Commands", "Theme of the s&ystem"),
        "view",
        group="theme",
        separated=True,
    ),
    Command("theme-light", QT_TRANSLATE_NOOP("Commands", "Li&ght theme"), "view", group="theme"),
    Command("theme-sepia", QT_TRANSLATE_NOOP("Commands", "Sepi&a theme"), "view", group="theme"),
    Command("theme-dark", QT_TRANSLATE_NOOP("Commands", "&Dark theme"), "view", group="theme"),
    Command(
        "theme-high-contrast-light",
        QT_TRANSLATE_NOOP("Commands", "High contrast on &white"),
        "view",
        group="theme",
    ),
    Command(
        "theme-high-contrast-dark",
        QT_TRANSLATE_NOOP("Commands", "High contrast on blac&k"),
        "view",
        group="theme",
    ),
    Command(
        "underline-first",
        QT_TRANSLATE_NOOP("Commands", "Underline the &first mention in each section"),
        "view",
        group="underline",
        separated=True,
    ),
    Command(
        "underline-every",
        QT_TRANSLATE_NOOP("Commands", "Underline &every mention"),
        "view",
        group="underline",
    ),
    Command(
        "underline-none",
        QT_TRANSLATE_NOOP("Commands", "Underline not&hing"),
        "view",
        group="underline",
    ),
    Command("back", QT_TRANSLATE_NOOP("Commands", "&Back"), "go", ("Alt+Left",), "back"),
    Command("forward", QT_TRANSLATE_NOOP("Commands", "&Forward"), "go", ("Alt+Right",), "forward"),
    Command(
        "next-section",
        QT_TRANSLATE_NOOP("Commands", "&Next section"),
        "go",
        ("Ctrl+PgDown",),
        separated=True,
    ),
    Command(
        "previous-section",
        QT_TRANSLATE_NOOP("Commands", "P&revious section"),
        "go",
        ("Ctrl+PgUp",),
    ),
    Command("start", QT_TRANSLATE_NOOP("Commands", "&Start of the text"), "go", ("Ctrl+Home",)),
    Command("end", QT_TRANSLATE_NOOP("Commands", "&End of the text"), "go", ("Ctrl+End",)),
    Command(
        "next-pane",
        QT_TRANSLATE_NOOP("Commands", "Next p&ane: panel, page, margin"),
        "go",
        ("F6",),
        separated=True,
    ),
    Command(
        "previous-pane",
        QT_TRANSLATE_NOOP("Commands", "Pre&vious pane"),
        "go",
        ("Shift+F6",),
    ),
    Command(
        "palette",
        QT_TRANSLATE_NOOP("Commands", "&Command palette…"),
        "help",
        ("Ctrl+K", "Ctrl+Shift+P"),
    ),
    Command("shortcuts", QT_TRANSLATE_NOOP("Commands", "&Keyboard shortcuts"), "help", ("Ctrl+/",)),
    Command("help", QT_TRANSLATE_NOOP("Commands", "&Help"), "help", ("F1",), separated=True),
    Command(
        "guide",
        QT_TRANSLATE_NOOP("Commands", "&Welcome, a guide to try things on"),
        "help",
        ("Shift+F1",),
    ),
    Command("news", QT_TRANSLATE_NOOP("Commands", "What is &new"), "help"),
    Command("report", QT_TRANSLATE_NOOP("Commands", "Report a &problem…"), "help"),
    Command(
        "about", QT_TRANSLATE_NOOP("Commands", "&About Annotated Reader"), "help", separated=True
    ),
)
