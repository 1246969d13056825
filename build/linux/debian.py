"""The package for Debian and Ubuntu."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from build.linux import tree
from build.linux.libraries import binaries

NEEDED_BESIDES = ("hicolor-icon-theme", "shared-mime-info", "desktop-file-utils")
"""Their triggers make the menu, the file type and the icons known; none of them is large."""


def build(frozen: Path, to: Path, version: str, level: int = 9) -> Path:
    """Write the package of a frozen folder into `to`; its path.

    `level`, 0 to 9, says how tightly it is packed.
    """
    architecture = _said("dpkg", "--print-architecture").strip()
    package = to / f"{tree.NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "root")
        tree.make_tree(frozen, root, zsh="zsh/vendor-completions")
        documents = root / "usr/share/doc" / tree.NAME
        documents.mkdir(parents=True)
        (documents / "copyright").write_text(tree.licences(), "utf-8")
        changes = tree.changelog("debian", version).encode()
        (documents / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
        overrides = root / "usr/share/lintian/overrides" / tree.NAME
        overrides.parent.mkdir(parents=True)
        overrides.write_bytes((tree.ROOT / "build/linux/lintian-overrides").read_bytes())
        (root / "DEBIAN").mkdir()
        _write_control(root, version, architecture)
        tree.tidy(root)
        packed = ("-Zxz", f"-z{level}")
        _said("dpkg-deb", "--root-owner-group", *packed, "--build", str(root), str(package))
    return package


def _write_control(root: Path, version: str, architecture: str) -> None:
    installed = [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    ]
    size = sum(path.stat().st_size for path in installed)
    lines = [
        f"Package: {tree.NAME}",
        f"Version: {version}",
        f"Architecture: {architecture}",
        f"Maintainer: {tree.MAINTAINER}",
        f"Installed-Size: {size // 1024}",
        f"Depends: {', '.join([*_depends(root, architecture), *NEEDED_BESIDES])}",
        "Recommends: xdg-desktop-portal",
        "Section: education",
        "Priority: optional",
        f"Description: {tree.SUMMARY[0].lower()}{tree.SUMMARY[1:]}",
        *(f" {line}" for line in tree.DESCRIPTION.splitlines()),
    ]
    (root / "DEBIAN/control").write_text("\n".join(lines) + "\n", "utf-8")
    (root / "DEBIAN/md5sums").write_text(_sums(root, installed), "utf-8")


def _depends(root: Path, architecture: str) -> list[str]:
    """The system's packages that its binaries need, with versions, as Debian's own tool has it."""
    own = {path.parent for path in root.rglob("*.so*")}
    # The tool would also name the packages that the libraries taken along came from.
    taken = _owners(path.name for path in root.rglob("*.so*"))
    (root / "DEBIAN/control").touch()
    with tempfile.TemporaryDirectory() as scratch:
        control = Path(scratch, "debian/control")
        control.parent.mkdir()
        control.write_text(
            f"Source: {tree.NAME}\n\nPackage: {tree.NAME}\nArchitecture: {architecture}\n"
        )
        words = _said(
            "dpkg-shlibdeps", "-O", "--ignore-missing-info", f"-S{root}",
            *(f"-l{folder}" for folder in sorted(own)), *(f"-x{name}" for name in sorted(taken)),
            *map(str, binaries(root)), folder=scratch,
        )  # fmt: skip
    found = re.search(r"^shlibs:Depends=(.*)$", words, re.MULTILINE)
    if not found:
        raise RuntimeError("dpkg-shlibdeps named no package that the program depends on")
    return found[1].split(", ")


def _owners(libraries: Iterable[str]) -> set[str]:
    """The packages of this machine that hold libraries of these names."""
    done = subprocess.run(
        ["dpkg-query", "-S", *(f"*/{name}" for name in libraries)],
        capture_output=True,
        text=True,
    )
    return {line.partition(":")[0] for line in done.stdout.splitlines()}


def _sums(root: Path, files: Iterable[Path]) -> str:
    return "".join(
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in files
    )


def _said(*words: str, folder: str | None = None) -> str:
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
