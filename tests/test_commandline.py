"""The command line, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import __version__, app
from reader.__main__ import main
from reader.app import Start
from reader.locations import user_folders

ROOT = Path(__file__).parents[1]
SHIPPED = sorted((ROOT / "content").iterdir())

DOCUMENT = "format: 1\nid: urn:uuid:1\ntitle: “Die Straße” — 𝒜\ntext: article.md\nlanguage: de\n"

Output = pytest.CaptureFixture[str]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    folder = tmp_path / "sound"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "article.md").write_text("# Krieg\n\nEin Krieg.\n\n## Folgen\n", "utf-8")
    (folder / "annotations.yaml").write_text(
        "annotations:\n  - {id: krieg, kind: event, terms: [Krieg]}\n", "utf-8"
    )
    return folder


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "article.md").write_text("A [war](#nowhere).\n", "utf-8")
    (folder / "annotations.yaml").write_text(
        "annotations:\n  - id: war\n    kind: evnt\n"
        "  - id: b\n    kind: event\n    terms: [truce]\n",
        "utf-8",
    )
    return folder


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process that has nothing of this one's settings."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "HOME") if key in os.environ}
    return {**kept, "PYTHONIOENCODING": "utf-8", **more}


def run(*arguments: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = ["-c", code] if code else ["-m", "reader"]
    return subprocess.run(
        [sys.executable, *command, *map(str, arguments)],
        cwd=ROOT,
        env=surroundings(**environment),
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Start]:
    """Calls the program and tells what it would open a window with."""

    def call(*arguments: str) -> Start:
        starts: list[Start] = []

        def show(start: Start) -> int:
            starts.append(start)
            return 7

        monkeypatch.setattr(app, "run", show)
        assert main(arguments) == 7, "the window's exit status is the program's"
        (start,) = starts
        return start

    return call


# check


def test_check_says_nothing_of_what_is_sound(sound: Path, capsys: Output) -> None:
    assert main(["check", str(sound)]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_has_one_line_for_each_problem(faulty: Path, capsys: Output) -> None:
    assert main(["check", str(faulty)]) == 1
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.splitlines() == [
        f"{faulty / 'annotations.yaml'}:3: “evnt” is no kind. Use one of definition, person, "
        "place, organisation, event, figure, reference, question.",
        f"{faulty / 'annotations.yaml'}:6: The term “truce” of “b” is not in the text. Write it "
        "as it stands there, or remove it. `i:` before it ignores capitals.",
        f"{faulty / 'article.md'}:1: A link leads to “nowhere”, which is no annotation. Add it to "
        "annotations.yaml, or mend the link.",
    ]


def test_check_names_files_as_they_can_be_opened_from_here(
    faulty: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(faulty.parent)
    main(["check", "faulty"])
    assert capsys.readouterr().out.startswith(f"{Path('faulty', 'annotations.yaml')}:3: ")
    main(["check", str(Path("faulty", "article.md"))])
    assert capsys.readouterr().out.startswith(f"{Path('faulty', 'article.md')}:1: ")
    monkeypatch.chdir(faulty)
    for name in (".", "document.yaml"):
        main(["check", name])
        assert capsys.readouterr().out.startswith("annotations.yaml:3: ")


def test_check_takes_several_copies_and_goes_on_after_one_that_cannot_be_opened(
    sound: Path, faulty: Path, capsys: Output
) -> None:
    missing = faulty / "missing.md"
    assert main(["check", str(missing), str(sound), str(faulty)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        f"{missing}: There is no “missing.md” in {faulty}; check the name, or open another file."
    )
    assert len(lines) == 4
    assert main(["check", str(sound), str(sound)]) == 0


def test_check_as_json(sound: Path, faulty: Path, capsys: Output) -> None:
    assert main(["check", "--json", str(sound), str(faulty), str(faulty / "x")]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert [(p["file"], p["line"], p["code"]) for p in problems] == [
        (str(faulty / "annotations.yaml"), 3, "unknown-kind"),
        (str(faulty / "annotations.yaml"), 6, "term-not-found"),
        (str(faulty / "article.md"), 1, "dead-link"),
        (str(faulty / "x"), 0, "cannot-open"),
    ]
    assert list(problems[0]) == ["file", "line", "code", "message", "advice"]
    assert main(["check", str(sound), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_finds_nothing_in_what_is_shipped() -> None:
    done = run("check", *SHIPPED)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# inspect


def test_inspect_as_json(sound: Path, capsys: Output) -> None:
    assert main(["inspect", str(sound), "--json"]) == 0
    output = capsys.readouterr()
    described = json.loads(output.out)
    assert output.err == ""
    assert described["title"] == "“Die Straße” — 𝒜"
    assert described["sections"] == [
        {"level": 1, "title": "Krieg", "start": 0},
        {"level": 2, "title": "Folgen", "start": 17},
    ]
    assert described["annotations"][0]["mentions"] == [[0, 5], [10, 15]]


def test_inspect_for_people(sound: Path, capsys: Output) -> None:
    assert main(["inspect", str(sound)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "“Die Straße” — 𝒜"
    assert lines[1].startswith("urn:uuid:1, sha256:")
    assert lines[2:] == [
        "23 code points, 3 blocks",
        "  Krieg",
        "    Folgen",
        "event         krieg (2 mentions)",
    ]


@pytest.mark.parametrize("job", ["inspect", "check"])
@pytest.mark.parametrize("name", ["missing.md", "missing", "empty.txt", "binary.md"])
def test_a_copy_that_cannot_be_opened_is_one_sentence(tmp_path: Path, job: str, name: str) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.md").write_bytes(bytes(100))
    done = run(job, tmp_path / name)
    assert done.returncode == 1
    said, other = (done.stderr, done.stdout) if job == "inspect" else (done.stdout, done.stderr)
    assert other == ""
    assert f"“{name}”" in said
    assert said.endswith(".\n")
    assert said.count("\n") == 1


# The window's options


def test_nothing_named_leaves_the_choice_to_the_window(start: Callable[..., Start]) -> None:
    assert start() == Start()


def test_every_option_reaches_the_window(start: Callable[..., Start]) -> None:
    assert start(
        *("some/copy", "--home", "mine", "--screenshot", "window.png"),
        *("--size", "1360x880", "--theme", "sepia", "--at", "operation-spiderweb"),
    ) == Start(
        copy=Path("some/copy"),
        home=Path("mine"),
        screenshot=Path("window.png"),
        size=(1360, 880),
        theme="sepia",
        at="operation-spiderweb",
    )


@pytest.mark.parametrize(
    ("arguments", "copy", "at"),
    [
        (["./check"], "check", None),
        (["--at", "check"], None, "check"),
        (["--at", "inspect", "some/copy"], "some/copy", "inspect"),
        (["some/copy", "--at", "check"], "some/copy", "check"),
        (["--", "check"], "check", None),
    ],
)
def test_only_the_first_word_is_a_job(
    start: Callable[..., Start], arguments: list[str], copy: str | None, at: str | None
) -> None:
    called = start(*arguments)
    assert (called.copy, called.at) == (Path(copy) if copy else None, at)


@pytest.mark.parametrize("size", ["1360x880", "1360X880", "200x200", "10000x10000"])
def test_sizes(start: Callable[..., Start], size: str) -> None:
    width, height = size.lower().split("x")
    assert start("--size", size).size == (int(width), int(height))


@pytest.mark.parametrize(
    "size",
    [
        *("", "x", "1360", "1360x", "x880", "1360×880", "-1x880", "1.5x880", "axb", "199x880"),
        *("1360x10001", "²x³", "1x2x3", "١٣٦٠x٨٨٠", " 1360x880", "9" * 5000 + "x880"),
    ],
)
def test_a_wrong_size(size: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        main([f"--size={size}"])
    assert end.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert "--size" in last
    assert "write it as 1360x880" in last or "from 200 to 10000" in last


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--theme", "purple"],
        ["--home"],
        ["one", "two"],
        ["check"],
        ["check", "--nonsense", "x"],
        ["inspect"],
        ["inspect", "one", "two"],
        ["inspect", "x", "--screenshot", "a.png"],
    ],
)
def test_a_wrong_call_ends_with_2_and_says_how_to_call(
    arguments: list[str], capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "run", lambda start: pytest.fail("it went on"))
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("usage: annotated-reader")


@pytest.mark.parametrize("arguments", [["--version"], ["check", "--version"]])
def test_the_version(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    assert capsys.readouterr().out == f"annotated-reader {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["--screenshot", "--theme", "--at", "--home", "check COPY", "inspect COPY"]),
        (["-h"], ["ANNOTATED_READER_HOME"]),
        (["check", "--help"], ["usage: annotated-reader check", "--json", "exit 1"]),
        (["inspect", "-h"], ["usage: annotated-reader inspect", "--json"]),
    ],
)
def test_the_help(arguments: list[str], words: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    output = capsys.readouterr().out
    assert all(word in output for word in words)


# The user's data


def test_the_home_that_is_named_wins_over_the_variable(
    start: Callable[..., Start], home: Path, tmp_path: Path
) -> None:
    assert user_folders(start().home).data == home
    assert user_folders(start("--home", str(tmp_path / "mine")).home).data == tmp_path / "mine"


@pytest.mark.parametrize("before", [True, False])
def test_a_job_takes_a_home_before_and_after_its_name(
    sound: Path, tmp_path: Path, capsys: Output, before: bool
) -> None:
    option, job = ["--home", str(tmp_path / "check")], ["check", str(sound)]
    assert main(option + job if before else job + option) == 0
    assert capsys.readouterr() == ("", "")
    assert not (tmp_path / "check").exists(), "checking keeps nothing"


# Terminals and pipes


@pytest.mark.parametrize("job", ["check", "inspect"])
def test_a_terminal_that_knows_few_letters(sound: Path, faulty: Path, job: str) -> None:
    done = run(
        job,
        sound if job == "inspect" else faulty,
        LANG="C",
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.stderr == ""
    assert done.returncode == (1 if job == "check" else 0)
    assert "\\u201c" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize("lines", [0, 1])
@pytest.mark.parametrize("count", [1, 1_500])
def test_whoever_reads_may_stop_reading(tmp_path: Path, lines: int, count: int) -> None:
    path = tmp_path / "a.md"
    path.write_text("".join(f"[a](#nowhere-{n})\n\n" for n in range(count)), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "check", str(path)],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    for _ in range(lines):
        assert b"nowhere-0" in process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def test_a_program_without_a_terminal(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["check", str(sound)]) == 0


WITHOUT_QT = """
import sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None  # makes `import` raise
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("job", [["check"], ["inspect", "--json"], ["inspect"]])
def test_jobs_do_without_qt(sound: Path, job: list[str]) -> None:
    done = run(*job, sound, code=WITHOUT_QT)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_qt_a_window_says_so_in_one_line(sound: Path) -> None:
    done = run(sound, code=WITHOUT_QT)
    assert done.returncode == 1
    assert done.stderr.startswith("Qt cannot start")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("annotated-reader:open?document=urn:uuid:1&annotation=x", ("urn:uuid:1", "x")),
        ("annotated-reader:open?document=", ("", "")),
        ("annotated-reader:delete?all", ("", "")),
        ("notes.md", None),
    ],
)
def test_a_link_that_is_not_whole_is_no_file(words: str, link: tuple[str, str] | None) -> None:
    from reader.app import Start, _link

    assert _link(Start(copy=Path(words))) == link
