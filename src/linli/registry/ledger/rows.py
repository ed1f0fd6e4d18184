"""Rows of one table: merged cells filled, ditto marks resolved, one row for each person a line names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linli.registry.ledger.blocks import read_line
from linli.registry.ledger.choices import chosen, codes_in, codes_told
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.kinds import kind_of
from linli.registry.ledger.listed import one_person_each
from linli.registry.ledger.owners import are_for_tenants, seat_head, seat_owner
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView
from linli.registry.ledger.relatives import relation_in
from linli.registry.ledger.row import Row
from linli.registry.ledger.seats import ADDRESS_FIELDS, Seats
from linli.registry.ledger.tables import Table
from linli.registry.ledger.text import Value, clean, is_ditto, is_nothing, visible

_FILLED_DOWN = frozenset(
    (*ADDRESS_FIELDS, "landlord", "landlord_name", "landlord_phone", "hukou_division", "category", "phone")
) | {"household_number", "occupancy", "head_name", "head_id", "head_phone", "landlord_id"}
_NEVER_DITTO = frozenset(("name", "id_number", "sequence"))
_CODED = frozenset(("category", "occupancy", "sex", "relation", "id_kind", "remarks"))
_UNUSED = frozenset(("", "other", "age"))


def rows_of(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> Iterator[Row]:
    """Yield every row below the table's header that is not blank, with its kind."""
    _fill_merged(grid, table, columns)
    seats, for_tenants = Seats(columns), are_for_tenants(columns)
    above: dict[int, Value] = {}
    legend = codes_told(_lone_texts(grid))
    head = ""
    for index in range(table.first, table.end):
        for named in seats.taken(grid.rows[index]):
            row = _row(grid, index, named, above, legend)
            if row is None:
                continue
            head = seat_head(row, head)
            seat_owner(row, for_tenants=for_tenants)
            row.line = read_line(row)
            row.kind = kind_of(row, index - table.first)
            yield from one_person_each(row)
            if row.kind != "person":
                break


def _fill_merged(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> None:
    """Write the value of cells merged downwards into each of their rows, where it is true of each row."""
    fields = {column.index: column.field for column in columns}
    for top, left, bottom, _right in grid.merges:
        if bottom == top or not table.first <= top < table.end or fields.get(left) not in _FILLED_DOWN:
            continue
        value = grid.rows[top][left]
        for index in range(top + 1, min(bottom + 1, len(grid.rows))):
            if grid.rows[index][left] in ("", None):
                grid.rows[index][left] = value


def _lone_texts(grid: Grid) -> Iterator[str]:
    """Yield what stands alone in its row: titles, notes, legends."""
    for cells in grid.rows:
        told = [value for value in cells if value not in ("", None)]
        if len(told) == 1 and isinstance(told[0], str):
            yield told[0]


def _row(
    grid: Grid, index: int, columns: list[ColumnView], above: dict[int, Value], legend: dict[str, dict[str, str]]
) -> Row | None:
    values = grid.rows[index]
    row = Row(grid.name, grid.number(index))
    for column in columns:
        value = values[column.index] if column.index < len(values) else ""
        text = clean(value) if value != "" else ""
        if not text:
            continue
        row.told.append(text)
        if is_ditto(text) and column.field not in _NEVER_DITTO:
            value = above.get(column.index, "")
            text = clean(value)
        above[column.index] = value
        word = _word(column, text, legend)
        if word != text:
            value = text = word
        _put(row, column, value, text)
    if "name" not in row.texts and "head_name" in row.texts and any(column.member for column in columns):
        row.cells["name"], row.texts["name"] = row.cells["head_name"], row.texts["head_name"]
    _relate(row, columns)
    return row if row.told else None


def _word(column: ColumnView, text: str, legend: dict[str, dict[str, str]]) -> str:
    """Return the word that a cell stands for: of boxes the ticked one, of a code what the header or a legend says."""
    if column.field in _CODED and len(text) == 1:
        codes = codes_in(column.header) or legend.get(column.field, {})
        return codes.get(text, text)
    return chosen(text)


def _relate(row: Row, columns: list[ColumnView]) -> None:
    """Give the relation that the header of a name tells, where the row has no other: 配偶姓名 names a spouse."""
    if "name" not in row.texts or "relation" in row.texts:
        return
    fields = {column.field: column for column in reversed(columns)}
    named = fields.get("name") or fields.get("head_name")
    relation = _relation_of(named.header) if named else ""
    if relation:
        row.cells["relation"], row.texts["relation"] = [relation], relation


@lru_cache(maxsize=1024)
def _relation_of(header: str) -> str:
    group, _, own = header.rpartition("/")
    return relation_in(normal_header(group if own in ("姓名", "名字") and group else header))


def _put(row: Row, column: ColumnView, value: Value, text: str) -> None:
    """Keep a cell under its field; one that only says that there is nothing is left out."""
    if column.field == "care_flag":
        row.flagged_words.append((column.header.rsplit("/", 1)[-1], text))
    elif not is_nothing(text):
        if column.header and (column.field in _UNUSED or column.field == "landlord_id"):
            row.extra.append((column.header, visible(value)))
        name = "unnamed" if column.field in _UNUSED else column.field
        row.cells.setdefault(name, []).append(value)
        row.texts.setdefault(name, text)
