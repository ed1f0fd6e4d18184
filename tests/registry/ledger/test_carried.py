"""Compounds, buildings and units that rows leave to the rows, sheets and titles above them."""

from __future__ import annotations

import pytest


def test_carries_the_compound_down_over_the_buildings_that_leave_it_blank(read_rows):
    header = ["小区", "楼栋", "单元", "房号", "姓名", "与户主关系"]
    rows = [
        ["明珠华府", "1", "1", "101", "张三", "户主"],
        ["", "", "", "", "李四", "配偶"],
        ["", "2", "1", "101", "王五", "户主"],
        ["", "", "2", "101", "赵六", "户主"],
        ["金域", "1", "1", "101", "钱七", "户主"],
    ]

    doors = [(d.compound, d.building, d.unit, d.room) for d in read_rows([header, *rows]).dwellings]

    assert doors == [
        ("明珠华府", "1", "1", "101"),
        ("明珠华府", "2", "1", "101"),
        ("明珠华府", "2", "2", "101"),
        ("金域", "1", "1", "101"),
    ]


def test_reads_the_compound_from_an_address_column_beside_the_parts(read_rows):
    rows = [["幸福里小区", "1", "1", f"{n}01", f"王{n}", "男"] for n in range(1, 7)]

    ledger = read_rows([["地址", "楼栋", "单元", "房号", "姓名", "性别"], *rows])

    assert {(door.compound, door.building) for door in ledger.dwellings} == {("幸福里小区", "1")}


@pytest.mark.parametrize("title", ["桂花苑业主登记", "桂花苑物业服务中心"])
def test_reads_the_compound_from_a_title_of_its_management(read_rows, title):
    rows = [[title], ["楼栋", "单元", "房号", "姓名", "性别"], ["1", "1", "101", "张三", "男"]]

    assert [door.compound for door in read_rows(rows).dwellings] == ["桂花苑"]


@pytest.mark.parametrize("name", ["3-2", "3#-2"])
def test_reads_building_and_unit_from_a_sheet_called_by_them(read_rows, name):
    rows = [["房号", "姓名", "性别"], ["101", "张三", "男"]]

    assert [(door.building, door.unit) for door in read_rows(rows, name=name).dwellings] == [("3", "2")]


def test_reads_a_compound_of_any_name_above_the_line_of_its_building(read_rows):
    rows = [["序号", "房号", "姓名", "性别"], ["金域"], ["3栋"], ["2单元"], [1, "101", "张三", "男"], ["明珠"], ["1栋"]]
    rows += [[2, "101", "李四", "女"], [3, "102", "王五", "男"]]

    doors = [(door.compound, door.building, door.unit) for door in read_rows(rows).dwellings]

    assert doors == [("金域", "3", "2"), ("明珠", "1", "1"), ("明珠", "1", "1")]


def test_carries_the_unit_down_in_the_sheet_of_one_building(read_rows):
    rows = [["单元", "房号", "姓名", "与户主关系"], ["1", "101", "张三", "户主"], ["2", "101", "李四", "户主"]]
    rows += [["", "", "王五", "配偶"], ["", "102", "赵六", "户主"]]

    doors = read_rows(rows, name="明珠华府3栋").dwellings

    assert [(door.building, door.unit, door.room) for door in doors] == [
        ("3", "1", "101"),
        ("3", "2", "101"),
        ("3", "2", "102"),
    ]


def test_a_vacant_door_in_its_column_heads_no_household(read_rows):
    header = ["小区", "楼栋", "单元/室", "姓名", "与户主关系", "备注"]
    rows = [["金域", "1栋", "1-101", "张三", "户主", ""], ["", "", "1-102", "", "", "空房"]]
    rows += [
        ["", "", "1-103", "李四", "户主", ""],
        ["", "2栋", "1-101", "", "", "空房"],
        ["", "", "1-102", "王五", "户主", ""],
    ]

    doors = [(door.compound, door.building, door.room, door.vacant) for door in read_rows([header, *rows]).dwellings]

    assert doors == [
        ("金域", "1", "101", False),
        ("金域", "1", "102", True),
        ("金域", "1", "103", False),
        ("金域", "2", "101", True),
        ("金域", "2", "102", False),
    ]
