"""Forms that come as .xls, .et, .ods, .csv or an exported table, rebuilt as .xlsx: words, merged cells and lines; looks are lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from linli.paperwork.sheet.reading import LIMITS, is_xlsx
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.reading.grid import Grid

_LINE = Side(style="thin")
_NARROWEST, _WIDEST = 8, 40
_FEWEST_CELLS = 3


def convert(path: Path) -> bool:
    """Rebuild a form that is no .xlsx as one, in its place; returns whether it was. Raises `LedgerRefused`."""
    if is_xlsx(path):
        return False
    book, grids = Workbook(), read_book(path, LIMITS).grids
    book.remove(book.worksheets[0])
    for number, grid in enumerate(grids, start=1):
        sheet = book.create_sheet(grid.name[:31] or f"Sheet{number}")
        sheet.sheet_state = "hidden" if grid.hidden else "visible"
        _copy(grid, sheet)
    if all(grid.hidden for grid in grids):
        book.worksheets[0].sheet_state = "visible"
    book.save(path)
    return True


def _copy(grid: Grid, sheet: Worksheet) -> None:
    for row, values in enumerate(grid.rows, start=1):
        for column, value in enumerate(values, start=1):
            if value not in (None, ""):
                sheet.cell(row, column).value = value
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    first = next((row for row, values in enumerate(grid.rows, start=1) if _cells(values) >= _FEWEST_CELLS), 0)
    for row in range(first, len(grid.rows) + 1) if first else ():
        for column in range(1, grid.width + 1):
            cell = sheet.cell(row, column)
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if first > 1:
        sheet.cell(1, 1).font = Font(size=16, bold=True)
    for column in range(1, grid.width + 1):
        longest = max((_width(values, column) for values in grid.rows[max(first - 1, 0) :]), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(2 * longest + 2, _NARROWEST), _WIDEST)


def _cells(values: Sequence[object]) -> int:
    return sum(value not in (None, "") for value in values)


def _width(values: Sequence[object], column: int) -> int:
    return len(str(values[column - 1])) if column <= len(values) and values[column - 1] is not None else 0
