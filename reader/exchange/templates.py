"""Templates of Markdown notes: Jinja2 files with the macros `head`, `heading` and `entry`.

A user changes the look of his notes by a file of the same name in his own
folder, which then stands for the one that comes with the program. Templates run
in a sandbox; whatever is wrong with one is an error that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.atomic import write_atomically
from reader.exchange.errors import ExchangeError, TemplateError
from reader.exchange.filters import tag_word, wikilink, yaml_value
from reader.exchange.quoting import blockquote, escaped, paragraphs
from reader.problems import quoted

if TYPE_CHECKING:
    from jinja2 import Template

SUFFIX = ".md.j2"
PRESETS = ("markdown", "obsidian", "zotero")
"""The templates that come with the program."""

_NO_VALUE = re.compile(r"'reader\.[\w.]+\.(Document|MarkValues) object' has no attribute ('\w+')")
_SAID = {"Document": "`document`", "MarkValues": "`mark`"}
"""What templates call the objects that they are given."""

_LARGEST = 256 * 1024
_MACROS = ("head", "heading", "entry")


class NotesTemplate:
    """One template, ready to be used. `name` is its file's, without the suffix."""

    def __init__(self, path: Path, source: str | None = None) -> None:
        """Read a template; raises TemplateError, naming the line, when it cannot be used.

        `source` is what the file would hold, where it is still being written.
        """
        self.name = path.name.removesuffix(SUFFIX)
        self._path = path
        self._words = source
        self._line_of: Callable[[int], int] = int
        self._macros: dict[str, Callable[..., str]] = {}
        self._run(self._load)

    def head(self, **values: Any) -> str:
        """The front matter and what stands above the first mark."""
        return self._text("head", values)

    def heading(self, **values: Any) -> str:
        """The heading of a section."""
        return self._text("heading", values)

    def entry(self, **values: Any) -> str:
        """One mark."""
        return self._text("entry", values)

    def _text(self, macro: str, values: dict[str, Any]) -> str:
        text = self._run(lambda: str(self._macros[macro](**values)))
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")

    def _load(self) -> str:
        source = template_source(self._path) if self._words is None else self._words
        template = _compiled(source, self._path)
        self._line_of = template.get_corresponding_lineno
        module = template.make_module()
        for name in _MACROS:
            macro = getattr(module, name, None)
            if not callable(macro):
                raise TemplateError(
                    f"The template {quoted(self._path.name)} has no macro `{name}`; "
                    "compare it with one that comes with the program."
                )
            self._macros[name] = macro
        return ""

    def _run(self, work: Callable[[], str]) -> str:
        """What `work` answers; whatever goes wrong in the template is told with its line."""
        try:
            return work()
        except ExchangeError:
            raise
        except Exception as error:  # anything at all can be written in a template
            line = getattr(error, "lineno", None) or self._line_in_traceback(error)
            place = f", line {line}" if line else ""
            what = " ".join(str(error).split()) or type(error).__name__
            what = _NO_VALUE.sub(lambda found: f"{_SAID[found[1]]} has no {found[2]}", what)
            raise TemplateError(
                f"The template {quoted(self._path.name)}{place}: {what.rstrip('.')}.", line
            ) from error

    def _line_in_traceback(self, error: Exception) -> int:
        line = 0
        frame = error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == str(self._path):
                line = self._line_of(frame.tb_lineno)
            frame = frame.tb_next
        return line


@lru_cache(maxsize=8)
def _compiled(source: str, path: Path) -> Template:
    """A template as Jinja2 runs it, which takes longer to make than to use."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, cache_size=0
    )
    environment.filters.update(
        md=escaped,
        quote=blockquote,
        paragraphs=paragraphs,
        yaml=yaml_value,
        tag=tag_word,
        wikilink=wikilink,
    )
    code = environment.compile(source, path.name, str(path))
    return environment.template_class.from_code(environment, code, environment.globals)


def template_source(path: Path) -> str:
    """The words of a template's file; raises TemplateError when it cannot be read."""
    name = quoted(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise TemplateError(f"The template {name} is too large; 256 KB is the most.")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"The template {name} is not UTF-8; save it as such.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise TemplateError(f"The template {name} could not be read ({reason}).") from error


def templates_in(shipped: Path, own: Path | None = None) -> dict[str, Path]:
    """The templates by name: the user's `own` folder first, then what comes with the program."""
    found: dict[str, Path] = {}
    for folder in (shipped, own):
        if folder is not None and folder.is_dir():
            found |= {
                path.name.removesuffix(SUFFIX): path for path in sorted(folder.glob(f"*{SUFFIX}"))
            }
    return found


def load_template(name: str, shipped: Path, own: Path | None = None) -> NotesTemplate:
    """A template by its name; raises ExchangeError when there is none, or none that can be used."""
    return NotesTemplate(_path_of(name, shipped, own))


def copy_template(name: str, shipped: Path, own: Path, new: str = "") -> Path:
    """Copy a template into the user's own folder, to be changed there; an old one stays.

    `new` is what the copy is called; the same when it is empty. Raises ExchangeError
    or OSError.
    """
    path = own / f"{new or name}{SUFFIX}"
    if not path.exists():
        write_atomically(path, template_source(_path_of(name, shipped, own)).encode())
    return path


def _path_of(name: str, shipped: Path, own: Path | None) -> Path:
    found = templates_in(shipped, own)
    if name not in found:
        known = ", ".join(found) or "none"
        raise ExchangeError(f"There is no template {quoted(name)}; there is: {known}.")
    return found[name]
