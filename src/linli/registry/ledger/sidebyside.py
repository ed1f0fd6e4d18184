"""Sheets printed in two or more columns: the same table again and again beside itself, read as one below another."""

from __future__ import annotations

import re

from linli.registry.ledger.headers import field_of, normal_header
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.tables import is_header
from linli.registry.ledger.text import Value, clean

_FIRST_ROWS = 30
_NAMES = frozenset(("name", "head_name", "landlord_name", "contact_name"))
_ROLES = re.compile(r"户主|成员|房东|业主|租|配偶|子女|人员")


def side_by_side(grid: Grid) -> list[Grid]:
    """Return the parts of a sheet whose header repeats itself exactly to the right, left to right; else the sheet."""
    header = next((index for index, row in enumerate(grid.rows[:_FIRST_ROWS]) if is_header(row)), None)
    if header is None:
        return [grid]
    spans = _spans([normal_header(clean(value)) for value in grid.rows[header]])
    if len(spans) < 2 or (header > 0 and any(_ROLES.search(clean(value)) for value in grid.rows[header - 1][1:])):
        return [grid]
    return [_part(grid, header, start, end) for start, end in spans]


def _spans(labels: list[str]) -> list[tuple[int, int]]:
    """Return the column ranges in which labels of the same fields repeat; none where anything is left over."""
    first = next((label for label in labels if label), "")
    labels = [field_of(label) or label for label in labels]
    first = field_of(first) or first
    starts = [index for index, label in enumerate(labels) if label == first]
    pieces = [_trimmed(labels[a:b]) for a, b in zip(starts, [*starts[1:], len(labels)], strict=True)]
    if len(pieces) < 2 or any(piece != pieces[0] for piece in pieces):
        return []
    named = not _NAMES.isdisjoint(pieces[0]) and len(pieces[0]) > 1
    return [(start, start + len(pieces[0])) for start in starts] if named else []


def _trimmed(labels: list[str]) -> list[str]:
    end = max((index + 1 for index, label in enumerate(labels) if label), default=0)
    return labels[:end]


def _part(grid: Grid, header: int, start: int, end: int) -> Grid:
    rows: list[list[Value]] = [_cut(row, start, end) for row in grid.rows]
    for index, row in enumerate(grid.rows[:header]):
        cells = [value for value in row if value not in ("", None)]
        if len(cells) == 1:
            rows[index][0] = cells[0]
    for top, left, _, right in grid.merges:
        if left < start <= right and top < len(rows):
            rows[top][0] = grid.rows[top][left]
    merges = [
        (top, max(left, start) - start, bottom, min(right, end - 1) - start)
        for top, left, bottom, right in grid.merges
        if left < end and right >= start
    ]
    return Grid(grid.name, rows, merges, grid.hidden, grid.numbers)


def _cut(row: list[Value], start: int, end: int) -> list[Value]:
    cut = row[start:end]
    return cut + [""] * (end - start - len(cut))
