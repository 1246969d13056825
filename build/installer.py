"""Builds what the system at hand can build, into dist/: a frozen program and its packages.

    python -m build.installer            freeze, and package
    python -m build.installer --keep     package what was frozen before
    python -m build.installer --only deb --version 0.0.9

The version is that of reader/__init__.py. Everything is dated by SOURCE_DATE_EPOCH, or else by
the last change of the sources, so that the same sources give the same packages.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from reader import __version__

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FROZEN = DIST / "annotated-reader"

KINDS: dict[str, dict[str, tuple[str, str]]] = {
    # What packages a frozen program: a module with build(frozen, to, version), and its tool.
    "linux": {
        "tar": ("build.linux.portable", ""),
        "deb": ("build.linux.debian", "dpkg-shlibdeps"),
        "rpm": ("build.linux.redhat", "rpmbuild"),
    },
    "win32": {"exe": ("build.windows.installer", "makensis")},
    "darwin": {"dmg": ("build.macos.image", "hdiutil")},
}


def source_date() -> str:
    """The moment of the last change that is committed; of the list of changes without git."""
    asked = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def prepare() -> None:
    """Make what the frozen program is given besides the sources: its icon, and who it is."""
    if sys.platform == "win32":
        from build.windows.preparing import prepare

        prepare(DIST / "icons", __version__)
    elif sys.platform == "darwin":
        from build.macos.image import prepare

        prepare(DIST / "icons")


def freeze() -> None:
    """Make the frozen folder, dist/annotated-reader."""
    prepare()
    work = DIST / "work"
    shutil.rmtree(FROZEN, ignore_errors=True)
    done = subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
            "--workpath", str(work), "--distpath", str(DIST),
            str(ROOT / "build" / "annotated-reader.spec"),
        ],
        cwd=ROOT,
        # Sets are written into compiled code in an order that follows from this.
        env=os.environ | {"PYTHONHASHSEED": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError("PyInstaller failed; it said why above")
    if sys.platform == "linux":
        from build.linux.libraries import forget_build_paths

        forget_build_paths(FROZEN)
    shutil.rmtree(work, ignore_errors=True)


def package(kinds: list[str], version: str, to: Path) -> list[Path]:
    """Package the frozen folder, as far as the tools for it are here; the files."""
    built = []
    for kind, (module, tool) in KINDS.get(sys.platform, {}).items():
        if kinds and kind not in kinds:
            continue
        if tool and not shutil.which(tool):
            print(f"No {kind} is built: it needs {tool}, which is not here.", file=sys.stderr)
            continue
        try:
            builder = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name is None or not module.startswith(error.name):
                raise
            print(f"No {kind} is built: there is no {module} yet.", file=sys.stderr)
            continue
        built.append(builder.build(FROZEN, to, version))
    return built


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keep", action="store_true", help="package what was frozen before")
    parser.add_argument("--only", action="append", default=[], metavar="KIND", help="deb, rpm, tar")
    parser.add_argument("--version", default=__version__, help="for a test of an upgrade")
    parser.add_argument("--to", type=Path, default=DIST, metavar="DIR")
    options = parser.parse_args(arguments)
    os.environ.setdefault("SOURCE_DATE_EPOCH", source_date())
    options.to.mkdir(parents=True, exist_ok=True)
    try:
        if not options.keep or not FROZEN.is_dir():
            freeze()
        built = package(options.only, options.version, options.to)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    unpacked = sum(
        file.lstat().st_size for file in FROZEN.rglob("*") if file.is_file() or file.is_symlink()
    )
    print(f"{unpacked / 1e6:8.1f} MB  {FROZEN}")
    for file in built:
        data = file.read_bytes()
        print(f"{len(data) / 1e6:8.1f} MB  {file}\n{hashlib.sha256(data).hexdigest():>76}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
