"""`annotated-reader unpack`: a copy that is one file into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.jobs.printing import fail, print_json
from reader.problems import CannotOpen


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = "Unpack a copy into a folder, all of it or, if anything is wrong, nothing."
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="empty, or not there yet",
    )
    parser.add_argument("--json", action="store_true", help="print what was unpacked as JSON")


def run(options: argparse.Namespace) -> int:
    """Unpack the copy."""
    from reader.copies.unpacking import unpack

    try:
        unpacked = unpack(options.file, options.output)
    except CannotOpen as error:
        return fail(error)
    if options.json:
        print_json(
            {
                "folder": str(options.output),
                "id": unpacked.manifest.id,
                "files": list(unpacked.files),
                "left_out": list(unpacked.left_out),
            }
        )
        return 0
    print(f"{options.output}: {len(unpacked.files)} files")
    for name in unpacked.left_out:
        print(f"left out: {name}")
    return 0
