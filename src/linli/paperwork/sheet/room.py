"""Making room in a sheet: what stands below the rows to fill moves down, and what refers to rows follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW = 1_048_576
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_!'\"])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![A-Za-z0-9_(!])")


@dataclass(frozen=True, slots=True)
class Room:
    """Rows `first` to `last` of the blank form are filled and need `more` rows below them; `last` may be `first - 1`."""

    first: int
    last: int
    more: int
    blank: int
    """The first row to fill that is no example: a total over the rows begins there in the blank form."""

    def row(self, row: int) -> int:
        """Return where a row is afterwards."""
        return row + self.more if row > self.last else row

    def area(self, top: int, bottom: int) -> tuple[int, int]:
        """Return where an area is afterwards; one that covers the last row to fill grows with them."""
        holds_rows = top <= self.last <= bottom and self.first <= self.last
        top = self.first if holds_rows and top == self.blank else top
        below = min(bottom + self.more, _LAST_ROW) if holds_rows or bottom > self.last else bottom
        return self.row(top), below


def make_room(sheet: Worksheet, room: Room) -> list[tuple[int, int]]:
    """Empty the rows to fill and move what stands below; returns from which to which column each of them is merged."""
    merges = [CellRange(area.coord) for area in sheet.merged_cells.ranges]
    for area in merges:
        if area.max_row >= room.first:
            sheet.unmerge_cells(area.coord)
    across = [
        (area.min_col, area.max_col) for area in merges if area.min_row == area.max_row == room.first <= room.last
    ]
    _clear(sheet, room)
    if room.more and sheet.max_row > room.last:
        sheet.move_range(
            CellRange(min_col=1, min_row=room.last + 1, max_col=sheet.max_column, max_row=sheet.max_row), rows=room.more
        )
    for area in merges:
        if area.min_row > room.last:
            sheet.merge_cells(
                start_row=area.min_row + room.more,
                end_row=area.max_row + room.more,
                start_column=area.min_col,
                end_column=area.max_col,
            )
    _move_heights(sheet, room)
    _move_rules(sheet, room)
    _move_references(sheet, room)
    return across


def _clear(sheet: Worksheet, room: Room) -> None:
    cells: dict[tuple[int, int], Any] = sheet._cells
    for place in [place for place in cells if room.first <= place[0] <= room.last]:
        del cells[place]
    for row in range(room.first, room.last + 1):
        sheet.row_dimensions.pop(row, None)


def _move_heights(sheet: Worksheet, room: Room) -> None:
    for row in sorted((row for row in sheet.row_dimensions if row > room.last), reverse=True):
        line = sheet.row_dimensions.pop(row)
        line.index = row + room.more
        sheet.row_dimensions[row + room.more] = line


def _move_rules(sheet: Worksheet, room: Room) -> None:
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange([_moved(area, room) for area in rule.sqref.ranges])
    formats = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        areas = " ".join(_moved(area, room) for area in one.sqref.ranges)
        for rule in one.rules:
            rule.formula = [_moved_formula(text, room) for text in rule.formula]
            formats.add(areas, rule)
    sheet.conditional_formatting = formats
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _moved(CellRange(sheet.auto_filter.ref), room)
    for table in sheet.tables.values():
        table.ref = _moved(CellRange(table.ref), room)
        if table.autoFilter and table.autoFilter.ref:
            table.autoFilter.ref = _moved(CellRange(table.autoFilter.ref), room)
    for line in sheet.row_breaks.brk:
        line.id = room.row(line.id)


def _moved(area: CellRange, room: Room) -> str:
    top, bottom = room.area(area.min_row, area.max_row)
    return CellRange(min_col=area.min_col, max_col=area.max_col, min_row=top, max_row=bottom).coord


def _move_references(sheet: Worksheet, room: Room) -> None:
    if sheet.print_area:
        sheet.print_area = [
            _moved(CellRange(part.rpartition("!")[2].replace("$", "")), room) for part in sheet.print_area.split(",")
        ]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = _moved_formula(cell.value, room)


def _moved_formula(formula: str, room: Room) -> str:
    """Return a formula whose references to rows of its own sheet follow them; text in quotation marks stays."""
    parts = formula.split('"')
    parts[::2] = [_REFERENCE.sub(lambda found: _moved_reference(found, room), part) for part in parts[::2]]
    return '"'.join(parts)


def _moved_reference(found: re.Match[str], room: Room) -> str:
    if not found[3]:
        return f"{found[1]}{room.row(int(found[2]))}"
    top, bottom = room.area(int(found[2]), int(found[4]))
    return f"{found[1]}{top}:{found[3]}{bottom}"
