"""Headers of other hands: exported tables, English words, and words that only look like a field."""

from __future__ import annotations

import pytest

from linli.registry.ledger.headers import field_of, normal_header

ONE = ["明珠华府", "1", "1", "101", "张三", "男", "420106198504145915", "13800000001"]
OTHER = ["金域", "2", "1", "102", "李四", "女", "420106197808246120", "13800000002"]


@pytest.mark.parametrize(
    "header",
    [
        ["xiaoqu_name", "building_no", "unit_no", "room_no", "resident_name", "gender", "id_card_no", "mobile_phone"],
        ["Community Name", "Bldg.", "Unit", "Apt #", "Name", "Sex", "ID Card No.", "Tel."],
    ],
)
def test_reads_headers_of_an_exported_table(read_rows, header):
    ledger = read_rows([["id", *header], *([n, *(ONE if n % 2 else OTHER)] for n in range(1, 7))])

    doors = [(door.compound, door.building, door.room) for door in ledger.dwellings]
    assert doors == [("明珠华府", "1", "101"), ("金域", "2", "102")]
    assert [person.name for person in ledger.people] == ["张三", "李四"]
    assert {flag.kind for flag in ledger.flags} == {"duplicate_person"}


@pytest.mark.parametrize("header", ["起租日期", "采样时间", "move-in date"])
def test_takes_no_date_for_a_birth_that_is_called_otherwise(header):
    assert field_of(normal_header(header)) == "other"


@pytest.mark.parametrize("header", ["第一针日期", "登记时间"])
def test_does_not_take_other_dates_for_births(read_rows, header):
    rows = [[f"{n}栋101", f"王{n}", "男", "2021-06-01"] for n in "123456"]

    ledger = read_rows([["住址", "姓名", "性别", header], *rows])

    assert {person.birth for person in ledger.people} == {None}


def test_reads_over_a_row_that_tells_how_to_fill_in(read_rows):
    rows = [["1栋101", "张三", "男", "13800000001"], ["1栋102", "李四", "女", "13800000002"]]
    how = ["必填", "与身份证一致，必填", "男/女", "11位"]

    ledger = read_rows([["住址", "姓名", "性别", "电话"], how, *rows])

    assert [person.name for person in ledger.people] == ["张三", "李四"]


def test_reads_english_words_under_english_headers(read_rows):
    header = ["Building", "Unit", "Room", "Name", "Gender", "Residency"]
    rows = [["1", "1", "101", "张三", "Male", "Permanent"], ["1", "1", "102", "李四", "Female", "Tenant"]]

    people = read_rows([header, *rows]).people

    assert [(person.sex, person.residency_kind) for person in people] == [("男", "resident"), ("女", "tenant")]


PEOPLE = [
    ["1栋", "1-101", "张三", "男", "420106198504145915", "13800000001"],
    ["1栋", "1-102", "李四", "女", "420106197808246123", "13800000002"],
    ["2栋", "1-101", "王五", "男", "420106196304145915", "13800000003"],
    ["2栋", "1-102", "赵六", "女", "420106199108246123", "13800000004"],
]


@pytest.mark.parametrize("beside", ["2022-03-01", "八里岔社区", "高中", "李红"])
def test_takes_what_is_the_same_in_every_row_for_nothing_of_the_door_or_the_birth(read_rows, beside):
    ledger = read_rows([[beside, *row] for row in PEOPLE], name="金域")

    assert {door.compound for door in ledger.dwellings} == {"金域"}
    assert [(door.building, door.room) for door in ledger.dwellings][-1] == ("2", "102")
    assert "2022" not in {str(person.birth)[:4] for person in ledger.people}


def test_numbers_rows_by_a_header_of_any_words(read_rows):
    header = ["户内序号", "楼宇号", "单元/室", "姓名", "性别", "身份证号", "电话"]

    ledger = read_rows([header, *([n, row[0].replace("栋", "号"), *row[1:]] for n, row in enumerate(PEOPLE, 1))])

    assert [door.building for door in ledger.dwellings] == ["1", "1", "2", "2"]
