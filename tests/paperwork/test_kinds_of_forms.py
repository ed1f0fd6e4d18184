"""Forms of many agencies, each filled without a word said about it: whom a title means, what is counted, what stays empty."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from linli.core.actors import Actor
from linli.paperwork.models import AgencyForm
from linli.paperwork.services.keeping import add_form
from linli.paperwork.sheet.conditions import group_in, read_condition
from tests.conftest import BALICHA
from tests.paperwork.conftest import AddForm, Fill, blank, lined, table
from tests.registry.ledger.writers import Sheet, write_ods, write_xls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
UNIT = ["填报单位（盖章）：            填报人：          填报日期：   年  月  日"]


def about(form: AgencyForm) -> str:
    told: str = form.layout["sheets"][0]["about"]
    return told


def fields(form: AgencyForm, sheet: int = 0) -> list[str]:
    return [column["field"] for column in form.layout["sheets"][sheet]["columns"]]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("未采样人员登记表", "people|round=open"),
        ("核酸检测人员信息登记表", ""),
        ("育龄妇女（15-49岁）基本情况登记表", "people|sex=female|age=15-49"),
        ("重点人群健康服务登记表（65岁及以上）", "people|age=65-"),
        ("外籍及港澳台人员信息登记表", "people|paper=passport|paper=hk_macau|paper=taiwan"),
        ("外籍人员登记表", "people|paper=passport"),
        ("空置房屋排查登记表", "vacant"),
        ("0—6岁儿童信息登记表", "people|age=0-6"),
        ("居民信息登记表", ""),
        ("育龄妇女登记表", "people|sex=female|age=15-49"),
        ("应采未采人员名单", "people|round=open"),
        ("台胞信息登记表", "people|paper=taiwan"),
    ],
)
def test_a_title_says_whom_a_form_is_about(title: str, written: str) -> None:
    told = group_in(title)
    assert (told.written() if told else "") == written
    assert not written or read_condition(written) == told


def test_what_is_built_is_counted_and_not_named(add: AddForm, fill: Fill) -> None:
    heads = ["小区名称", "楼栋数", "单元数", "层数", "总户数", "空置户数", "居住人数", "楼栋长"]
    form = add(blank(["小区基本情况统计表"], UNIT, heads, [], []))
    assert fields(form)[1:4] == ["count:buildings", "count:building_units", "count:floors"]
    rows = table(fill(form), 4, 5)
    assert [row[:3] for row in rows] == [("明珠华府", 2, 2), ("金域", 1, 1)]
    assert [row[4:7] for row in rows] == [(4, 1, 6), (1, 0, 2)]


def test_a_form_of_vacant_dwellings_lists_them_alone(add: AddForm, fill: Fill) -> None:
    form = add(blank(["空置房屋排查登记表"], UNIT, ["序号", "小区", "楼栋", "单元", "门牌号", "空置时间"], [], []))
    assert table(fill(form, who=about(form)), 4, 4) == [(1, "明珠华府", "2", "1", "202", None)]


def test_what_is_written_on_the_spot_stays_empty(add: AddForm) -> None:
    heads = ["序号", "姓名", "住址", "行动不便原因", "上门时间", "走访人", "采样人员签字", "基础疾病"]
    assert fields(add(blank(["名单"], heads, [], []))) == ["sequence", "name", "address", "", "", "", "", "care_needs"]


def test_each_sheet_is_filled_for_its_own_group(add: AddForm, fill: Fill) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("0-17岁", "18-59岁", "60岁以上"):
        sheet = book.create_sheet(name)
        sheet.append(["姓名", "出生日期", "住址"])
    filled = fill(add(book), who="each")
    assert [[row[0] for row in table(filled, 2, 9, sheet.title) if row[0]] for sheet in filled] == [
        ["陈强", "孙小妹"], ["张伟", "李娜", "孙强"], ["王芳", "周奶奶"],
    ]  # fmt: skip


def test_each_sheet_named_for_a_compound_holds_its_people(add: AddForm, fill: Fill) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("明珠华府", "金域小区"):
        book.create_sheet(name).append(["姓名", "楼栋", "房号"])
    filled = fill(add(book))
    assert [row[0] for row in table(filled, 2, 3, "金域小区")] == ["孙强", "孙小妹"]
    assert len([row for row in table(filled, 2, 9, "明珠华府") if row[0]]) == 6


def test_a_gap_for_each_place_behind_the_unit_is_completed(add: AddForm, fill: Fill) -> None:
    sheet = fill(add(blank(["单位：            街道            社区"], ["姓名", "住址"], []))).worksheets[0]
    assert sheet["A1"].value == "单位：北郊街道八里岔社区"


def test_the_forms_own_formulas_stay(add: AddForm, fill: Fill) -> None:
    rows = [[band, f"=C{at}+D{at}"] for at, band in enumerate(("0-17岁", "18-59岁", "60岁以上"), start=3)]
    sheet = fill(add(blank(["年龄段统计表"], ["年龄段", "合计", "男", "女"], *rows))).worksheets[0]
    assert [cell.value for cell in sheet["B"][2:]] == ["=C3+D3", "=C4+D4", "=C5+D5"]
    assert [(sheet.cell(row, 3).value, sheet.cell(row, 4).value) for row in (3, 4, 5)] == [(1, 1), (2, 1), (0, 2)]


def choosing(rows: list[list[str]], lists: dict[str, str], dictionary: tuple[list[str], ...] = ()) -> Workbook:
    """A blank form whose columns let choose from lists; the dictionary stands on a hidden sheet."""
    book = blank(*rows)
    sheet = book.worksheets[0]
    if dictionary:
        hidden = book.create_sheet("字典")
        hidden.sheet_state = "hidden"
        for row in dictionary:
            hidden.append(row)
        book.defined_names["关系"] = DefinedName("关系", attr_text="字典!$B$1:$B$4")
    for letter, formula in lists.items():
        rule = DataValidation(type="list", formula1=formula)
        rule.add(f"{letter}2:{letter}200")
        sheet.add_data_validation(rule)
    return book


def test_what_an_agency_lets_choose_is_written_in_its_words(add: AddForm, fill: Fill) -> None:
    heads = ["姓名*", "性别*", "人口类型*", "与户主关系*", "证件种类", "是否独居"]
    dictionary = (["户籍常住", "本人或户主"], ["流动人口", "配偶"], ["人户分离", "子"], ["空挂户", "女"])
    lists = {
        "B": '"1-男,2-女"', "C": "字典!$A$1:$A$4", "D": "关系", "E": '"居民身份证,护照,其他"', "F": '"√,×"',
    }  # fmt: skip
    rows = {row[0]: row[1:] for row in table(fill(add(choosing([heads, []], lists, dictionary))), 2, 9)}
    assert rows["李娜"] == ("2-女", "户籍常住", "配偶", "居民身份证", "×")
    assert rows["孙小妹"] == ("2-女", "流动人口", "女", "居民身份证", "×")
    assert rows["周奶奶"] == ("2-女", "户籍常住", "本人或户主", "居民身份证", "√")
    assert rows["陈强"][1:3] == ("人户分离", "子")


def test_codes_below_the_header_are_written_and_stay(add: AddForm, fill: Fill) -> None:
    heads = ["户编号", "姓名", "性别", "身份证号", "居住类型", "是否残疾", "面积"]
    codes = ["（A01）", "（A02）", "1男2女", "18位", "1常住2租住3外出", "1是0否", "平方米"]
    sheet = fill(add(blank(["人口数据报送表"], heads, codes, [], []))).worksheets[0]
    assert [cell.value for cell in sheet[3]] == codes
    rows = {row[1]: row for row in sheet.iter_rows(4, 11, values_only=True)}
    assert (rows["李娜"][2], rows["李娜"][4], rows["李娜"][5]) == ("2", "1", "0")
    assert (rows["孙强"][2], rows["孙强"][4]) == ("1", "2")
    assert rows["陈强"][4] == "3"


def test_words_in_a_headers_note_are_used(add: AddForm, fill: Fill) -> None:
    heads = ["姓名", "人员类别（户籍/租住/其他）", "需求（透析/独居/孕产妇/其他）"]
    form = add(blank(["特殊需求人员表"], heads, []))
    assert fields(form)[1:] == ["category", "care_needs"]
    rows = {row[0]: row[1:] for row in table(fill(form), 3, 10)}
    assert (rows["孙强"][0], rows["陈强"][0], rows["周奶奶"][1], rows["李娜"][1]) == ("租住", "户籍", "独居", "孕产妇")


def test_numbers_in_boxes_and_days_in_parts(add: AddForm, fill: Fill) -> None:
    heads = ["姓名", "出生日期", None, None, "身份证号码", *[None] * 17, "手机", "固定电话"]
    below = [None, "年", "月", "日"]
    book = blank(["登记表"], heads, below, [], [], merges=("A2:A3", "B2:D2", "E2:V3", "W2:W3", "X2:X3"))
    form = add(book)
    assert fields(form) == ["name", "birth", "birth", "birth", "id_number", "phone", "phone"]
    rows = {row[0]: row for row in fill(form).worksheets[0].iter_rows(4, 11, values_only=True)}
    assert rows["周奶奶"][1:4] == (1940, 1, 1)
    assert "".join(str(one) for one in rows["周奶奶"][4:22]) == "421303194001012242"
    assert rows["周奶奶"][22:24] == ("13900000007", None)
    assert rows["陈静"][4:22] == (None,) * 18


def test_a_list_in_two_parts_goes_down_the_first_then_down_the_second(add: AddForm, fill: Fill) -> None:
    heads = ["序号", "姓名", "电话", None, "序号", "姓名", "电话"]
    form = add(lined(blank(["居民花名册"], heads), 2, 5, 7))
    assert fields(form) == ["sequence", "name", "phone"]
    rows = table(fill(form), 3, 7)
    assert [row[0] for row in rows] == [1, 2, 3, 4, None]
    assert [(row[4], row[5]) for row in rows[:4]] == [(5, "陈强"), (6, "周奶奶"), (7, "孙强"), (8, "孙小妹")]


def test_labels_with_boxes_are_filled_with_numbers(add: AddForm, fill: Fill) -> None:
    rows = [
        ["社区名称", None, "总户数", None],
        ["总人口", None, "租户人数", None],
        ["60岁以上老年人", None, "楼栋数", None],
    ]
    sheet = fill(add(lined(blank(["社区基本情况表"], *rows), 2, 4, 4))).worksheets[0]
    assert [sheet[place].value for place in ("B2", "D2", "B3", "D3", "B4", "D4")] == ["八里岔社区", 5, 8, 3, 2, 3]


def test_numbers_above_a_list_are_filled_with_it(add: AddForm, fill: Fill) -> None:
    rows = [
        ["总户数", "总人数", "租户", "60岁以上"],
        [],
        [],
        ["二、人员名单"],
        ["序号", "姓名", "性别", "电话"],
        [],
        [],
    ]
    book = lined(lined(blank(["汇总表"], *rows), 2, 3, 4), 6, 8, 4)
    sheet = fill(add(book)).worksheets[0]
    assert [cell.value for cell in sheet[3][:4]] == [5, 8, 2, 2]
    assert [row[1] for row in sheet.iter_rows(7, 14, values_only=True)][:2] == ["张伟", "李娜"]
    assert sheet.max_row == 14


def test_a_form_as_csv_is_rebuilt_and_filled(coordinator: Actor, fill: Fill) -> None:
    text = "60岁以上老年人登记表,,,\n填报单位：,,填报日期：,\n序号,姓名,年龄,联系电话\n,,,\n,,,\n填表人：,,,\n"
    form = add_form(coordinator, BALICHA, "老人表.csv", [text.encode("gb18030")])
    assert form.layout["rebuilt_from"] == "csv"
    assert (form.name, about(form)) == ("60岁以上老年人登记表", "people|age=60-")
    sheet = fill(form, who=about(form)).worksheets[0]
    assert sheet["A2"].value == "填报单位：八里岔社区"
    assert [row[1] for row in sheet.iter_rows(4, 5, values_only=True)] == ["王芳", "周奶奶"]


@pytest.mark.parametrize("write", [write_xls, write_ods], ids=["xls", "ods"])
def test_a_form_of_another_program_keeps_its_words_and_merged_cells(
    coordinator: Actor, fill: Fill, tmp_path: Path, write: Callable[[Path, list[Sheet]], Path]
) -> None:
    rows = [
        ["流动人口登记表", "", "", ""],
        ["姓名", "住址", "联系方式", ""],
        ["", "", "手机", "座机"],
        ["负责人签字：", "", "", ""],
    ]
    path = write(tmp_path / "blank", [Sheet("登记表", rows, [(0, 0, 0, 3), (1, 2, 1, 3), (1, 0, 2, 0), (1, 1, 2, 1)])])
    form = add_form(coordinator, BALICHA, "登记表.et", [path.read_bytes()])
    assert fields(form) == ["name", "address", "phone", "phone"]
    sheet = fill(form, who=about(form)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(4, 6, values_only=True)] == ["王芳", "孙强", "孙小妹"]
    assert sheet["A7"].value == "负责人签字："
    assert "A1:D1" in {str(area) for area in sheet.merged_cells.ranges}


def test_dwellings_of_a_group_are_those_it_lives_in(add: AddForm, fill: Fill) -> None:
    form = add(blank(["房屋登记表"], ["楼栋", "房号", "房屋状态"], [], []))
    rows = [row for row in table(fill(form, who="people|kind=tenant"), 3, 8) if row[0]]
    assert [row[2] for row in rows] == ["出租", "出租"]
