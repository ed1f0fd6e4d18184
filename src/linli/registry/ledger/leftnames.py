"""Columns of names that nobody was read from: said aloud, so that no resident is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable

from linli.registry.ledger.content import share, told
from linli.registry.ledger.headers import field_of, normal_header
from linli.registry.ledger.listed import all_names_in
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView, Problem
from linli.registry.ledger.tables import Table
from linli.registry.ledger.text import Value

_MOSTLY = 0.5
_VARIED = 0.3
_KNOWN = 0.2
_FEW = 3
_SHOWN = 3


def names_left_out(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> Iterable[Problem]:
    """Yield a problem for each column that is headed like residents' names, holds names, and was not read."""
    read = [column for column in columns if column.field in ("name", "head_name", "landlord_name")]
    left = [column for column in columns if column.field in ("", "other") and _is_headed_like_names(column)]
    if not left:
        return
    known = set().union(*(all_names_in(_values(grid, table, column)) for column in read))
    for column in left:
        values = told(_values(grid, table, column))
        names = all_names_in(values)
        few = len(names) < _FEW or len(names) < len(values) * _VARIED
        if few or share("name", values) < _MOSTLY or len(names & known) > len(names) * _KNOWN:
            continue
        row = grid.number(table.header_rows[-1] if table.header_rows else table.first)
        some = "、".join(sorted(names)[:_SHOWN])
        yield Problem(grid.name, row, "row_not_understood", f"{column.letter} {column.header}：{some}… ×{len(names)}")


def _is_headed_like_names(column: ColumnView) -> bool:
    """Tell whether a column's header names residents, or nothing that is known."""
    return field_of(normal_header(column.header.rpartition("/")[2])) in ("name", "head_name", None)


def _values(grid: Grid, table: Table, column: ColumnView) -> list[Value]:
    return [row[column.index] for row in grid.rows[table.first : table.end] if column.index < len(row)]
