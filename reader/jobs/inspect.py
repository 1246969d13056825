"""`annotated-reader inspect`: what is in a copy."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.jobs.printing import fail, print_json
from reader.problems import CannotOpen


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = "Describe a copy: its sections, blocks, annotations and layers."
    parser.add_argument("copy", type=Path, metavar="COPY")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Describe the copy."""
    from reader.copies.inspecting import describe
    from reader.copies.reading import open_copy

    try:
        copy = open_copy(options.copy)
    except CannotOpen as error:
        return fail(error)
    description = describe(copy)
    if options.json:
        print_json(description)
        return 0
    print(description["title"])
    print(f"{description['id']}, {description['revision']}")
    print(f"{len(copy.text.string)} code points, {len(copy.text.blocks)} blocks")
    for section in description["sections"]:
        print(f"{'  ' * section['level']}{section['title']}")
    for annotation in description["annotations"]:
        mentions = len(annotation["mentions"])
        print(f"{annotation['kind']:13} {annotation['id']} ({mentions} mentions)")
    for layer in description["layers"]:
        print(f"{'layer':13} {layer['id']} ({layer['name']}, {layer['marks']} marks)")
    return 0
