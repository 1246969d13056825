"""Notes on disk: what lies there after an export, and after another."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.links import handle
from reader.exchange.notebook import notebook_of
from reader.exchange.notes import merge_notes
from reader.exchange.saving import export_folder, export_notes, files_for, write
from reader.exchange.templates import NotesTemplate

NOW = "2025-11-22T14:00:00Z"


def test_the_file_is_what_the_export_says(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    path = tmp_path / "new folder" / "Notes.md"
    done = export_notes(notebook(mark("tide rises")), path, plain, now=NOW)
    assert path.read_bytes() == done.text.encode()
    assert [each.name for each in path.parent.iterdir()] == ["Notes.md"]


def test_a_file_that_need_not_change_is_not_written(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    path = tmp_path / "Notes.md"
    book = notebook(mark("tide rises"))
    export_notes(book, path, plain, now=NOW)
    before = path.stat()
    assert export_notes(book, path, plain, now="2026-01-01T00:00:00Z").unchanged
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_newlines_and_bom_of_the_file_stay_on_disk(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    path = tmp_path / "Notes.md"
    text = export_notes(notebook(mark("tide rises")), path, plain, now=NOW).text
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    export_notes(notebook(mark("tide rises"), mark("Tugs", 2)), path, plain, now=NOW)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert b"> Tugs\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.skipif(sys.platform == "win32", reason="has no modes")
def test_the_file_keeps_its_mode_and_a_link_to_it(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    path, link = tmp_path / "Notes.md", tmp_path / "link.md"
    path.write_text("Mine.\n", "utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    export_notes(notebook(mark("tide rises")), link, plain)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text("utf-8").startswith("Mine.\n")


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"\xff\xfe\x00", "is not a text in UTF-8"), (b"\x80abc", "is not a text in UTF-8")],
)
def test_a_file_that_cannot_be_merged_into_stays_as_it_is(
    data: bytes, why: str, plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    path = tmp_path / "Notes.md"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=why):
        export_notes(notebook(mark("tide rises")), path, plain)
    assert path.read_bytes() == data


def test_a_folder_is_no_file(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    with pytest.raises(ExchangeError, match="is not a file"):
        export_notes(notebook(mark("tide rises")), tmp_path, plain)


def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExchangeError, match="could not be written") as caught:
        write(tmp_path / "file" / "below.md", "x")
    assert "\n" not in str(caught.value)


def test_what_its_user_saves_meanwhile_is_merged_into(
    plain: NotesTemplate,
    mark: Any,
    notebook: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "Notes.md"
    export_notes(notebook(mark("tide rises")), path, plain, now=NOW)
    saved: list[int] = []

    def saving_in_between(*arguments: Any) -> Any:
        done = merge_notes(*arguments)
        if not saved:
            saved.append(path.write_text(path.read_text("utf-8") + "\nSaved meanwhile.\n", "utf-8"))
        return done

    monkeypatch.setattr("reader.exchange.saving.merge_notes", saving_in_between)
    export_notes(notebook(mark("tide rises"), mark("Tugs", 2)), path, plain, now=NOW)
    text = path.read_text("utf-8")
    assert "Saved meanwhile." in text
    assert "> Tugs" in text


class TestFolder:
    def test_every_text_has_a_file_of_its_own(
        self, plain: NotesTemplate, mark: Any, make_copy: Callable[..., Copy], tmp_path: Path
    ) -> None:
        books = []
        for number, title in enumerate(["What: a/b?", "What a b", "CON", ""]):
            on = make_copy("# T\n\nSome words.\n", f"urn:uuid:{number}", title)
            books.append(notebook_of(on, [mark("Some", number, on=on)]))
        shares: list[float] = []
        done = export_folder(books, tmp_path, plain, now=NOW, progress=shares.append)
        names = [path.name for path, _ in done]
        assert names == [
            "What a b.md",
            f"What a b ({handle('urn:uuid:1')}).md",
            "_CON.md",
            "T.md",
        ]
        assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())
        assert shares[-1] == 1.0

    def test_a_file_is_found_again_whatever_its_user_has_called_it(
        self, plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
    ) -> None:
        [(path, _)] = export_folder([notebook(mark("tide rises"))], tmp_path, plain, now=NOW)
        path.rename(tmp_path / "Renamed.md")
        both = notebook(mark("tide rises"), mark("Tugs", 2))
        [(path, done)] = export_folder([both], tmp_path, plain, now=NOW)
        assert path.name == "Renamed.md"
        assert len(done.added) == 1
        assert [each.name for each in tmp_path.iterdir()] == ["Renamed.md"]

    def test_a_file_of_the_users_with_that_name_is_left_alone(
        self, plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "The harbour.MD").write_text("Mine.", "utf-8")
        [(path, _)] = export_folder([notebook(mark("tide rises"))], tmp_path, plain)
        assert path.name == f"The Harbour ({handle(notebook().document.id)}).md"
        assert (tmp_path / "The harbour.MD").read_text("utf-8") == "Mine."


def test_the_files_of_texts_are_the_same_before_and_after(tmp_path: Path) -> None:
    texts = [("urn:uuid:1", "Same"), ("urn:uuid:2", "SAME"), ("urn:uuid:3", "Other")]
    for suffix in (".md", ".html"):
        before = files_for(texts, tmp_path, suffix)
        assert len({path.name.casefold() for path in before}) == 3
        assert before[2] == tmp_path / f"Other{suffix}"
        assert files_for(texts[::-1], tmp_path, suffix) == before[::-1]
    (tmp_path / "Other.html").write_text("ours, to be replaced")
    assert files_for(texts, tmp_path, ".html")[2] == tmp_path / "Other.html"


def test_a_file_that_has_no_notes_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "OTHER.MD").write_text("A letter.")
    (path,) = files_for([("urn:uuid:3", "Other")], tmp_path, ".md")
    assert path == tmp_path / f"Other ({handle('urn:uuid:3')}).md"


def test_an_export_that_is_not_wanted_any_more_leaves_the_file(
    plain: NotesTemplate, mark: Any, notebook: Any, tmp_path: Path
) -> None:
    class NotWanted(Exception):
        pass

    def progress(_share: float) -> None:
        raise NotWanted

    path = tmp_path / "Notes.md"
    export_notes(notebook(mark("tide rises")), path, plain, now=NOW)
    before = path.read_bytes()
    both = notebook(mark("tide rises"), mark("Tugs", 2))
    with pytest.raises(NotWanted):
        export_notes(both, path, plain, now=NOW, progress=progress)
    assert [each.name for each in tmp_path.iterdir()] == ["Notes.md"]
    assert path.read_bytes() == before
    shares: list[float] = []
    export_notes(both, path, plain, now=NOW, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
