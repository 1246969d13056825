"""Lists that are written a part at a time."""

from __future__ import annotations

import json

import pytest

from reader.library import json_parts


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1700])
def test_what_is_written_is_read_again(count: int) -> None:
    lists: dict[str, list[object]] = {
        "rows": [[number, f"Würde\u2028 “{number}”\n", None, [number]] for number in range(count)],
        "others": ["a"] * (count // 3),
    }
    data = json_parts.encode(lists)
    assert json_parts.decode(data, ("rows", "others")) == lists
    assert max(map(len, data.splitlines()), default=0) < 40_000


@pytest.mark.parametrize("data", [b"{}", b"[1", b'["rows"]', b'["names", []]', b'["rows", 3]'])
def test_what_is_no_such_thing_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        json_parts.decode(data, ("rows",))


def test_a_surrogate_by_itself_is_kept() -> None:
    lists = {"rows": ["\ud800"]}
    data = json_parts.encode(lists)
    assert json.loads(data) == ["rows", ["\ud800"]]
    assert json_parts.decode(data, ("rows",)) == lists
