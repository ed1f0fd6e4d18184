"""Which door somebody lives behind, where a ledger says it in few words: floors, sides, sheets, forms, heads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told
from tests.registry.ledger.writers import Sheet, write_xlsx


@pytest.mark.parametrize(("header", "floor"), [("楼层", "二楼"), ("层", "2层"), ("楼层", 2)])
def test_tells_the_east_doors_of_two_floors_apart(read_rows, header, floor):
    rows = [["楼栋", "单元", header, "户", "姓名", "性别"]]
    rows += [["1", "1", floor, "东户", "张三", "男"], ["1", "1", "三楼", "东户", "李四", "男"]]
    assert [(door.room, door.floor) for door in read_rows(rows).dwellings] == [("2楼东户", 2), ("3楼东户", 3)]


def test_tells_the_east_doors_of_two_floors_apart_in_one_cell(read_rows):
    rows = [["地址", "姓名", "性别"], ["3栋1单元2楼东户", "张三", "男"], ["3栋1单元5楼东户", "李四", "男"]]
    assert [door.room for door in read_rows(rows).dwellings] == ["2楼东户", "5楼东户"]


def test_tells_families_without_a_door_number_apart_by_their_heads(read_rows):
    rows = [["组别", "自然湾", "姓名", "与户主关系", "身份证号"]]
    rows += [["1组", "张家湾", one.name, one.relation, one.id_number] for home in HOMES for one in home.members]
    ledger = read_rows(rows)
    assert ledger.household_count == len(HOMES)
    assert len(ledger.people) == len(EVERYONE)


@pytest.mark.parametrize("header", ["户主及电话", "户主姓名及联系电话", "姓名/电话", "住户姓名、联系方式"])
def test_reads_name_and_phone_in_one_cell(read_rows, header):
    rows: list[list[Any]] = [["楼栋单元房号", header, "身份证号"]]
    rows += [[home.door, f"{home.head.name} {home.head.phone}", home.head.id_number] for home in HOMES]
    people = read_rows(rows).people
    assert [(person.name, person.phones) for person in people] == [
        (home.head.name, (home.head.phone,)) for home in HOMES
    ]


def test_reads_the_door_from_the_name_of_a_household_s_sheet(read, tmp_path):
    header = ["姓名", "与户主关系", "身份证号", "电话"]
    sheets = [
        Sheet(
            f"{home.building}-{home.unit}-{home.room}",
            [header, *([one.name, one.relation, one.id_number, one.phone] for one in home.members)],
        )
        for home in HOMES
    ]
    assert told(read(write_xlsx(tmp_path / "book.xlsx", sheets))) == EVERYONE


def test_reads_the_door_from_a_form_above_each_household(read_rows):
    rows: list[list[Any]] = []
    for home in HOMES:
        rows += [["小区", "明珠华府", "楼栋", home.building, "单元", home.unit, "房号", home.room]]
        rows += [["姓名", "与户主关系", "身份证号", "电话"]]
        rows += [[one.name, one.relation, one.id_number, one.phone] for one in home.members]
        rows += [["入户人签字：", "", "户主签字："]]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert {door.compound for door in ledger.dwellings} == {"明珠华府"}


@pytest.mark.parametrize("header", ["户主", "业主"])
def test_reads_lists_of_heads_beside_each_other(read_rows, header):
    rows = [["明珠华府1栋通讯录"], ["室", header, "电话", "室", header, "电话"]]
    for one, other in zip(HOMES[::2], HOMES[1::2], strict=True):
        rows.append([cell for home in (one, other) for cell in (home.room, home.head.name, home.head.phone)])
    ledger = read_rows(rows)
    assert {person.name for person in ledger.people} == {home.head.name for home in HOMES}
    assert {(door.compound, door.building) for door in ledger.dwellings} == {("明珠华府", "1")}


def test_reads_the_door_from_numbered_lines_above_each_household(read_rows):
    rows: list[list[Any]] = []
    for number, home in enumerate(HOMES, start=1):
        rows += [[f"第{number}户", "地址：", f"明珠华府{home.door}"], ["姓名", "与户主关系", "身份证号", "电话"]]
        rows += [[one.name, one.relation, one.id_number, one.phone] for one in home.members]
    assert told(read_rows(rows)) == EVERYONE


@pytest.mark.parametrize("name", ["租户", "流动", "重点人群", "物业", "独居老人", "外来人员"])
def test_takes_no_word_for_people_in_a_sheets_name_for_a_compound(read_rows, name):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号"]]
    rows += [[home.building, home.unit, home.room, home.head.name, home.head.id_number] for home in HOMES]
    assert {door.compound for door in read_rows(rows, name=name).dwellings} == {""}


def test_takes_a_long_address_alone_in_its_row_for_a_vacant_dwelling(read_rows):
    street = "湖北省随州市曾都区八里岔社区明珠华府1栋1单元10"
    ledger = read_rows([["住址", "姓名", "身份证号"], [f"{street}1室", "张三", ""], [f"{street}2室"]])
    assert [(door.compound, door.room, door.vacant) for door in ledger.dwellings] == [
        ("明珠华府", "101", False), ("明珠华府", "102", True),
    ]  # fmt: skip


def test_reads_a_vacant_room_beside_sums_that_belong_to_nobody(read_rows):
    header = ["楼栋", "单元", "房号", "姓名", "备注", "", "统计"]
    rows = [["1", "1", "101", "张三", "", "", ""], ["1", "1", "102", "", "空置", "", "总人数"]]
    assert [door.vacant for door in read_rows([header, *rows]).dwellings] == [False, True]


def test_takes_a_door_alone_in_its_row_for_no_heading(read_rows):
    rows = [["住址", "姓名", "性别"], ["5栋1单元603（将花苑）", "张三", "男"], ["5栋1单元602（将花苑）"]]
    assert [(door.compound, door.room, door.vacant) for door in read_rows(rows).dwellings] == [
        ("将花苑", "603", False), ("将花苑", "602", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "header", "door"),
    [
        (("3栋", "4栋"), "门牌号", "1-101"),
        (("3栋", "4栋"), "门牌", "1单元101号"),
        (("3", "4"), "门牌号", "1单元101"),
        (("3-1", "4-1"), "门牌号", "101"),
        (("和平里3-1", "和平里4-1"), "房号", "101"),
        (("3#1", "4#1"), "房号", "101"),
        (("3栋", "4栋"), "房号", "1#101"),
    ],
)
def test_reads_the_building_from_the_sheet_where_the_rows_name_unit_and_room(read, tmp_path, sheets, header, door):
    written = [
        Sheet(name, [[header, "姓名", "身份证号"], *([door, one.name, one.id_number] for one in home.members)])
        for name, home in zip(sheets, HOMES, strict=False)
    ]
    doors = read(write_xlsx(tmp_path / "sheets.xlsx", written)).dwellings
    assert [(one.building, one.unit, one.room) for one in doors] == [("3", "1", "101"), ("4", "1", "101")]


def test_reads_building_and_room_where_the_pairs_repeat_the_sheet_s_building(read, tmp_path):
    rows = [["住址", "姓名", "身份证号"]] + [
        [f"3-{101 + n}", home.head.name, home.head.id_number] for n, home in enumerate(HOMES)
    ]
    doors = read(write_xlsx(tmp_path / "sheets.xlsx", [Sheet("3栋", rows)])).dwellings
    assert [(one.building, one.room) for one in doors] == [("3", str(101 + n)) for n in range(len(HOMES))]


@pytest.mark.parametrize(
    ("header", "words"), [("是否户主", ("是", "否")), ("房屋结构", ("砖混", "框架")), ("就业状态", ("在业", "无业"))]
)
def test_takes_no_compound_from_a_column_that_says_something_else(read_rows, header, words):
    rows = [["楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", header]]
    rows += [
        [home.building, home.unit, home.room, one.name, one.relation, one.id_number, words[bool(n)]]
        for home in HOMES
        for n, one in enumerate(home.members)
    ]
    ledger = read_rows(rows)
    assert {door.compound for door in ledger.dwellings} == {""}
    assert len(ledger.dwellings) == len(HOMES)


@pytest.mark.parametrize("room", ["2门101", "2单元第101室"])
def test_reads_the_unit_from_the_room_where_its_column_is_empty(read_rows, room):
    door = read_rows([["楼栋", "单元", "房号", "姓名", "性别"], ["3", "", room, "张三", "男"]]).dwellings[0]
    assert (door.building, door.unit, door.room) == ("3", "2", "101")


def test_adds_no_place_where_somebody_is_away_to_the_door(read_rows):
    rows = [["住址", "姓名", "身份证号", "居住状态", "外出地址"]]
    rows += [[HOMES[0].door, one.name, one.id_number, "在住", ""] for one in HOMES[0].members[:2]]
    away = HOMES[0].members[2]
    ledger = read_rows([*rows, [HOMES[0].door, away.name, away.id_number, "外出", "广东省深圳市宝安区"]])
    assert [(one.building, one.unit, one.room) for one in ledger.dwellings] == [("1", "1", "101")]
    assert [one.residency_kind for one in ledger.people] == ["resident", "resident", "away"]


@pytest.mark.parametrize("header", ["外地住址", "返乡前居住地", "外出人员现居住地", "暂住地址", "现居住地"])
def test_adds_no_city_where_somebody_is_away_to_a_whole_door(read_rows, header):
    rows = [["住址", header, "姓名", "身份证号", "居住状态"]]
    rows += [[HOMES[0].door, "", one.name, one.id_number, "在家"] for one in HOMES[0].members[:2]]
    away = HOMES[0].members[2]
    ledger = read_rows([*rows, [HOMES[0].door, "广东省深圳市宝安区", away.name, away.id_number, "外出"]])
    assert [(one.building, one.unit, one.room) for one in ledger.dwellings] == [("1", "1", "101")]


@pytest.mark.parametrize(
    "header", ["外来务工人员住址", "务工人员现居住地址", "外出人员家庭住址", "外出前住址", "外地人员居住地"]
)
def test_takes_the_door_from_a_column_named_after_those_who_came_or_went(read_rows, header):
    rows = [[header, "姓名", "身份证号"], *([home.door, home.head.name, home.head.id_number] for home in HOMES)]
    assert [(one.building, one.unit, one.room) for one in read_rows(rows).dwellings] == [
        (home.building, home.unit, home.room) for home in HOMES
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("湖北省武汉市", "3栋1单元101"), ("3栋", "1单元101"), ("3栋1单元", "101")]
)
def test_joins_two_columns_that_tell_one_door_together(read_rows, first, second):
    door = read_rows([["地址", "详细地址", "姓名", "性别"], [first, second, "张三", "男"]]).dwellings[0]
    assert (door.building, door.unit, door.room) == ("3", "1", "101")


def test_takes_the_door_from_the_registration_where_the_present_place_names_none(read_rows):
    rows = [["户籍地址", "现居住地", "姓名", "与户主关系", "身份证号", "状态"]]
    for number, home in enumerate(HOMES):
        door = f"苏畈村5组{number + 11}号"
        rows += [[door, "本村", one.name, one.relation, one.id_number, "在家"] for one in home.members[:1]]
        rows += [[door, "广东省深圳市", one.name, one.relation, one.id_number, "外出务工"] for one in home.members[1:]]
    ledger = read_rows(rows)
    assert [(door.building, door.room, len(door.people)) for door in ledger.dwellings] == [
        ("5", str(number + 11), len(home.members)) for number, home in enumerate(HOMES)
    ]
