"""What a terminal knows of the program, made of the parsers that read its command line:
the manual page, and what Tab completes in bash, zsh and fish.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader import __version__
from reader.__main__ import JOBS, PROGRAM, parser_of

_PLACES = frozenset({"COPY", "COPY-or-ID", "FILE", "FOLDER", "DIR", "SET", "TEXT"})
"""Names of values that are files or folders."""

_SUMMARY = "read a text with its annotations beside the words they belong to"


@dataclass(frozen=True)
class Word:
    """An option, or a value without one, as the parsers declare it."""

    names: tuple[str, ...]
    help: str
    value: str
    choices: tuple[str, ...]
    needed: bool
    again: bool

    @property
    def place(self) -> bool:
        return self.value in _PLACES


def words_of(job: str) -> list[Word]:
    """The options and values of a job; of the window, which has no name."""
    return [_word(action) for action in parser_of(job)._actions]


def _word(action: argparse.Action) -> Word:
    choices = tuple(map(str, action.choices or ()))
    value = ""
    if action.nargs != 0:
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        value = metavar or "|".join(choices) or action.dest.upper()
    return Word(
        names=tuple(action.option_strings),
        help=" ".join((action.help or "").split()).replace("%%", "%"),
        value=value,
        choices=choices,
        needed=action.required and bool(action.option_strings),
        again=action.nargs in ("+", "*"),
    )


def _about(job: str) -> str:
    """What a job does, in its first sentence."""
    return re.split(r"[.:](?: |$)", parser_of(job).description or "")[0]


# The manual page --------------------------------------------------------------------------------


def manual(date: str) -> str:
    """The page annotated-reader(1); `date` is that of the release."""
    lines = [
        f'.TH ANNOTATED-READER 1 "{date}" "Annotated Reader {__version__}" "User Commands"',
        ".SH NAME",
        rf"{_roff(PROGRAM)} \- {_SUMMARY}",
        ".SH SYNOPSIS",
        rf".B {_roff(PROGRAM)}",
        r"[\fIOPTION\fR]... [\fICOPY\fR]",
        *(line for job in JOBS for line in (".br", *_synopsis(job))),
        ".SH DESCRIPTION",
        "Annotated Reader shows an article with linked annotations in its margin. "
        "The window opens when no job is named. It works wholly offline.",
        ".SH OPTIONS",
        *_told(words_of("")),
        ".SH JOBS",
        r"Every job takes \fB\-\-home\fR and \fB\-\-help\fR.",
    ]
    shared = {word.names for word in words_of("self-check") if "--json" not in word.names}
    for job in JOBS:
        lines += [".SS " + job, _roff(parser_of(job).description or "")]
        lines += _told(word for word in words_of(job) if word.names not in shared)
    lines += [
        ".SH EXIT STATUS",
        "0 if all went well, 1 if it did not, 2 if the command was wrongly called.",
        ".SH FILES",
        ".TP",
        r".I ~/.local/share/annotated\-reader",
        "the library: marks, reading places, snapshots; reports of faults",
        ".TP",
        r".I ~/.config/annotated\-reader",
        "settings",
        ".SH ENVIRONMENT",
        ".TP",
        ".B ANNOTATED_READER_HOME",
        "a folder for all of the user's data, instead of the two above",
    ]
    return "\n".join(lines) + "\n"


def _synopsis(job: str) -> Iterator[str]:
    yield rf".B {_roff(PROGRAM)} {_roff(job)}"
    values = [_named(word) for word in words_of(job) if not word.names or word.needed]
    yield " ".join([*values, r"[\fIOPTION\fR]..."])


def _named(word: Word) -> str:
    value = rf"\fI{_roff(word.value)}\fR" + ("..." if word.again else "")
    return rf"\fB{_roff(word.names[-1])}\fR {value}" if word.names else value


def _told(words: Iterator[Word] | list[Word]) -> Iterator[str]:
    for word in words:
        if not (word.help or word.names):
            continue
        names = ", ".join(rf"\fB{_roff(name)}\fR" for name in word.names)
        value = rf"\fI{_roff(word.value)}\fR" if word.value else ""
        yield ".TP"
        yield " ".join(filter(None, (names, value)))
        yield _roff(word.help) or "see above"


def _roff(text: str) -> str:
    text = text.replace("\\", r"\(rs").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


# Completion -------------------------------------------------------------------------------------


def bash() -> str:
    """Completion for bash."""
    lines = [
        f"# bash completion for {PROGRAM}",
        "_annotated_reader() {",
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} job= each",
        '    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'        case "$each" in {"|".join(JOBS)}) job=$each; break ;; esac',
        "    done",
        "    COMPREPLY=()",
        '    case "$job $before" in',
    ]
    for job in ("", *JOBS):
        for word in words_of(job):
            if word.names and word.value:
                patterns = "|".join(f'"{job} {name}"' for name in word.names)
                lines.append(f"        {patterns}) {_bash_value(word)}; return ;;")
    lines += ["    esac", '    case "$job" in']
    for job in ("", *JOBS):
        options = " ".join(name for word in words_of(job) for name in word.names)
        plain = [word for word in words_of(job) if not word.names]
        more = " ".join(JOBS) if not job else " ".join(c for word in plain for c in word.choices)
        files = any(word.place for word in plain)
        lines += [
            f'        "{job}")',
            '            if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "'
            f'{options}" -- "$word")); return; fi',
        ]
        if more:
            lines.append(f'            COMPREPLY=($(compgen -W "{more}" -- "$word"))')
        if files:
            lines.append('            COMPREPLY+=($(compgen -f -- "$word"))')
        lines.append("            ;;")
    lines += ["    esac", "}", f"complete -o filenames -F _annotated_reader {PROGRAM}", ""]
    return "\n".join(lines)


def _bash_value(word: Word) -> str:
    if word.choices:
        return f'COMPREPLY=($(compgen -W "{" ".join(word.choices)}" -- "$word"))'
    return 'COMPREPLY=($(compgen -f -- "$word"))' if word.place else ":"


def zsh() -> str:
    """Completion for zsh, as an autoloaded function."""
    lines = [f"#compdef {PROGRAM}", "", "_annotated_reader() {", "  local -a jobs", "  jobs=("]
    lines += [f"    {_quoted(f'{job}:{_about(job)}')}" for job in JOBS]
    lines += ["  )", "  case ${words[2]} in"]
    for job in JOBS:
        lines.append(f"    {job}) shift words; (( CURRENT-- )); _arguments {_zsh_words(job)} ;;")
    lines += [
        "    *)",
        "      (( CURRENT == 2 )) && [[ $PREFIX != -* ]] && _describe job jobs",
        f"      _arguments {_zsh_words('')} ;;",
        "  esac",
        "}",
        "",
        '_annotated_reader "$@"',
        "",
    ]
    return "\n".join(lines)


def _zsh_words(job: str) -> str:
    specs = []
    for word in words_of(job):
        helped = re.sub(r"([\[\]:\\])", r"\\\1", word.help)
        value = ""
        if word.value:
            action = f"({' '.join(word.choices)})" if word.choices else ""
            action = "_files" if word.place else action
            value = f":{word.value.replace(':', '')}:{action}"
        if word.names:
            specs += [f"{name}[{helped}]{value}" for name in word.names]
        else:
            specs.append(("*" if word.again else "") + value)
    return " ".join(map(_quoted, specs))


def fish() -> str:
    """Completion for fish."""
    none = f"not __fish_seen_subcommand_from {' '.join(JOBS)}"
    lines = [f"# fish completion for {PROGRAM}"]
    lines += [
        f"complete -c {PROGRAM} -n {_quoted(none)} -a {job} -d {_quoted(_about(job))}"
        for job in JOBS
    ]
    for job in ("", *JOBS):
        condition = f"__fish_seen_subcommand_from {job}" if job else none
        for word in words_of(job):
            parts = [f"complete -c {PROGRAM} -n {_quoted(condition)}"]
            for name in word.names:
                parts.append(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
            if word.value and word.names:
                parts.append("-r" if word.place else "-x")
            if word.choices:
                parts.append(f"-a {_quoted(' '.join(word.choices))}")
            if word.names or word.choices:
                lines.append(" ".join([*parts, f"-d {_quoted(word.help)}"]))
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """In single quotes; those inside become typographic ones, alike in every shell."""
    return "'" + text.replace("'", "’") + "'"
