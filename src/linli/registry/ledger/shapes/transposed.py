"""Tables on their side: a field a row, its name in front, and a person a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linli.registry.ledger.headers import field_of, is_usual, normal_header
from linli.registry.ledger.listed import people_in
from linli.registry.ledger.reading.grid import Grid, Range
from linli.registry.ledger.shapes.written import beside_all, padded
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.tables import is_header
from linli.registry.ledger.text import Value, clean

_NAMES = ("name", "head_name")
_OF_WORDS = frozenset(("relation", "category", "occupancy", "remarks", "care_flag", "other"))
_LEAST_FIELDS = 3
_MOSTLY = 0.6


@dataclass(slots=True)
class _Block:
    """Rows that each tell one field of the same people, by their places in the sheet."""

    rows: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    @property
    def names(self) -> int | None:
        return next((row for row, name in zip(self.rows, self.fields, strict=True) if name in _NAMES), None)


def transposed_as_rows(grid: Grid) -> Grid | None:
    """Turn a table that lies on its side; None where the sheet holds anything else of people."""
    column = min((_first_told(row) for row in grid.rows if any(map(clean, row))), default=0)
    blocks = _blocks(grid, column)
    if not blocks or not all(_lies_on_its_side(grid, column, block) for block in blocks):
        return None
    told = {row for block in blocks for row in block.rows}
    if any(is_header(row) for index, row in enumerate(grid.rows) if index not in told):
        return None
    rows: list[list[Value]] = []
    numbers: list[int] = []
    merges: list[Range] = []
    for index, row in enumerate(grid.rows):
        block = next((block for block in blocks if block.rows[0] == index), None)
        if block is not None:
            merges += _turned_merges(grid, block, column, len(rows))
            turned = _turned(grid, block, column)
            rows += turned
            numbers += [grid.number(block.names or 0)] * len(turned)
        elif index not in told and any(map(clean, row)) and not _is_left_blank(row, column):
            rows.append(beside_all(blocks[0].rows, " ".join(text for text in map(clean, row) if text)))
            numbers.append(grid.number(index))
    return Grid(grid.name, padded(rows), merges, grid.hidden, tuple(numbers))


def _is_left_blank(row: list[Value], column: int) -> bool:
    """Tell whether a row names a field and says nothing of anybody."""
    return not any(map(clean, row[column + 1 :])) and field_of(normal_header(clean(row[column]))) is not None


def _first_told(row: Sequence[Value]) -> int:
    return next(column for column, value in enumerate(row) if clean(value))


def _blocks(grid: Grid, column: int) -> list[_Block]:
    """Return runs of rows that begin with the name of a field; a field that comes again begins another."""
    blocks: list[_Block] = []
    for index, row in enumerate(grid.rows):
        label = normal_header(clean(row[column])) if column < len(row) else ""
        name = field_of(label)
        if name is None or not any(map(clean, row[column + 1 :])):
            continue
        if not blocks or (name in blocks[-1].fields and name != "other" and _repeats(grid, blocks[-1], column, label)):
            blocks.append(_Block())
        blocks[-1].rows.append(index)
        blocks[-1].fields.append(name)
    return blocks


def _repeats(grid: Grid, block: _Block, column: int, label: str) -> bool:
    return any(normal_header(clean(grid.rows[row][column])) == label for row in block.rows)


def _lies_on_its_side(grid: Grid, column: int, block: _Block) -> bool:
    """Tell whether one row of a block holds names, and none holds names of fields behind the first."""
    if block.names is None or len(set(block.fields)) < _LEAST_FIELDS:
        return False
    wordless = [row for row, name in zip(block.rows, block.fields, strict=True) if name not in _OF_WORDS]
    behind = [clean(value) for row in wordless for value in grid.rows[row][column + 1 :]]
    if any(is_usual(normal_header(text)) and not is_like_a_name(text) for text in behind if text):
        return False
    names = [text for text in map(clean, grid.rows[block.names][column + 1 :]) if text]
    return sum(is_like_a_name(name) or bool(people_in(name)) for name in names) > len(names) * _MOSTLY


def _turned(grid: Grid, block: _Block, column: int) -> list[list[Value]]:
    """Return a header and one row for each column of a block in which anything stands."""
    cells = [grid.rows[row] for row in block.rows]
    people = [[row[at] if at < len(row) else "" for row in cells] for at in range(column, grid.width)]
    return [people[0], *people[1:]]


def _turned_merges(grid: Grid, block: _Block, column: int, top: int) -> list[Range]:
    places = {row: place for place, row in enumerate(block.rows)}
    return [
        (top + left - column, places[row], top + right - column, places[row])
        for row, _, left, right in ((first, last, left, right) for first, left, last, right in grid.merges)
        if row in places and left > column and right > left
    ]
