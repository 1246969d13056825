"""Runs first in the frozen program, so that its surroundings are those of one that is not frozen.

PyInstaller's loader lets the frozen folder come first where libraries are looked for. A browser
or a file manager that a link is handed to must not load ours. And where no language is set,
Python would see to it that letters are UTF-8 all the same; a frozen one does not.
"""

import os

for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    _given = os.environ.pop(f"{_name}_ORIG", None)
    if _given is not None:
        os.environ[_name] = _given
    else:
        os.environ.pop(_name, None)
# Another window is a start of its own, not a child of this one.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

_set = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "C"
if os.name == "posix" and _set in ("C", "POSIX"):
    os.environ.pop("LC_ALL", None)
    os.environ["LC_CTYPE"] = "C.UTF-8"
