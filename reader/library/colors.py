"""What the reader means by each colour."""

from __future__ import annotations

from reader.annotations.marks import Color
from reader.library.connections import Database, as_text


class Colors:
    """Reads and writes the names of colours."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> dict[Color, str]:
        """The names of those that have one, in the order of the colours."""
        with self._database.reading() as connection:
            named = dict(connection.execute("SELECT color, name FROM colors"))
        return {color: named[color] for color in Color if color in named}

    def name(self, color: Color, name: str) -> None:
        """Name a colour; an empty name takes its name away."""
        with self._database.writing() as connection:
            if name:
                connection.execute(
                    "INSERT INTO colors (color, name) VALUES (?, CAST(? AS TEXT)) "
                    "ON CONFLICT (color) DO UPDATE SET name = excluded.name",
                    (color, as_text(name)),
                )
            else:
                connection.execute("DELETE FROM colors WHERE color = ?", (color,))
