"""How the image for macOS is made. Its tools are Apple's: here, others stand in and take notes."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest

from build.macos.image import ENTITLEMENTS, IDENTITY, PROFILE, TITLE, build

MACH_O = bytes.fromhex("cffaedfe0c000001")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tools that stand in are scripts")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    contents = tmp_path / f"dist/{TITLE}.app/Contents"
    for place in ("MacOS/annotated-reader", "Frameworks/Qt/lib/libQt.dylib"):
        (contents / place).parent.mkdir(parents=True)
        (contents / place).write_bytes(MACH_O)
    (contents / "Info.plist").write_bytes(b"<plist/>")
    (contents / "Frameworks/libQt.dylib").symlink_to("Qt/lib/libQt.dylib")
    return contents.parent


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[list[str]]]:
    """What Apple's tools were called with so far."""
    tools, notes, seen = (tmp_path / name for name in ("tools", "notes", "image"))
    tools.mkdir()
    for name in ("codesign", "hdiutil", "xcrun"):
        script = (
            f'#!/bin/sh\n{{ printf "%s\\t" {name} "$@"; echo; }} >>"{notes}"\n'
            f'[ "$REFUSED" != {name} ] || {{ echo "no such identity" >&2; exit 1; }}\n'
            # What is on the image, as the tool finds it.
            f'[ {name} != hdiutil ] || {{ cd "$5"; find . ! -type d | sort >"{seen}"; }}\n'
        )
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    for variable in (IDENTITY, PROFILE):
        monkeypatch.delenv(variable, raising=False)
    return lambda: [line.strip("\t").split("\t") for line in notes.read_text().splitlines()]


def test_without_an_identity_nothing_is_signed_or_sent(
    bundle: Path, calls: Callable[[], list[list[str]]], tmp_path: Path
) -> None:
    image = build(bundle.parent / "annotated-reader", tmp_path, "1.2.3")
    [made] = calls()
    assert made[:2] == ["hdiutil", "create"]
    assert made[-1] == str(image)
    assert image.name.startswith("annotated-reader-1.2.3-macos-")
    assert (tmp_path / "image").read_text().split("\n") == [
        f"./{TITLE}.app/Contents/Frameworks/Qt/lib/libQt.dylib",
        f"./{TITLE}.app/Contents/Frameworks/libQt.dylib",
        f"./{TITLE}.app/Contents/Info.plist",
        f"./{TITLE}.app/Contents/MacOS/annotated-reader",
        "./Applications",
        "",
    ]


def test_with_an_identity_libraries_are_signed_before_what_holds_them(
    bundle: Path,
    calls: Callable[[], list[list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(IDENTITY, "Developer ID")
    image = build(bundle.parent / "annotated-reader", tmp_path, "1.2.3")
    done = calls()
    assert [(call[0], Path(call[-1]).name) for call in done] == [
        ("codesign", "libQt.dylib"),
        ("codesign", "annotated-reader"),
        ("codesign", bundle.name),
        ("hdiutil", image.name),
        ("codesign", image.name),
    ]
    for call in done[:3]:
        assert call[call.index("--options") + 1] == "runtime"
        assert call[call.index("--entitlements") + 1] == str(ENTITLEMENTS)
        assert call[call.index("--sign") + 1] == "Developer ID"


def test_with_a_profile_it_is_sent_to_apple_and_stapled(
    bundle: Path,
    calls: Callable[[], list[list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(IDENTITY, "Developer ID")
    monkeypatch.setenv(PROFILE, "release")
    image = build(bundle.parent / "annotated-reader", tmp_path, "1.2.3")
    assert [call for call in calls() if call[0] == "xcrun"] == [
        ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", "release", "--wait"],
        ["xcrun", "stapler", "staple", str(image)],
    ]


def test_a_tool_that_fails_is_told_with_what_it_said(
    bundle: Path,
    calls: Callable[[], list[list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(IDENTITY, "Nobody")
    monkeypatch.setenv("REFUSED", "codesign")
    with pytest.raises(RuntimeError, match="codesign --force failed: no such identity"):
        build(bundle.parent / "annotated-reader", tmp_path, "1.2.3")


def test_without_a_bundle_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="freeze the program on macOS first"):
        build(tmp_path / "annotated-reader", tmp_path, "1.2.3")


def test_the_hardened_runtime_allows_one_thing() -> None:
    entitlements = plistlib.loads(ENTITLEMENTS.read_bytes())
    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}
