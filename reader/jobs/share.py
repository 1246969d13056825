"""`annotated-reader share`: a copy as one file, with what one chooses of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.copies.sharing import CannotShare, Choice, SharePlan, plan_share, share
from reader.jobs.printing import counted, fail, print_json
from reader.jobs.which_text import CANNOT, find_text, opened_library
from reader.problems import quoted


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = (
        "Write a copy into one file to hand on: the text, the author's annotations, and of "
        "all other things what you name. --dry-run says what would leave this machine."
    )
    parser.add_argument("text", metavar="COPY-or-ID", help="a copy, or a text's id in the library")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="ends in .annotated")
    parser.add_argument(
        "--layer",
        action="append",
        default=[],
        metavar="NAME",
        help="take this layer along (its name or id; may be given several times)",
    )
    parser.add_argument(
        "--mine",
        nargs="?",
        choices=("highlights", "all"),
        const="highlights",
        default="none",
        help="take your own marks along: highlights alone (the default), or all, notes included",
    )
    parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="TAG",
        help="of your marks only those with this tag (may be given several times)",
    )
    parser.add_argument(
        "--as", dest="name", default="", metavar="NAME", help="whose marks they are"
    )
    parser.add_argument("--no-figures", action="store_true", help="leave the pictures out")
    parser.add_argument("--no-questions", action="store_true", help="leave the questions out")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what")
    parser.add_argument("--json", action="store_true", help="print what is shared as JSON")


def run(options: argparse.Namespace) -> int:
    """Share the copy."""
    if not options.output and not options.dry_run:
        return fail("Say where to: -o FILE, or --dry-run to see what would be written.")
    if options.mine != "none" and not options.name.strip():
        return fail("Your marks go along under a name; say which with --as NAME.")
    try:
        with opened_library(options.home) as library:
            copy = find_text(options.text, library)
            if not isinstance(copy, Copy):
                return fail(
                    f"The text of {quoted(copy.title)} is not at {copy.path} any more; "
                    "name the copy itself."
                )
            marks = library.marks(copy.manifest.id) if options.mine != "none" else []
        plan = plan_share(copy, marks, _choice(copy, options))
        shared = None if options.dry_run else share(plan, options.output)
    except CANNOT as error:
        return fail(error)
    if options.json:
        print_json({"file": str(shared.file) if shared else None, **_report(plan)})
    else:
        if shared:
            print(f"{shared.file}: {counted(len(shared.files), 'file')}, {shared.size:,} bytes")
        _print(plan)
    return 0


def _choice(copy: Copy, options: argparse.Namespace) -> Choice:
    return Choice(
        kinds=frozenset(Kind) - ({Kind.QUESTION} if options.no_questions else set()),
        figures=not options.no_figures,
        layers=frozenset(id_ for name in options.layer for id_ in _layers(copy, name)),
        mine=options.mine,
        tags=frozenset(tag.removeprefix("#") for tag in options.tag),
        name=options.name,
    )


def _layers(copy: Copy, name: str) -> list[str]:
    """The ids of the layers with an id or a name."""
    wanted = name.casefold()
    found = [
        each.id for each in copy.layers if wanted in (each.id.casefold(), each.name.casefold())
    ]
    if not found:
        there = ", ".join(quoted(layer.name) for layer in copy.layers)
        raise CannotShare(
            f"There is no layer {quoted(name)}; "
            + (f"there is {there}." if there else "this copy has no layers.")
        )
    return found


def _report(plan: SharePlan) -> dict[str, Any]:
    return {
        "id": plan.document,
        "title": plan.title,
        "annotations": {kind.value: count for kind, count in plan.annotations.items()},
        "left_out": plan.left_out,
        "figures": [{"name": each.name, "bytes": each.size} for each in plan.figures],
        "layers": [
            {
                "id": layer.id,
                "name": layer.name,
                "creators": list(layer.creators),
                "marks": len(layer.marks),
            }
            for layer in plan.layers
        ],
        "mine": {
            "name": plan.mine.name,
            "marks": {kind.value: count for kind, count in plan.marks.items()},
            "notes": list(plan.notes),
        }
        if plan.mine
        else None,
        "files": [{"name": name, "bytes": size} for name, size in plan.files],
        "bytes": plan.size,
        "notices": list(plan.notices),
    }


def _print(plan: SharePlan) -> None:
    print(f"text: {plan.title}")
    for kind, count in plan.annotations.items():
        print(f"annotations: {counted(count, kind.value)}")
    if plan.left_out:
        print(f"left out: {counted(plan.left_out, 'annotation')}")
    for figure in plan.figures:
        print(f"figure: {figure.name}, {figure.size:,} bytes")
    for layer in plan.layers:
        marks = counted(len(layer.marks), "mark")
        print(f"layer: {layer.name}, {marks} by {', '.join(layer.creators)}")
    if plan.mine:
        counts = ", ".join(counted(count, kind.value) for kind, count in plan.marks.items())
        print(f"mine, as {plan.mine.name}: {counts}")
        for words in plan.notes:
            print(f"note: {words}")
    for notice in plan.notices:
        print(f"notice: {notice}")
