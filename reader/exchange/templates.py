"""Templates of Markdown notes: Jinja2 files with the macros `head`, `heading` and `entry`.

A user changes the look of his notes by a file of the same name in his own
folder, which then stands for the one that comes with the program. Templates run
in a sandbox; whatever is wrong with one is an error that names file and line.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.atomic import write_atomically
from reader.exchange.errors import ExchangeError
from reader.exchange.filters import tag_word, wikilink, yaml_value
from reader.exchange.quoting import blockquote, escaped, paragraphs
from reader.problems import quoted

SUFFIX = ".md.j2"
PRESETS = ("markdown", "obsidian", "zotero")
"""The templates that come with the program."""

_LARGEST = 256 * 1024
_MACROS = ("head", "heading", "entry")


class NotesTemplate:
    """One template, ready to be used. `name` is its file's, without the suffix."""

    def __init__(self, path: Path) -> None:
        """Read a template; raises ExchangeError, naming the line, when it cannot be used."""
        self.name = path.name.removesuffix(SUFFIX)
        self._path = path
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
        code = environment.compile(self._source(), self._path.name, str(self._path))
        template = environment.template_class.from_code(environment, code, environment.globals)
        self._line_of = template.get_corresponding_lineno
        module = template.make_module()
        for name in _MACROS:
            macro = getattr(module, name, None)
            if not callable(macro):
                raise ExchangeError(
                    f"The template {quoted(self._path.name)} has no macro `{name}`; "
                    "compare it with one that comes with the program."
                )
            self._macros[name] = macro
        return ""

    def _source(self) -> str:
        name = quoted(self._path.name)
        try:
            with self._path.open("rb") as file:
                data = file.read(_LARGEST + 1)
            if len(data) > _LARGEST:
                raise ExchangeError(f"The template {name} is too large; 256 KB is the most.")
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ExchangeError(f"The template {name} is not UTF-8; save it as such.") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise ExchangeError(f"The template {name} could not be read ({reason}).") from error

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
            raise ExchangeError(
                f"The template {quoted(self._path.name)}{place}: {what.rstrip('.')}."
            ) from error

    def _line_in_traceback(self, error: Exception) -> int:
        line = 0
        frame = error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == str(self._path):
                line = self._line_of(frame.tb_lineno)
            frame = frame.tb_next
        return line


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
    path = templates_in(shipped, own).get(name)
    if path is None:
        known = ", ".join(templates_in(shipped, own)) or "none"
        raise ExchangeError(f"There is no template {quoted(name)}; there is: {known}.")
    return NotesTemplate(path)


def copy_template(name: str, shipped: Path, own: Path) -> Path:
    """Copy a template into the user's own folder, to be changed there; an old one stays."""
    path = own / f"{name}{SUFFIX}"
    if not path.exists():
        write_atomically(path, load_template(name, shipped)._path.read_bytes())
    return path
