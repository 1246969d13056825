"""`annotated-reader import`: marks out of a file of annotations, into a text of the library."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import ELSEWHERE, Import, Outcome
from reader.exchange.incoming_files import import_files
from reader.jobs.printing import counted, fail, print_json
from reader.jobs.which_text import CANNOT, find_text, opened_library
from reader.problems import CannotOpen, quoted

_SHOWN = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = (
        "Import marks: W3C Web Annotations, annotation sets of Readium and Thorium, what "
        "Hypothesis exports, and the layers of annotated copies. Importing a file again adds "
        "nothing."
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument(
        "--into", required=True, metavar="COPY-or-ID", help="a copy, or a text's id in the library"
    )
    parser.add_argument("--json", action="store_true", help="print what became of each as JSON")


def run(options: argparse.Namespace) -> int:
    """Import the marks."""
    try:
        _refuse_missing(options.files)
        with opened_library(options.home) as library:
            copy = find_text(options.into, library)
            if not isinstance(copy, Copy):
                return fail(
                    f"The text of {quoted(copy.title)} is not at {copy.path} any more; "
                    "name the copy itself."
                )
            known = library.marks(copy.manifest.id)
            titles = {text.id: text.title for text in library.texts()}
            brought = import_files(
                options.files,
                copy.manifest.id,
                copy.text.string,
                known,
                source=copy.manifest.source,
            )
            if brought.marks or brought.newer:
                library.add(copy)
                library.save_marks(copy.manifest.id, (*brought.marks, *brought.newer))
    except (*CANNOT, ExchangeError) as error:
        return fail(error)
    if options.json:
        print_json(_report(brought))
    else:
        _print(brought, options.files, titles)
    for sentence in brought.failed:
        fail(sentence)
    return 1 if brought.failed else 0


def _refuse_missing(files: Iterable[Path]) -> None:
    for file in files:
        if not file.is_file():
            raise CannotOpen(f"There is no file {quoted(str(file), 200)}; check the name.")


def _report(brought: Import) -> dict[str, Any]:
    return {
        "counts": {outcome.value: count for outcome, count in brought.counts().items()},
        "annotations": [asdict(row) for row in brought.rows],
    }


def _print(brought: Import, files: Sequence[Path], titles: Mapping[str, str]) -> None:
    if not brought.rows:
        names = ", ".join(quoted(file.name) for file in files)
        print(f"There are no annotations in {names}, so nothing came in.")
        return
    counts = {outcome: count for outcome, count in brought.counts().items() if count}
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "none")
    for text_id, count in brought.elsewhere[:_SHOWN]:
        is_are = "is" if count == 1 else "are"
        title = titles.get(text_id, "")
        what = f"{quoted(title)}; import with --into {text_id}" if title else quoted(text_id)
        print(f"{counted(count, 'annotation')} {is_are} about another text: {what}.")
    skipped = [row for row in brought.rows if row.outcome is Outcome.SKIPPED]
    told = [row for row in skipped if row.why != ELSEWHERE]
    for row in told[:_SHOWN]:
        print(f"Number {row.number} {row.why}.")
    if told[_SHOWN:]:
        print(f"And {len(told) - _SHOWN} more; --json tells of each.")
