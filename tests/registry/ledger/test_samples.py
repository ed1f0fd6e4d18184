"""The four sample ledgers: every person, dwelling, household and flag as in their truth."""

import pytest

from linli.registry.ledger import read_ledger
from tests.registry.ledger.truth import DATA, FILES, KINDS, compare, load_truth


@pytest.mark.parametrize("file", FILES)
def test_reads_every_person_dwelling_and_flag_of_the_sample(file):
    assert compare(read_ledger(DATA / file), load_truth(file)) == []


def test_flags_nothing_else_in_an_orderly_ledger():
    ledger = read_ledger(DATA / "jianghua.xlsx")

    assert {flag.kind for flag in ledger.flags} <= KINDS
    assert [problem.kind for problem in ledger.problems] == ["sheet_without_table"]


def test_keeps_the_landlord_with_the_dwelling():
    ledger = read_ledger(DATA / "jianghua.xlsx")

    door = next(d for d in ledger.dwellings if (d.compound, d.building, d.unit, d.room) == ("将花苑", "1", "1", "201"))

    assert [person.name for person in door.people][:3] == ["黄雪", "王杨", "林雪"]
    assert door.landlord is not None
    assert (door.landlord.name, door.landlord.phones) == ("方健", ("15866880658",))


def test_a_dwelling_without_people_is_vacant():
    ledger = read_ledger(DATA / "fangcao.csv")

    assert ledger.vacant_count == 10
    assert all(not dwelling.people for dwelling in ledger.dwellings if dwelling.vacant)


def test_shows_how_each_column_was_understood():
    sheet = next(sheet for sheet in read_ledger(DATA / "jianghua.xlsx").sheets if sheet.role == "ledger")

    columns = {column.letter: column for column in sheet.columns}

    assert sheet.header_rows == (2, 3)
    assert (columns["F"].field, columns["F"].how, columns["F"].header) == ("name", "header", "人员信息/家庭成员姓名")
    assert columns["M"].field == "landlord_name"
    assert columns["F"].samples[:2] == ("刘倩", "吴柳")
    assert [(row.row, row.reason) for row in sheet.skipped] == [(740, "total"), (741, "signature")]
