"""`annotated-reader export --format pdf`, as somebody without a screen sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.copies.copy import Copy
from reader.library.library import Library
from tests.ui.conftest import CopyMaker
from tests.ui.printing.conftest import MakeMark, Pdf


@pytest.fixture
def copy(make_copy: CopyMaker, mark: MakeMark, home: Path) -> Copy:
    """A copy with a mark in the user's library."""
    copy = make_copy(
        "# The Harbour\n\nThe tide rises twice.\n",
        "  - {id: tide, kind: definition, title: Tide, terms: [tide], body: It comes and goes.}\n",
    )
    library = Library(home)
    library.opened(copy)
    library.save_mark(copy.manifest.id, mark(copy, "twice", note="Stimmt?"))
    library.close()
    return copy


def export(*arguments: str) -> subprocess.CompletedProcess[str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return subprocess.run(
        [sys.executable, "-m", "reader", "export", *arguments, "--format", "pdf"],
        env={name: value for name, value in os.environ.items() if name not in screens},
        capture_output=True,
        text=True,
    )


def test_a_pdf_is_drawn_without_a_screen(copy: Copy, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    done = export(str(copy.path), "-o", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{file}: 1 mark\n"
    pdf = Pdf(file.read_bytes())
    assert pdf.count("The tide rises twice1.") == 1
    assert pdf.count("1 Stimmt?") == 1
    assert "It comes and goes." not in pdf.text
    assert export(str(copy.path), "-o", str(file)).returncode == 0, "it is ours"
    file.write_bytes(b"%PDF-1.4 of somebody else")
    refused = export(str(copy.path), "-o", str(file))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert file.read_bytes() == b"%PDF-1.4 of somebody else"


def test_paper_and_the_authors_annotations_are_chosen(copy: Copy, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    done = export(copy.manifest.id, "-o", str(file), "--paper", "letter", "--mentions")
    assert done.returncode == 0, done.stderr
    pdf = Pdf(file.read_bytes())
    assert pdf.count("Tide It comes and goes.") == 1
    assert round(pdf.reader.pages[0].mediabox.width) == 612


def test_what_cannot_be_done_is_told_in_one_sentence(copy: Copy, tmp_path: Path) -> None:
    for arguments, why in (
        ((), "A PDF is not printed in a terminal; name its file with -o FILE.\n"),
        (("-o", str(tmp_path)), f"“{tmp_path.name}” is a folder; name the PDF in it too, as"),
        (("-o", "/dev/null/x.pdf"), "“x.pdf” could not be written ("),
    ):
        done = export(str(copy.path), *arguments)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith(why)
        assert done.stderr.count("\n") == 1
