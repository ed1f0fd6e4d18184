"""Words, rows and marks that stand among people and must cost nobody their place in the register."""

from __future__ import annotations

import random
from typing import Any

import pytest

from linli.registry.ledger import ColumnMapping
from linli.registry.ledger.pipeline import understand
from linli.registry.ledger.reading.grid import Book, Grid
from tests.registry.ledger.households import EVERYONE, HOMES, told
from tests.registry.ledger.writers import Sheet, write_xlsx

HEADER = ["楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "电话", "人员类别", "备注"]
PEOPLE = [
    [home.building, home.unit, home.room, one.name, one.relation, one.id_number, one.phone, "", ""]
    for home in HOMES
    for one in home.members
]
JUNK = (
    "同上", "〃", "合计", "户主：", "地址：3栋2单元", "空置", 0, 1.5, "#REF!", "网格员：李四", "负责人：", "备注：", "3-2-501", "√", "张三",
    "13812345678", "420112", "第1页 共3页", "身份证号", "男", "户主", "租户", "𠮷", 1e18, float("nan"), float("inf"), "（）", "[", "\\",
    "单元：2",
)  # fmt: skip


@pytest.mark.parametrize(
    "noise",
    [
        ["金色家园", "1栋小计", "", "43人"],
        ["总 计", "", "", "共12人"],
        ["备注：", "", "网格员：李四", "", "", "身份证号"],
        ["", "填表人：王五", "户主：", "合计"],
        ["制表：张三", "", "", "2026年11月5日"],
        ["", "", "", "", "第1页 共3页"],
    ],
)
@pytest.mark.parametrize("place", [2, 7, len(PEOPLE) + 1])
def test_reads_on_past_a_row_that_is_nobody(read_rows, noise, place):
    rows = [HEADER, *PEOPLE]
    rows.insert(place, noise)
    assert told(read_rows(rows)) == EVERYONE


def test_reads_people_above_the_first_header(read_rows):
    assert told(read_rows([*PEOPLE[:5], HEADER, *PEOPLE[5:]])) == EVERYONE


def test_reads_a_second_table_with_its_own_title(read_rows):
    other = [[f"{row[0]}栋{row[1]}单元{row[2]}", row[3], row[5]] for row in PEOPLE[6:]]
    rows = [["金色家园常住人口"], HEADER, *PEOPLE[:6], [], ["金色家园流动人口"], ["现住址", "姓名", "身份证号"], *other]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert ledger.vacant_count == 0
    assert {door.compound for door in ledger.dwellings} == {"金色家园"}


def test_takes_a_name_alone_in_its_row_for_a_person(read_rows):
    ledger = read_rows([HEADER, *PEOPLE, ["", "", "", "李子轩"]])
    assert "李子轩" in {person.name for person in ledger.people}


@pytest.mark.parametrize("word", ["网格员：李四", "合计无误", "日期：3月1日", "填表人：王五"])
def test_keeps_a_person_whose_remark_sounds_like_a_signature(read_rows, word):
    rows = [HEADER, *PEOPLE, ["9", "1", "101", "郑桂敏", "", "", "", "", word]]
    assert "郑桂敏" in {person.name for person in read_rows(rows).people}


def test_reads_on_past_a_lone_quotation_mark(read, tmp_path):
    lines = [",".join(map(str, row)) for row in [HEADER, *PEOPLE]]
    lines[2] = '"' + lines[2]
    path = tmp_path / "ledger.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    assert told(read(path)) == EVERYONE


def test_reads_on_past_a_quotation_mark_longer_than_a_field_may_be(read, tmp_path):
    lines = [",".join(map(str, row)) for row in [HEADER, *PEOPLE]]
    lines.insert(2, '9,1,101,"王平,,,,,' + "很" * 140_000)
    path = tmp_path / "ledger.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    assert {one[0] for one in EVERYONE} <= {person.name for person in read(path).people}


def test_takes_no_column_with_another_header_for_a_landlord(read_rows):
    rows: list[list[Any]] = [[*HEADER, "去处"], *[[*row, "广东深圳"] for row in PEOPLE]]
    assert all(door.landlord is None for door in read_rows(rows).dwellings)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Tenant", "tenant"),
        ("Away", "away"),
        ("Resident", "resident"),
        ("暂口", "tenant"),
        ("流口", "tenant"),
        ("常口", "resident"),
    ],
)
def test_knows_more_words_for_why_people_are_here(read_rows, word, kind):
    rows = [HEADER, *[[*row[:7], word, row[8]] for row in PEOPLE]]
    assert {person.residency_kind for person in read_rows(rows).people} == {kind}


@pytest.mark.parametrize(
    ("written", "unit", "room"), [("2-302", "2", "302"), ("2—302室", "2", "302"), ("2-302号", "2", "302")]
)
def test_reads_the_unit_in_a_room_cell(read_rows, written, unit, room):
    one = PEOPLE[0]
    ledger = read_rows([["楼栋", "房号", "姓名", "身份证号"], ["1", written, one[3], one[5]]])
    assert (ledger.dwellings[0].unit, ledger.dwellings[0].room) == (unit, room)


def test_reads_a_number_with_words_behind_it(read_rows):
    assert told(read_rows([HEADER, *[[*row[:5], f"{row[5]}（身份证）", *row[6:]] for row in PEOPLE]])) == EVERYONE


def test_keeps_the_spaces_in_a_compound_in_latin_letters(read_rows):
    rows = [["小区", *HEADER], *[["Golden Garden", *row] for row in PEOPLE]]
    assert {door.compound for door in read_rows(rows).dwellings} == {"Golden Garden"}


@pytest.mark.parametrize("seed", range(25))
def test_loses_nobody_among_random_cells(seed):
    chance = random.Random(seed)
    rows: list[list[Any]] = [list(HEADER)]
    for row in PEOPLE * 3:
        if chance.random() < 0.1:
            rows.append([chance.choice(JUNK) if chance.random() < 0.4 else "" for _ in HEADER])
        noisy = [
            cell if column in (3, 5) or chance.random() > 0.08 else chance.choice(JUNK)
            for column, cell in enumerate(row)
        ]
        rows.append(noisy)
    ledger = understand(Book("xlsx", [Grid("台账", rows, [])]), ColumnMapping())
    assert {one[:2] for one in EVERYONE} <= {(person.name, person.id_number) for person in ledger.people}


def test_reads_numbers_on_past_a_line_of_labels_over_the_names(read_rows):
    labels = ["" for _ in HEADER]
    labels[3], labels[5] = "户主：", "负责人："
    rows = [list(HEADER), *PEOPLE[:4], labels, *PEOPLE[4:]]
    assert {(person.name, person.id_number) for person in read_rows(rows).people} == {one[:2] for one in EVERYONE}


@pytest.mark.parametrize("line", ["疫情防控入户排查表（续表）", "（续）", "接上页", "- 2 -", "第2页", "幸福里住户信息"])
def test_takes_the_line_above_a_printed_page_for_nobody(read_rows, line):
    header = ["姓名", "住址", "身份证号"]
    rows = [[one.name, home.door, one.id_number] for home in HOMES for one in home.members]

    assert told(read_rows([header, *rows[:5], ["小计", "", "5人"], [line], header, *rows[5:]])) == EVERYONE


@pytest.mark.parametrize("line", ["导出时间：2022-03-12 10:00:00", "共 120 条记录", "打印人：张三"])
def test_takes_what_a_program_writes_below_an_export_for_nobody(read_rows, line):
    rows = [[one.name, home.door, one.id_number] for home in HOMES for one in home.members]

    assert told(read_rows([["姓名", "住址", "身份证号"], *rows, [], [line]])) == EVERYONE


def test_reads_no_example_from_a_sheet_of_instructions(read, tmp_path):
    people = [[one.name, home.door, one.id_number] for home in HOMES for one in home.members]
    shown = [["一、按示例填写"], ["姓名", "住址", "身份证号"], ["张三", "1-1-101", ""]]
    sheets = [Sheet("填写说明", [[*row, *[""] * (3 - len(row))] for row in shown])]
    sheets += [Sheet("台账", [["姓名", "住址", "身份证号"], *people])]

    ledger = read(write_xlsx(tmp_path / "two.xlsx", sheets))

    assert told(ledger) == EVERYONE
    assert [(problem.sheet, problem.kind) for problem in ledger.problems if problem.sheet] == [
        ("填写说明", "sheet_without_table")
    ]
    assert [person.name for person in read(write_xlsx(tmp_path / "one.xlsx", sheets[:1])).people] == ["张三"]


def test_takes_nobody_from_the_head_of_a_page_and_the_staff_below(read_rows):
    header = ["楼栋", "单元", "房号", "姓名", "身份证号", "联系电话"]
    rows = [
        [home.building, home.unit, home.room, one.name, one.id_number, one.phone]
        for home in HOMES
        for one in home.members
    ]
    page = ["第2页", "", "", "社区：文峰社区", "", ""]
    staff = ["网格员", "", "", "赵春生", "", "13900002222"]
    ledger = read_rows([header, *rows[:5], page, header, *rows[5:], ["合计", "", "", "", "", ""], staff])
    assert told(ledger) == EVERYONE
    assert len(ledger.dwellings) == len(HOMES)


@pytest.mark.parametrize(
    "noise",
    [
        ["第2页", "", "", "小区：福星城"],
        ["第 2 页", "", "", "文峰社区"],
        ["文峰社区第三网格", "", "", "第2页"],
        ["", "", "", "社区：文峰社区"],
        ["填表人：", "", "", "赵春生", "", "", "13900002222"],
        ["社区网格员", "", "", "赵春生", "", "", "13900002222", "", "每周巡查"],
        ["楼道长", "", "", "赵春生", "", "", "13900002222"],
        ["统计员姓名", "", "", "赵春生"],
    ],
)
@pytest.mark.parametrize("place", [2, len(PEOPLE) + 1])
def test_takes_nobody_from_a_page_line_or_a_keeper_of_the_list(read_rows, noise, place):
    rows = [HEADER, *PEOPLE]
    rows.insert(place, noise)
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert len(ledger.dwellings) == len(HOMES)


@pytest.mark.parametrize(
    "rows",
    [
        [["身份", "姓名", "地址"], ["居民", "张三", "3栋1单元101"], ["楼长", "李四", "3栋1单元102"]],
        [["职务", "姓名", "地址", "电话"], ["", "张三", "3栋1单元101", ""], ["负责人", "李四", "", "13900002222"]],
        [["楼栋", "房号", "姓名", "备注"], ["3", "101", "张三", ""], ["3", "102", "李四", "网格员"]],
    ],
)
def test_keeps_residents_who_hold_an_office(read_rows, rows):
    assert [person.name for person in read_rows(rows).people] == ["张三", "李四"]
