"""What the name of a sheet, a title or a header says about everyone in the list below it."""

from __future__ import annotations

import pytest

from linli.registry.ledger.listkinds import EVERYBODY, kind_of_title
from tests.registry.ledger.households import HOMES
from tests.registry.ledger.writers import Sheet, write_xlsx

HEADER = ["楼栋", "单元", "房号", "姓名", "身份证号", "电话"]
ROWS = [[home.building, home.unit, home.room, home.head.name, home.head.id_number, home.head.phone] for home in HOMES]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("八里岔社区流动人口登记表", "tenant"),
        ("出租房屋信息登记表", "tenant"),
        ("暂住人口花名册（2026年）", "tenant"),
        ("外出务工人员名册", "away"),
        ("人户分离人员台账", "away"),
        ("空挂户名单", "registered_only"),
        ("八里岔社区居民花名册", "resident"),
        ("常住人口、流动人口信息采集表", "resident"),
        ("公租房住户名册", "resident"),
        ("注：流动人口须填写房东", "resident"),
    ],
)
def test_takes_why_people_are_here_from_the_title(read_rows, title, kind):
    ledger = read_rows([[title], HEADER, *ROWS])
    assert {person.residency_kind for person in ledger.people} == {kind}


@pytest.mark.parametrize("name", ["流动人口", "租户"])
def test_takes_why_people_are_here_from_the_sheets_name(read_rows, name):
    ledger = read_rows([HEADER, *ROWS], name=name)
    assert {person.residency_kind for person in ledger.people} == {"tenant"}


def test_lets_the_row_say_otherwise_than_its_title(read_rows):
    rows = [[*row, ""] for row in ROWS]
    rows[0][-1] = "常住"
    kinds = [person.residency_kind for person in read_rows([["流动人口登记表"], [*HEADER, "人员类别"], *rows]).people]
    assert kinds == ["resident", *["tenant"] * (len(ROWS) - 1)]


def test_follows_lines_that_head_a_part_of_a_sheet(read_rows):
    ledger = read_rows([HEADER, *ROWS[:2], ["流动人口"], *ROWS[2:4], ["常住人口"], *ROWS[4:]])
    kinds = [person.residency_kind for person in ledger.people]
    assert kinds == ["resident", "resident", "tenant", "tenant", "resident", "resident"]


@pytest.mark.parametrize("header", ["承租人姓名", "租户姓名", "租住人"])
def test_takes_people_in_a_column_for_tenants_as_tenants(read_rows, header):
    table = [["楼栋", "单元", "房号", "业主姓名", "业主电话", header, "身份证号", "电话"]]
    table += [
        ["1", "1", "101", "赵国栋", "13900000001", *ROWS[0][3:]],
        ["1", "1", "102", "孙国富", "13900000002", "", "", ""],
    ]
    kinds = {person.name: person.residency_kind for person in read_rows(table).people}
    assert kinds == {HOMES[0].head.name: "tenant", "孙国富": "resident"}


def test_takes_a_care_need_from_the_title_of_a_list(read, tmp_path):
    path = write_xlsx(
        tmp_path / "book.xlsx",
        [Sheet("居民", [HEADER, *ROWS]), Sheet("孕妇名单", [["社区孕妇名单", *[""] * 5], HEADER, ROWS[1]])],
    )
    needs = {person.name: person.care_needs for person in read(path).people}
    assert needs == {home.head.name: ("孕妇",) if number == 1 else () for number, home in enumerate(HOMES)}


def test_lets_a_later_list_say_why_somebody_is_here(read, tmp_path):
    path = write_xlsx(tmp_path / "book.xlsx", [Sheet("居民", [HEADER, *ROWS]), Sheet("外出人员", [HEADER, ROWS[2]])])
    kinds = [person.residency_kind for person in read(path).people]
    assert kinds == ["resident", "resident", "away", "resident", "resident", "resident"]


def test_a_list_of_several_needs_gives_none_to_everyone():
    assert kind_of_title("独居老人、孕妇、残疾人名单") == EVERYBODY
