"""Writes grids as the files offices send: .xlsx, .xls, .ods, and text in any encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P


@dataclass
class Sheet:
    """A sheet to be written; merges are (top, left, bottom, right), inclusive."""

    name: str
    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


def write_xlsx(path: Path, sheets: list[Sheet]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for top, left, bottom, right in sheet.merges:
                page.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(sheet.rows):
                for column, value in enumerate(row):
                    if value != "":
                        page.write(number, column, value)
            if sheet.hidden:
                page.hide()
    return path


def write_xls(path: Path, sheets: list[Sheet]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value != "":
                    page.write(number, column, value)
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
        page.visibility = int(sheet.hidden)
    book.save(str(path))
    return path


def write_ods(path: Path, sheets: list[Sheet]) -> Path:
    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        page = Table(name=sheet.name)
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
        covered = {
            (r, c) for top, left, bottom, right in sheet.merges
            for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left)
        }  # fmt: skip
        for number, row in enumerate(sheet.rows):
            line = TableRow()
            for column, value in enumerate(row):
                line.addElement(_ods_cell(value, spans.get((number, column)), (number, column) in covered))
            page.addElement(line)
        book.spreadsheet.addElement(page)
    book.save(str(path))
    return path


def _ods_cell(value: Any, span: tuple[int, int] | None, is_covered: bool) -> Any:
    if is_covered:
        return CoveredTableCell()
    given: dict[str, Any] = {} if span is None else {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=repr(value), **given)
    cell = TableCell(valuetype="string", **given) if value != "" else TableCell(**given)
    if value != "":
        cell.addElement(P(text=str(value)))
    return cell


def write_text(path: Path, sheet: Sheet, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([_shown(value) for value in row] for row in sheet.rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _shown(value: Any) -> str:
    """Return a cell as a spreadsheet program saves it as text."""
    if isinstance(value, float) and value >= 1e15:
        return f"{value:.5E}"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
