"""What was measured, as it is kept in a file: every single value, and what could not be had."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from reader.atomic import write_atomically


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what it is, of whom or of what, at which size; seconds, or bytes of memory."""

    what: str
    who: str
    size: str
    value: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What could not be had, and why; an empty size or `what` stands for all."""

    who: str
    size: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Some values of the same: the middle one, the least and the most."""

    middle: float
    least: float
    most: float
    count: int


@dataclass
class Results:
    """The results of one part of a run. `facts` are what tables tell besides values."""

    part: str
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    def add(self, what: str, who: str, size: str, value: float) -> None:
        """Keep a value."""
        self.values.append(Value(what, who, size, value))

    def miss(self, who: str, size: str, what: str, why: str) -> None:
        """Keep that something could not be had, once for each time."""
        self.missing.append(Missing(who, size, what, why))

    def say(self, about: str, name: str, fact: Any) -> None:
        """Keep a fact, such as the version of a program."""
        self.facts.setdefault(about, {})[name] = fact

    def fact(self, about: str, name: str, default: Any = "") -> Any:
        """A fact that was kept."""
        return self.facts.get(about, {}).get(name, default)

    def spread(self, what: str, who: str, size: str) -> Spread | None:
        """The values of the same; None where there is none."""
        wanted = (what, who, size)
        found = [each.value for each in self.values if (each.what, each.who, each.size) == wanted]
        return Spread(median(found), min(found), max(found), len(found)) if found else None

    def missed(self, what: str, who: str, size: str) -> list[str]:
        """Why something could not be had, once for each time."""
        return [
            each.why
            for each in self.missing
            if each.who == who and each.what in ("", what) and each.size in ("", size)
        ]

    def names(self, of: str) -> list[str]:
        """The `who` or `size` of all values, in the order in which they came."""
        return list(dict.fromkeys(getattr(each, of) for each in self.values))

    def write(self, file: Path) -> None:
        """Write it all as JSON."""
        words = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        write_atomically(file, words.encode("utf-8"))

    @classmethod
    def read(cls, file: Path) -> Results:
        """Read what was written."""
        kept = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            kept["part"],
            kept["facts"],
            [Value(**each) for each in kept["values"]],
            [Missing(**each) for each in kept["missing"]],
        )
