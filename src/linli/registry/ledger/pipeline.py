"""The whole way from a file to a ledger, inside the child process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from linli.registry.ledger.assembly import Entry, assemble
from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.columns import Part, understand_columns
from linli.registry.ledger.kinds import row_says_vacant
from linli.registry.ledger.limits import Limits
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.people import Draft, read_landlord, read_person
from linli.registry.ledger.placing import Placed, Placer, context_of
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.reading.grid import Book, Grid
from linli.registry.ledger.records import ColumnView, Ledger, Problem, SheetView, SkippedRow
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.row import Row
from linli.registry.ledger.rows import rows_of
from linli.registry.ledger.tables import Table, find_tables
from linli.registry.ledger.text import clean, visible


@dataclass(slots=True)
class SheetReading:
    """What one sheet gave."""

    view: SheetView
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_ledger(path: Path, mapping: ColumnMapping, limits: Limits) -> Ledger:
    """Read and understand a ledger in this process. Raises `LedgerRefused`."""
    return understand(read_book(path, limits), mapping)


def understand(book: Book, mapping: ColumnMapping) -> Ledger:
    """Turn the grids of a book into a ledger. Raises `LedgerRefused`."""
    if all(_is_blank(grid) for grid in book.grids):
        raise LedgerRefused("empty")
    shown = _read_sheets([grid for grid in book.grids if not grid.hidden], mapping)
    if any(reading.entries for reading in shown):
        hidden = [_hidden(grid) for grid in book.grids if grid.hidden]
    else:
        hidden = _read_sheets([grid for grid in book.grids if grid.hidden], mapping)
    by_name = {reading.view.name: reading for reading in (*shown, *hidden)}
    readings = [by_name[grid.name] for grid in book.grids]
    entries = [entry for reading in readings for entry in reading.entries]
    _refuse_without_people(book, readings, entries)
    dwellings, flags = assemble(entries)
    problems = [problem for reading in readings for problem in reading.problems]
    if book.replaced:
        problems.append(Problem("", 0, "bytes_replaced", str(book.replaced)))
    if any(not entry.address.compound for entry in entries):
        problems.append(Problem("", 0, "compound_unknown", ""))
    views = tuple(reading.view for reading in readings)
    return Ledger(book.kind, book.encoding, views, dwellings, flags, tuple(problems))


def _refuse_without_people(book: Book, readings: list[SheetReading], entries: list[Entry]) -> None:
    if any(entry.person for entry in entries):
        return
    sheets = "、".join(grid.name or "CSV" for grid in book.grids)
    understood = any(reading.view.role == "ledger" for reading in readings)
    raise LedgerRefused("no_people" if understood else "not_a_ledger", sheets=sheets)


def _is_blank(grid: Grid) -> bool:
    return not any(visible(value) for row in grid.rows for value in row)


def _hidden(grid: Grid) -> SheetReading:
    view = SheetView(grid.name, "hidden", (), (), 0, 0, ())
    return SheetReading(view, problems=[Problem(grid.name, 0, "hidden_sheet", "")])


def _read_sheets(grids: list[Grid], mapping: ColumnMapping) -> list[SheetReading]:
    """Read sheets together: tables with the same header, or equally wide ones without any, are one layout."""
    tables = [(grid, table) for grid in grids if not _is_blank(grid) for table in find_tables(grid)]
    layouts: dict[object, list[Part]] = {}
    for grid, table in tables:
        layouts.setdefault((table.labels, bool(table.header_rows)), []).append((grid, table))
    understood = {key: understand_columns(parts, mapping) for key, parts in layouts.items()}
    _continue_headers(layouts, understood)
    readings = []
    for grid in grids:
        mine = [(table, understood[table.labels, bool(table.header_rows)]) for g, table in tables if g is grid]
        readings.append(_read_sheet(grid, mine))
    return readings


def _continue_headers(layouts: dict[object, list[Part]], understood: dict[object, tuple[ColumnView, ...]]) -> None:
    """Let a sheet without a header follow the headed sheet before it when both are equally wide and agree."""
    headed = [
        columns for key, columns in understood.items() if layouts[key][0][1].header_rows and _holds_people(columns)
    ]
    for key, columns in understood.items():
        if layouts[key][0][1].header_rows or not _holds_people(columns):
            continue
        like = next((other for other in headed if _agree(columns, other)), None)
        if like is not None:
            understood[key] = like


def _agree(columns: tuple[ColumnView, ...], headed: tuple[ColumnView, ...]) -> bool:
    mine = {column.field: column.index for column in columns}
    theirs = {column.field: column.index for column in headed}
    sure = ("name", "id_number", "sex", "phone")
    return len(columns) == len(headed) and all(mine.get(f) == theirs.get(f) for f in sure if f in mine)


def _read_sheet(grid: Grid, tables: list[tuple[Table, tuple[ColumnView, ...]]]) -> SheetReading:
    if _is_blank(grid):
        return SheetReading(SheetView(grid.name, "blank", (), (), 0, 0, ()))
    people_tables = [(table, columns) for table, columns in tables if _holds_people(columns)]
    if not people_tables:
        view = SheetView(grid.name, "no_table", (), tables[0][1], 0, 0, ())
        return SheetReading(view, problems=[Problem(grid.name, 0, "sheet_without_table", "")])
    return _read_tables(grid, people_tables)


def _holds_people(columns: tuple[ColumnView, ...]) -> bool:
    """Tell whether a table has names, and something beside them that makes them residents."""
    fields = {column.field for column in columns}
    beside = {
        "id_number",
        "phone",
        "head_phone",
        "head_id",
        "address",
        "room",
        "building",
        "sex",
        "relation",
        "unit_room",
        "building_unit",
    }
    return bool(fields & {"name", "head_name"}) and bool(fields & beside)


def _read_tables(grid: Grid, tables: list[tuple[Table, tuple[ColumnView, ...]]]) -> SheetReading:
    first = tables[0][0]
    titles = _titles(grid, first.header_rows[0] if first.header_rows else 0)
    context = context_of(grid.name, titles)
    rows = [row for table, columns in tables for row in rows_of(grid, table, columns)]
    placed = Placer(rows, context).place()
    entries = [_entry(row, here) for row, here in zip(rows, placed, strict=True) if row.kind in ("person", "dwelling")]
    skipped = tuple(
        SkippedRow(row.number, row.kind, row.read()) for row in rows if row.kind not in ("person", "dwelling")
    )
    header_rows = tuple(index + 1 for table, _ in tables for index in table.header_rows)
    people = sum(entry.person is not None for entry in entries)
    view = SheetView(
        grid.name,
        "ledger",
        header_rows,
        tables[0][1],
        people,
        len(entries) - people,
        skipped,
        context.compound,
        tuple(titles),
    )
    return SheetReading(view, entries, _row_problems(rows))


def _titles(grid: Grid, end: int) -> list[str]:
    return [text for row in grid.rows[:end] for value in row if (text := clean(value)) and isinstance(value, str)]


def _row_problems(rows: list[Row]) -> list[Problem]:
    problems = []
    for row in rows:
        if row.kind == "unknown":
            problems.append(Problem(row.sheet, row.number, "row_not_understood", row.read()))
        elif row.kind == "dwelling" and not row_says_vacant(row):
            problems.append(Problem(row.sheet, row.number, "vacant_unmarked", row.read()))
    return problems


def _entry(row: Row, here: Placed) -> Entry:
    known = here.said and bool(here.address.building or here.address.room)
    if row.kind == "dwelling":
        remark = " ".join(visible(value) for value in row.values("remarks"))
        return Entry(
            here.address, known, row.sheet, row.number, None, read_landlord(row),
            "" if says_vacant(remark) else remark,
        )  # fmt: skip
    person = read_person(row)
    _flag_address(person, row, here, known=known)
    return Entry(here.address, known, row.sheet, row.number, person)


def _flag_address(person: Draft, row: Row, here: Placed, *, known: bool) -> None:
    if not known:
        person.flag("address_missing", here.read)
    elif not here.address.clear:
        person.flag("address_unclear", here.read)
    elif not here.address.room and not row.text("address"):
        person.flag("room_missing", here.read)
    if here.as_date:
        person.flag("address_as_date", here.read)
