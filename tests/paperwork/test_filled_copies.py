"""Three agencies' forms of different layout, filled without a word said about them; then odd ones."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl.styles import Border, Side

from linli.core import clock
from linli.core.actors import Actor
from linli.core.scope import scope_of
from linli.places.models import Compound
from linli.registry.ledger import ColumnMapping, Limits
from linli.registry.ledger.pipeline import parse_ledger
from linli.registry.models import Person, Residency
from linli.registry.services.stays import end_residency
from tests.conftest import BALICHA
from tests.paperwork.conftest import AddForm, Fill, blank, table
from tests.registry.office import ZHANG, person_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
THIN = Side(style="thin")
TODAY = "{0.year}年{0.month}月{0.day}日"


def test_a_list_of_the_elderly_has_its_people_ticks_and_footer(add: AddForm, fill: Fill):
    form = add("civil.xlsx")
    assert form.name == "独居、空巢老年人基本情况摸底表"
    book = fill(form, who=form.layout["sheets"][0]["about"])
    assert table(book, 6, 7) == [
        (1, "周奶奶", "女", "1940-01", "421303194001012242", "明珠华府2栋1单元203室", "√", None, "√", None, None, "13900000007", None),
        (None,) * 13,
    ]  # fmt: skip
    sheet = book.worksheets[0]
    assert sheet["A3"].value == "填报单位（盖章）：八里岔社区"
    assert sheet["J3"].value == f"填报日期：{TODAY.format(clock.today())}"
    assert str(sheet["A18"].value).startswith("说明：")
    assert (sheet["A19"].value, sheet["F19"].value) == ("填表人：coordinator", "审核人：")


def test_a_form_with_more_people_than_rows_grows_and_keeps_its_looks(add: AddForm, fill: Fill):
    sheet = fill(add("police.xlsx"))["登记表"]
    assert [row[1] for row in sheet.iter_rows(5, 9, values_only=True)] == ["张伟", "王芳", "陈静", "周奶奶", "孙强"]
    assert (sheet["A11"].value, sheet["F11"].value) == ("合计", "=SUM(F5:F10)")
    assert sheet["A1"].value == "北郊街道八里岔社区流动人口（出租房屋）登记表"
    assert (sheet["A2"].value, sheet["B2"].value) == ("登记单位：", "八里岔社区")


def test_what_stands_below_the_rows_moves_down_with_merges_rules_and_print_area(add: AddForm, fill: Fill):
    book = blank(
        ["人员名单"],
        ["序号", "姓名", "性别", "住址", None],
        [1],
        [2],
        ["合计", None, None, "=COUNTA(B3:B4)"],
        ["负责人签字："],
    )
    sheet = book.worksheets[0]
    for area in ("A1:E1", "D2:E2", "D3:E3", "D4:E4", "A6:E6"):
        sheet.merge_cells(area)
    line = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    for row in sheet["A2:E5"]:
        for cell in row:
            cell.border = line
    sheet.print_area = "A1:E6"
    sheet.row_dimensions[6].height = 40
    filled = fill(add(book)).worksheets[0]
    assert [row[1] for row in filled.iter_rows(3, 10, values_only=True)] == [
        "张伟",
        "李娜",
        "王芳",
        "陈静",
        "陈强",
        "周奶奶",
        "孙强",
        "孙小妹",
    ]
    assert (filled["A11"].value, filled["D11"].value, filled["A12"].value) == (
        "合计",
        "=COUNTA(B3:B10)",
        "负责人签字：",
    )
    merged = {str(area) for area in filled.merged_cells.ranges}
    assert merged == {"A1:E1", "D2:E2", "A12:E12", *(f"D{row}:E{row}" for row in range(3, 11))}
    assert filled.print_area == "'Sheet'!$A$1:$E$12"
    assert filled.row_dimensions[12].height == 40
    assert {filled.cell(row, 2).border.left.style for row in range(3, 11)} == {"thin"}


def test_a_workbook_of_two_tables_has_both_filled_with_the_round(add: AddForm, fill: Fill):
    book = fill(add("health.xlsx"))
    people = table(book, 5, 12, "采样人员名单")
    assert people[0][:4] == (1, "张伟", "居民身份证", ZHANG[7])
    assert {row[10] for row in people} == {"否"}
    assert table(book, 5, 8, "汇总表") == [
        ("明珠华府", "1", 2, 3, 0, 0, 0, 1, 1),
        ("明珠华府", "2", 2, 3, 0, 0, 0, 1, 0),
        ("金域", "1", 1, 2, 0, 0, 0, 0, 0),
        (None,) * 9,
    ]
    assert table(book, 10, 10, "汇总表") == [("合计", None, 5, 8, 0, 0, 0, 2, 1)]


def test_rows_that_say_what_they_count_get_their_numbers(add: AddForm, fill: Fill):
    book = blank(
        ["人口统计表"],
        ["年龄段", "合计", "男", "女"],
        ["0-17岁"],
        ["18-59岁"],
        ["60岁及以上"],
        ["独居老人"],
        ["合计"],
        ["填表人："],
    )
    filled = fill(add(book))
    assert [row[:4] for row in table(filled, 3, 7)] == [
        ("0-17岁", 2, 1, 1), ("18-59岁", 3, 2, 1), ("60岁及以上", 2, 0, 2), ("独居老人", 1, 0, 1), ("合计", 8, 3, 5),
    ]  # fmt: skip


def test_rows_that_name_places_are_filled_where_they_are_ours(add: AddForm, fill: Fill):
    book = blank(
        ["街道人口汇总表"],
        ["序号", "社区", "总户数", "总人数", "60岁以上"],
        [1, "邻近社区"],
        [2, "八里岔社区"],
        ["合计"],
    )
    filled = fill(add(book))
    assert table(filled, 3, 5) == [
        (1, "邻近社区", None, None, None),
        (2, "八里岔社区", 5, 8, 2),
        ("合计", None, None, None, None),
    ]


def test_a_household_has_its_members_side_by_side(add: AddForm, fill: Fill):
    heads = ["户主", "户主电话", "家庭人口数", "成员1姓名", "成员1与户主关系", "成员2姓名"]
    filled = fill(add(blank(["一户一档表"], heads)))
    assert table(filled, 3, 4) == [
        ("张伟", "13900000001", 2, "李娜", "配偶", None),
        ("王芳", "13900000003", 1, None, None, None),
    ]


def test_dwellings_are_listed_with_the_vacant_ones(add: AddForm, fill: Fill):
    filled = fill(add(blank(["小区", "楼栋", "房号", "房屋状态", "房东姓名", "居住人数"])))
    states = [(row[2], row[3], row[4], row[5]) for row in table(filled, 2, 7)]
    assert states[1:4] == [("102", "出租", "赵六", 1), ("201", "自住", None, 2), ("202", "空置", None, 0)]


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("出生日期（格式：19800101）", "19800101"),
        ("出生日期(1980年1月1日)", "1980年1月1日"),
        ("出生年月", "1980-01"),
        ("出生日期", "1980-01-01"),
        ("出生日期（例：1980.01.01）", "1980.01.01"),
        ("性别（1.男 2.女）", "1"),
    ],
)
def test_values_are_written_as_the_header_shows(add: AddForm, fill: Fill, header: str, written: str):
    filled = fill(add(blank(["姓名", header, "住址"])))
    assert table(filled, 2, 2)[0][1] == written


def test_the_offices_own_columns_are_written_where_a_ledger_brought_them(add: AddForm, fill: Fill):
    form = add(blank(["姓名", "民族", "政治面貌", "住址"]))
    assert [(column["field"], column["how"]) for column in form.layout["sheets"][0]["columns"][1:3]] == [
        ("own:民族", "own"),
        ("", "none"),
    ]
    assert {row[1:3] for row in table(fill(form), 2, 9)} == {("汉族", None), ("回族", None)}


def test_numbers_are_texts_and_no_text_becomes_a_formula(add: AddForm, fill: Fill):
    with scope_of(((BALICHA, BALICHA + 1),)):
        Person.objects.filter(name="张伟").update(remarks='=HYPERLINK("http://evil.example")')
    sheet = fill(add(blank(["姓名", "身份证号", "备注"]))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].number_format) == (ZHANG[7], "s", "@")
    assert (sheet["C2"].data_type, sheet["C2"].quotePrefix) == ("s", True)


def test_a_form_is_filled_for_one_compound_group_and_day(add: AddForm, fill: Fill, coordinator: Actor):
    form = add(blank(["姓名", "住址"]))
    with scope_of(((BALICHA, BALICHA + 1),)):
        Residency.objects.update(since=clock.today() - timedelta(days=9))
        jinyu = Compound.objects.get(name="金域").pk
    end_residency(coordinator, person_named("孙强").pk, "moved", on=clock.today() - timedelta(days=2))
    names = [row[0] for row in table(fill(form, compound=jinyu), 2, 3)]
    assert names == ["孙小妹", None][: len(names)]
    past = fill(form, day=clock.today() - timedelta(days=3), compound=jinyu, who="people|kind=tenant")
    assert [row[0] for row in table(past, 2, 3)] == ["孙强", "孙小妹"]
    before = fill(form, day=clock.today() - timedelta(days=30))
    assert before.worksheets[0].max_row == 1


def test_a_formula_of_the_agency_goes_down_with_the_rows(add: AddForm, fill: Fill):
    book = blank(["姓名", "住址", "字数"], [None, None, "=LEN(A2)"])
    sheet = fill(add(book)).worksheets[0]
    assert [sheet[f"C{row}"].value for row in (2, 3, 9)] == ["=LEN(A2)", "=LEN(A3)", "=LEN(A9)"]


def test_a_filled_copy_is_read_by_the_ledger_reader_again(add: AddForm, fill: Fill, tmp_path: Path):
    book = fill(add("civil.xlsx"))
    book.save(tmp_path / "again.xlsx")
    people = parse_ledger(tmp_path / "again.xlsx", ColumnMapping(), Limits()).people
    assert sorted(person.name for person in people) == sorted("张伟 李娜 王芳 陈静 陈强 周奶奶 孙强 孙小妹".split())
