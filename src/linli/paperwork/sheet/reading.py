"""The cells of a blank form as plain values, with merges, borders and choices, read through openpyxl."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles.numbers import is_date_format
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from linli.paperwork.sheet.choices import Listed, keep_further_lists, lists_of
from linli.paperwork.sheet.limits import LIMITS
from linli.paperwork.sheet.records import Merge
from linli.registry.ledger.reading.kind import kind_of
from linli.registry.ledger.reading.zipguard import guard_zip
from linli.registry.ledger.refusals import LedgerRefused

_LOOKED_AT, _FORMATS_IN = 2_000, 60
_PICTURES = ("xl/media/", "xl/drawings/drawing", "xl/charts/", "xl/ctrlprops/")


@dataclass(slots=True)
class Seen:
    """One sheet: `rows[0]` is row 1. `bordered` are the rows of which most cells have lines around them."""

    name: str
    rows: list[list[Any]]
    merges: list[Merge]
    bordered: frozenset[int]
    lists: list[Listed] = field(default_factory=list)
    """The drop-down lists of the sheet."""
    dated: frozenset[int] = frozenset()
    """Columns with an empty cell that is formatted as a date."""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, both counted from 1."""
        if not (0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])):
            return ""
        value = self.rows[row - 1][column - 1]
        return "" if value is None else str(value).strip()

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Return the columns of a row in which something stands, with what."""
        return [(column, text) for column in range(1, self.width + 1) if (text := self.text(row, column))]

    def listed(self, row: int, column: int) -> tuple[str, ...]:
        """Return the drop-down list of a cell, or of any other cell of its column."""
        of_column = [one for one in self.lists if one.area[1] <= column <= one.area[3]]
        of_cell = [one for one in of_column if one.area[0] <= row <= one.area[2]]
        return next((one.written for one in (*of_cell, *of_column)), ())

    def across(self, row: int, column: int) -> tuple[int, int]:
        """Return from which column to which the cell reaches."""
        return next(
            (
                (left, right)
                for top, left, bottom, right in self.merges
                if top <= row <= bottom and left <= column <= right
            ),
            (column, column),
        )


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is an .xlsx that is safe to open, by its content. Raises `LedgerRefused` for what is no spreadsheet."""
    return kind_of(data) == "zip" and guard_zip(data, LIMITS) == "xlsx"


def open_book(data: bytes) -> Workbook:
    """Open a workbook that is safe to open. Raises `LedgerRefused`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out; further lists are kept below
            book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            keep_further_lists(book, archive)
        return book
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        IndexError,
        OSError,
        zipfile.BadZipFile,
    ) as error:
        raise LedgerRefused("corrupt", kind="xlsx") from error


def has_pictures(path: Path) -> bool:
    """Tell whether a workbook holds pictures, shapes or charts, which openpyxl does not keep."""
    with zipfile.ZipFile(path) as archive:
        return any(name.lower().startswith(_PICTURES) for name in archive.namelist())


def visible_sheets(book: Workbook) -> Iterator[Worksheet]:
    """Yield the worksheets that an office sees."""
    return (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


def seen(sheet: Worksheet) -> Seen:
    """Return a sheet's values and what tells its parts apart. Raises `LedgerRefused`."""
    if sheet.max_column > LIMITS.columns and any(
        cell.value for row in sheet.iter_rows(min_col=LIMITS.columns + 1) for cell in row
    ):
        raise LedgerRefused("too_many_columns", sheet=sheet.title, columns=sheet.max_column, limit=LIMITS.columns)
    width = min(sheet.max_column, LIMITS.columns)
    rows = [
        [cell.value for cell in row] for row in sheet.iter_rows(max_row=min(sheet.max_row, _LOOKED_AT), max_col=width)
    ]
    bordered = frozenset(
        number
        for number, row in enumerate(sheet.iter_rows(max_row=len(rows), max_col=width), start=1)
        if sum(_has_line(cell) for cell in row) * 2 > width or sum(_has_line(cell) for cell in row) > 3
    )
    merges = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    dated = {
        column
        for row in sheet.iter_rows(max_row=_FORMATS_IN, max_col=width)
        for column, cell in enumerate(row, start=1)
        if _waits_for_date(cell)
    }
    return Seen(sheet.title, rows, merges, bordered, lists_of(sheet), frozenset(dated))


def _waits_for_date(cell: Any) -> bool:
    return cell.value is None and cell.has_style and is_date_format(cell.number_format)


def _has_line(cell: Any) -> bool:
    border = cell.border
    return any(side is not None and side.style for side in (border.top, border.bottom, border.left, border.right))
