"""Tables on their side: a field a row, a person a column."""

from __future__ import annotations

import pytest

from linli.registry.ledger import LedgerRefused
from tests.registry.ledger.households import EVERYONE, HOMES, told

PEOPLE = [(home, one) for home in HOMES for one in home.members]


def on_its_side(*labels):
    cells = {
        "姓名": lambda _, one: one.name, "与户主关系": lambda _, one: one.relation, "身份证号": lambda _, one: one.id_number,
        "联系电话": lambda _, one: one.phone, "住址": lambda home, _: home.door,
    }  # fmt: skip
    return [[label, *(cells[label](home, one) for home, one in PEOPLE)] for label in labels]


@pytest.mark.parametrize(
    "labels", [("姓名", "与户主关系", "身份证号", "联系电话", "住址"), ("住址", "联系电话", "身份证号", "姓名")]
)
def test_reads_a_person_a_column(read_rows, labels):
    ledger = read_rows([["惠利社区居民登记表"], *on_its_side(*labels)])
    assert told(ledger) == EVERYONE
    assert {person.row for person in ledger.people} == {labels.index("姓名") + 2}
    assert [problem.kind for problem in ledger.problems] == ["compound_unknown"]


def test_reads_a_household_below_another(read_rows):
    rows: list[list[str]] = []
    merges = []
    for home in HOMES:
        if len(home.members) > 1:
            merges.append((len(rows), 1, len(rows), len(home.members)))
        rows.append(["房号", home.door])
        rows.append(["姓名", *(one.name for one in home.members)])
        rows.append(["证件号码", *(one.id_number for one in home.members)])
        rows.append(["关系", *(one.relation for one in home.members)])
        rows.append([""])
    ledger = read_rows(rows, merges=merges)
    assert told(ledger) == EVERYONE
    assert {person.relation for person in ledger.people} == {"户主", "配偶", "子女", "母亲"}


def test_refuses_a_table_of_something_else_on_its_side(read_rows):
    with pytest.raises(LedgerRefused, match="No column of names"):
        read_rows([["货号", "A1", "A2"], ["品名", "口罩", "酒精"], ["数量", "500", "20"]])
