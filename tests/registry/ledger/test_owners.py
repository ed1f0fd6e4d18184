"""Ledgers of houses: the owner in one set of columns, who lives there in another."""

from __future__ import annotations

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told

HEADER = [
    "楼栋",
    "单元",
    "房号",
    "业主姓名",
    "业主身份证",
    "业主电话",
    "居住状况",
    "租户姓名",
    "租户身份证",
    "租户电话",
    "备注",
]
GROUPED = [
    "楼栋",
    "单元",
    "房号",
    "房东姓名",
    "房东身份证号",
    "房东电话",
    "房屋用途",
    "实际居住人",
    "身份证号",
    "联系电话",
    "备注",
]
ONLY_HEADS = {one for one in EVERYONE if one[0] in {home.head.name for home in HOMES}}


def owners_at_home(status: str, header: list[str], remark: str = "") -> list[list[str]]:
    """Return every second head as the owner at home, the others as tenants of 费晨; the last dwelling is vacant."""
    rows = [header]
    for number, home in enumerate(HOMES):
        door, head = [home.building, home.unit, home.room], home.head
        if number % 2:
            rows.append([*door, "费晨", "", "15845216991", "出租", head.name, head.id_number, head.phone, ""])
        else:
            rows.append([*door, head.name, head.id_number, head.phone, status, "", "", "", remark])
    return [*rows, ["9", "1", "101", "费晨", "", "15845216991", "空置", "", "", "", ""]]


@pytest.mark.parametrize(
    ("header", "status"),
    [(HEADER, "自住"), (HEADER, ""), (GROUPED, "业主自住")],
    ids=["says so", "for tenants", "房东"],
)
def test_takes_owners_who_live_in_their_dwelling_for_its_residents(read_rows, header, status):
    ledger = read_rows(owners_at_home(status, header))
    assert told(ledger) == ONLY_HEADS
    assert {one.name: one.phones for one in ledger.people} == {home.head.name: (home.head.phone,) for home in HOMES}
    kinds = {one.name: one.residency_kind for one in ledger.people}
    assert list(kinds.values()) == ["resident", "tenant"] * 3
    landlords = [door.landlord.name if door.landlord else "" for door in ledger.dwellings]
    assert landlords == ["", "费晨"] * 3 + ["费晨"]
    assert ledger.vacant_count == 1


@pytest.mark.parametrize("status", ["空置", "出租", "待租"])
def test_leaves_an_owner_who_lives_elsewhere_the_landlord(read_rows, status):
    rows = [*owners_at_home("自住", HEADER), ["8", "1", "101", "闫东", "", "15845216992", status, "", "", "", ""]]
    ledger = read_rows(rows)
    assert told(ledger) == ONLY_HEADS
    assert ledger.dwellings[-1].vacant
    assert ledger.dwellings[-1].landlord.name == "闫东"


@pytest.mark.parametrize(
    ("name", "owner", "phone"),
    [
        ("姓名", "户主（房东）", "户主（房东）电话"),
        ("业主/住户姓名", "房东姓名", "房东电话"),
        ("业主及家庭成员姓名", "产权人", "产权人联系方式"),
        ("业主（租户）姓名", "房东姓名", "房东电话"),
        ("租户/业主", "房东姓名", "房东电话"),
        ("承租户", "房东姓名", "房东电话"),
        ("姓名", "权属人", "权属人电话"),
        ("姓名", "出租户主", "出租户主电话"),
        ("业主（或租户）姓名", "房东姓名", "房东电话"),
        ("产权人(使用人)姓名", "房东", "房东电话"),
        ("业主或实际居住人", "房东", "房东电话"),
        ("房东（租户）姓名", "产权人", "产权人电话"),
        ("承租户姓名", "出租户姓名", "出租户电话"),
        ("承租户", "出租户", "联系电话"),
    ],
)
def test_keeps_landlords_apart_whatever_the_columns_of_names_are_called(read_rows, name, owner, phone):
    rows = [["楼栋", "单元", "房号", name, "与户主关系", "身份证号", "联系电话", "住户性质", owner, phone]]
    rows += [
        [home.building, home.unit, home.room, one.name, one.relation, one.id_number, one.phone, "租户", "费晨", "15845216991"]
        for home in HOMES
        for one in home.members
    ]  # fmt: skip
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert {door.landlord and (door.landlord.name, door.landlord.phones) for door in ledger.dwellings} == {
        ("费晨", ("15845216991",))
    }
    assert [one.phones for one in ledger.people] == [(one.phone,) for home in HOMES for one in home.members]


@pytest.mark.parametrize(("owner", "let"), [("自住户", "出租户"), ("是否自住", "出租户")])
def test_takes_no_tick_that_says_a_dwelling_is_let_for_a_landlord(read_rows, owner, let):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号", "联系电话", owner, let]]
    rows += [
        [home.building, home.unit, home.room, home.head.name, home.head.id_number, home.head.phone, "", "√"]
        for home in HOMES
    ]
    ledger = read_rows(rows)
    assert told(ledger) == ONLY_HEADS
    assert not any(door.landlord for door in ledger.dwellings)
