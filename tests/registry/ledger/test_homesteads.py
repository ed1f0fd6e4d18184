"""Villages without door numbers: each household is a dwelling of its own."""

from __future__ import annotations

import pytest

from tests.registry.ledger.households import HOMES

GROUPS = [str(place // 2 + 1) for place in range(len(HOMES))]
FAMILIES = {frozenset(one.name for one in home.members) for home in HOMES}


def homesteads(ledger):
    return {(door.building, door.room): frozenset(person.name for person in door.people) for door in ledger.dwellings}


def rows_with(header, cells):
    """Return a table with what `cells` says about each member of each home, given the home's place and group."""
    rows = [header]
    for place, home in enumerate(HOMES):
        rows += [cells(place, f"{GROUPS[place]}组", home, one) for one in home.members]
    return rows


def test_takes_each_household_number_for_a_dwelling(read_rows):
    header = ["户编号", "村民小组", "姓名", "与户主关系", "身份证号"]
    rows = rows_with(header, lambda n, group, _, one: [f"LJ{n:03d}", group, one.name, one.relation, one.id_number])
    ledger = read_rows(rows)
    assert homesteads(ledger) == {
        (GROUPS[place], f"LJ{place:03d}"): frozenset(one.name for one in home.members)
        for place, home in enumerate(HOMES)
    }
    assert ledger.household_count == len(HOMES)
    assert ledger.flags == ()


@pytest.mark.parametrize("order", [1, -1])
def test_takes_each_head_in_a_column_of_their_own_for_a_dwelling(read_rows, order):
    header = ["村民小组", "户主姓名", "姓名", "与户主关系", "身份证号"]
    rows = rows_with(header, lambda _, group, home, one: [group, home.head.name, one.name, one.relation, one.id_number])
    ledger = read_rows([rows[0], *rows[1::2], *rows[2::2]][::order] if order == 1 else [rows[0], *rows[:0:-1]])
    assert set(homesteads(ledger).values()) == FAMILIES
    assert {room for _, room in homesteads(ledger)} == {f"{home.head.name}户" for home in HOMES}


def test_takes_each_row_of_a_head_for_the_first_of_a_dwelling(read_rows):
    header = ["组别", "姓名", "家庭关系", "身份证号"]
    ledger = read_rows(rows_with(header, lambda _, group, __, one: [group, one.name, one.relation, one.id_number]))
    assert set(homesteads(ledger).values()) == FAMILIES


def test_takes_a_head_given_once_for_the_rows_below(read_rows):
    header = ["组", "户主", "家庭成员姓名", "身份证号"]
    rows = rows_with(
        header, lambda _, group, home, one: [group, one.name if one is home.head else "", one.name, one.id_number]
    )
    assert set(homesteads(read_rows(rows)).values()) == FAMILIES


def test_tells_two_heads_of_one_name_apart(read_rows):
    rows = [["组", "户主姓名", "联系电话"], ["1组", "李大山", "13800000001"], ["1组", "李大山", "13800000002"]]
    rows += [["1组", name, "13800000003"] for name in ("王小河", "张三", "赵四")]
    assert sorted(room for _, room in homesteads(read_rows(rows))) == sorted(
        ["李大山户", "李大山户2", "王小河户", "张三户", "赵四户"]
    )


def test_reads_the_group_from_the_name_of_its_sheet(read_rows):
    rows = [["户主", "成员姓名", "与户主关系", "身份证号"]]
    for home in HOMES:
        rows += [[home.head.name, one.name, one.relation, one.id_number] for one in home.members]
    ledger = read_rows(rows, name="李家湾村3组")
    assert {(door.compound, door.building) for door in ledger.dwellings} == {("李家湾村", "3")}
    assert set(homesteads(ledger).values()) == FAMILIES


def test_reads_the_group_from_the_line_above_its_households(read_rows):
    rows = [["户主", "成员姓名", "与户主关系", "身份证号"]]
    for place, home in enumerate(HOMES):
        rows += [[f"{GROUPS[place]}组"]] if place % 2 == 0 else []
        rows += [[home.head.name, one.name, one.relation, one.id_number] for one in home.members]
    ledger = read_rows(rows)
    assert [door.building for door in ledger.dwellings] == GROUPS
    assert set(homesteads(ledger).values()) == FAMILIES


def test_leaves_doors_alone_that_addresses_tell_apart(read_rows):
    rows = [["住址", "姓名", "与户主关系", "身份证号"]]
    for place, home in enumerate(HOMES):
        rows += [[f"胜利路{place + 80}号", one.name, one.relation, one.id_number] for one in home.members]
    doors = [(door.compound, door.building, door.room) for door in read_rows(rows).dwellings]
    assert doors == [("胜利路", str(place + 80), "") for place in range(len(HOMES))]


def test_leaves_people_without_address_or_household_where_they_are(read_rows):
    rows = [
        ["姓名", "身份证号", "电话"],
        *([one.name, one.id_number, one.phone] for home in HOMES for one in home.members),
    ]
    ledger = read_rows(rows)
    assert [door.address_known for door in ledger.dwellings] == [False]


def test_reads_a_group_named_once_for_all_its_households(read_rows):
    rows = [["村组", "户主", "姓名", "与户主关系", "身份证号"]]
    for place, home in enumerate(HOMES):
        for one in home.members:
            first = one is home.head
            group = f"{GROUPS[place]}组" if first and place % 2 == 0 else ""
            rows.append([group, one.name if first else "", one.name, one.relation, one.id_number])
    ledger = read_rows(rows)
    assert [door.building for door in ledger.dwellings] == GROUPS
    assert set(homesteads(ledger).values()) == FAMILIES


def test_takes_running_numbers_given_once_a_household_for_its_first_row(read_rows):
    rows = [["序号", "组别", "姓名", "身份证号"]]
    for place, home in enumerate(HOMES):
        rows += [[str(place + 1) if one is home.head else "", "3组", one.name, one.id_number] for one in home.members]
    assert set(homesteads(read_rows(rows)).values()) == FAMILIES


def test_puts_nobody_of_a_group_behind_one_door_where_nothing_tells_households(read_rows):
    rows = [["序号", "组别", "姓名", "电话"]]
    rows += [[str(place), "3组", home.head.name, home.head.phone] for place, home in enumerate(HOMES, 1)]
    assert set(homesteads(read_rows(rows)).values()) == {frozenset((home.head.name,)) for home in HOMES}


def test_tells_households_of_small_groups_apart(read_rows):
    rows = [["组别", "户主姓名", "姓名", "身份证号"]]
    for place, home in enumerate(HOMES[:3]):
        rows += [[f"{place % 2 + 1}组", home.head.name, one.name, one.id_number] for one in home.members]
    assert set(homesteads(read_rows(rows)).values()) == {
        frozenset(one.name for one in home.members) for home in HOMES[:3]
    }
