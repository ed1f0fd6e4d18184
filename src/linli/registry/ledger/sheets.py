"""From the grids of a book to people and dwellings, row by row, and how each sheet was understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby

from linli.registry.ledger.assembly import Entry
from linli.registry.ledger.blocks import lines_above, settle_lines
from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.columns import Part, understand_columns
from linli.registry.ledger.content import share, told
from linli.registry.ledger.counts import people_counted
from linli.registry.ledger.homesteads import name_homesteads
from linli.registry.ledger.instructions import is_of_instructions
from linli.registry.ledger.kinds import row_says_vacant, settle_section_lines
from linli.registry.ledger.leftnames import names_left_out
from linli.registry.ledger.listkinds import kind_of_list, note_list_kind
from linli.registry.ledger.mapping import ColumnMapping
from linli.registry.ledger.people import Draft, read_landlord, read_person
from linli.registry.ledger.placing import Placed, Placer, context_of, name_buildings, numbered_sheet
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.records import ColumnView, Problem, SheetView, SkippedRow
from linli.registry.ledger.row import Row
from linli.registry.ledger.rows import rows_of
from linli.registry.ledger.shapes import as_rows
from linli.registry.ledger.sidebyside import side_by_side
from linli.registry.ledger.tables import Table, find_tables
from linli.registry.ledger.text import clean, visible

_FEW_EXAMPLES = 3
Understood = tuple[Grid, Table, tuple[ColumnView, ...]]


@dataclass(slots=True)
class SheetReading:
    """What one sheet gave."""

    view: SheetView
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_blank(grid: Grid) -> bool:
    """Tell whether a sheet holds nothing that can be seen."""
    return not any(visible(value) for row in grid.rows for value in row)


def read_sheets(grids: list[Grid], mapping: ColumnMapping) -> list[SheetReading]:
    """Read sheets together: tables with the same header, or equally wide ones without any, are one layout."""
    parts = [(grid, part) for grid in grids if not is_blank(grid) for part in side_by_side(as_rows(grid))]
    tables = [(grid, part, table) for grid, part in parts for table in find_tables(part)]
    layouts: dict[object, list[Part]] = {}
    for _, part, table in tables:
        layouts.setdefault((table.labels, bool(table.header_rows)), []).append((part, table))
    understood = {key: understand_columns(alike, mapping) for key, alike in layouts.items()}
    _continue_headers(layouts, understood)
    readings = []
    housed = any(map(_tells_doors, understood.values()))
    for grid in grids:
        mine = [
            (part, table, understood[table.labels, bool(table.header_rows)]) for g, part, table in tables if g is grid
        ]
        of_residents = [one for one in mine if not (housed and _names_contacts(one[2]))]
        readings.append(_read_sheet(grid, of_residents or mine, of_residents=bool(of_residents)))
    return _without_examples(readings)


def _without_examples(readings: list[SheetReading]) -> list[SheetReading]:
    """Leave out the examples on a sheet of instructions, where another sheet holds people."""
    shown = [reading.entries and is_of_instructions(reading.view.name) for reading in readings]
    if not any(reading.entries and not example for reading, example in zip(readings, shown, strict=True)):
        return readings
    return [
        _without_table(reading.view.name, reading.view.columns)
        if example and reading.view.person_rows <= _FEW_EXAMPLES
        else reading
        for reading, example in zip(readings, shown, strict=True)
    ]


def _tells_doors(columns: tuple[ColumnView, ...]) -> bool:
    """Tell whether a table names people and says where they live."""
    fields = {column.field for column in columns}
    return _holds_people(columns) and bool(fields & {"address", "room", "unit_room"})


def _names_contacts(columns: tuple[ColumnView, ...]) -> bool:
    """Tell whether a table has names and telephones but nothing of a resident: a list of the office's own staff."""
    fields = {column.field for column in columns} - {"", "other", "sequence", "remarks"}
    return fields == {"name", "phone"}


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


def _read_sheet(grid: Grid, tables: list[Understood], *, of_residents: bool) -> SheetReading:
    if is_blank(grid):
        return SheetReading(SheetView(grid.name, "blank", (), (), 0, 0, ()))
    parts = [_continued(list(group)) for _, group in groupby(tables, key=lambda one: id(one[0]))]
    parts = [of_people for part in parts if (of_people := [one for one in part if _holds_people(one[2])])]
    if not parts or not of_residents:
        return _without_table(grid.name, tables[0][2])
    return _joined([_read_tables(part) for part in parts])


def _without_table(name: str, columns: tuple[ColumnView, ...]) -> SheetReading:
    view = SheetView(name, "no_table", (), columns, 0, 0, ())
    return SheetReading(view, problems=[Problem(name, 0, "sheet_without_table", "")])


def _continued(tables: list[Understood]) -> list[Understood]:
    """Read on with the columns before where a row that only resembles a header stands among people."""
    read: list[Understood] = []
    last: tuple[ColumnView, ...] = ()
    for grid, table, given in tables:
        sure = _fits(grid, table, given) and _is_headed(given, last)
        columns = last if _fits(grid, table, last) and not sure else given
        last = columns if _holds_people(columns) else last
        read.append((grid, table, columns))
    return read


def _is_headed(columns: tuple[ColumnView, ...], before: tuple[ColumnView, ...]) -> bool:
    """Tell whether a header of its own names the people, and is not far poorer than the one before it.

    It may be poorer where it still names the column of identity numbers.
    """
    headed = {column.field for column in columns if column.how in ("header", "remembered")} - {"other"}
    rich = len(headed) * 2 >= len({column.field for column in before if column.how in ("header", "remembered")})
    return "name" in headed and (rich or "id_number" in headed)


def _fits(grid: Grid, table: Table, columns: tuple[ColumnView, ...]) -> bool:
    """Tell whether names stand below a table's header where they stood in the columns before."""
    place = next((column.index for column in columns if column.field == "name"), None)
    if place is None:
        return False
    values = told([row[place] for row in grid.rows[table.first : table.end] if place < len(row)])
    return bool(values) and share("name", values) > 0.5


def _joined(readings: list[SheetReading]) -> SheetReading:
    """Put the parts of one sheet together under one view, whose columns are those of its first part."""
    views = [reading.view for reading in readings]
    view = replace(
        views[0],
        header_rows=tuple(dict.fromkeys(row for view in views for row in view.header_rows)),
        person_rows=sum(view.person_rows for view in views),
        vacant_rows=sum(view.vacant_rows for view in views),
        skipped=tuple(row for view in views for row in view.skipped),
        titles=tuple(dict.fromkeys(title for view in views for title in view.titles)),
    )
    entries = [entry for reading in readings for entry in reading.entries]
    return SheetReading(view, entries, [problem for reading in readings for problem in reading.problems])


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


def _read_tables(tables: list[Understood]) -> SheetReading:
    grid, first, columns = tables[0]
    top = first.header_rows[0] if first.header_rows else first.first
    above = lines_above(grid, top)
    titles = _titles(grid, top, {row.number for row in above})
    rows = list(above)
    listed = kind_of_list(grid.name, titles)
    for _, table, its_columns in tables:
        below = list(rows_of(grid, table, its_columns))
        listed = note_list_kind(below, its_columns, listed)
        rows += below
    settle_lines(rows)
    settle_section_lines(rows)
    context = context_of("" if _is_named_after_somebody(grid, rows) else grid.name, titles)
    if not name_buildings(rows):
        context = context.over(numbered_sheet(grid.name))
    placed = name_homesteads(rows, Placer(rows, context).place())
    entries = [_entry(row, here) for row, here in zip(rows, placed, strict=True) if row.kind in ("person", "dwelling")]
    skipped = tuple(
        SkippedRow(row.number, row.kind, row.read()) for row in rows if row.kind not in ("person", "dwelling")
    )
    header_rows = tuple(part.number(index) for part, table, _ in tables for index in table.header_rows)
    people = sum(entry.person is not None for entry in entries)
    view = SheetView(
        grid.name,
        "ledger",
        header_rows,
        columns,
        people,
        len(entries) - people,
        skipped,
        context.compound,
        tuple(titles),
    )
    left_out = [problem for one in tables for problem in names_left_out(*one)]
    return SheetReading(view, entries, _row_problems(rows) + left_out)


def _is_named_after_somebody(grid: Grid, rows: list[Row]) -> bool:
    """Tell whether a sheet of one household bears the name of somebody in it."""
    names = {row.text("name") for row in rows if row.kind == "person"}
    return not names.isdisjoint((grid.name, grid.name.rstrip("家户")))


def _titles(grid: Grid, end: int, without: set[int]) -> list[str]:
    return [
        text
        for number, row in ((grid.number(index), row) for index, row in enumerate(grid.rows[:end]))
        for value in row
        if number not in without and isinstance(value, str) and (text := clean(value))
    ]


def _row_problems(rows: list[Row]) -> list[Problem]:
    problems = []
    for row in rows:
        if row.kind == "unknown":
            problems.append(Problem(row.sheet, row.number, "row_not_understood", row.read()))
        elif row.kind == "dwelling" and not (row_says_vacant(row) or people_counted(row)):
            problems.append(Problem(row.sheet, row.number, "vacant_unmarked", row.read()))
    return problems


def _entry(row: Row, here: Placed) -> Entry:
    known = here.said and bool(here.address.building or here.address.room)
    if row.kind == "dwelling":
        remark = " ".join(visible(value) for value in row.values("remarks"))
        return Entry(
            here.address, known, row.sheet, row.number, None, read_landlord(row),
            "" if says_vacant(remark) else remark, people_counted(row),
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
