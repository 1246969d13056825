"""Where the app's own data lies, and where the user's."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

HOME_VARIABLE = "ANNOTATED_READER_HOME"
EVERYONE_VARIABLE = "ANNOTATED_READER_EVERYONE"
_APP = "annotated-reader"


def bundled(name: str) -> Path:
    """`resources`, `content`, `docs` or `CHANGELOG.md`, in a frozen app, a wheel or a checkout.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen)] if frozen else [package / "_data", package.parent]
    for root in roots:
        if (place := root / name).exists():
            return place
    raise FileNotFoundError(f"{name} is missing from this installation; install it again.")


class UserFolders(NamedTuple):
    """The two folders that hold everything of this user: settings, and the library."""

    settings: Path
    data: Path


def user_folders(home: Path | None = None) -> UserFolders:
    """The user's folders; `home`, or else ANNOTATED_READER_HOME, puts both in one place."""
    chosen = home or (Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else None)
    if chosen:
        with suppress(RuntimeError):  # there is no such user: the folder is called so
            chosen = chosen.expanduser()
        folder = chosen.absolute()
        return UserFolders(folder, folder)
    from platformdirs import PlatformDirs

    folders = PlatformDirs(_APP, appauthor=False, roaming=False)
    return UserFolders(folders.user_config_path, folders.user_data_path)


def everyones_folder() -> Path:
    """Where an administrator puts the settings for all users; it need not be there.

    ANNOTATED_READER_EVERYONE names another place, to try it out.
    """
    if chosen := os.environ.get(EVERYONE_VARIABLE):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), _APP)
    if sys.platform == "darwin":
        return Path("/Library/Application Support", _APP)
    return Path("/etc", _APP)
