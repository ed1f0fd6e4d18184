"""The register as a table under the headers that offices use, which the ledger reader takes back unchanged."""

import csv
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.registry.export.json_file import SEX_WORDS
from linli.registry.export.lines import Line
from linli.registry.intake.marks import HEADER as MARKS
from linli.registry.intake.particulars import INVENTED

HEADERS = (
    "序号", "小区", "楼栋", "单元", "楼层", "房号", "户编号", "姓名", "与户主关系", "性别", "出生日期", "证件类型", "身份证号码",
    "联系电话", "人员类别", "户籍所在地", "房东姓名", "房东电话", "房屋状态", "特殊人群", "备注",
)  # fmt: skip
_WIDTHS = (6, 16, 6, 6, 6, 8, 8, 10, 10, 6, 12, 14, 22, 16, 12, 16, 10, 16, 10, 16, 24)
KIND_WORDS = {"resident": "常住", "tenant": "租户", "away": "人户分离", "registered_only": "空挂户"}
ID_KIND_WORDS = {
    "resident_id": "居民身份证", "passport": "护照", "hk_macau": "港澳居民来往内地通行证",
    "taiwan": "台湾居民来往大陆通行证", "other": "其他证件",
}  # fmt: skip
_VACANT = "空置"
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_EXACT_NUMBER = 15
"""Spreadsheet programs keep this many digits of a number and replace the rest by zeros."""


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet program might take a text for a formula."""
    return text.startswith(_LIVE)


def write_xlsx(path: Path, lines: list[Line], title: str) -> None:
    """Write a workbook in which every cell is text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, {**options, "tmpdir": str(path.parent), "constant_memory": True}) as book:
        heading = {"bold": True, "bg_color": "#E9EEF3", "border": 1, "text_wrap": True}
        bold, bold_quoted = book.add_format(heading), book.add_format({**heading, "quote_prefix": True})
        text, quoted = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "quote_prefix": True})
        sheet = book.add_worksheet("台账")
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        headers = headers_of(lines)
        _write_row(sheet, 1, headers, bold, bold_quoted)
        for number, line in enumerate(lines, start=1):
            _write_row(sheet, number + 1, cells_of(line, number, headers), text, quoted)
        sheet.set_column(len(headers) - 1, len(headers) - 1, None, text, {"hidden": True})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(2, 8)
        sheet.autofilter(1, 0, max(len(lines) + 1, 2), len(headers) - 1)


def _write_row(sheet: Worksheet, row: int, cells: tuple[str, ...], plain: Format, quoted: Format) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(row, column, cell, quoted if is_live(cell) else plain)


def write_csv(path: Path, lines: list[Line], _title: str) -> None:
    """Write UTF-8 with a mark, as spreadsheet programs expect; long numbers and live cells carry an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        headers = headers_of(lines)
        writer.writerow(map(harmless, headers))
        writer.writerows(map(harmless, cells_of(line, number, headers)) for number, line in enumerate(lines, 1))


def harmless(cell: str) -> str:
    """Return a text as CSV may carry it: what a spreadsheet program would calculate or round gets an apostrophe."""
    is_long_number = cell[:_LONGEST_EXACT_NUMBER].isdecimal() and len(cell) > _LONGEST_EXACT_NUMBER
    return f"'{cell}" if is_live(cell) or is_long_number else cell


def headers_of(lines: list[Line]) -> tuple[str, ...]:
    """Return the headers: Linli's, the office's own, and last the marks by which rows are known when they come back."""
    return (*HEADERS, *_extra_headers(lines), MARKS)


def _extra_headers(lines: list[Line]) -> tuple[str, ...]:
    """Columns of the office's own that Linli only hands back."""
    seen = dict.fromkeys(header for line in lines for header in line.extra)
    return tuple(header for header in seen if header not in (*HEADERS, MARKS))


def cells_of(line: Line, number: int, headers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts of one row."""
    own = (*_door_cells(line, number), *_person_cells(line), *_last_cells(line))
    return (*own, *(line.extra.get(header, "") for header in headers[len(HEADERS) : -1]), line.mark)


def _door_cells(line: Line, number: int) -> tuple[str, ...]:
    compound, building, unit, room = line.address
    household = "" if INVENTED in line.household else line.household
    floor = "" if line.tenure.floor is None else str(line.tenure.floor)
    return (str(number), compound, building, unit, floor, room, household)


def _person_cells(line: Line) -> tuple[str, ...]:
    person = line.person
    if person is None:
        return ("",) * 9
    return (
        person.name,
        person.relation,
        SEX_WORDS.get(person.sex, ""),
        person.birth.isoformat() if person.birth else "",
        ID_KIND_WORDS[person.id_kind],
        person.id_number or line.wrong_id_number,
        "、".join(person.phones),
        KIND_WORDS[person.residency_kind],
        person.hukou_division,
    )


def _last_cells(line: Line) -> tuple[str, ...]:
    person, tenure = line.person, line.tenure
    landlord = (tenure.landlord_name, "、".join(tenure.landlord_phones))
    if person is None:
        return (*landlord, _VACANT, "", tenure.remarks)
    return (*landlord, "", "、".join(person.care_needs), person.remarks)
