"""Sheets without any header: doors in bare numbers or words, cells blank, merged or 〃, compounds of any name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told

DOORS = {
    "bare": lambda home: [home.building, home.unit, home.room],
    "numbers": lambda home: [float(home.building), float(home.unit), float(home.room)],
    "unit with room": lambda home: [home.building, f"{home.unit}单元{home.room}"],
    "worded": lambda home: [f"{home.building}栋", f"{home.unit}单元{home.room}室"],
    "building with unit": lambda home: [f"{home.building}栋{home.unit}单元", home.room],
    "saved as text": lambda home: [f"{home.building}.0", f"{home.unit}.0", f"{home.room}.0"],
}


@pytest.mark.parametrize("fill", ["whole", "blank", "ditto", "merged"])
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("compound", ["滨江国际", "惠利花园城"])
def test_reads_doors_without_a_header(read_rows, compound, door, fill):
    rows: list[list[Any]] = []
    merges: list[tuple[int, int, int, int]] = []
    for home in HOMES:
        where = [compound, *DOORS[door](home)]
        again = where if fill == "whole" else ["〃" if fill == "ditto" else ""] * len(where)
        first = len(rows)
        rows += [
            [*(where if one is home.head else again), one.name, one.relation, one.id_number, one.phone]
            for one in home.members
        ]
        if fill == "merged" and len(rows) - first > 1:
            merges += [(first, column, len(rows) - 1, column) for column in range(len(where))]

    ledger = read_rows(rows, merges=merges)

    assert told(ledger) == EVERYONE
    assert {home.compound for home in ledger.dwellings} == {compound}


def test_takes_pairs_before_rooms_for_building_and_unit(read_rows):
    rows = [
        ["惠利花园城", f"{home.building}-{home.unit}", home.room, one.name, one.relation, one.id_number, one.phone]
        for home in HOMES
        for one in home.members
    ]
    assert told(read_rows(rows)) == EVERYONE


def test_takes_one_remark_that_resembles_names_for_a_remark(read_rows):
    rows = [[home.door, one.name, one.relation, one.id_number, ""] for home in HOMES for one in home.members]
    rows[3][-1] = "独居老人、党员"
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert [person.care_needs for person in ledger.people if person.care_needs] == [("独居老人",)]


def test_takes_words_that_begin_like_surnames_for_remarks(read_rows):
    rows = [[home.door, one.name, one.relation, one.id_number, one.phone, ""] for home in HOMES for one in home.members]
    rows[0][-1], rows[4][-1] = "党员", "高龄老人"
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert [person.care_needs for person in ledger.people if person.care_needs] == [("高龄老人",)]
