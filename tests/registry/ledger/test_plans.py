"""Plans of buildings: floors by rooms, with people in the cells."""

from __future__ import annotations

from typing import Any

import pytest

from linli.registry.ledger import Ledger
from tests.registry.ledger.writers import Sheet, write_xlsx

PEOPLE = {("401", "王建国"), ("402", ""), ("301", "李娜"), ("302", "赵六、赵小明")}


def doors(ledger: Ledger) -> set[tuple[str, str, str, str]]:
    return {
        (door.building, door.unit, door.room, "、".join(person.name for person in door.people))
        for door in ledger.dwellings
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["楼层", "01", "02"], ["4层", "王建国", "空置"], ["3层", "李娜", "赵六、赵小明"]],
        [["", "01室", "02室"], ["4F", "王建国家(3人)", "空"], ["3F", "李娜", "赵六\n赵小明"]],
        [["层/户", "1号", "2号"], [4, "王建国 3人", "无人"], [3, "李娜", "户主赵六，子赵小明"]],
        [["层数", "1单元", ""], ["四楼", "401王建国", "402空置"], ["三楼", "301 李娜", "302 赵六、赵小明"]],
        [["4楼", "401", "402"], ["", "王建国", "空置"], ["3楼", "301", "302"], ["", "李娜", "赵六、赵小明"]],
        [["房号/楼层", "4层", "3层"], ["01", "王建国", "李娜"], ["02", "空置", "赵六、赵小明"]],
        [["单元/房号", "401", "402", "301", "302"], ["1单元", "王建国", "空置", "李娜", "赵六、赵小明"]],
    ],
)  # fmt: skip
def test_reads_who_lives_where_floors_and_rooms_meet(read_rows, rows):
    ledger = read_rows([["3号楼住户分布图"], *rows], name="Sheet1")
    assert doors(ledger) == {("3", "1", room, names) for room, names in PEOPLE}
    assert {person.relation for person in ledger.people if person.name != "赵小明"} == {"户主"}


UNITS = [["", "1单元", "", "2单元", ""], ["楼层", "01", "02", "01", "02"]]
FLOOR = ["2层", "王建国", "空置", "李娜", "赵六"]


@pytest.mark.parametrize("merges", [[], [(0, 1, 0, 2), (0, 3, 0, 4)]])
def test_takes_units_over_the_rooms_they_reach(read_rows, merges):
    ledger = read_rows([*UNITS, FLOOR], name="明珠华府5栋", merges=merges)
    assert doors(ledger) == {
        ("5", "1", "201", "王建国"), ("5", "1", "202", ""), ("5", "2", "201", "李娜"), ("5", "2", "202", "赵六"),
    }  # fmt: skip
    assert {door.compound for door in ledger.dwellings} == {"明珠华府"}
    assert [(flag.row, flag.kind, flag.name) for flag in ledger.flags] == [
        (3, "id_missing", name) for name in ("王建国", "李娜", "赵六")
    ]


def test_reads_buildings_below_one_another_and_beside_one_another(read_rows):
    across = [["楼层", "1栋", "", "2栋", ""], ["", "01", "02", "01", "02"], FLOOR]
    below = [["1栋"], ["楼层", "01", "02"], FLOOR[:3], [""], ["2栋"], ["楼层", "01", "02"], ["2层", *FLOOR[3:]]]
    wanted = {("1", "1", "201", "王建国"), ("1", "1", "202", ""), ("2", "1", "201", "李娜"), ("2", "1", "202", "赵六")}
    assert doors(read_rows(across, name="Sheet1")) == wanted
    assert doors(read_rows(below, name="Sheet1")) == wanted


def test_names_rooms_by_where_they_face(read_rows):
    ledger = read_rows([["楼层", "东户", "西户"], ["2层", "王建国", "李娜"]], name="5栋")
    assert {room for _, _, room, _ in doors(ledger)} == {"2楼东户", "2楼西户"}


def test_takes_a_phone_below_a_name_for_the_persons(read_rows):
    ledger = read_rows([["", "201", "202"], ["", "王建国", "李娜"], ["", 13800000001.0, ""]], name="5栋")
    assert [(person.name, person.phones, person.row) for person in ledger.people] == [
        ("王建国", ("13800000001",), 2), ("李娜", (), 2),
    ]  # fmt: skip


def test_reads_one_sheet_a_building(read, tmp_path):
    sheets = [Sheet(f"{number}栋", [["楼层", "01", "02"], FLOOR[:3]]) for number in (1, 2)]
    ledger = read(write_xlsx(tmp_path / "plans.xlsx", sheets))
    assert {door.building for door in ledger.dwellings} == {"1", "2"}
    assert [(sheet.person_rows, sheet.vacant_rows) for sheet in ledger.sheets] == [(1, 1), (1, 1)]


def test_lists_cells_that_tell_no_name(read_rows):
    rows: list[list[Any]] = [
        ["楼层", "01", "02"],
        ["3层", "王建国", "3人"],
        ["2层", "李娜", "出租给外地人"],
        ["1层", "赵六", ""],
    ]
    ledger = read_rows(rows, name="5栋")
    problems = {(problem.row, problem.kind) for problem in ledger.problems if problem.row}
    assert problems == {(3, "vacant_unmarked"), (4, "vacant_unmarked")}
    assert [person.name for person in ledger.people if person.name] == ["王建国", "李娜", "赵六"]


def test_puts_people_without_names_behind_a_door_where_a_cell_only_counts_them(read_rows):
    ledger = read_rows([["楼层", "01", "02"], ["3层", "王建国", "3人"], ["2层", "王鹏家（2人）", "李娜"]], name="5栋")
    assert {(door.room, tuple(person.name for person in door.people)) for door in ledger.dwellings} == {
        ("301", ("王建国",)), ("302", ("", "", "")), ("201", ("王鹏",)), ("202", ("李娜",)),
    }  # fmt: skip
    assert {flag.kind for flag in ledger.flags if flag.row == 2 and not flag.name} == {"name_missing", "id_missing"}
    assert not [problem for problem in ledger.problems if problem.row]


def test_counts_people_whom_a_row_of_a_table_does_not_name(read_rows):
    rows = [
        ["房号", "姓名", "人数"],
        ["1-1-101", "张三", 3],
        ["1-1-102", "", 2],
        ["1-1-103", "", 0],
        ["1-1-104", "空置", ""],
    ]
    people = {door.room: [person.name for person in door.people] for door in read_rows(rows).dwellings}
    assert people == {"101": ["张三"], "102": ["", ""], "103": [], "104": []}


def test_takes_signatures_and_notes_around_a_plan_for_nobody(read_rows):
    rows = [["楼层", "01", "02"], FLOOR[:3], ["3层", "赵六", "李娜"], ["制表人：张三", "", "日期：2026年3月1日"]]
    assert {person.name for person in read_rows(rows, name="5栋").people} == {"王建国", "赵六", "李娜"}
