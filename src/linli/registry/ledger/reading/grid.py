"""A sheet as a plain grid of values, however its file stores them."""

from __future__ import annotations

from dataclasses import dataclass

from linli.registry.ledger.text import Value

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Grid:
    """One sheet: `rows[0]` is row 1. `merges` are (top, left, bottom, right), 0-based and inclusive.

    `numbers` say which row of the sheet each row was, where they were written out anew.
    """

    name: str
    rows: list[list[Value]]
    merges: list[Range]
    hidden: bool = False
    numbers: tuple[int, ...] = ()

    def number(self, index: int) -> int:
        """Return the 1-based row as the spreadsheet shows it."""
        return self.numbers[index] if self.numbers else index + 1

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(slots=True)
class Book:
    """All sheets of one file, with what kind of file it was and how its text was encoded."""

    kind: str
    grids: list[Grid]
    encoding: str = ""
    replaced: int = 0
