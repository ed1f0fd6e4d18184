"""What the child process is asked to write: cells by sheet, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

FILLING_SECONDS = 300
"""60,000 rows take five seconds; a machine that does much else at once may need longer."""

Value = str | int | float | date | None

TEXT, NUMBER, DATE, KEPT = "text", "number", "date", "kept"
"""How a column is written; KEPT leaves what the agency put there, a formula for instance."""


@dataclass(slots=True)
class SheetFill:
    """The rows of one sheet and the cells around them; all rows and columns count from 1, as they are in the blank form."""

    name: str
    first: int
    last: int
    style_row: int
    header_row: int
    columns: dict[int, str]
    """How each column that is filled is written."""
    rows: list[tuple[Value, ...]]
    """The values in the order of `columns`."""
    cells: list[tuple[int, int, Value]] = field(default_factory=list)
    """Single cells outside the rows, overwritten."""
    totals: dict[int, Value] = field(default_factory=dict)
    total_row: int = 0


@dataclass(slots=True)
class Reading:
    """A form to be read; one that is no .xlsx is built anew as `rebuilt`."""

    source: str
    rebuilt: str


@dataclass(slots=True)
class Filling:
    """A copy of a form to be made."""

    source: str
    target: str
    sheets: list[SheetFill]
