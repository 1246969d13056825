"""Templates: those that come with the program, a user's own, and what can be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.exchange.errors import ExchangeError, TemplateError
from reader.exchange.templates import (
    PRESETS,
    NotesTemplate,
    copy_template,
    load_template,
    templates_in,
)

WHOLE = """{% macro head(document, tags, exported) %}H{% endmacro %}
{% macro heading(level, title) %}{{ level }} {{ title }}{% endmacro %}
{% macro entry(mark) %}BODY{% endmacro %}
"""


def own(folder: Path, source: str, name: str = "mine") -> Path:
    path = folder / f"{name}.md.j2"
    path.write_text(source, "utf-8")
    return path


def test_the_presets_are_there_and_nothing_else(templates: Path) -> None:
    assert sorted(templates_in(templates)) == sorted(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_used(name: str, templates: Path) -> None:
    assert load_template(name, templates).name == name


def test_a_users_template_stands_for_the_one_of_the_same_name(
    tmp_path: Path, templates: Path
) -> None:
    own(tmp_path, WHOLE, "markdown")
    own(tmp_path, WHOLE, "mine")
    assert load_template("markdown", templates, tmp_path).head() == "H"
    assert load_template("mine", templates, tmp_path).heading(level=2, title="x") == "2 x"
    assert load_template("obsidian", templates, tmp_path).heading(level=2, title="x") == "## x"


def test_a_template_is_copied_to_be_changed_and_never_over_the_users(
    tmp_path: Path, templates: Path
) -> None:
    path = copy_template("obsidian", templates, tmp_path / "templates")
    assert path.read_bytes() == (templates / "obsidian.md.j2").read_bytes()
    path.write_text(WHOLE, "utf-8")
    assert copy_template("obsidian", templates, tmp_path / "templates") == path
    assert path.read_text("utf-8") == WHOLE


def test_a_copy_may_have_a_name_of_its_own(tmp_path: Path, templates: Path) -> None:
    path = copy_template("obsidian", templates, tmp_path, "mine")
    assert path.name == "mine.md.j2"
    own(tmp_path, WHOLE, "mine")
    again = copy_template("mine", templates, tmp_path, "mine too")
    assert again.read_text("utf-8") == WHOLE


def test_what_is_still_being_written_is_used_instead_of_the_file(tmp_path: Path) -> None:
    path = own(tmp_path, WHOLE)
    assert NotesTemplate(path, WHOLE.replace("}H{", "}NEW{")).head() == "NEW"
    with pytest.raises(TemplateError, match="line 3: ") as caught:
        NotesTemplate(path, WHOLE.replace("BODY", "{{ nothing.at.all }}")).entry(mark=1)
    assert caught.value.line == 3
    assert path.read_text("utf-8") == WHOLE


def test_a_template_that_is_not_there_is_named_with_those_that_are(templates: Path) -> None:
    with pytest.raises(ExchangeError, match="no template “nix”; there is: markdown, obsidian"):
        load_template("nix", templates)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (WHOLE.replace("BODY", "\n\n{% if %}"), 5),
        (WHOLE.replace("BODY", "{{ mark.quote | nofilter }}"), 3),
        (WHOLE + "\n{% bogus %}", 5),
    ],
)
def test_a_template_that_cannot_be_read_is_told_with_file_and_line(
    source: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(ExchangeError, match=rf"“mine\.md\.j2”, line {line}: ") as caught:
        NotesTemplate(own(tmp_path, source))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "{{ mark.nothing }}",
        "{{ mark.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 1 / 0 }}",
        "{% for i in range(10 ** 9) %}{% endfor %}",
        "{% include 'other' %}",
        "{{ mark.tags.append(1) }}",
    ],
)
def test_what_goes_wrong_in_a_template_is_told_with_file_and_line(
    body: str, tmp_path: Path
) -> None:
    template = NotesTemplate(own(tmp_path, WHOLE.replace("BODY", f"\n\n{body}")))
    with pytest.raises(ExchangeError, match=r"“mine\.md\.j2”, line 5: ") as caught:
        template.entry(mark=type("Mark", (), {"tags": []})())
    assert "\n" not in str(caught.value)


def test_a_template_without_one_of_its_macros_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="has no macro `entry`"):
        NotesTemplate(own(tmp_path, WHOLE.replace("entry", "entri")))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b" " * 300_000], ids=["not UTF-8", "too large"])
def test_a_file_that_is_no_template_is_refused(data: bytes, tmp_path: Path) -> None:
    path = own(tmp_path, "")
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=r"mine\.md\.j2"):
        NotesTemplate(path)


def test_jinja_is_not_imported_before_it_is_needed() -> None:
    import subprocess
    import sys

    code = (
        "import sys, reader.exchange.notes, reader.exchange.saving, reader.exchange.page; "
        "sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
