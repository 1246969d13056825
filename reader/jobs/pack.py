"""`annotated-reader pack`: a copy's folder into one file."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from reader.jobs.printing import fail, print_json
from reader.problems import CannotOpen


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = (
        "Pack a copy into one file to hand out. The copy is checked first, and nothing is "
        "packed while it has errors; warnings are told."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="ends in .annotated"
    )
    parser.add_argument("--json", action="store_true", help="print what was packed as JSON")


def run(options: argparse.Namespace) -> int:
    """Pack the copy."""
    from reader.copies.packing import CannotPack, pack

    try:
        packed = pack(options.folder, options.output)
    except CannotPack as error:
        if options.json and error.problems:
            print_json({"problems": [asdict(problem) for problem in error.problems]})
        else:
            for problem in error.problems:
                print(problem, file=sys.stderr)
        return fail(error)
    except CannotOpen as error:
        return fail(error)
    if options.json:
        print_json(
            {
                "file": str(packed.file),
                "id": packed.copy.manifest.id,
                "revision": packed.copy.revision,
                "bytes": packed.size,
                "files": list(packed.files),
                "left_out": list(packed.left_out),
                "warnings": [asdict(problem) for problem in packed.copy.problems],
            }
        )
        return 0
    print(f"{packed.file}: {len(packed.files)} files, {packed.size:,} bytes")
    for name in packed.left_out:
        print(f"left out: {name}")
    for problem in packed.copy.problems:
        print(f"warning: {problem}")
    return 0
