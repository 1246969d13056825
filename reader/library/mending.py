"""Opening the newest good snapshot in place of a library that is damaged or gone."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

from reader.atomic import aside
from reader.library.connections import TAILS, connect, with_tail
from reader.library.database import count_anew, migrate
from reader.library.errors import told
from reader.library.salvage import salvage
from reader.library.snapshots import Snapshot, Snapshots


def copied_aside(path: Path) -> Path | None:
    """Copy a damaged library, journal and all, to another name; None when there is no file.

    While it is still open: SQLite drops a journal that it cannot read when it closes.
    """
    copy = aside(path)
    with told(copy):
        try:
            for tail in ("", "-wal"):
                with suppress(FileNotFoundError):
                    copyfile(with_tail(path, tail), with_tail(copy, tail))
        except OSError:
            _remove(copy)
            raise
    return copy if copy.exists() or with_tail(copy, "-wal").exists() else None


def mend(path: Path, damaged: Path | None, snapshots: Snapshots, now: datetime) -> str:
    """Put the newest good snapshot in the library's place, and say so in one sentence.

    `damaged` is the copy of what was there; what is newer in it is taken over. Nobody
    may have the library open.
    """
    new = path.with_name(f".{path.name}.new")
    with told(path):
        try:
            _remove(new)
            base = snapshots.newest_good()
            taken = _fill(new, base, damaged)
            # A journal that is left behind would be taken for the new file's.
            for tail in TAILS:
                with_tail(path, tail).unlink(missing_ok=True)
            new.replace(path)
        finally:
            _remove(new)
    return _sentence(damaged, base, taken, now)


def _fill(new: Path, base: Snapshot | None, damaged: Path | None) -> int:
    """Make a library of a snapshot, or of nothing; the number of marks taken over into it."""
    if base:
        copyfile(base.path, new)
    with closing(connect(new)) as connection:
        migrate(connection)
        first_page = _first_page(new)
        connection.execute("BEGIN")
        taken = salvage(damaged, connection, first_page) if damaged else 0
        count_anew(connection)
        connection.execute("COMMIT")
    return taken


def _first_page(path: Path) -> bytes:
    with path.open("rb") as file:
        header = file.read(100)
        file.seek(0)
        return file.read(int.from_bytes(header[16:18], "big"))


def _remove(path: Path) -> None:
    for tail in ("", "-journal", *TAILS):
        with_tail(path, tail).unlink(missing_ok=True)


def _sentence(damaged: Path | None, base: Snapshot | None, taken: int, now: datetime) -> str:
    was = f"damaged and was set aside as {damaged.name}" if damaged else "gone"
    if base is None:
        return f"The library was {was}; a new one was begun{_with(taken)}."
    return f"The library was {was}; its snapshot {_of(base, now)} was opened{_with(taken)}."


def _with(taken: int) -> str:
    match taken:
        case 0:
            return ""
        case 1:
            return ", and 1 mark taken over from the damaged file"
    return f", and {taken} marks taken over from the damaged file"


def _of(snapshot: Snapshot, now: datetime) -> str:
    moment = snapshot.moment
    age = now - moment
    day = f"of {moment.day} {moment:%B %Y}"
    if age < timedelta(hours=1):
        return f"{day} (less than an hour old)"
    if age < timedelta(days=2):
        hours = age // timedelta(hours=1)
        return f"{day} ({hours} hour{'s' if hours > 1 else ''} old)"
    return f"{day} ({age.days} days old)"


def moment_of(seconds: float) -> datetime:
    """A moment in UTC, from seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
