"""A ledger small enough to read in a test, and ways to look at the register as a whole."""

from pathlib import Path
from typing import Any

import xlsxwriter

from linli.core import rows
from linli.core.scope import scope_of
from linli.registry.intake.changes import TABLES
from linli.registry.ledger.identity import check_digit
from linli.registry.models import Person
from tests.conftest import BALICHA

TITLE = "八里岔社区居民信息台账（2026年）"
HEADERS = "小区 楼栋 单元 房号 姓名 与户主关系 性别 身份证号码 联系电话 人员类别 房东姓名 房东电话 备注".split()


def id_number(birth: str, order: int = 111) -> str:
    """An identity number that holds; an odd order is a man's."""
    digits = f"421303{birth}{order}"
    return digits + check_digit(digits)


ZHANG = ["明珠华府", "1", "1", "101", "张伟", "户主", "男", id_number("19800101"), "13900000001", "常住", "", "", ""]
LI = [
    "明珠华府",
    "1",
    "1",
    "101",
    "李娜",
    "配偶",
    "女",
    id_number("19820202", 222),
    "13900000002",
    "常住",
    "",
    "",
    "孕妇",
]
WANG = [
    "明珠华府",
    "1",
    "1",
    "102",
    "王芳",
    "户主",
    "女",
    id_number("19500303", 444),
    "13900000003",
    "租户",
    "赵六",
    "13700000009",
    "",
]
NO_NUMBER = ["明珠华府", "2", "1", "201", "陈静", "户主", "女", "", "13900000004", "常住", "", "", ""]
WRONG_NUMBER = ["明珠华府", "2", "1", "201", "陈强", "子女", "男", "421303201001011110", "", "外出", "", "", ""]
VACANT = ["明珠华府", "2", "1", "202", "", "", "", "", "", "", "", "", "空置"]
PEOPLE = (ZHANG, LI, WANG, NO_NUMBER, WRONG_NUMBER, VACANT)


def changed(row: list[str], **cells: str) -> list[str]:
    """A row with other cells, by header."""
    return [cells.get(header, cell) for header, cell in zip(HEADERS, row, strict=True)]


def written(folder: Path, table: Any, title: str = TITLE, headers: Any = HEADERS) -> Path:
    """Write a ledger; every cell is text."""
    path = folder / f"ledger-{len(list(folder.iterdir()))}.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_string(0, 0, title)
        for number, row in enumerate([headers, *table], start=1 if title else 0):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path


def whole_register(community: int = BALICHA) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of the register and its places, to compare before and after."""
    with scope_of(((community, community + 1),)):
        return {
            table: {tuple(sorted(rows.as_plain(row).items())) for row in model.objects.all()}
            for table, model in TABLES.items()
        }


def person_named(name: str, community: int = BALICHA) -> Person:
    with scope_of(((community, community + 1),)):
        found: Person = Person.objects.get(name=name)
        return found
