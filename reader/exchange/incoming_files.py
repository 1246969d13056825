"""Files that marks come in from: annotations, or copies with other people's layers in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reader.annotations.marks import Mark
from reader.annotations.w3c.shapes import LARGEST
from reader.copies.container import is_container, open_container
from reader.copies.layer_reading import LARGEST as LARGEST_LAYER
from reader.copies.limits import LIMITS
from reader.copies.parts import LAYER_SUFFIX, LAYERS
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import Import, ImportRow, import_marks
from reader.problems import CannotOpen, quoted


def import_files(
    files: Sequence[Path],
    document: str,
    text: str,
    known: Iterable[Mark] = (),
    source: str = "",
    progress: Callable[[float], None] | None = None,
) -> Import:
    """The marks in several files, in their order; else as `import_marks`.

    Of an annotated copy as a file, the layers are taken. A file that cannot be read costs
    nothing but itself: `failed` tells of it. Raises ExchangeError where none can be read.
    """
    there = {mark.id: mark for mark in known}
    marks: dict[str, Mark] = {}
    newer: dict[str, Mark] = {}
    rows: list[ImportRow] = []
    elsewhere: Counter[str] = Counter()
    failed: list[str] = []
    for number, file in enumerate(files):

        def part(share: float, number: int = number) -> None:
            if progress:
                progress((number + share) / len(files))

        try:
            for name, data in _annotations_in(file):
                brought = import_marks(data, name, document, text, there.values(), source, part)
                marks |= {mark.id: mark for mark in brought.marks}
                newer |= {mark.id: mark for mark in brought.newer}
                there |= marks | newer
                rows += brought.rows
                elsewhere.update(dict(brought.elsewhere))
        except ExchangeError as error:
            failed.append(str(error))
    if failed and len(failed) == len(files):
        raise ExchangeError(" ".join(failed))
    return Import(
        tuple(marks.values()),
        tuple(newer.values()),
        tuple(rows),
        tuple(elsewhere.most_common()),
        tuple(failed),
    )


def _annotations_in(file: Path) -> list[tuple[str, bytes]]:
    """What messages call each part of a file with annotations in it, and its bytes."""
    try:
        if is_container(file):
            return _layers_in(file)
        with file.open("rb") as stream:
            return [(file.name, stream.read(LARGEST + 1))]
    except OSError as error:
        why = error.strerror or str(error)
        raise ExchangeError(
            f"{quoted(file.name)} could not be read ({why}); choose another file."
        ) from error
    except CannotOpen as error:
        raise ExchangeError(str(error)) from error


def _layers_in(file: Path) -> list[tuple[str, bytes]]:
    with open_container(file, LIMITS) as container:
        layers = [
            name
            for name in container.names
            if name.startswith(f"{LAYERS}/") and name.lower().endswith(LAYER_SUFFIX)
        ]
        found = [(f"{file.name}, {name}", container.read(name, LARGEST_LAYER)) for name in layers]
    if not found:
        raise ExchangeError(
            f"{quoted(file.name)} has nobody's marks in it; whoever shares a copy says which of "
            "their marks go along."
        )
    return found
