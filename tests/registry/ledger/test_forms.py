"""Forms with labels beside values, and lines that tell a door and its people in one cell."""

from __future__ import annotations

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told
from tests.registry.ledger.writers import Sheet, write_xlsx

PEOPLE = [(home, one) for home in HOMES for one in home.members]


def in_pairs(home, one):
    return [
        ["姓名", one.name, "与户主关系", one.relation],
        ["身份证号", one.id_number, "联系电话", one.phone],
        ["现住址", home.door, "", ""],
    ]


def with_colons(home, one):
    return [
        ["居民基本信息采集表"],
        ["姓 名：", one.name, "", "关系：", one.relation],
        [f"身份证号码：{one.id_number}", "", "", f"手机：{one.phone}"],
        ["家庭住址：", home.door],
    ]


def down_a_column(home, one):
    return [
        ["姓名", one.name],
        ["身份证号", one.id_number],
        ["手机号", one.phone],
        ["住址", home.door],
        ["关系", one.relation],
    ]


@pytest.mark.parametrize("form", [in_pairs, with_colons, down_a_column])
def test_reads_a_form_a_person(read_rows, form):
    rows = []
    for home, one in PEOPLE:
        rows += [*form(home, one), [""]]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert {person.name: (person.relation, person.phones) for person in ledger.people} == {
        one.name: (one.relation, (one.phone,)) for _, one in PEOPLE
    }


@pytest.mark.parametrize("form", [in_pairs, with_colons, down_a_column])
def test_reads_a_form_a_sheet_named_after_its_person(read, tmp_path, form):
    sheets = []
    for home, one in PEOPLE:
        rows = form(home, one)
        sheets.append(Sheet(one.name, [[*row, *[""] * (5 - len(row))] for row in rows]))
    ledger = read(write_xlsx(tmp_path / "forms.xlsx", sheets))
    assert told(ledger) == EVERYONE
    assert len(ledger.dwellings) == len(HOMES)


def test_keeps_a_value_left_blank_blank(read_rows):
    rows = [
        ["姓名", "张三", "性别", ""],
        ["身份证号", "", "联系电话", "13800000001"],
        ["住址", "3-2-501", "备注", "党员"],
    ]
    person = read_rows(rows).people[0]
    assert (person.name, person.id_number, person.phones, person.remarks) == ("张三", None, ("13800000001",), "党员")


def test_reads_a_door_and_its_people_from_one_line(read_rows):
    lines = [[f"{home.door}室：" + "、".join(one.name for one in home.members)] for home in HOMES]
    ledger = read_rows([["惠利社区住户情况"], *lines, ["9栋1单元101 空置"]])
    assert {(person.name, person.row) for person in ledger.people} == {
        (one.name, row) for row, home in enumerate(HOMES, start=2) for one in home.members
    }
    assert [door.building for door in ledger.dwellings if door.vacant] == ["9"]
    assert {person.name for person in ledger.people if person.relation == "户主"} == {home.head.name for home in HOMES}


def test_reads_cards_beside_one_another(read_rows):
    rows: list[list[str]] = []
    cards = [(home, one) for home in HOMES for one in home.members][:6]
    for pair in zip(cards[::2], cards[1::2], strict=True):
        rows += [
            [cell for _, one in pair for cell in ("姓名", one.name, "电话", one.phone, "")],
            [cell for home, one in pair for cell in ("住址", home.door, "身份证号", one.id_number, "")],
            [cell for _ in pair for cell in ("性别", "", "备注", "", "")],
            [],
        ]

    ledger = read_rows(rows)

    assert {(person.name, person.id_number, person.phones) for person in ledger.people} == {
        (one.name, one.id_number, (one.phone,)) for _, one in cards
    }


def test_leaves_what_one_of_two_cards_does_not_say_blank(read_rows):
    one, other = HOMES[0].head, HOMES[1].head
    rows = [
        ["姓名", one.name, "电话", "", "姓名", other.name, "电话", other.phone],
        ["住址", HOMES[0].door, "性别", "女", "住址", HOMES[1].door, "性别", ""],
    ]

    assert {person.name: person.phones for person in read_rows(rows).people} == {
        one.name: (),
        other.name: (other.phone,),
    }


def test_reads_numbered_lines_that_each_tell_a_door(read_rows):
    lines = [[f"{n}. {home.door} " + " ".join(one.name for one in home.members)] for n, home in enumerate(HOMES, 1)]

    ledger = read_rows([["#接龙"], ["滨江国际住户信息登记"], *lines])

    assert {door.compound for door in ledger.dwellings} == {"滨江国际"}
    assert {one.name for one in ledger.people} == {one.name for home in HOMES for one in home.members}
