"""The package for Fedora, openSUSE and other systems with RPM."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from build.linux import tree
from build.linux.libraries import least_libc, needed

_SPEC = """\
Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: MIT AND LGPL-3.0-only AND OFL-1.1 AND PSF-2.0
Group: Amusements/Teaching/Other
AutoReqProv: no
{requires}

%description
{description}

%install
cp -a "{root}/." "%{{buildroot}}/"

%files
%defattr(-,root,root,-)
/usr/bin/{name}
/usr/lib/{name}
{files}

%changelog
{changes}
"""

_MACROS = {
    "_topdir": "{scratch}",
    "_rpmdir": "{scratch}/out",
    "_build_name_fmt": "%%{{NAME}}-%%{{VERSION}}-%%{{RELEASE}}.%%{{ARCH}}.rpm",
    "_binary_payload": "w7.xzdio",
    # The files are as they shall be: nothing is stripped, and no list of build ids is made.
    "__os_install_post": "%{{nil}}",
    "debug_package": "%{{nil}}",
    "_build_id_links": "none",
    # The same tree gives the same package.
    "_buildhost": "localhost",
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
}


def build(frozen: Path, to: Path, version: str) -> Path:
    """Write the package of a frozen folder into `to`; its path."""
    libraries = [name for name in needed(frozen) if not name.startswith(("ld-", "libc."))]
    requires = [f"{name}()(64bit)" for name in libraries]
    requires += [f"libc.so.6(GLIBC_{least_libc(frozen)})(64bit)", "hicolor-icon-theme"]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "root")
        tree.make_tree(frozen, root)
        files = sorted(path for path in root.glob("usr/share/**/*") if path.is_file())
        spec = Path(scratch, f"{tree.NAME}.spec")
        spec.write_text(
            _SPEC.format(
                name=tree.NAME,
                version=version,
                summary=tree.SUMMARY,
                description=tree.DESCRIPTION,
                requires="\n".join(f"Requires: {name}" for name in requires),
                root=root,
                files="\n".join(f"/{path.relative_to(root).as_posix()}" for path in files),
                changes=tree.changelog("rpm", version),
            ),
            "utf-8",
        )
        defines = [
            word
            for name, value in _MACROS.items()
            for word in ("--define", f"{name} {value.format(scratch=scratch).replace('%%', '%')}")
        ]
        done = subprocess.run(
            ["rpmbuild", "-bb", "--target", tree.machine(), *defines, str(spec)],
            capture_output=True,
            text=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(f"rpmbuild failed: {done.stderr.strip()}")
        [built] = Path(scratch, "out").rglob("*.rpm")
        package = to / built.name
        package.write_bytes(built.read_bytes())
    return package
