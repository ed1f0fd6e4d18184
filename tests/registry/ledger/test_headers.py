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
