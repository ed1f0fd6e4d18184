"""Workbooks (.xlsx, .xls, .ods) through calamine, with hidden sheets and merged cells told apart."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from linli.registry.ledger.limits import Limits
from linli.registry.ledger.reading.grid import Book, Grid, Range
from linli.registry.ledger.reading.odsmerges import ods_merges
from linli.registry.ledger.refusals import LedgerRefused


def read_workbook(data: bytes, kind: str, limits: Limits) -> Book:
    """Read all worksheets. Raises `LedgerRefused`."""
    try:
        return Book(kind, _grids(data, kind, limits))
    except PasswordError as error:
        raise LedgerRefused("password_protected") from error
    except (CalamineError, ValueError, OSError, SyntaxError) as error:
        raise LedgerRefused("corrupt", kind=kind) from error
    except BaseException as error:
        # A panic in the Rust reader arrives as a BaseException of a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise LedgerRefused("corrupt", kind=kind) from error


def _grids(data: bytes, kind: str, limits: Limits) -> list[Grid]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    merges = ods_merges(data) if kind == "ods" else {}
    return [
        _grid(workbook, index, meta, merges.get(meta.name), limits)
        for index, meta in enumerate(workbook.sheets_metadata)
        if _is_worksheet(meta)
    ]


def _is_worksheet(meta: SheetMetadata) -> bool:
    if meta.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
        raise LedgerRefused("macros")
    return meta.typ == SheetTypeEnum.WorkSheet


def _grid(
    workbook: CalamineWorkbook, index: int, meta: SheetMetadata, merges: list[Range] | None, limits: Limits
) -> Grid:
    sheet = workbook.get_sheet_by_index(index)
    if sheet.total_height > limits.rows:
        raise LedgerRefused("too_many_rows", sheet=meta.name, limit=limits.rows)
    if sheet.total_width > limits.columns * 3:
        raise LedgerRefused("too_many_columns", sheet=meta.name, columns=sheet.total_width, limit=limits.columns)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.start is not None else []
    if merges is None:
        merges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    return Grid(meta.name, rows, merges, hidden=meta.visible != SheetVisibleEnum.Visible)
