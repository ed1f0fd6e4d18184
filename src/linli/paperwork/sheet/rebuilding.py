"""A form that came as .xls, .et, .ods, .csv or a web page, built anew as .xlsx: its values and merged cells, not its looks.

Read as ledgers are. Formulas, drop-down lists and pictures are not told by those readers; the zeros that formulas of a blank form
show are left out, so that they do not stand there as results.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.reading import is_workbook, open_book
from linli.paperwork.sheet.records import SheetForm
from linli.registry.ledger.reading import read_book
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.refusals import LedgerRefused
from linli.registry.ledger.text import Value, column_letter

_NARROWEST, _WIDEST = 8, 40
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def workbook_of(path: Path) -> tuple[Workbook, str]:
    """Return a form as a workbook, and what kind of file it was where it had to be built anew. Raises `LedgerRefused`."""
    data = path.read_bytes()
    if len(data) > LIMITS.file_bytes:
        raise LedgerRefused("too_big")
    if not data.strip():
        raise LedgerRefused("empty")
    if not is_workbook(data):
        return _rebuilt(path)
    try:
        return open_book(data), ""
    except LedgerRefused:
        return _rebuilt(path)


def _rebuilt(path: Path) -> tuple[Workbook, str]:
    read = read_book(path, LIMITS)
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in read.grids:
        sheet = book.create_sheet(_name(grid, book))
        sheet.sheet_state = "hidden" if grid.hidden else "visible"
        _copy(grid, sheet)
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        raise LedgerRefused("no_form", sheets="、".join(book.sheetnames))
    return book, read.kind


def draw_lines(book: Workbook, form: SheetForm) -> None:
    """Draw the lines of a table, which offices print: around its header and its rows to fill."""
    sheet = book[form.name]
    for row in [*form.header_rows, *range(form.first, form.last + 1)]:
        for column in range(1, sheet.max_column + 1):
            cell = sheet.cell(row, column)
            cell.border = _BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if row in form.header_rows and isinstance(cell, Cell):
                cell.font = Font(bold=True)


def _name(grid: Grid, book: Workbook) -> str:
    name = grid.name.translate(_NOT_IN_A_NAME).strip(" '")[:_LONGEST_NAME] or "Sheet1"
    return name if name not in book.sheetnames else f"{name[: _LONGEST_NAME - 3]} {len(book.sheetnames) + 1}"


def _copy(grid: Grid, sheet: Worksheet) -> None:
    if grid.width > LIMITS.columns:
        raise LedgerRefused("too_many_columns", sheet=grid.name, columns=grid.width, limit=LIMITS.columns)
    for number, row in enumerate(grid.rows, start=1):
        for column, value in enumerate(row, start=1):
            if (written := _plain(value)) not in (None, ""):
                _write(sheet.cell(number, column), written)
    for top, left, bottom, right in grid.merges:
        if (bottom, right) != (top, left):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    merged_across = {(top + 1, left + 1) for top, left, _bottom, right in grid.merges if right > left}
    for column in range(1, grid.width + 1):
        told = [
            str(sheet.cell(row, column).value or "") for row in range(1, min(len(grid.rows), 60) + 1)
            if (row, column) not in merged_across
        ]  # fmt: skip
        longest = max((_width(line) for text in told for line in text.splitlines()), default=0)
        sheet.column_dimensions[column_letter(column - 1)].width = max(_NARROWEST, min(longest + 2, _WIDEST))


def _plain(value: Value) -> Any:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return None if value == 0 else int(value) if float(value).is_integer() else value
    return value if isinstance(value, date) else ILLEGAL_CHARACTERS_RE.sub("", str(value))


def _write(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)
