"""Ledgers in blocks: the household's own line, then its members."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, phones, told
from tests.registry.ledger.writers import Sheet, write_xlsx

MEMBERS = ["姓名", "与户主关系", "身份证号", "电话", "备注"]


def in_blocks(lines: Any, *, listed: bool = True, header_each: bool = True) -> list[list[Any]]:
    """Return blocks of a line from `lines(home)`, a header where each block has its own, and the members."""
    rows: list[list[Any]] = [["金色家园家庭户登记册"]]
    rows += [] if header_each else [MEMBERS]
    for home in HOMES:
        rows.append(lines(home))
        rows += [MEMBERS] if header_each else []
        members = home.members if listed else home.members[1:]
        rows += [[one.name, one.relation, one.id_number, one.phone, ""] for one in members]
        rows.append([])
    return rows


def one_line(home):
    return [f"户主：{home.head.name}    电话：{home.head.phone}    地址：{home.door}室"]


def in_cells(home):
    return ["户主", home.head.name, "联系电话", home.head.phone, "住址", home.door]


def with_number(home):
    return [f"{home.door}   户主：{home.head.name}   身份证：{home.head.id_number}   电话：{home.head.phone}"]


def only_door(home):
    return [f"{home.door}室"]


@pytest.mark.parametrize("header_each", [True, False], ids=["header each", "one header"])
@pytest.mark.parametrize("lines", [one_line, in_cells, with_number, only_door])
def test_reads_the_door_from_the_line_above_a_household(read_rows, lines, header_each):
    ledger = read_rows(in_blocks(lines, header_each=header_each))
    assert told(ledger) == EVERYONE
    assert {door.compound for door in ledger.dwellings} == {"金色家园"}


def test_takes_a_head_who_stands_in_the_line_only(read_rows):
    ledger = read_rows(in_blocks(with_number, listed=False, header_each=False))
    assert told(ledger) == EVERYONE
    assert phones(ledger) == {one.name: (one.phone,) for home in HOMES for one in home.members}
    assert {one.relation for one in ledger.people if one.name in {home.head.name for home in HOMES}} == {"户主"}


@pytest.mark.parametrize("line", [["户主：无   地址：9栋1单元101室（空置）"], ["9栋1单元101室", "", "", "", "空置"]])
def test_reads_a_line_without_people_as_a_vacant_dwelling(read_rows, line):
    ledger = read_rows([*in_blocks(one_line, header_each=False), line])
    assert told(ledger) == EVERYONE
    assert [door.building for door in ledger.dwellings if door.vacant] == ["9"]


def two_lines(home):
    return [[f"户主：{home.head.name}", "", f"联系电话：{home.head.phone}"], [f"住址：{home.door}"]]


def a_form(home):
    return [
        ["户主姓名", home.head.name, "身份证号", home.head.id_number],
        ["家庭住址", home.door, "联系电话", home.head.phone],
        ["家庭成员"],
    ]


@pytest.mark.parametrize("gap", [[], [[]], [["第一户"]]])
@pytest.mark.parametrize("lines", [two_lines, a_form])
def test_reads_what_several_lines_say_of_one_household(read_rows, lines, gap):
    rows: list[list[Any]] = [["家庭信息登记表"]]
    for home in HOMES:
        listed = home.members if lines is two_lines else home.members[1:]
        rows += [*lines(home), MEMBERS[:3], *([one.name, one.relation, one.id_number] for one in listed), *gap]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    given = {one.name: (one.phone,) if one is home.head else () for home in HOMES for one in home.members}
    assert phones(ledger) == given


def test_reads_one_form_a_sheet(read, tmp_path):
    sheets = [
        Sheet(
            f"第{place}户",
            [*a_form(home), MEMBERS[:3], *([one.name, one.relation, one.id_number] for one in home.members[1:])],
        )
        for place, home in enumerate(HOMES, start=1)
    ]
    width = 4
    for sheet in sheets:
        sheet.rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    assert told(read(write_xlsx(tmp_path / "forms.xlsx", sheets))) == EVERYONE


def test_reads_a_form_without_a_head_as_a_vacant_dwelling(read_rows):
    rows = [*a_form(HOMES[0])[:2], MEMBERS[:3], ["户主姓名", "空置"], ["家庭住址", "9栋1单元101"]]
    ledger = read_rows(rows)
    assert {person.name for person in ledger.people} == {HOMES[0].head.name}
    assert [door.building for door in ledger.dwellings if door.vacant] == ["9"]


def test_takes_a_door_with_a_word_of_vacancy_where_names_stand_for_vacant(read_rows):
    rows = [["序号", *MEMBERS]]
    for home in HOMES:
        rows.append([f"户主：{home.head.name}  住址：{home.door}"])
        rows += [[str(n), one.name, one.relation, one.id_number, one.phone] for n, one in enumerate(home.members, 1)]
    ledger = read_rows([*rows, ["9栋1单元101室", "空置"]])
    assert told(ledger) == EVERYONE
    assert [door.building for door in ledger.dwellings if door.vacant] == ["9"]
