"""Names in two columns, 姓 and 名: written together, so that the table has one column of names."""

from __future__ import annotations

from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.text import Value, clean

_SURNAMES = frozenset("姓 姓氏 surname lastname familyname 英文姓".split())
_GIVEN = frozenset("名 名字 名称 givenname firstname forename 英文名".split())
_FIRST_ROWS = 30
_MOSTLY = 0.5


def with_whole_names(grid: Grid) -> Grid:
    """Return the sheet with 姓 and 名 side by side written as one column, the other left blank; else itself."""
    pairs = [pair for index in range(min(len(grid.rows), _FIRST_ROWS)) for pair in _pairs(grid, index)]
    if not pairs:
        return grid
    rows = [list(row) for row in grid.rows]
    for header, surname, given in pairs:
        rows[header][surname], rows[header][given] = "", "姓名"
        for row in rows[header + 1 :]:
            if max(surname, given) < len(row):
                _join(row, surname, given)
    return Grid(grid.name, rows, grid.merges, grid.hidden, grid.numbers)


def _pairs(grid: Grid, header: int) -> list[tuple[int, int, int]]:
    labels = [normal_header(clean(value)) for value in grid.rows[header]]
    beside = [*zip(range(len(labels) - 1), range(1, len(labels)), strict=True)]
    pairs = [pair for one, other in beside for pair in ((one, other), (other, one))]
    return [
        (header, surname, given)
        for surname, given in pairs
        if labels[surname] in _SURNAMES and labels[given] in _GIVEN and not _is_whole(grid, header, surname, given)
    ]


def _is_whole(grid: Grid, header: int, surname: int, given: int) -> bool:
    """Tell whether the names beside the surnames begin with them already."""
    told = [
        (clean(row[surname]), clean(row[given])) for row in grid.rows[header + 1 :] if max(surname, given) < len(row)
    ]
    both = [(before, name) for before, name in told if before and name]
    return sum(name.startswith(before) and len(name) > len(before) for before, name in both) > len(both) * _MOSTLY


def _join(row: list[Value], surname: int, given: int) -> None:
    before, name = clean(row[surname]), clean(row[given])
    if _is_a_heading(before, name):
        row[surname], row[given] = "", "姓名"
    elif before or name:
        latin = before.isascii() and name.isascii()
        row[surname], row[given] = "", f"{name} {before}".strip() if latin else before + name


def _is_a_heading(before: str, name: str) -> bool:
    """Tell whether a row repeats the two headers."""
    return normal_header(before) in _SURNAMES and normal_header(name) in _GIVEN
