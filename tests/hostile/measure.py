"""What each hostile copy comes to, and what it costs: one line of JSON a case.

    python -m tests.hostile.measure FOLDER

FOLDER is to be fresh. Each case is opened in a process of its own that may use 300 MB of
memory more than it is counted for, and a minute of time, before the system ends it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.copies.severity import is_warning
from reader.copies.unpacking import unpack
from reader.problems import CannotOpen
from reader.text.markdown import MarkdownReader
from tests.hostile.corpus import Case, Outcome, cases

_ADDRESSES = 1024 * 2**20
_SECONDS = 60


def _opened(case: Case, path: Path, out: Path) -> Copy:
    return open_copy(unpack(path, out / "copy").folder if case.is_file else path)


def _outcome(case: Case, path: Path, out: Path) -> tuple[Outcome, str]:
    try:
        copy = _opened(case, path, out)
    except CannotOpen as error:
        return Outcome.REFUSED, str(error)
    faults = [str(problem) for problem in copy.problems if not is_warning(problem)]
    return (Outcome.TOLD, faults[0]) if faults else (Outcome.HARMLESS, "")


def _measured(case: Case, folder: Path) -> dict[str, Any]:
    """Open a case in a process of its own."""
    path = folder / (f"{case.name}.annotated" if case.is_file else case.name)
    # Built in another process too: what that takes is not the program's.
    builder = os.fork()
    if builder == 0:
        case.build(path)
        os._exit(0)
    assert os.waitpid(builder, 0)[1] == 0, f"{case.name} was not built"
    out = folder / "out"
    out.mkdir()
    said, saying = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
            os.write(saying, json.dumps(_outcome(case, path, out)).encode()[:60_000])
            status = 0
        except BaseException as error:
            os.write(saying, json.dumps(("failed", repr(error)[:500])).encode())
        finally:
            os._exit(status)
    os.close(saying)
    with os.fdopen(said, "rb") as pipe:
        answer = pipe.read()
    usage = os.wait4(child, 0)[2]
    outcome, words = json.loads(answer or '["ended", "by the system"]')
    left = sorted(entry.name for entry in out.iterdir())
    shutil.rmtree(out)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "name": case.name,
        "wanted": case.outcome,
        "outcome": outcome,
        "says": words,
        "left": left,
        "megabytes": round(usage.ru_maxrss * unit / 2**20, 1),
        "seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "elapsed": round(time.perf_counter() - started, 2),
    }


def main(folder: Path) -> None:
    """Measure every case."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "temporary"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    MarkdownReader().parse("*a*")  # what every opening imports is counted once
    for case in cases():
        print(json.dumps(_measured(case, folder)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
