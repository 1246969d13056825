"""The author's reference tells of every field what the program goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotations import fields

REFERENCE = Path(__file__).parents[2] / "docs" / "copies.md"


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("## document.yaml", fields.DOCUMENT),
        ("## annotations.yaml", fields.ANNOTATION),
        ("### target", fields.TARGET),
        ("### chart", fields.CHART),
        ("### image", fields.IMAGE),
    ],
)
def test_the_reference_lists_exactly_these_fields(heading: str, table: fields.Fields) -> None:
    section = REFERENCE.read_text("utf-8").split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{name}` | {field.form} | {'**needed.** ' if field.required else ''}{field.about} |"
        for name, field in table.items()
    ]
