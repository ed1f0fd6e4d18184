"""Sheets as offices build them: merged cells, ditto marks, one sheet a compound, section lines, repeated headers."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest

from tests.registry.ledger.households import HOMES
from tests.registry.ledger.layouts import HEADERS, PERSON, Layout, in_one, lay_out, plain, raw, unnamed
from tests.registry.ledger.truth import Source, compare, source, truth_of
from tests.registry.ledger.writers import Sheet, write_ods, write_text, write_xls, write_xlsx

BOOKS = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}
WHO = {name: raw(name) for name in PERSON}
IN_ONE = {"address": in_one("{c}{b}栋{u}单元{r}室")} | WHO
Placed = dict[int, tuple[str, int]]


def bare(value: Any) -> str:
    return str(value).strip("号楼栋#单元").removesuffix(".0")


def write(tmp_path: Any, book: str, sheet: Sheet) -> Any:
    if book == "csv":
        return write_text(tmp_path / "ledger.csv", sheet, "gb18030")
    return BOOKS[book](tmp_path / f"ledger.{book}", [sheet])


def agrees(read: Any, path: Any, placed: Placed) -> bool:
    return compare(read(path), truth_of(source(), unnamed(placed) if path.suffix == ".csv" else placed)) == []


def merge_doors(sheet: Sheet, columns: list[int]) -> None:
    """Merge the address cells of each run of rows of one dwelling; only the first keeps its words."""
    keys = [tuple(bare(row[column]) for column in columns) for row in sheet.rows]
    start = 1
    for index in range(2, len(keys) + 1):
        if index < len(keys) and keys[index] == keys[start]:
            continue
        for column in columns if index - start > 1 else ():
            sheet.merges.append((start, column, index - 1, column))
            for row in range(start + 1, index):
                sheet.rows[row][column] = ""
        start = index


@pytest.mark.parametrize("book", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("layout", [Layout(), Layout(columns=IN_ONE)], ids=["columns", "one cell"])
def test_reads_merged_addresses(read, tmp_path, book, layout):
    sheet, placed = lay_out(source(), layout)
    merge_doors(sheet, [0] if "address" in layout.columns else [0, 1, 2, 3])
    assert agrees(read, write(tmp_path, book, sheet), placed)


@pytest.mark.parametrize("book", ["xlsx", "xls", "ods", "csv"])
def test_reads_a_header_of_two_rows(read, tmp_path, book):
    sheet, placed = lay_out(source(), Layout())
    leaves = sheet.rows[0]
    groups = ["住址", "", "", "", "人员信息", *[""] * 6, "房东信息", "", "备注"]
    leaves[11:] = ["姓名", "电话", ""]
    sheet.rows.insert(0, groups)
    sheet.merges += [(0, 0, 0, 3), (0, 4, 0, 10), (0, 11, 0, 12), (0, 13, 1, 13)]
    assert agrees(read, write(tmp_path, book, sheet), {key: (name, row + 1) for key, (name, row) in placed.items()})


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "-〃-", "同", "々", "〞"])
@pytest.mark.parametrize("book", ["xlsx", "csv"])
def test_reads_ditto_marks(read, tmp_path, mark, book):
    sheet, placed = lay_out(source(), Layout(columns=IN_ONE))
    given = [list(row) for row in sheet.rows]
    for index in range(2, len(given)):
        for column in (0, 6, 7, 8):
            if given[index][column] == given[index - 1][column] != "":
                sheet.rows[index][column] = mark
    assert agrees(read, write(tmp_path, book, sheet), placed)


@pytest.mark.parametrize("book", ["xlsx", "csv"])
def test_reads_addresses_written_only_on_the_first_row_of_a_household(read, tmp_path, book):
    sheet, placed = lay_out(source(), Layout())
    given = [[bare(value) for value in row[:4]] for row in sheet.rows]
    for index in range(2, len(given)):
        if given[index] == given[index - 1]:
            sheet.rows[index][:4] = [""] * 4
    assert agrees(read, write(tmp_path, book, sheet), placed)


@pytest.mark.parametrize("book", ["xlsx", "csv"])
def test_reads_past_repeated_headers_and_page_totals(read, tmp_path, book):
    sheet, placed = lay_out(source(), Layout())
    header, rows, moved = sheet.rows[0], [], {}
    for index, row in enumerate(sheet.rows):
        if index and index % 40 == 0:
            rows += [["小计", "30人", *[""] * (len(row) - 2)], list(header)]
        rows.append(row)
        moved[index + 1] = len(rows)
    placed = {key: (name, moved[row]) for key, (name, row) in placed.items()}
    assert agrees(read, write(tmp_path, book, Sheet("台账", rows)), placed)


def a_sheet_a_compound(
    name: Callable[[str], str], title: Callable[[str], str] | None, **layout: Any
) -> tuple[list[Sheet], Placed]:
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for row, cells in source().rows:
        groups.setdefault(cells["compound"], []).append((row, cells))
    placed: Placed = {}
    sheets = [Sheet("填表说明", [["填表说明：1.身份证号码请以文本格式填写；2.每户第一行填户主。"]])]
    for compound, rows in groups.items():
        given = Layout(titles=[[title(compound)], []] if title else [], **layout)
        sheet, where = lay_out(Source(rows, {}, []), given, name(compound))
        sheets.append(sheet)
        placed |= where
    return [*sheets, Sheet("Sheet99", [])], placed


NO_COMPOUND = {name: raw(name) for name in ("building", "unit", "room")} | WHO


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("header", [True, False])
def test_takes_the_compound_from_the_sheets_name(read, tmp_path, book, header):
    sheets, placed = a_sheet_a_compound(lambda name: name, None, columns=NO_COMPOUND, header=header)
    assert agrees(read, BOOKS[book](tmp_path / f"ledger.{book}", sheets), placed)


@pytest.mark.parametrize("name", ["{}台账2026", "1.{}", "{}（新版）", "{}居民信息"])
def test_takes_the_compound_from_within_the_sheets_name(read, tmp_path, name):
    sheets, placed = a_sheet_a_compound(name.format, None, columns=NO_COMPOUND)
    assert agrees(read, write_xlsx(tmp_path / "ledger.xlsx", sheets), placed)


@pytest.mark.parametrize("title", ["小区：{}   填表日期：2026年11月1日", "{}居民信息登记表", "小区名称：{}"])
def test_takes_the_compound_from_a_title(read, tmp_path, title):
    names = iter(f"Sheet{number}" for number in range(50))
    sheets, placed = a_sheet_a_compound(lambda _: next(names), title.format, columns=NO_COMPOUND)
    assert agrees(read, write_xlsx(tmp_path / "ledger.xlsx", sheets), placed)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("{c}", ("building", "unit", "room")),
        ("一、{c}", ("building", "unit", "room")),
        ("小区名称：{c}", ("building", "unit", "room")),
        ("{c}{b}栋", ("unit", "room")),
        ("{c}{b}栋{u}单元", ("room",)),
    ],
)
def test_reads_lines_that_head_a_section(read, tmp_path, line, parts, merged):
    layout = Layout(columns={name: raw(name) for name in parts} | WHO)
    rows: list[list[Any]] = [["某社区居民台账"], [HEADERS[name] for name in layout.names]]
    placed: Placed = {}
    last, merges = "", []
    for original, cells in source().rows:
        text = line.format(c=cells["compound"], b=plain(cells, "building"), u=plain(cells, "unit"))
        if text != last:
            rows.append([text])
            merges += [(len(rows) - 1, 0, len(rows) - 1, len(layout.names) - 1)] if merged else []
            last = text
        rows.append([layout.columns[name](cells) for name in layout.names])
        placed[original] = ("台账", len(rows))
    padded = [row + [""] * (len(layout.names) - len(row)) for row in rows]
    assert agrees(read, write(tmp_path, "xlsx", Sheet("台账", padded, merges)), placed)


@pytest.mark.parametrize("name", ["{c}{b}栋", "{c}{b}号楼", "{c}-{b}"])
def test_takes_compound_and_building_from_the_sheets_name(read, tmp_path, name):
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for row, cells in source().rows:
        groups.setdefault(name.format(c=cells["compound"], b=plain(cells, "building")), []).append((row, cells))
    columns = {part: raw(part) for part in ("unit", "room")} | WHO
    laid = [lay_out(Source(rows, {}, []), Layout(columns=columns), title) for title, rows in groups.items()]
    placed = {row: where for _, part in laid for row, where in part.items()}
    assert agrees(read, write_xlsx(tmp_path / "ledger.xlsx", [sheet for sheet, _ in laid]), placed)


def test_ignores_columns_about_other_things_and_other_people(read, tmp_path):
    columns = {
        "seq": lambda cells: "", "grid": lambda cells: "第一网格", "keeper": lambda cells: "李网格",
        "keeper_phone": lambda cells: "13800000000",
        **Layout().columns, "floor": lambda cells: int(cells["room"]) // 100, "birth": lambda cells: "", "people": lambda cells: "汉族",
        "second": lambda cells: "", "work": lambda cells: "随州一中",

        "urgent": lambda cells: "张三丰", "urgent_phone": lambda cells: "13900000000",
    }  # fmt: skip
    more = {
        "seq": "序号", "grid": "所属网格", "keeper": "网格员", "keeper_phone": "网格员电话", "floor": "楼层", "birth": "出生日期",
        "people": "民族",
        "second": "固定电话", "work": "工作单位", "urgent": "紧急联系人", "urgent_phone": "紧急联系人电话",
    }  # fmt: skip
    sheet, placed = lay_out(source(), Layout(columns=columns, headers=HEADERS | more))
    assert agrees(read, write(tmp_path, "xlsx", sheet), placed)


def test_reads_a_web_page_saved_as_xls(read, tmp_path):
    sheet, placed = lay_out(source(), Layout())
    shown = [
        [value if isinstance(value, str) else f"{value:.0f}" if value < 1e15 else f"{value:.5E}" for value in row]
        for row in sheet.rows
    ]
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in shown)
    path = tmp_path / "ledger.xls"
    path.write_bytes(f'<html><meta charset="gb2312"><table border=1>{rows}</table></html>'.encode("gb18030"))
    assert agrees(read, path, {key: ("表1", row) for key, (_, row) in placed.items()})


@pytest.mark.parametrize("name", ["ledger.xls", "ledger.csv.xlsx", "ledger"])
def test_tells_a_workbook_by_its_content(read, tmp_path, name):
    sheet, placed = lay_out(source(), Layout())
    assert agrees(read, write_xlsx(tmp_path / name, [sheet]), placed)


def test_leaves_hidden_sheets_out_and_says_so(read, tmp_path):
    sheet, placed = lay_out(source(), Layout())
    copy = Sheet("备份", sheet.rows, hidden=True)
    ledger = read(write_xlsx(tmp_path / "ledger.xlsx", [sheet, copy]))
    assert compare(ledger, truth_of(source(), placed)) == []
    assert [(problem.sheet, problem.kind) for problem in ledger.problems] == [("备份", "hidden_sheet")]


@pytest.mark.parametrize("grouped", [True, False])
def test_reads_a_tick_for_why_people_are_here_and_what_they_need(read_rows, grouped):
    ticks = ["常住", "流动", "空挂户", "人户分离", "外出务工", "独居老人", "重病", "退役军人"]
    header = [["小区", "地址", "姓名", "身份证号", "电话", *ticks]]
    merges = []
    if grouped:
        header = [[*header[0][:5], "居住情况", "", "", "", "", "特殊人群", "", ""], [*[""] * 5, *ticks]]
        merges = [(0, 5, 0, 9), (0, 10, 0, 12), *((0, column, 1, column) for column in range(5))]
    rows = list(header)
    for place, home in enumerate(HOMES):
        marks = [""] * len(ticks)
        marks[place] = "√"
        head = home.head
        rows.append(["明珠华府", home.door, head.name, head.id_number, head.phone, *marks])
    people = read_rows(rows, merges=merges).people
    assert [(person.residency_kind, person.care_needs) for person in people] == [
        ("resident", ()), ("tenant", ()), ("registered_only", ()), ("away", ()), ("away", ()), ("resident", ("独居老人",)),
    ]  # fmt: skip


def test_reads_short_words_under_the_header_of_their_group(read_rows):
    rows = [
        ["姓名", "证件", "", "联系方式", "", "户籍信息", "居住信息"],
        ["", "类型", "号码", "本人", "家庭", "地址", "地址"],
    ]
    rows += [
        [home.head.name, "身份证", home.head.id_number, home.head.phone, "0722-3312345", "湖北省随县1号", home.door]
        for home in HOMES
    ]
    people = read_rows(rows, merges=[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)]).people
    assert [(person.id_number, person.phones, person.hukou_division) for person in people] == [
        (home.head.id_number, (home.head.phone, "0722-3312345"), "湖北省随县1号") for home in HOMES
    ]


def test_takes_a_household_number_of_three_digits_beside_an_address_for_no_room(read_rows):
    rows = [["户号", "姓名", "住址"]]
    rows += [[f"{number:03d}", home.head.name, home.door] for number, home in enumerate(HOMES, start=1)]
    assert [door.room for door in read_rows(rows).dwellings] == [home.room for home in HOMES]


def test_takes_a_line_of_signatures_under_every_column_for_nobody(read_rows):
    rows = [["序号", "地址", "姓名", "性别", "关系", "身份证号", "联系电话"]]
    rows += [["1", home.door, home.head.name, "女", "户主", home.head.id_number, home.head.phone] for home in HOMES]
    rows.append(["审核人：", "", "", "网格长签字：", "", "", "日期：2026.3.1"])
    assert len(read_rows(rows).people) == len(HOMES)


def test_takes_a_vacant_door_right_below_the_header_for_no_second_header(read_rows):
    rows = [["住址", "姓名", "身份证号", "电话"], ["明珠华府1栋1单元101", "空置", "", ""]]
    rows += [["明珠华府" + home.door, home.head.name, home.head.id_number, home.head.phone] for home in HOMES[1:]]
    ledger = read_rows(rows)
    assert ledger.vacant_count == 1
    assert len(ledger.people) == len(HOMES) - 1


@pytest.mark.parametrize("numbers", [["甲", "乙", "1", "2", "3"], ["A", "B", "C", "1", "2"], ["1", "2", "3", "4", "5"]])
def test_takes_a_row_that_numbers_the_columns_for_nobody(read_rows, numbers):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号"], numbers]
    rows += [[home.building, home.unit, home.room, home.head.name, home.head.id_number] for home in HOMES]
    assert len(read_rows(rows).people) == len(HOMES)


def test_says_a_disability_of_a_kind_once_when_two_columns_tell_it(read_rows):
    rows = [["地址", "姓名", "重点人群", "健康状况", "备注"], ["3-2-501", "张三", "残疾人", "肢体残疾二级", ""]]
    assert read_rows(rows).people[0].care_needs == ("肢体残疾",)


def test_reads_numbers_that_a_text_file_wraps_as_formulas(read, tmp_path):
    path = tmp_path / "wrapped.csv"
    lines = ["小区,楼栋,单元,房号,姓名,身份证号,电话"]
    for home in HOMES:
        door = f"{home.building},{home.unit},{home.room}"
        lines.append(f'明珠华府,{door},{home.head.name},="{home.head.id_number}",="{home.head.phone}"')
    path.write_text("\n".join(lines), "utf-8")
    assert [(person.id_number, person.phones) for person in read(path).people] == [
        (home.head.id_number, (home.head.phone,)) for home in HOMES
    ]


def test_takes_no_list_of_staff_for_residents(read, tmp_path):
    residents = [["楼栋", "单元", "房号", "姓名", "性别"], ["1", "1", "101", "张三", "男"]]
    staff = [["姓名", "职务", "联系电话"], ["李红", "书记", "13800000001"], ["王芳", "网格员", "13800000002"]]

    ledger = read(write_xlsx(tmp_path / "ledger.xlsx", [Sheet("居民", residents), Sheet("通讯录", staff)]))

    assert [person.name for person in ledger.people] == ["张三"]
    assert [(p.sheet, p.kind) for p in ledger.problems if p.sheet] == [("通讯录", "sheet_without_table")]


def test_reads_over_the_title_lines_that_each_page_repeats(read_rows):
    top = [["基本信息"], ["楼栋", "单元", "房号", "姓名", "性别"]]
    rows = [*top, ["1", "1", "101", "张三", "男"], *top, ["1", "1", "102", "李四", "女"]]

    assert [(door.room, len(door.people)) for door in read_rows(rows).dwellings] == [("101", 1), ("102", 1)]


@pytest.mark.parametrize("line", ["将花苑（9栋）", "将花苑 9号楼", "将花苑9#楼"])
def test_reads_the_building_of_a_line_above_its_households(read_rows, line):
    rows = [
        ["单元", "房号", "姓名", "身份证号"],
        [line],
        *(["1", "101", one.name, one.id_number] for one in HOMES[0].members),
    ]

    assert [(door.compound, door.building) for door in read_rows(rows).dwellings] == [("将花苑", "9")]
