"""Keeps resources/translations in step with the words in the code.

    translations.py            bring every reader_*.ts up to date and compile it into its .qm
    translations.py de         the same, and start a file for German
    translations.py --check    change nothing; say what is out of step, and exit with 1
    translations.py --pseudo F compile F: a language in which every word is ⟦åççéñţéð⟧

English is the language of the code, so its file holds the plural forms alone; every other file
holds all messages.

lupdate reads Python only roughly: it overlooks f-strings and the plurals of
QCoreApplication.translate, takes a trailing comma for a plural, and loses its place after a class
inside a function. So Python itself finds the messages, and lupdate gets a list of them in C++,
which it reads without a fault. A text that nobody could ever translate is reported by line.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, order=True)
class Message:
    """One text of the interface, as a translation file tells it from all others."""

    context: str
    source: str
    comment: str = ""
    plural: bool = False

    def __str__(self) -> str:
        comment = f" ({self.comment})" if self.comment else ""
        return f"{self.context}: {self.source!r}{comment}"


# What the code asks for --------------------------------------------------------------------------


class FoundFault(Exception):
    """A call that asks for a translation in a way that nobody could give one."""


@dataclass
class Words(ast.NodeVisitor):
    """The messages of one Python file after another, in the order in which they are written."""

    messages: list[Message] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _place: str = ""
    _classes: list[str] = field(default_factory=list)
    _bases: set[str] = field(default_factory=set)
    _counted_by_class: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Words:
        words = cls()
        for path in sorted((root / "reader").rglob("*.py")):
            words._place = path.relative_to(root).as_posix()
            words.visit(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
        words.faults += [
            f"{place}: a subclass of {name} would ask for this plural under its own name;"
            f' write QCoreApplication.translate("{name}", ...)'
            for name, place in words._counted_by_class
            if name in words._bases
        ]
        return words

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bases.update(ast.unparse(base).rpartition(".")[2] for base in node.bases)
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        try:
            message = self._asked_by(node)
        except FoundFault as fault:
            self.faults.append(f"{self._place}:{node.lineno}: {fault}")
        else:
            if message:
                self.messages.append(message)
        self.generic_visit(node)

    def _asked_by(self, node: ast.Call) -> Message | None:
        match node.func:
            case ast.Attribute(value=ast.Name(id="self"), attr="tr") if self._classes:
                return self._tr(node)
            case ast.Name(id="tr") | ast.Attribute(attr="tr"):
                raise FoundFault("only self.tr(...), in a class, gets that class as its context")
            case ast.Name(id="translate"):
                return self._translate(node)
            # Strings and painters have a method of that name too.
            case ast.Attribute(value=owner, attr="translate"):
                if ast.unparse(owner).endswith("Application"):
                    return self._translate(node)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name in ("QT_TRANSLATE_NOOP", "QT_TRANSLATE_NOOP3"):
                    return _message(node)
                if name.startswith("QT_TR"):
                    raise FoundFault(f"write QT_TRANSLATE_NOOP, which has a context, for {name}")
        return None

    def _tr(self, node: ast.Call) -> Message:
        context = self._classes[-1]
        named = ast.Call(node.func, [ast.Constant(context), *node.args], node.keywords)
        message = _message(named)
        if message.plural:
            self._counted_by_class.append((context, f"{self._place}:{node.lineno}"))
        return message

    def _translate(self, node: ast.Call) -> Message | None:
        text = node.args[1] if len(node.args) > 1 else None
        if isinstance(text, ast.Name | ast.Attribute | ast.Subscript):
            return None  # looked up in a table, where QT_TRANSLATE_NOOP stands around it
        return _message(node)


def _message(call: ast.Call) -> Message:
    """The message of translate(context, text, disambiguation, n)."""
    given = dict(zip(("context", "text", "disambiguation", "n"), call.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    source = _literal(given.get("text"), "the text")
    return Message(
        _literal(given.get("context"), "the context"),
        source,
        _literal(given.get("disambiguation", ast.Constant("")), "the comment"),
        plural="n" in given or "%n" in source,
    )


def _literal(value: ast.expr | None, what: str) -> str:
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=None):
            return ""
    raise FoundFault(f"{what} has to be one literal string: no f-string, no +, no variable")


# What Qt's tools read and write ------------------------------------------------------------------


def tool(name: str) -> str:
    """The path of lupdate or lrelease, which PySide6 brings along."""
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec and spec.submodule_search_locations) or []:
        if found := shutil.which(name, path=folder):
            return found
    sys.exit(f"{name} comes with PySide6, which is not installed here: make install")


def run(name: str, *arguments: str | Path) -> None:
    command = [tool(name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{name} failed: {(done.stderr or done.stdout).strip()}")


def _in_cpp(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def lupdate(catalogue: Path, language: str, messages: Iterable[Message]) -> None:
    """Bring `catalogue` up to date with `messages`, keeping the translations that still apply."""
    only = ["-pluralonly"] if language == SOURCE_LANGUAGE else []
    lines = []
    for message in messages:
        macro = "QT_TRANSLATE_N_NOOP3" if message.plural else "QT_TRANSLATE_NOOP3"
        parts = map(_in_cpp, (message.context, message.source, message.comment))
        lines.append(f"{macro}({', '.join(parts)});\n")
    with tempfile.TemporaryDirectory() as scratch:
        listing = Path(scratch, "words.cpp")
        listing.write_text("".join(lines), encoding="utf-8")
        run(
            "lupdate", "-silent", "-no-obsolete", "-locations", "none", *only,
            "-source-language", SOURCE_LANGUAGE, "-target-language", language,
            listing, "-ts", catalogue,
        )  # fmt: skip


def lrelease(catalogue: Path, compiled: Path) -> None:
    # Whoever runs the program just now has the file mapped: it must not change below their hands.
    new = compiled.with_suffix(".new")
    run("lrelease", "-silent", catalogue, "-qm", new)
    new.replace(compiled)


def read(catalogue: Path) -> ET.ElementTree[ET.Element]:
    if catalogue.exists():
        return ET.parse(catalogue)
    return ET.ElementTree(ET.Element("TS"))


def write(tree: ET.ElementTree[ET.Element], catalogue: Path) -> None:
    text = ET.tostring(tree.getroot(), encoding="unicode", short_empty_elements=False)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    catalogue.write_text(head + text + "\n", encoding="utf-8", newline="\n")


def entries(tree: ET.ElementTree[ET.Element]) -> Iterator[tuple[Message, ET.Element]]:
    """Each message of a translation file, with its <translation>."""
    for context in tree.iter("context"):
        for entry in context.iter("message"):
            translation = entry.find("translation")
            if translation is None:
                translation = ET.SubElement(entry, "translation")
            yield (
                Message(
                    context.findtext("name") or "",
                    entry.findtext("source") or "",
                    entry.findtext("comment") or "",
                    plural=entry.get("numerus") == "yes",
                ),
                translation,
            )


def messages_in(catalogue: Path) -> set[Message]:
    return {message for message, _ in entries(read(catalogue))}


def language_of(catalogue: Path) -> str:
    return catalogue.stem.removeprefix("reader_")


def catalogues(folder: Path, *more: str) -> list[Path]:
    """Every translation file there is, English first and always, and those to be started."""
    names = {f"reader_{language}.ts" for language in more}
    names |= {path.name for path in folder.glob("reader_*.ts")}
    english = f"reader_{SOURCE_LANGUAGE}.ts"
    return [folder / name for name in [english, *sorted(names - {english})]]


# The three jobs ----------------------------------------------------------------------------------


def fill_plurals(catalogue: Path) -> None:
    """Write the English plural forms that follow from "(s)"; the others stay for a person."""
    tree = read(catalogue)
    for message, translation in entries(tree):
        forms = translation.findall("numerusform")
        if translation.get("type") == "unfinished" and len(forms) == 2 and "(s)" in message.source:
            forms[0].text = message.source.replace("(s)", "")
            forms[1].text = message.source.replace("(s)", "s")
            del translation.attrib["type"]
    write(tree, catalogue)


def renew(folder: Path, messages: list[Message], *more: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for catalogue in catalogues(folder, *more):
        language = language_of(catalogue)
        lupdate(catalogue, language, messages)
        if language == SOURCE_LANGUAGE:
            fill_plurals(catalogue)
            lupdate(catalogue, language, messages)  # in lupdate's own hand again
        lrelease(catalogue, catalogue.with_suffix(".qm"))


def faults_in(catalogue: Path, messages: list[Message]) -> Iterator[str]:
    """Where a translation file differs from what the code asks for."""
    language = language_of(catalogue)
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch, catalogue.name)
        lupdate(fresh, language, messages)
        wanted, there = messages_in(fresh), messages_in(catalogue)
        yield from (f"{catalogue.name} lacks {message}" for message in sorted(wanted - there))
        yield from (
            f"{catalogue.name} has {message}, which the code no longer asks for"
            for message in sorted(there - wanted)
        )
        if not catalogue.exists():
            return
        if language == SOURCE_LANGUAGE:
            yield from (
                f"{catalogue.name} needs its two forms written by hand: {message}"
                for message, translation in entries(read(catalogue))
                if message in wanted and translation.get("type") == "unfinished"
            )
        compiled = catalogue.with_suffix(".qm")
        again = Path(scratch, compiled.name)
        lrelease(catalogue, again)
        if not compiled.exists() or compiled.read_bytes() != again.read_bytes():
            yield f"{compiled.name} is not what {catalogue.name} says"


ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÓÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļṁñóþǫŕšţûṽŵẋýž",
)
KEPT = re.compile(
    r"%L?(?:\d+|n)"  # a place for a value
    r"|&\#?\w+;"  # an HTML character
    r"|&."  # a letter with a key of its own
    r"|<[^<>]+>"  # an HTML tag
    r"|\{[^{}]*\}"  # a place for str.format
    r"|\*\.\w+",  # the ending of file names, in a dialog's filter
    re.DOTALL,
)


def accented(text: str) -> str:
    """`text` as the pseudo-language has it: readable, and told from English at a glance."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(ACCENTED), kept.group()]
        end = kept.end()
    return f"⟦{''.join(parts)}{text[end:].translate(ACCENTED)}⟧"


def pseudo(compiled: Path, messages: list[Message]) -> None:
    """Compile a language that has every message, plural forms too."""
    with tempfile.TemporaryDirectory() as scratch:
        catalogue = Path(scratch, "reader_pseudo.ts")
        # British English: two plural forms, and not the language whose file is short.
        lupdate(catalogue, "en_GB", messages)
        tree = read(catalogue)
        for message, translation in entries(tree):
            translation.attrib.pop("type", None)
            for form in translation.findall("numerusform") or [translation]:
                form.text = accented(message.source)
        write(tree, catalogue)
        compiled.parent.mkdir(parents=True, exist_ok=True)
        lrelease(catalogue, compiled)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("language", nargs="*", help="start a file for this language, such as de")
    job = parser.add_mutually_exclusive_group()
    job.add_argument("--check", action="store_true", help="change nothing, report what is amiss")
    job.add_argument("--pseudo", type=Path, metavar="FILE.qm", help="compile the pseudo-language")
    options = parser.parse_args(arguments)

    words = Words.of(ROOT)
    faults = words.faults
    if options.pseudo:
        pseudo(options.pseudo, words.messages)
    elif options.check:
        for catalogue in catalogues(CATALOGUES):
            faults += faults_in(catalogue, words.messages)
    else:
        renew(CATALOGUES, words.messages, *options.language)

    for fault in faults:
        print(fault, file=sys.stderr)
    if faults and options.check:
        print("Mend what is named in reader/, then: make translations", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
