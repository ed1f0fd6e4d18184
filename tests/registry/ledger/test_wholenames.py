"""Names in two columns, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, told

ONE_EACH = [(home, one) for home in HOMES for one in home.members]


@pytest.mark.parametrize(
    "header", [("姓", "名"), ("姓氏", "名字"), ("Surname", "Given Name"), ("Last Name", "First Name")]
)
def test_writes_surname_and_given_name_together(read_rows, header):
    rows = [["楼栋", "单元", "房号", *header, "与户主关系", "身份证号"]]
    for home, one in ONE_EACH:
        rows.append([home.building, home.unit, home.room, one.name[:1], one.name[1:], one.relation, one.id_number])
    assert told(read_rows(rows)) == EVERYONE


def test_reads_the_given_name_before_the_surname_and_headers_again(read_rows):
    header = ["住址", "名", "姓", "身份证号"]
    rows = [[home.door, one.name[1:], one.name[:1], one.id_number] for home, one in ONE_EACH]
    assert told(read_rows([header, *rows[:5], header, *rows[5:]])) == EVERYONE


def test_leaves_whole_names_alone_beside_their_surnames(read_rows):
    rows = [[home.door, one.name[:1], one.name, one.id_number] for home, one in ONE_EACH]
    assert told(read_rows([["住址", "姓氏", "名字", "身份证号"], *rows])) == EVERYONE


def test_writes_latin_names_in_their_order(read_rows):
    rows = [
        ["Address", "Last Name", "First Name", "Gender"],
        ["1-1-101", "Smith", "Anna", "F"],
        ["1-1-102", "Li", "Na", "F"],
    ]
    assert [person.name for person in read_rows(rows).people] == ["Anna Smith", "Na Li"]
