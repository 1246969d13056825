"""Opening whatever is named: a copy with any part missing or damaged, any file, any device."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from reader.copies import reading
from reader.copies.copy import Copy
from reader.copies.parsed import Attached, Declared
from reader.copies.reading import open_copy
from reader.problems import CannotOpen
from reader.text.model import BlockKind, Text

MakeCopy = Callable[..., Path]
_Parsed = TypeVar("_Parsed")

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
POSIX = pytest.mark.skipif(os.name != "posix", reason="such files are made on POSIX only")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def refusal(path: Path) -> str:
    """Why `path` cannot be opened; it has to be one sentence on one line."""
    with pytest.raises(CannotOpen) as error:
        open_copy(path)
    sentence = str(error.value)
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert not re.search(r"[.!?] +[A-Z“]", sentence), "one sentence"
    assert re.search(r"[;:] \w+", sentence), "says what to do"
    return sentence


def annotated(fields: str = "terms: [war]") -> str:
    return f"annotations:\n  - id: a\n    kind: event\n    {fields}\n"


# A copy.


def test_a_copy_is_opened_with_all_of_its_parts(make_copy: MakeCopy) -> None:
    folder = make_copy(annotations=annotated())
    copy = open_copy(folder)
    assert (copy.path, copy.folder) == (folder, folder)
    assert copy.manifest.title == "The Offer"
    assert copy.text.string == "The Offer\nA war of attrition."
    assert [a.id for a in copy.annotations] == ["a"]
    assert [(m.start, m.end) for m in copy.attachment.of("a")] == [(12, 15)]
    assert copy.problems == ()


@pytest.mark.parametrize("name", ["document.yaml", "annotations.yaml"])
def test_naming_a_part_of_a_copy_opens_the_copy(make_copy: MakeCopy, name: str) -> None:
    folder = make_copy(annotations=annotated())
    copy = open_copy(folder / name)
    assert (copy.path, len(copy.annotations)) == (folder, 1)


def test_naming_the_text_of_a_copy_opens_the_text_alone(make_copy: MakeCopy) -> None:
    folder = make_copy(annotations=annotated())
    copy = open_copy(folder / "article.md")
    assert (copy.path, copy.annotations) == (folder / "article.md", ())


def test_a_relative_path_is_opened(make_copy: MakeCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_copy()
    monkeypatch.chdir(folder.parent)
    assert open_copy(Path("copy")).path == folder
    monkeypatch.chdir(folder)
    assert open_copy(Path()).path == folder


@POSIX
def test_a_name_may_begin_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "~draft.md").write_text("Words.")
    monkeypatch.chdir(tmp_path)
    assert open_copy(Path("~draft.md")).text.string == "Words."
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_copy(Path("~/~draft.md")).text.string == "Words."


@POSIX
def test_a_working_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "a.md" in refusal(Path("a.md"))


def test_a_copy_whose_text_is_plain_or_in_a_folder(make_copy: MakeCopy) -> None:
    folder = make_copy(document=_document(text="texts/one.txt"))
    (folder / "texts").mkdir()
    (folder / "texts" / "one.txt").write_text("# No heading")
    copy = open_copy(folder)
    assert (copy.text.string, copy.problems) == ("# No heading", ())


def test_a_copy_without_a_title_is_called_by_its_first_heading(make_copy: MakeCopy) -> None:
    copy = open_copy(make_copy(document=_document(title="")))
    assert copy.manifest.title == "The Offer"
    assert [problem.code for problem in copy.problems] == ["missing-field"]
    folder = make_copy("No heading.", document=_document(title=""))
    assert open_copy(folder).manifest.title == "copy"


def _document(**changes: str) -> str:
    fields = {"format": "1", "id": "urn:uuid:1", "title": "The Offer", "text": "article.md"}
    return "".join(f"{name}: {value}\n" for name, value in (fields | changes).items())


# Its document.yaml.


def test_a_folder_without_a_document(make_copy: MakeCopy) -> None:
    sentence = refusal(make_copy(document=None))
    assert sentence == (
        "“copy” is not an annotated copy, for it holds no document.yaml; "
        "open a Markdown or text file inside it instead."
    )


def _is_folder(path: Path) -> None:
    path.mkdir()
    (path / "x.md").write_text("x")


def _leads_out(path: Path) -> None:
    outside = path.parent.parent / f"outside-{path.name}"
    outside.write_text("annotations: []\n")
    path.symlink_to(outside)


def _dangles(path: Path) -> None:
    path.symlink_to("nothing.yaml")


def _is_pipe(path: Path) -> None:
    os.mkfifo(path)


def _is_large(path: Path) -> None:
    path.touch()
    os.truncate(path, reading.LARGEST_TEXT + 2**20)


def _holds(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


DAMAGE = [
    pytest.param(_is_folder, id="a folder"),
    pytest.param(_leads_out, id="a link that leads out", marks=POSIX),
    pytest.param(_dangles, id="a link to nothing", marks=POSIX),
    pytest.param(_is_pipe, id="a pipe", marks=POSIX),
    pytest.param(_is_large, id="too large"),
    pytest.param(_holds(PNG), id="binary"),
    pytest.param(_holds(b"\x00" * 100), id="zeros"),
    pytest.param(_holds("title: É".encode("latin-1")), id="not UTF-8"),
    pytest.param(_holds(b"a: b: c"), id="no YAML"),
    pytest.param(_holds(b"[" * 100_000), id="nested"),
    pytest.param(_holds(b""), id="empty"),
    pytest.param(_holds(b"- a\n- b\n"), id="a list"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_document(make_copy: MakeCopy, damage: Callable[[Path], object]) -> None:
    folder = make_copy(document=None)
    damage(folder / "document.yaml")
    assert "document.yaml" in refusal(folder)


# Its text.


@pytest.mark.parametrize(
    "damage", [each for each in DAMAGE if each.id not in ("no YAML", "nested", "a list")]
)
def test_a_damaged_text(make_copy: MakeCopy, damage: Callable[[Path], object]) -> None:
    folder = make_copy(article=None)
    damage(folder / "article.md")
    sentence = refusal(folder)
    assert "“article.md”" in sentence


def test_a_missing_text(make_copy: MakeCopy) -> None:
    folder = make_copy(article=None)
    assert refusal(folder) == (
        f"There is no “article.md” in {folder}; check the name, or open another file."
    )


@pytest.mark.parametrize(
    "name",
    [
        "../outside.md",
        "figures/../../outside.md",
        "/etc/hostname",
        "'C:\\outside.md'",
        "'C:/outside.md'",
        "'c:outside.md'",
        "'\\\\server\\share\\outside.md'",
        "'..\\outside.md'",
        "//server/share/outside.md",
        "'article.md:stream'",
        "file:///etc/hostname",
        "https://example.org/article.md",
    ],
)
def test_a_text_outside_the_copy(make_copy: MakeCopy, name: str) -> None:
    folder = make_copy(document=_document(text=name))
    (folder.parent / "outside.md").write_text("Outside.")
    sentence = refusal(folder)
    assert sentence.startswith(f"document.yaml names “{name.strip(chr(39))}” as the text, which")
    assert sentence.endswith("does not lie inside the copy; name a file of this folder.")


def test_a_text_of_a_kind_that_is_not_known_yet(make_copy: MakeCopy) -> None:
    folder = make_copy(document=_document(text="article.html"))
    (folder / "article.html").write_text("<p>Words.</p>")
    assert refusal(folder).startswith("“article.html” is of a kind that cannot be opened yet;")


# Its annotations.


def test_a_copy_without_annotations_has_no_problem(make_copy: MakeCopy) -> None:
    copy = open_copy(make_copy())
    assert (copy.annotations, copy.problems) == ((), ())


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_annotations_cost_nothing_but_themselves(
    make_copy: MakeCopy, damage: Callable[[Path], object]
) -> None:
    # Nobody knows where the link leads: that is not another problem.
    folder = make_copy("A [war](#a).[^1]\n\n[^1]: There.\n")
    damage(folder / "annotations.yaml")
    copy = open_copy(folder)
    assert copy.text.string == "A war.[1]"
    assert [a.id for a in copy.annotations] == ["footnote-1"]
    (problem,) = copy.problems
    assert problem.file == "annotations.yaml"
    assert problem.code in ("unreadable", "yaml")
    assert str(problem).isprintable()


@POSIX
def test_annotations_may_be_a_link_inside_the_copy(make_copy: MakeCopy) -> None:
    folder = make_copy()
    (folder / "mine.yaml").write_text(annotated())
    (folder / "annotations.yaml").symlink_to("mine.yaml")
    copy = open_copy(folder)
    assert ([a.id for a in copy.annotations], copy.problems) == (["a"], ())


def test_an_authored_annotation_keeps_its_id_from_a_footnote(make_copy: MakeCopy) -> None:
    copy = open_copy(
        make_copy(
            "War.[^1]\n\n[^1]: There.\n",
            "annotations:\n  - id: footnote-1\n    kind: event\n    terms: [War]\n",
        )
    )
    assert [(a.id, a.kind) for a in copy.annotations] == [("footnote-1", "event")]
    (problem,) = copy.problems
    assert (problem.file, problem.line, problem.code) == ("annotations.yaml", 2, "duplicate-id")
    assert problem.message == "The id “footnote-1” belongs to a footnote of the text."


# A bare text.


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("a.md", BlockKind.HEADING),
        ("a.MD", BlockKind.HEADING),
        ("a.markdown", BlockKind.HEADING),
        ("a.mdown", BlockKind.HEADING),
        ("a.txt", BlockKind.PARAGRAPH),
        ("a.text", BlockKind.PARAGRAPH),
        ("a.rst", BlockKind.PARAGRAPH),
        ("README", BlockKind.PARAGRAPH),
    ],
)
def test_a_bare_text_is_read_by_its_suffix(tmp_path: Path, name: str, first: BlockKind) -> None:
    path = tmp_path / name
    path.write_text("# War\n\nIt *began*.\n")
    copy = open_copy(path)
    assert (copy.path, copy.folder, copy.problems) == (path, tmp_path, ())
    assert copy.text.blocks[0].kind is first


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_text("Zelenskyý — 𝒜", encoding=encoding)
    assert open_copy(path).text.string == "Zelenskyý — 𝒜"


@pytest.mark.parametrize(
    ("source", "title"),
    [("# War *and* peace\n\nx", "War and peace"), ("Words.", "a long name"), ("## Two", "Two")],
)
def test_a_bare_text_is_called_by_its_heading_or_its_file(
    tmp_path: Path, source: str, title: str
) -> None:
    path = tmp_path / "a_long_name.md"
    path.write_text(source)
    assert open_copy(path).manifest.title == title


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
def test_a_file_whose_name_is_not_utf_8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Words.")
    copy = open_copy(path)
    assert copy.manifest.title.encode() == b"caf?"
    path.unlink()
    assert "caf\ufffd.txt" in refusal(path)


def test_footnotes_of_a_bare_text_are_its_annotations(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("One.[^x]\n\n[^x]: There.\n")
    copy = open_copy(path)
    assert [(a.kind, a.body) for a in copy.annotations] == [("reference", "There.")]
    assert len(copy.attachment.mentions) == 1


# What cannot be opened.


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.md", b"", "“a.md” is empty"),
        ("a.txt", b" \n\t\r\n", "“a.txt” is empty"),
        ("a.md", b"\xef\xbb\xbf", "“a.md” is empty"),
        ("a.txt", PNG, "“a.txt” is not a text but binary data"),
        ("a.md", bytes(1000), "“a.md” is not a text but binary data"),
        ("a", os.urandom(2000) + b"\0", "“a” is not a text but binary data"),
        ("a.txt", "Kyïv".encode("latin-1"), "“a.txt” is not UTF-8 (byte 2, line 1)"),
        ("a.txt", "One\nКиїв".encode("cp1251"), "“a.txt” is not UTF-8 (byte 4, line 2)"),
        ("a.txt", "words".encode("utf-16")[:-1], "“a.txt” starts as UTF-16"),
        *(
            (f"a{suffix}", b"x", f"“a{suffix}” is of a kind that cannot be opened yet")
            for suffix in (".pdf", ".PDF", ".docx", ".odt", ".epub", ".html", ".rtf")
        ),
    ],
)
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path).startswith(says)


@pytest.mark.parametrize("name", ["missing.md", "missing.pdf", "missing", "no/such/folder/x.md"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert refusal(path) == (
        f"There is no “{path.name}” in {path.parent}; check the name, or open another file."
    )


def test_a_file_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    assert "“b.md”" in refusal(tmp_path / "a.md" / "b.md")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    sentence = refusal(tmp_path / ("x" * 5000 + ".md"))
    assert "“xxx" in sentence


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    _is_large(tmp_path / "a.txt")
    assert refusal(tmp_path / "a.txt") == (
        "“a.txt” has 65.0 MB, and 64 MB is the most that can be opened; divide it into parts."
    )


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    _is_pipe(tmp_path / "pipe.md")
    assert "“pipe.md” is not a file but a folder, a device or a pipe" in refusal(
        tmp_path / "pipe.md"
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
@pytest.mark.parametrize("device", ["zero", "null"])
def test_a_device_is_not_read(device: str) -> None:
    assert f"“{device}” is not a file but a folder, a device" in refusal(Path("/dev") / device)


@POSIX
def test_links_that_lead_to_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    assert "“a.md”" in refusal(tmp_path / "a.md")


@pytest.mark.skipif(ROOT or os.name != "posix", reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    path.chmod(0)
    assert "may not be read by you" in refusal(path)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "“a.md” may not be read by you; ask"),
        (OSError(errno.EIO, "Input/output error"), "“a.md” could not be read (Input/output error)"),
        (OSError("odd"), "“a.md” could not be read (odd)"),
    ],
)
def test_a_disk_that_does_not_give_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str
) -> None:
    def fail(path: Path) -> bytes:
        raise error

    path = tmp_path / "a.md"
    path.write_text("x")
    monkeypatch.setattr(Path, "read_bytes", fail)
    assert refusal(path).startswith(says)


def test_annotations_that_may_not_be_read(
    make_copy: MakeCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_copy(annotations=annotated())
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "annotations.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    copy = open_copy(folder)
    assert copy.text.title == "The Offer"
    (problem,) = copy.problems
    assert (problem.code, problem.file) == ("unreadable", "annotations.yaml")
    assert "“annotations.yaml” may not be read by you" in problem.message


# Identity and revision.


def test_a_bare_text_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    copies = []
    for name, words in {
        "a.md": "# War\n\nOne.\n",
        "other/b.md": "# War\n\nOne.\n",
        "c.md": "# War\r\n\r\nOne.\r\n",
        "d.md": "# War\n\nTwo.\n",
    }.items():
        (tmp_path / name).write_bytes(words.encode())
        copies.append(open_copy(tmp_path / name))
    first, elsewhere, windows, edited = copies
    assert first.manifest.id == elsewhere.manifest.id == windows.manifest.id
    assert first.revision == elsewhere.revision == windows.revision
    assert first.manifest.id.startswith("urn:uuid:")
    assert edited.manifest.id != first.manifest.id
    assert edited.revision != first.revision


@pytest.fixture
def whole(make_copy: MakeCopy) -> Path:
    folder = make_copy(annotations=annotated("terms: [war]\n    body: |\n      One.\n\n      Two."))
    (folder / "document.yaml").write_bytes(_document().encode())
    return folder


def test_the_revision_of_a_copy_is_its_content_whatever_ends_the_lines(whole: Path) -> None:
    before = open_copy(whole)
    for part in ("article.md", "annotations.yaml", "document.yaml"):
        path = whole / part
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    moved = whole.rename(whole.with_name("moved"))
    after = open_copy(moved)
    assert (after.revision, after.manifest) == (before.revision, before.manifest)
    assert (after.text, after.annotations) == (before.text, before.annotations)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", after.revision)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("article.md", b"war", b"wars"),
        ("annotations.yaml", b"Two", b"Three"),
        ("document.yaml", b"The Offer", b"An Offer"),
    ],
)
def test_an_edit_to_any_part_makes_another_revision(
    whole: Path, part: str, old: bytes, new: bytes
) -> None:
    before = open_copy(whole)
    path = whole / part
    path.write_bytes(path.read_bytes().replace(old, new))
    after = open_copy(whole)
    assert after.revision != before.revision
    assert after.manifest.id == before.manifest.id


def test_words_that_change_parts_make_another_revision(make_copy: MakeCopy) -> None:
    one = open_copy(make_copy("Words.\n", "annotations: []\n")).revision
    two = open_copy(make_copy("Words.\nannotations: []\n", "")).revision
    assert one != two


# Pictures and progress.


def test_pictures_are_found_inside_the_copy_only(make_copy: MakeCopy) -> None:
    folder = make_copy()
    (folder / "figures").mkdir()
    (folder / "figures" / "a.png").write_bytes(PNG)
    (folder.parent / "b.png").write_bytes(PNG)
    copy = open_copy(folder)
    assert copy.picture("figures/a.png") == folder / "figures" / "a.png"
    assert copy.picture("figures/../figures/a.png") == folder / "figures" / "a.png"
    for name in (
        "",
        ".",
        "figures",
        "figures/b.png",
        "../b.png",
        str(folder.parent / "b.png"),
        str(folder / "figures" / "a.png"),
        "figures\\a.png",
        "C:/a.png",
        "a\0.png",
        "https://example.org/a.png",
        "x" * 5000,
        "\ud800.png",
    ):
        assert copy.picture(name) is None


@POSIX
def test_a_link_cannot_lead_a_picture_out(make_copy: MakeCopy) -> None:
    folder = make_copy()
    (folder.parent / "b.png").write_bytes(PNG)
    (folder / "b.png").symlink_to(folder.parent / "b.png")
    (folder / "out").symlink_to(folder.parent)
    (folder / "round.png").symlink_to("round.png")
    copy = open_copy(folder)
    assert [copy.picture(name) for name in ("b.png", "out/b.png", "round.png")] == [None] * 3


def test_a_copy_without_a_folder_has_no_pictures(make_copy: MakeCopy) -> None:
    whole = open_copy(make_copy())
    bare = Copy(whole.path, whole.manifest, whole.text, whole.revision)
    assert bare.picture("article.md") is None


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_progress_rises_from_nothing_to_all(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Words.\n\n" * 500)
    shares: list[float] = []
    open_copy(tmp_path / name, shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_whoever_hears_of_the_progress_can_stop_it(make_copy: MakeCopy) -> None:
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        open_copy(make_copy(), stop)


class Kept:
    """A cache that keeps everything, and says what it was asked for in vain."""

    def __init__(self) -> None:
        self.kept: dict[str, Text | Declared | Attached] = {}
        self.missed: list[str] = []

    def _of(self, content: str, kind: type[_Parsed]) -> _Parsed | None:
        found = self.kept.get(content)
        if found is None:
            self.missed.append(kind.__name__)
            return None
        assert isinstance(found, kind)
        return found

    def text_of(self, content: str) -> Text | None:
        return self._of(content, Text)

    def keep_text(self, content: str, text: Text) -> None:
        self.kept[content] = text

    def declared_of(self, content: str) -> Declared | None:
        return self._of(content, Declared)

    def keep_declared(self, content: str, declared: Declared) -> None:
        self.kept[content] = declared

    def attached_of(self, content: str) -> Attached | None:
        return self._of(content, Attached)

    def keep_attached(self, content: str, attached: Attached) -> None:
        self.kept[content] = attached

    def missed_now(self) -> list[str]:
        missed, self.missed = self.missed, []
        return missed


def test_a_text_is_parsed_once(tmp_path: Path) -> None:
    cache = Kept()
    words = "# War\n\n" + "It began, and it went on.\n\n" * 50
    for name in ("a.md", "b.md", "a.txt"):
        (tmp_path / name).write_text(words)
    first = open_copy(tmp_path / "a.md", cache=cache)
    again = open_copy(tmp_path / "b.md", cache=cache)
    assert again.text is first.text
    assert again.manifest.id == first.manifest.id
    # The same words as plain text are another text.
    plain = open_copy(tmp_path / "a.txt", cache=cache)
    assert plain.text.string.startswith("# War")
    (tmp_path / "a.md").write_text(words + "And on.")
    assert open_copy(tmp_path / "a.md", cache=cache).text.string.endswith("And on.")


def test_of_a_copy_only_what_was_changed_is_parsed_again(make_copy: MakeCopy) -> None:
    cache = Kept()
    folder = make_copy(annotations=annotated())
    first = open_copy(folder, cache=cache)
    assert cache.missed_now() == ["Declared", "Text", "Attached"]
    assert open_copy(folder, cache=cache) == first
    assert cache.missed_now() == []
    annotations = folder / "annotations.yaml"
    annotations.write_text(annotated("title: New\n    terms: [war]"))
    changed = open_copy(folder, cache=cache)
    assert cache.missed_now() == ["Attached"]
    assert changed == open_copy(folder)
    assert changed != first
    annotations.unlink()
    assert open_copy(folder, cache=cache).annotations == ()


def test_what_is_amiss_is_told_of_a_copy_that_was_parsed_before(make_copy: MakeCopy) -> None:
    cache = Kept()
    folder = make_copy("# War\n\n![A map](figures/map.png)\n\n[Words](#nowhere).")
    (folder / "figures").mkdir(exist_ok=True)
    before = open_copy(folder, cache=cache)
    assert {problem.code for problem in before.problems} >= {"no-picture", "dead-link"}
    assert open_copy(folder, cache=cache).problems == before.problems == open_copy(folder).problems
    # Pictures come and go without the files that name them.
    (folder / "figures" / "map.png").write_bytes(PNG)
    after = open_copy(folder, cache=cache)
    assert "no-picture" not in {problem.code for problem in after.problems}


def test_annotations_that_cannot_be_read_are_no_missing_ones(make_copy: MakeCopy) -> None:
    cache = Kept()
    folder = make_copy(annotations=annotated())
    file = folder / "annotations.yaml"
    file.unlink()
    assert open_copy(folder, cache=cache).problems == ()
    file.write_bytes(b"\xff\xfe\x00")
    assert [problem.code for problem in open_copy(folder, cache=cache).problems] == ["unreadable"]
    file.unlink()
    assert open_copy(folder, cache=cache).problems == ()


def test_a_copy_can_be_opened_while_another_lies_beside_it(make_copy: MakeCopy) -> None:
    folder = make_copy(annotations=annotated())
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    assert open_copy(twin).manifest.id == open_copy(folder).manifest.id
