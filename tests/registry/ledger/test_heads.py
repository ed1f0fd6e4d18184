"""Heads of household in columns of their own: named beside each member, listed again as a member, or only there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, Home, phones, told

PLAIN = [
    [
        "楼栋单元",
        "房号",
        "户主姓名",
        "户主身份证号",
        "户主电话",
        "成员姓名",
        "与户主关系",
        "成员身份证号",
        "成员电话",
        "备注",
    ]
]
GROUPED = [
    ["楼栋单元", "房号", "户主信息", "", "", "家庭成员信息", "", "", "", "备注"],
    ["", "", "姓名", "身份证号", "电话", "姓名", "与户主关系", "身份证号", "电话", ""],
]


def lay_out(header: list[list[str]], habit: str, *, listed: bool) -> tuple[list[list[Any]], list[Any]]:
    """Return rows with one member each, and merges; `habit` is whether heads are repeated, given once or merged."""
    rows: list[list[Any]] = [list(row) for row in header]
    merges = [(0, 2, 0, 4), (0, 5, 0, 8)] if len(header) > 1 else []
    for home in HOMES:
        first = len(rows)
        for number, member in enumerate(home.members[0 if listed else 1 :]):
            given = number == 0 or habit == "repeated"
            head = [home.head.name, home.head.id_number, home.head.phone] if given else ["", "", ""]
            door = [f"{home.building}栋{home.unit}单元", home.room] if given or habit != "merged" else ["", ""]
            rows.append([*door, *head, member.name, member.relation, member.id_number, member.phone, ""])
        if len(rows) == first:
            rows.append([*_door(home), home.head.name, home.head.id_number, home.head.phone, *[""] * 5])
        if habit == "merged" and len(rows) - first > 1:
            merges += [(first, column, len(rows) - 1, column) for column in range(5)]
    return rows, merges


def _door(home: Home) -> list[str]:
    return [f"{home.building}栋{home.unit}单元", home.room]


@pytest.mark.parametrize("listed", [True, False], ids=["listed again", "only there"])
@pytest.mark.parametrize("habit", ["repeated", "once", "merged"])
@pytest.mark.parametrize("header", [PLAIN, GROUPED], ids=["plain", "grouped"])
def test_reads_heads_beside_members(read_rows, header, habit, listed):
    rows, merges = lay_out(header, habit, listed=listed)
    ledger = read_rows(rows, merges=merges)
    assert told(ledger) == EVERYONE
    assert phones(ledger) == {member.name: (member.phone,) for home in HOMES for member in home.members}


def test_gives_the_heads_phone_to_the_head_alone(read_rows):
    rows = [["楼栋", "单元", "房号", "户主姓名", "户主电话", "姓名", "与户主关系", "身份证号", "电话"]]
    for home in HOMES:
        for member in home.members:
            own = "" if member.relation in ("子女", "户主") else member.phone
            head = (home.head.name, home.head.phone)
            door = (home.building, home.unit, home.room)
            rows.append([*door, *head, member.name, member.relation, member.id_number, own])
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert phones(ledger)["吴伟芳"] == ("13800001000",)
    assert phones(ledger)["彭玉"] == ("13800001001",)
    assert phones(ledger)["吴雪刚"] == ()


def test_gives_the_heads_phone_to_who_is_named_first_where_no_head_is(read_rows):
    rows = [["住址", "姓名", "与户主关系", "户主电话"]]
    rows += [["1-1-101", "彭玉", "配偶", "13800001000"], ["1-1-101", "吴雪刚", "子女", "13800001000"]]
    assert phones(read_rows(rows)) == {"彭玉": ("13800001000",), "吴雪刚": ()}


def test_takes_a_remark_beside_a_member_for_the_members(read_rows):
    rows, _ = lay_out(PLAIN, "once", listed=False)
    rows[1][-1] = "孕妇"
    needs = {person.name: person.care_needs for person in read_rows(rows).people}
    assert needs["彭玉"] == ("孕妇",)
    assert needs["吴伟芳"] == ()


def test_tells_households_behind_one_door_apart_by_their_numbers(read_rows):
    rows: list[list[Any]] = [["楼栋", "单元", "房号", "户号", "姓名", "与户主关系", "身份证号"]]
    for number, home in enumerate(HOMES, start=1001):
        rows += [["1", "1", "101", number, one.name, one.relation, one.id_number] for one in home.members]
    ledger = read_rows(rows)
    assert [len(household.people) for household in ledger.dwellings[0].households] == [
        len(home.members) for home in HOMES
    ]
