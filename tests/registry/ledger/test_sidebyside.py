"""Sheets printed in columns: one table beside another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told

HEADER = ["楼栋", "单元", "房号", "姓名", "身份证号", "电话"]
PEOPLE = [
    [home.building, home.unit, home.room, one.name, one.id_number, one.phone] for home in HOMES for one in home.members
]


def beside(header: list[Any], cells: list[list[Any]], parts: int, gap: int) -> list[list[Any]]:
    """Return a header and rows in `parts` columns of tables, filled from top to bottom, then to the right."""
    high = -(-len(cells) // parts)
    columns = [cells[number * high : (number + 1) * high] for number in range(parts)]
    space = [""] * gap
    rows = [[cell for number in range(parts) for cell in (space if number else []) + header]]
    for index in range(high):
        given = [column[index] if index < len(column) else [""] * len(header) for column in columns]
        rows.append([cell for number, part in enumerate(given) for cell in (space if number else []) + part])
    return rows


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("parts", [2, 3])
def test_reads_tables_beside_each_other(read_rows, parts, gap):
    ledger = read_rows([["金色家园住户名册"], *beside(HEADER, PEOPLE, parts, gap)])
    assert told(ledger) == EVERYONE
    assert {door.compound for door in ledger.dwellings} == {"金色家园"}


def test_gives_each_table_its_own_title(read_rows):
    first = [row[1:] for row in PEOPLE if row[0] == "1"]
    second = [row[1:] for row in PEOPLE if row[0] == "2"]
    second += [[""] * 5] * (len(first) - len(second))
    rows = [["1栋", *[""] * 5, "2栋"], [*HEADER[1:], "", *HEADER[1:]]]
    rows += [[*one, "", *other] for one, other in zip(first, second, strict=True)]
    assert told(read_rows(rows, merges=[(0, 0, 0, 4), (0, 6, 0, 10)])) == EVERYONE


def test_fills_merged_addresses_in_each_table(read_rows):
    rows = beside(HEADER, PEOPLE, 2, 0)
    assert PEOPLE[0][:3] == PEOPLE[2][:3]
    rows[2][:3] = rows[3][:3] = ["", "", ""]
    assert told(read_rows(rows, merges=[(1, column, 3, column) for column in range(3)])) == EVERYONE


def test_keeps_a_household_in_one_row_together(read_rows):
    rows = [["楼栋", "单元", "房号", *["姓名", "关系", "身份证号"] * 4]]
    for home in HOMES:
        cells = [cell for one in home.members for cell in (one.name, one.relation, one.id_number)]
        rows.append([home.building, home.unit, home.room, *cells])
    assert told(read_rows(rows)) == EVERYONE
