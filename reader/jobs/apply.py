"""`annotated-reader apply`: the annotations of one text for another."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.jobs.printing import fail, print_json
from reader.problems import CannotOpen, quoted

if TYPE_CHECKING:
    from reader.copies.applying import Applied, AppliedAnnotation
    from reader.copies.making import Made


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = (
        "Make a copy of a text with the annotations of another: quotes and terms find their "
        "places, and what became of each annotation is told."
    )
    parser.add_argument(
        "set", type=Path, metavar="SET", help="a copy, or an annotations.yaml that lies alone"
    )
    parser.add_argument(
        "--to", type=Path, required=True, metavar="TEXT", help="a text file, or a copy"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FOLDER", help="the folder to make"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(options: argparse.Namespace) -> int:
    """Apply the annotations."""
    from reader.copies.applying import annotation_set, apply_to
    from reader.copies.manuscripts import manuscript

    try:
        annotations = annotation_set(options.set)
        applied, made = apply_to(annotations, manuscript(options.to), options.output)
    except CannotOpen as error:
        return fail(error)
    if options.json:
        print_json(_described(applied, made))
        return 0
    for each in applied.annotations:
        print(f"{each.outcome:11} {each.new.id}: {_found(each)}")
        for quote in each.quotes:
            if quote.words != quote.selector.exact:
                print(f"{'':12}{quoted(quote.selector.exact)} → {_now(quote.words)}")
    for notice in made.notices:
        print(notice)
    counted = (f"{count} {outcome}" for outcome, count in applied.counts.items() if count)
    print(f"{len(applied.annotations)} annotations in {made.folder}: {', '.join(counted)}.")
    return 0


def _found(each: AppliedAnnotation) -> str:
    return "1 place" if each.mentions == 1 else f"{each.mentions} places"


def _now(words: str) -> str:
    return quoted(words) if words else "not found"


def _described(applied: Applied, made: Made) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "id": made.id,
        "counts": {outcome.value: count for outcome, count in applied.counts.items()},
        "annotations": [
            {
                "id": each.new.id,
                "title": each.new.title,
                "outcome": each.outcome.value,
                "mentions": each.mentions,
                "quotes": [
                    {
                        "exact": quote.selector.exact,
                        "state": quote.anchor.state.value,
                        "start": quote.anchor.start,
                        "end": quote.anchor.end,
                        "confidence": round(quote.anchor.confidence, 3),
                        "words": quote.words,
                        "linked": quote.by_hand,
                    }
                    for quote in each.quotes
                ],
            }
            for each in applied.annotations
        ],
        "notices": list(made.notices),
    }
