"""Installs the packages in a bare Debian, runs them there, upgrades and removes them.

    python -m build.linux.bare_system          as root, after `make installer`

The system is made by debootstrap from the mirrors that this machine's own apt is told of, and
lies in dist/bare. Nothing is mounted in it that outlives this script. The program runs as an
ordinary user without a network, on an X server in memory.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from build import smoke
from build.installer import DIST, FROZEN, source_date
from build.linux import debian, tree
from build.linux.libraries import needed
from reader import __version__

BARE = DIST / "bare"
ROOT = BARE / "root"
USER = 1000
OLD = "0.0.9"
"""The version that is upgraded from: the same program, called older than it is."""

_CHROOT = shutil.which("chroot", path="/usr/sbin:/usr/bin:/sbin:/bin") or "chroot"

LIBRARY = ".local/share/annotated-reader"


def main() -> int:
    if os.geteuid() != 0:
        print("A system is installed by root alone: sudo make test-installer", file=sys.stderr)
        return 1
    if "--mounts-are-own" not in sys.argv:
        # Whatever is mounted from here on is gone with this process.
        again = [sys.executable, "-m", "build.linux.bare_system", "--mounts-are-own"]
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", *again])
    os.environ.setdefault("SOURCE_DATE_EPOCH", source_date())
    packages = {suffix: _package(suffix) for suffix in ("deb", "rpm", "tar.xz")}
    _make_root()
    try:
        with _screen() as screen:
            _test_deb(packages["deb"], screen)
            _test_portable(packages["tar.xz"], screen)
            _test_rpm(packages["rpm"], screen)
    except (smoke.Fault, subprocess.CalledProcessError) as fault:
        said = getattr(fault, "stdout", None) or ""
        print(f"test-installer: {fault}\n{said}", file=sys.stderr)
        return 1
    finally:
        _unmount()
    return 0


# The packages -----------------------------------------------------------------------------------


def _test_deb(package: Path, screen: str) -> None:
    old = debian.build(FROZEN, BARE, OLD, level=0)
    before = _installed()
    _install(old)
    added = sorted(_installed() - before - {tree.NAME})
    _say(f"deb: installed {OLD} with {len(added)} packages that it needs")
    program = _program("/usr/bin/annotated-reader", screen)
    with _home(program) as program:
        _smoke(program, "deb, installed")

        marks = _marks(program)
        window = program.start()
        _wait_for_window()
        _install(package)
        version = program.said("--version").split()[-1]
        smoke.expect(version == __version__, f"after the upgrade it is version {version}")
        smoke.expect(window.poll() is None, "the upgrade ended the window that was open")
        window.send_signal(signal.SIGTERM)
        out, complaint = window.communicate(timeout=smoke.PATIENCE)
        smoke.expect(not (out or complaint), f"the old window said: {out}{complaint}")
        smoke.expect(window.returncode == 0, f"the old window ended with {window.returncode}")
        smoke.expect(_marks(program) == marks, "the upgrade changed the marks")
        _say(f"deb: upgraded to {version} while a window was open; nothing is lost")
        with _home(program) as fresh:
            _smoke(fresh, "deb, upgraded")

        kept = _files(program.home / LIBRARY)
        for job in ("remove", "purge"):
            if job == "purge":
                _install(package)
            _in_root("apt-get", job, "--yes", tree.NAME)
            smoke.expect(_files(program.home / LIBRARY) == kept, f"{job} touched the library")
            left = _left_behind()
            smoke.expect(not left, f"{job} left behind: {left}")
        _say("deb: removed and purged; the library stays, nothing else")


def _test_portable(archive: Path, screen: str) -> None:
    _in_root("apt-get", "install", "--yes", "--no-install-recommends", "xz-utils")
    with _home(_program("", screen)) as program:
        _as_user("tar", "xf", f"/tmp/{_given(archive).name}", "-C", program.seen(program.home))
        [folder] = program.home.glob("annotated-reader-*")
        unpacked = replace(program, words=_words(f"{program.seen(folder)}/app/{tree.NAME}"))
        with _home(unpacked) as fresh:
            _smoke(fresh, "tar.xz, unpacked")

        home = program.seen(program.home)
        install = ("env", f"HOME={home}", f"{program.seen(folder)}/install")
        _as_user(*install)
        installed = replace(program, words=_words(f"{home}/.local/bin/{tree.NAME}"))
        _smoke(installed, "tar.xz, installed")
        marks = _marks(installed)
        _as_user(*install)
        smoke.expect(_marks(installed) == marks, "installing again changed the marks")
        entry = program.home / ".local/share/applications/annotated-reader.desktop"
        smoke.expect(f'Exec="{home}/.local/bin/' in entry.read_text(), "the menu entry is wrong")

        kept = _files(program.home / LIBRARY)
        _as_user("env", f"HOME={home}", f"{home}/.local/lib/{tree.NAME}/uninstall")
        smoke.expect(_files(program.home / LIBRARY) == kept, "uninstall touched the library")
        left = [
            str(path)
            for path in (program.home / ".local").rglob("*annotated*")
            if not path.is_relative_to(program.home / LIBRARY)
        ]
        smoke.expect(not left, f"uninstall left behind: {left}")
        _say("tar.xz: installed twice and uninstalled; the library stays, nothing else")


def _test_rpm(package: Path, screen: str) -> None:
    asked = _run("rpm", "-qp", "--requires", str(package)).split()
    libraries = {word.partition("(")[0] for word in asked if re.match(r"(lib|ld-).*\.so", word)}
    missing = sorted(name for name in libraries if not list((ROOT / "usr/lib").rglob(name)))
    smoke.expect(not missing, f"the rpm needs what nothing here provides: {missing}")
    smoke.expect(set(needed(FROZEN)) - libraries <= {"ld-linux-x86-64.so.2"}, "it needs more")
    # The bare system has a database of Debian's packages alone.
    options = ("--root", str(ROOT), "--nodeps", "--dbpath", "/var/lib/rpm-of-test")
    _run("rpm", "-i", *options, str(package))
    with _home(_program("/usr/bin/annotated-reader", screen)) as program:
        _smoke(program, "rpm, installed without its dependencies being asked for")
    _run("rpm", "-e", *options, tree.NAME)
    left = _left_behind()
    smoke.expect(not left, f"the rpm left behind: {left}")
    _say("rpm: removed; nothing of it is left")


def _smoke(program: smoke.Program, what: str) -> None:
    program.seconds.clear()
    smoke.check(program)
    smoke.check_window(program)
    _say(f"{what}: well; " + ", ".join(f"{job} {took}" for job, took in program.seconds.items()))


def _marks(program: smoke.Program) -> str:
    """All marks of the shipped article, as other programs read them."""
    texts = json.loads(program.said("library", "list", "--json"))
    [text] = [text for text in texts if text["title"].startswith("The Offer")]
    return program.said("export", text["id"], "--format", "jsonld")


def _wait_for_window() -> None:
    """Until a window answers, which it does when a later start hands its request over."""
    sockets = ROOT / f"tmp/annotated-reader-{USER}"
    until = time.monotonic() + smoke.PATIENCE
    while not list(sockets.glob("*")):
        smoke.expect(time.monotonic() < until, "the window did not come up")
        time.sleep(0.1)


# The bare system --------------------------------------------------------------------------------


def _make_root() -> None:
    """A system with nothing but what Debian cannot do without, and a user."""
    base = BARE / "base"
    if not (base / "made").exists():
        shutil.rmtree(base, ignore_errors=True)
        release, mirror = _own_mirror()
        _say(f"making a bare Debian {release}; this happens once and takes some minutes")
        _run("debootstrap", "--variant=minbase", release, str(base), mirror)
        (base / "made").touch()
    shutil.rmtree(ROOT, ignore_errors=True)
    _run("cp", "-a", str(base), str(ROOT))
    _run(_CHROOT, str(ROOT), "useradd", "--create-home", "--uid", str(USER), "reader")
    (ROOT / "etc/apt/sources.list").unlink(missing_ok=True)
    shutil.copytree("/etc/apt", ROOT / "etc/apt", dirs_exist_ok=True, symlinks=True)
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", ROOT / "etc" / name)
    _run("mount", "-t", "proc", "proc", str(ROOT / "proc"))
    _in_root("apt-get", "update")


def _own_mirror() -> tuple[str, str]:
    """The release and the first mirror of this machine's own apt."""
    form = "$(CODENAME) $(REPO_URI) $(COMPONENT)"
    listed = _run("apt-get", "indextargets", "--format", form, "Created-By: Packages")
    for line in listed.splitlines():
        release, mirror, component = line.split()
        if component == "main" and "-" not in release:
            return release, mirror
    raise smoke.Fault("apt names no mirror with a release of Debian")


def _unmount() -> None:
    for place in ("tmp/.X11-unix", "proc"):
        subprocess.run(["umount", str(ROOT / place)], capture_output=True)


@contextmanager
def _screen() -> Iterator[str]:
    """An X server in memory, which the bare system sees too; its name."""
    reads, writes = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb", "-displayfd", str(writes), "-screen", "0", "1400x900x24",
            "-nolisten", "tcp", "-ac",
        ],
        pass_fds=(writes,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        smoke.expect(bool(number), "Xvfb did not start")
        sockets = ROOT / "tmp/.X11-unix"
        sockets.mkdir(exist_ok=True)
        _run("mount", "--bind", "/tmp/.X11-unix", str(sockets))
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _words(program: str) -> list[str]:
    """How an ordinary user starts a program in the bare system, cut off from the network."""
    return ["unshare", "--net", _CHROOT, f"--userspec={USER}:{USER}", str(ROOT), program]


def _program(path: str, screen: str) -> smoke.Program:
    return smoke.Program(_words(path), Path("/"), ROOT, screen)


@contextmanager
def _home(program: smoke.Program) -> Iterator[smoke.Program]:
    with smoke.fresh_home(ROOT, f"{USER}:{USER}") as home:
        yield replace(program, home=home, seconds={})


def _install(package: Path) -> None:
    """Install a .deb with what it depends on, and no more."""
    given = _given(package)
    _in_root(
        "apt-get", "install", "--yes", "--no-install-recommends", f"/tmp/{given.name}"
    )  # fmt: skip
    given.unlink()


def _given(package: Path) -> Path:
    """A package, where the bare system sees it."""
    to = ROOT / "tmp" / package.name
    shutil.copyfile(package, to)
    return to


def _installed() -> set[str]:
    return set(_in_root("dpkg-query", "-W", "-f", "${Package}\n").split())


def _left_behind() -> list[str]:
    """What is called like the program, in the folders that are the system's."""
    found = [path for top in ("usr", "etc", "opt", "var/lib/dpkg") for path in (ROOT / top).rglob(
        "*annotated?reader*"
    )]  # fmt: skip
    return [str(path.relative_to(ROOT)) for path in found]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _as_user(*words: str) -> str:
    plain = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    return _run(_CHROOT, f"--userspec={USER}:{USER}", str(ROOT), *words, env=plain)


def _in_root(*words: str) -> str:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return _run(_CHROOT, str(ROOT), *words, env=os.environ | quiet)


def _run(*words: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        words, env=env, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout


def _package(suffix: str) -> Path:
    """The package that `make installer` built."""
    found = [path for path in DIST.glob(f"*{__version__}*.{suffix}") if path.is_file()]
    if len(found) != 1:
        sys.exit(f"There is no one .{suffix} of {__version__} in {DIST}: make installer")
    return found[0]


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
