"""Ledgers in blocks: the household's own line, then its members."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, phones, told

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
