"""What a package for Linux installs: the frozen program, and what tells the desktop of it."""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from build.drawing import DRAWING, drawn
from build.linux import shell
from reader import __version__

ROOT = Path(__file__).resolve().parents[2]
NAME = "annotated-reader"
TITLE = "Annotated Reader"
SUMMARY = "Read a text with its annotations beside the words they belong to"
MAINTAINER = "the Annotated Reader authors <annotated-reader@localhost>"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels of the icons that desktops ask for."""

DESCRIPTION = (
    "Annotated Reader shows an article with definitions, people, places, events,\n"
    "figures and questions in its margin, each beside the words it is about.\n"
    "Readers add highlights and notes of their own, and take them out as Markdown,\n"
    "HTML or PDF. It works wholly offline."
)


def epoch() -> int:
    """The moment that everything built is dated by (seconds since 1970)."""
    return int(os.environ["SOURCE_DATE_EPOCH"])


def day() -> str:
    """That moment's date, in UTC."""
    return datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")


def machine() -> str:
    """The processor, as RPM and file names have it: x86_64, aarch64."""
    return platform.machine()


def make_share(share: Path, zsh: str = "zsh/site-functions") -> None:
    """Fill a `share` folder: menu entry, metadata, icons, file type, manual, completion."""
    desktop = ROOT / "resources" / "desktop"
    _copy(desktop / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _copy(desktop / f"{NAME}.xml", share / "mime/packages" / f"{NAME}.xml")
    for file in desktop.glob("*.metainfo.xml"):
        words = file.read_text("utf-8").replace("@VERSION@", __version__).replace("@DATE@", day())
        _write(share / "metainfo" / file.name, words)
    draw_icons(share / "icons/hicolor")
    _write_packed(share / f"man/man1/{NAME}.1.gz", shell.manual(day()))
    _write(share / f"bash-completion/completions/{NAME}", shell.bash())
    _write(share / zsh / f"_{NAME}", shell.zsh())
    _write(share / f"fish/vendor_completions.d/{NAME}.fish", shell.fish())


def make_tree(frozen: Path, root: Path, zsh: str = "zsh/site-functions") -> None:
    """Fill `root` with what is installed below /."""
    shutil.copytree(frozen, root / "usr/lib" / NAME, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    make_share(root / "usr/share", zsh)
    tidy(root)


def draw_icons(folder: Path) -> None:
    """Draw resources/icons/app.svg in every size of an icon theme."""
    for size in SIZES:
        file = folder / f"{size}x{size}/apps/{NAME}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not drawn(size).save(str(file)):
            raise OSError(f"{file} could not be written")
    _copy(DRAWING, folder / f"scalable/apps/{NAME}.svg")


def tidy(root: Path) -> None:
    """Give every file the mode and the moment that do not depend on who built it."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.name in (NAME, "install", "uninstall") and _runs(path))
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch(), epoch()))


def _runs(path: Path) -> bool:
    return path.read_bytes()[:4] in (b"\x7fELF", b"#!/b")


def changelog(style: str, version: str) -> str:
    """What is new, as the package's own list of changes has it."""
    moment = datetime.fromtimestamp(epoch(), UTC)
    if style == "debian":
        date = moment.strftime("%a, %d %b %Y %H:%M:%S +0000")
        return (
            f"{NAME} ({version}) unstable; urgency=medium\n\n"
            f"  * What is new is in CHANGELOG.md.\n\n -- {MAINTAINER}  {date}\n"
        )
    return f"* {moment.strftime('%a %b %d %Y')} {MAINTAINER} - {version}-1\n- See CHANGELOG.md\n"


def licences() -> str:
    """Debian's machine-readable account of whose work is in the package."""
    licence = (ROOT / "LICENSE").read_text("utf-8").strip()
    indented = re.sub(r"^", " ", re.sub(r"^$", ".", licence, flags=re.M), flags=re.M)
    return (ROOT / "build/linux/copyright.in").read_text("utf-8").replace("@MIT@", indented)


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


def _write(file: Path, words: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words, "utf-8", newline="\n")


def _write_packed(file: Path, words: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(words.encode(), 9, mtime=0))
