"""The archive that anyone can unpack and run, and install without an administrator."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import tempfile
from pathlib import Path

from build.linux import tree


def build(frozen: Path, to: Path, version: str) -> Path:
    """Write the archive of a frozen folder into `to`; its path."""
    name = f"{tree.NAME}-{version}-linux-{tree.machine()}"
    archive = to / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, name)
        shutil.copytree(frozen, root / "app", symlinks=True)
        tree.make_share(root / "share")
        for script in ("install", "uninstall"):
            shutil.copyfile(tree.ROOT / "build/linux/portable" / script, root / script)
        shutil.copyfile(tree.ROOT / "LICENSE", root / "LICENSE")
        tree.tidy(root)
        with (
            lzma.open(archive, "wb", preset=9) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            for path in [root, *sorted(root.rglob("*"))]:
                tar.add(path, path.relative_to(scratch), recursive=False, filter=_plain)
    return archive


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member with nothing in it of whoever builds."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = tree.epoch()
    return member
