"""Columns that hold names and are no column of residents: read as they are meant, or said aloud."""

from __future__ import annotations

from typing import Any

import pytest

from linli.registry.ledger import Ledger
from tests.registry.ledger.households import HOMES, told

HEADER = ["楼栋", "单元", "房号", "姓名", "身份证号", "电话"]
OTHERS = ["冯国强", "蒋大海", "沈玉兰", "韩小梅", "杨建军", "朱爱国"]


def rows_with(header: str, cells: list[str]) -> list[list[Any]]:
    rows: list[list[Any]] = [[*HEADER, header]]
    for home, cell in zip(HOMES, cells, strict=True):
        head = home.head
        rows.append([home.building, home.unit, home.room, head.name, head.id_number, head.phone, cell])
    return rows


def said(ledger: Ledger) -> list[str]:
    return [problem.read for problem in ledger.problems if problem.kind == "row_not_understood"]


@pytest.mark.parametrize("header", ["人员姓名", "同事", "伙伴名字"])
def test_says_that_a_column_of_names_was_not_read(read_rows, header):
    problems = said(read_rows(rows_with(header, OTHERS)))
    assert len(problems) == 1
    assert problems[0].startswith(f"G {header}")


@pytest.mark.parametrize("header", ["网格员姓名", "紧急联系人", "监护人姓名", "房东姓名", "楼栋长"])
def test_says_nothing_about_names_that_are_not_residents(read_rows, header):
    assert said(read_rows(rows_with(header, OTHERS))) == []


@pytest.mark.parametrize(
    "cells", [["王芳"] * 6, [home.head.name for home in HOMES]], ids=["one clerk", "the same people"]
)
def test_says_nothing_about_names_that_repeat(read_rows, cells):
    assert said(read_rows(rows_with("人员姓名", cells))) == []


def test_takes_residents_in_a_column_of_unknown_header_before_the_owners(read_rows):
    rows = [["楼栋", "单元", "房号", "户主(产权人)", "户主电话", "住这里的是", "身份证号", "联系电话"]]
    for home, owner in zip(HOMES, OTHERS, strict=True):
        rows += [
            [home.building, home.unit, home.room, owner, "13900000001", one.name, one.id_number, one.phone]
            for one in home.members
        ]
    assert {one.name for home in HOMES for one in home.members} <= {person[0] for person in told(read_rows(rows))}


def test_takes_the_other_document_where_the_identity_number_is_empty(read_rows):
    rows = [[*HEADER[:4], "身份证号", "护照号码", "电话"]]
    rows += [
        ["1", "1", "101", "张三", HOMES[0].head.id_number, "", ""],
        ["1", "1", "102", "JOHN SMITH", "", "E12345678", ""],
    ]
    people = read_rows(rows).people
    assert [(person.id_number, person.id_kind) for person in people] == [
        (HOMES[0].head.id_number, "resident_id"), ("E12345678", "passport"),
    ]  # fmt: skip


def test_reads_tables_beside_each_other_whose_headers_differ_in_words(read_rows):
    rows = [["序号", "房号", "住户姓名", "电话", "序号", "房号", "居民姓名", "手机"]]
    for number, (one, other) in enumerate(zip(HOMES[::2], HOMES[1::2], strict=True)):
        rows.append(
            [cell for home in (one, other) for cell in (str(number), home.door, home.head.name, home.head.phone)]
        )
    assert {person.name for person in read_rows(rows).people} == {home.head.name for home in HOMES}
