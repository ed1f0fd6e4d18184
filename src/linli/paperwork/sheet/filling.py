"""Making the filled copy: openpyxl keeps the agency's file, the rows themselves are written straight into the sheet's XML.

openpyxl holds each cell as an object, so that 60,000 rows would take a minute and a gigabyte; the rows of a form all look
alike, and as text they take two seconds.
"""

from __future__ import annotations

import io
from copy import copy
from pathlib import Path

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from linli.paperwork.sheet.asked import DATE, NUMBER, TEXT, Filling, SheetFill, Value
from linli.paperwork.sheet.reading import open_book
from linli.paperwork.sheet.room import Room, make_room
from linli.paperwork.sheet.rows import Look, RowWriter, with_rows

_USUAL_DATE = "yyyy\\-mm\\-dd"


def fill(asked: Filling) -> None:
    """Write a copy of the form with its rows. Raises `LedgerRefused` for a file that cannot be opened."""
    book = open_book(Path(asked.source).read_bytes())
    writers = {}
    for sheet_fill in asked.sheets:
        sheet = book[sheet_fill.name]
        writers[sheet] = _prepare(sheet, sheet_fill)
    book.calculation.fullCalcOnLoad = True
    saved = io.BytesIO()
    book.save(saved)
    with_rows(
        saved, Path(asked.target), {sheet.path.lstrip("/"): writer for sheet, writer in writers.items() if writer}
    )


def _prepare(sheet: Worksheet, asked: SheetFill) -> RowWriter | None:
    """Complete what stands around the rows and make room for them; returns what writes them."""
    for row, column, value in asked.cells:
        if sheet.cell(row, column).data_type != "f":
            _set(sheet, row, column, value)
    if not asked.columns:
        return None
    usual = _looks(sheet, asked, asked.style_row)
    at_the_end = _looks(sheet, asked, asked.last) if asked.last > asked.first else usual
    height = sheet.row_dimensions[asked.style_row].height if asked.last >= asked.first else None
    room = Room(asked.first, asked.last, max(0, len(asked.rows) - (asked.last - asked.first + 1)), asked.style_row)
    across = make_room(sheet, room)
    for column, value in asked.totals.items():
        if asked.total_row and sheet.cell(room.row(asked.total_row), column).value in (None, ""):
            _set(sheet, room.row(asked.total_row), column, value)
    lines = max(len(asked.rows), asked.last - asked.first + 1)
    return RowWriter(asked.first, lines, list(asked.columns), asked.rows, usual, at_the_end, height, across)


def _set(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _looks(sheet: Worksheet, asked: SheetFill, row: int) -> dict[int, Look]:
    """Return how each column of a row looks, by the ids of its styles."""
    last = max([*asked.columns, sheet.max_column])
    return {column: _look(sheet, asked, row, column) for column in range(1, last + 1)}


def _look(sheet: Worksheet, asked: SheetFill, row: int, column: int) -> Look:
    model = sheet.cell(row, column)
    scratch = Cell(sheet, row=row, column=column)
    scratch._style = copy(model._style)  # type: ignore[attr-defined, union-attr]  # openpyxl's own way to copy a style
    if not model.has_style and asked.last < asked.first:
        _take_lines_of_header(scratch, sheet.cell(asked.header_row, column))
    kind = asked.columns.get(column, "")
    if kind == TEXT:
        scratch.number_format = "@"
    elif kind == DATE and not scratch.is_date and "y" not in scratch.number_format.lower():
        scratch.number_format = _USUAL_DATE
    elif kind == NUMBER and scratch.number_format == "@":
        scratch.number_format = "General"
    plain = scratch.style_id
    scratch.quotePrefix = True
    is_formula = model.data_type == "f" and isinstance(model.value, str) and column not in asked.columns
    return Look(plain, scratch.style_id, Translator(model.value, model.coordinate) if is_formula else None)


def _take_lines_of_header(cell: Cell, header: Cell | MergedCell) -> None:
    """Give a row of which the form says nothing the lines of its header."""
    cell.border = copy(header.border)  # type: ignore[assignment]  # a proxy of a border copies to a border
    cell.font = Font(name=header.font.name, size=header.font.size)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
