"""Feeds the readers of a stranger's copy with what coverage leads to, for a bounded time.

    make fuzz            # or: python -m tests.fuzz.fuzz_copies [SECONDS] [CORPUS]

Each input goes as a container into `unpack`, as a manifest, as annotations and as a text.
Anything but an answer or CannotOpen is a fault; the input is then kept as `crash-…`.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

SECONDS = 60
_LONGEST = 4_096


def main(seconds: int, corpus: Path | None) -> None:
    """Fuzz for so many seconds; ends the process."""
    try:
        import atheris
    except ImportError:
        print(
            "Fuzzing needs atheris, which is not installed here; install it where there is one "
            "(Linux and macOS): python -m pip install --group fuzz",
            file=sys.stderr,
        )
        sys.exit(1)
    with atheris.instrument_imports(include=["reader"]):
        from reader.annotations.reading import read_annotations
        from reader.copies.manifest_reading import read_manifest
        from reader.copies.reading import open_copy
        from reader.copies.unpacking import unpack
        from reader.problems import CannotOpen
    from tests.hostile.corpus import ARTICLE, DOCUMENT, Part, written

    room = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    seeds = corpus or room / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    sound = (DOCUMENT, ARTICLE, b"annotations:\n  - {id: a, kind: event, terms: [war]}\n")
    for number, data in enumerate(sound):
        (seeds / f"seed-{number}").write_bytes(bytes([number + 1]) + data)
    (seeds / "seed-container").write_bytes(b"\0" + written(Part("figures/a.png")))

    def one(data: bytes) -> None:
        if not data:
            return
        kind, rest = data[0] % 4, data[1:]
        words = rest.decode("utf-8", "replace")
        out = room / "out"
        with suppress(CannotOpen):
            if kind == 0:
                (room / "a.annotated").write_bytes(rest)
                unpack(room / "a.annotated", out)
            elif kind == 1:
                read_manifest(words, [])
            elif kind == 2:
                read_annotations(words)
            else:
                (room / "a.md").write_bytes(rest)
                open_copy(room / "a.md")
        shutil.rmtree(out, ignore_errors=True)
        left = {path.name for path in room.iterdir()} - {"a.annotated", "a.md", "seeds"}
        assert not left, f"left behind: {left}"

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={_LONGEST}",
            "-timeout=20",
            "-rss_limit_mb=1024",
            "-verbosity=0",
            str(seeds),
        ],
        one,
    )
    print(f"Fuzzing the readers of copies for {seconds} seconds.", flush=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
