"""Relatives in columns of their own beside the head of a household, with numbers and without."""

from __future__ import annotations

import pytest

from tests.registry.ledger.households import HOMES, phones, told

ADDRESS = ["楼栋", "单元", "房号"]


def related(ledger):
    return {person.name: person.relation for person in ledger.people}


def test_takes_relatives_without_numbers_for_people(read_rows):
    rows = [[*ADDRESS, "户主姓名", "身份证号码", "联系电话", "配偶", "子女1", "子女2", "备注"]]
    for home in HOMES:
        others = [one.name for one in home.members[1:]]
        rows.append(
            [home.building, home.unit, home.room, home.head.name, home.head.id_number, home.head.phone, *others]
        )
    ledger = read_rows(rows)
    assert related(ledger) == {
        one.name: ("户主", "配偶", "子女", "子女")[place] for home in HOMES for place, one in enumerate(home.members)
    }
    flagged = {(flag.row, flag.name) for flag in ledger.flags if flag.kind == "id_missing"}
    assert flagged == {(row, one.name) for row, home in enumerate(HOMES, start=2) for one in home.members[1:]}
    assert {name for name, given in phones(ledger).items() if given} == {home.head.name for home in HOMES}


def test_takes_nothing_but_names_of_a_family(read_rows):
    ledger = read_rows(
        [["房号", "户主", "配偶", "父亲", "母亲", "儿子"], ["3-2-501", "张三", "李四", "", "王五", "张小六"]]
    )
    assert related(ledger) == {"张三": "户主", "李四": "配偶", "王五": "母亲", "张小六": "儿子"}


@pytest.mark.parametrize("phone", [["联系电话"], []])
def test_gives_a_spouse_the_number_whose_header_repeats_the_heads(read_rows, phone):
    rows = [["住址", "户主姓名", "身份证", "配偶姓名", "身份证", *phone]]
    homes = [home for home in HOMES if len(home.members) > 1]
    for home in homes:
        head, spouse = home.members[:2]
        rows.append([home.door, head.name, head.id_number, spouse.name, spouse.id_number, *([head.phone] * len(phone))])
    ledger = read_rows(rows)
    wanted = {
        (one.name, one.id_number, home.building, home.unit, home.room) for home in homes for one in home.members[:2]
    }
    assert told(ledger) == wanted
    assert {name for name, given in phones(ledger).items() if given} == {home.head.name for home in homes if phone}


def test_gives_the_phone_behind_a_list_of_members_to_the_head(read_rows):
    rows = [["住址", "户主", "身份证号", "家庭成员", "联系电话"]]
    for home in HOMES:
        others = "、".join(one.name for one in home.members[1:])
        rows.append([home.door, home.head.name, home.head.id_number, others, home.head.phone])
    given = phones(read_rows(rows))
    assert given == {one.name: (one.phone,) if one is home.head else () for home in HOMES for one in home.members}


@pytest.mark.parametrize("header", ["人员{}", "住户{}", "成员{}"])
def test_takes_numbered_columns_of_names_for_people(read_rows, header):
    rows = [[*ADDRESS, *(header.format(number) for number in range(1, 5))]]
    rows += [[home.building, home.unit, home.room, *(one.name for one in home.members)] for home in HOMES]
    assert set(related(read_rows(rows))) == {one.name for home in HOMES for one in home.members}


def test_reads_members_with_their_relation_in_brackets_beside_the_head(read_rows):
    rows = [["住址", "户主姓名", "身份证号", "家庭人口数", "家庭成员及关系"]]
    for home in HOMES:
        others = "、".join(f"{one.name}({one.relation})" for one in home.members[1:])
        rows.append([home.door, home.head.name, home.head.id_number, str(len(home.members)), others])
    assert related(read_rows(rows)) == {one.name: one.relation for home in HOMES for one in home.members}


def test_takes_names_side_by_side_without_a_header_for_people(read_rows):
    rows = [[home.door, *(one.name for one in home.members)] for home in HOMES]
    ledger = read_rows([["将军路小区住户登记"], *rows, ["9栋1单元101", "空置"]])
    assert set(related(ledger)) == {one.name for home in HOMES for one in home.members}
    assert [(door.compound, door.building) for door in ledger.dwellings if door.vacant] == [("将军路小区", "9")]
