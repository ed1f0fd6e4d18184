"""Blank forms in other formats than .xlsx, told by their content and filled as .xlsx."""

import io
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from linli.core.actors import Actor
from linli.paperwork.services.keeping import add_form
from linli.registry.errors import FileRefused
from tests.conftest import BALICHA
from tests.paperwork.conftest import AddForm, Fill, blank, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
TITLE, HEADERS = "流动人口花名册", ["序号", "姓名", "身份证号", "住址", "合计"]


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    sheet.write_merge(0, 0, 0, 3, TITLE)
    for column, header in enumerate(HEADERS[:4]):
        sheet.write(1, column, header)
    sheet.write(2, 0, 1)
    sheet.write(3, 0, 2)
    sheet.write(4, 0, "合计")
    sheet.write(4, 3, xlwt.Formula("SUM(A3:A4)"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods() -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="花名册")
    for cells in ([TITLE], HEADERS[:4]):
        row = TableRow()
        for number, text in enumerate(cells):
            cell = TableCell(valuetype="string", **({"numbercolumnsspanned": 4} if len(cells) == 1 else {}))
            cell.addElement(P(text=text))
            row.addElement(cell)
            for _ in range(3 if len(cells) == 1 and number == 0 else 0):
                row.addElement(CoveredTableCell())
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    book.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("名册.et", xls(), "xls"),
        ("名册.xls", xls(), "xls"),
        ("名册.xlsx", ods(), "ods"),
        ("名册.csv", f"{TITLE},,,\n{','.join(HEADERS[:4])}\n".encode("gb18030"), "csv"),
        ("名册.xls", f"<table><tr><td>{'<td>'.join(HEADERS[:4])}</tr></table>".encode(), "html"),
    ],
)
def test_a_form_of_another_format_is_filled_as_xlsx(
    coordinator: Actor, fill: Fill, name: str, content: bytes, kind: str
):
    form = add_form(coordinator, BALICHA, name, [content])
    assert form.layout["rebuilt_from"] == kind
    book = fill(form)
    first = form.layout["sheets"][0]["first"]
    people = table(book, first, first + 7)
    assert [row[1] for row in people[:2]] == ["张伟", "李娜"]
    assert [row[0] for row in people] == list(range(1, 9))
    assert people[0][2] == "421303198001011115" or str(people[0][2]).startswith("42130319800101")


def test_merged_cells_and_totals_of_an_old_workbook_are_kept(coordinator: Actor, fill: Fill):
    sheet = fill(add_form(coordinator, BALICHA, "名册.xls", [xls()])).worksheets[0]
    assert "A1:D1" in {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet.cell(11, column).value for column in (1, 4)] == ["合计", None]
    assert sheet.cell(5, 2).border.left.style == "thin"


@pytest.mark.parametrize("damage", [lambda data: data[:-400], lambda data: data[:200] + b"\0" * 300 + data[500:]])
def test_a_damaged_file_is_refused_with_a_sentence(coordinator: Actor, damage: Any):
    file = io.BytesIO()
    blank(["姓名", "身份证号"]).save(file)
    with pytest.raises(FileRefused) as refused:
        add_form(coordinator, BALICHA, "表.xlsx", [damage(file.getvalue())])
    assert "已损坏" in refused.value.in_language("zh-hans")


def test_an_xlsx_stays_as_it_is(add: AddForm):
    assert add("civil.xlsx").layout["rebuilt_from"] == ""
