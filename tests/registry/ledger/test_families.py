"""Families in one row or one cell: members listed beside their head, spouses and children in columns of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.households import EVERYONE, HOMES, phones, told

ADDRESS = ["楼栋", "单元", "房号"]


def door(home: Any) -> list[str]:
    return [home.building, home.unit, home.room]


@pytest.mark.parametrize("header", ["家庭成员", "成员", "家庭成员姓名", "家属"])
@pytest.mark.parametrize("mark", ["、", "，", "\n", " "])
def test_takes_members_listed_in_a_cell_and_the_head_beside_it(read_rows, header, mark):
    rows = [[*ADDRESS, "户主", "联系电话", header]]
    rows += [
        [*door(home), home.head.name, home.head.phone, mark.join(one.name for one in home.members[1:])]
        for home in HOMES
    ]
    ledger = read_rows(rows)
    assert {(person.name, person.row) for person in ledger.people} == {
        (one.name, row) for row, home in enumerate(HOMES, start=2) for one in home.members
    }
    assert {person.name for person in ledger.people if person.relation == "户主"} == {home.head.name for home in HOMES}
    assert phones(ledger) == {
        one.name: (one.phone,) if one is home.head else () for home in HOMES for one in home.members
    }
    assert ledger.vacant_count == 0


@pytest.mark.parametrize("form", ["{name}（{relation}）", "{name}({relation})", "{name}"])
def test_takes_a_list_of_names_apart_with_the_numbers_beside_it(read_rows, form):
    rows: list[list[Any]] = [["楼栋单元房号", "家庭成员", "身份证号"]]
    for home in HOMES:
        names = "\n".join(form.format(name=one.name, relation=one.relation) for one in home.members)
        rows.append([home.door, names, "\n".join(one.id_number for one in home.members)])
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    if "relation" in form:
        related = {person.name: person.relation for person in ledger.people}
        assert related == {one.name: one.relation for home in HOMES for one in home.members}


def test_takes_the_numbers_behind_names_in_one_cell(read_rows):
    rows = [["地址", "家庭成员及身份证号"]]
    rows += [[home.door, "；".join(f"{one.name} {one.id_number}" for one in home.members)] for home in HOMES]
    assert told(read_rows([[*row, ""] if number else [row[0], "姓名", "备注"] for number, row in enumerate(rows)])) == (
        EVERYONE
    )


@pytest.mark.parametrize("name", ["张 三", "欧阳 娜", "司马 相如", "王 小 明"])
def test_keeps_a_name_with_inner_spaces_one_person(read_rows, name):
    ledger = read_rows([["楼栋", "单元", "房号", "姓名", "性别"], ["1", "1", "101", name, "男"]])
    assert [person.name for person in ledger.people] == [name.replace(" ", "")]


@pytest.mark.parametrize("grouped", [False, True])
def test_takes_a_spouse_in_columns_of_their_own_for_a_person(read_rows, grouped):
    header = [[*ADDRESS, "户主姓名", "户主身份证号", "户主电话", "配偶姓名", "配偶身份证号", "配偶电话", "备注"]]
    merges = []
    if grouped:
        header = [
            [*ADDRESS, "户主信息", "", "", "配偶信息", "", "", "备注"],
            ["", "", "", "姓名", "身份证号", "电话", "姓名", "身份证号", "电话", ""],
        ]
        merges = [(0, 3, 0, 5), (0, 6, 0, 8)]
    rows = list(header)
    for home in HOMES:
        couple = [cell for one in home.members[:2] for cell in (one.name, one.id_number, one.phone)]
        rows.append([*door(home), *couple, *[""] * (7 - len(couple))])
    ledger = read_rows(rows, merges=merges)
    wanted = {one for one in EVERYONE if any(one[0] == two.name for home in HOMES for two in home.members[:2])}
    assert told(ledger) == wanted
    assert {person.relation for person in ledger.people} == {"户主", "配偶"}
    assert phones(ledger)["彭玉"] == ("13800001001",)


def test_takes_a_spouse_who_has_a_row_for_one_person(read_rows):
    rows = [[*ADDRESS, "姓名", "身份证号", "电话", "配偶姓名", "配偶身份证号"]]
    for home in HOMES:
        for place, one in enumerate(home.members):
            spouse = home.members[1 - place] if place < 2 <= len(home.members) else None
            rows.append(
                [
                    *door(home),
                    one.name,
                    one.id_number,
                    one.phone,
                    *((spouse.name, spouse.id_number) if spouse else ("", "")),
                ]
            )
    assert told(read_rows(rows)) == EVERYONE


def test_takes_a_head_whose_row_names_nobody_else_for_a_person(read_rows):
    rows = [[*ADDRESS, "户主姓名", "姓名", "与户主关系", "身份证号"]]
    for home in HOMES:
        rows += [[*door(home), home.head.name, one.name, one.relation, one.id_number] for one in home.members]
    rows += [["9", "1", "101", "孙国强", "", "", ""], ["9", "1", "102", "孙国富", "空置", "", ""]]
    people = {(person.name, person.relation) for person in read_rows(rows).people}
    assert ("孙国强", "户主") in people
    assert "孙国富" not in {name for name, _ in people}


FORMS = [
    ("；", "{name}，{relation}，{id}"),
    ("\n", "{relation}：{name} {id}"),
    ("；", "{name}（{relation}）{id}"),
    ("、", "{name}{id}({relation})"),
    ("\n", "{name} {relation} {id} {phone}"),
]


@pytest.mark.parametrize(("mark", "form"), FORMS)
def test_reads_what_a_cell_says_about_each_member(read_rows, mark, form):
    rows = [["住址", "户主", "身份证号", "电话", "家庭成员（姓名、关系、身份证号）"]]
    for home in HOMES:
        family = mark.join(
            form.format(name=one.name, relation=one.relation, id=one.id_number, phone=one.phone)
            for one in home.members[1:]
        )
        rows.append([home.door, home.head.name, home.head.id_number, home.head.phone, family])
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert {person.name: person.relation for person in ledger.people} == {
        one.name: one.relation for home in HOMES for one in home.members
    }


def test_takes_head_and_members_in_rows_of_their_own_with_columns_in_common(read_rows):
    rows = [["户号", "户主", "家庭成员", "与户主关系", "身份证号", "地址", "电话"]]
    for number, home in enumerate(HOMES, start=1):
        rows.append([str(number), home.head.name, "", "户主", home.head.id_number, home.door, home.head.phone])
        rows += [["", "", one.name, one.relation, one.id_number, "", one.phone] for one in home.members[1:]]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert phones(ledger) == {one.name: (one.phone,) for home in HOMES for one in home.members}


def test_keeps_what_brackets_say_behind_a_name_in_a_list(read_rows):
    rows = [["地址", "家庭成员", "备注"], ["3-2-501", "张三（党员）、李四（妻）", ""]]
    assert [(person.name, person.relation, person.remarks) for person in read_rows(rows).people] == [
        ("张三", "", "党员"), ("李四", "妻", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("header", [["子女姓名", "子女电话"], ["女儿姓名", "女儿联系电话"]])
def test_takes_a_child_whom_to_call_for_nobody_behind_the_door(read_rows, header):
    rows = [[*ADDRESS, "姓名", "身份证号", *header]]
    rows += [[*door(home), home.head.name, home.head.id_number, "王大海", "13900000009"] for home in HOMES]
    ledger = read_rows(rows)
    assert {person.name for person in ledger.people} == {home.head.name for home in HOMES}
    assert {door.landlord for door in ledger.dwellings} == {None}


def test_takes_owners_beside_residents_of_the_same_header_for_landlords(read_rows):
    rows = [[*ADDRESS, "姓名", "电话", "姓名", "身份证号", "电话"]]
    for number, home in enumerate(HOMES):
        owner = ("赵国栋", "13900000001") if number == 0 else (home.head.name, home.head.phone)
        rows += [[*door(home), *owner, one.name, one.id_number, one.phone] for one in home.members]
    ledger = read_rows(rows)
    assert told(ledger) == EVERYONE
    assert ledger.dwellings[0].landlord is not None
    assert ledger.dwellings[0].landlord.name == "赵国栋"


def test_gives_the_head_the_phone_behind_the_address_of_their_group(read_rows):
    rows = [
        ["户主信息", "", "", "", "家庭成员信息", "", "", ""],
        ["姓名", "身份证号", "住址", "电话", "姓名", "与户主关系", "身份证号", "电话"],
    ]
    for home in HOMES:
        head = [home.head.name, home.head.id_number, home.door, home.head.phone]
        for number, one in enumerate(home.members[1:]):
            rows.append([*(head if number == 0 else [""] * 4), one.name, one.relation, one.id_number, one.phone])
        if len(home.members) == 1:
            rows.append([*head, "", "", "", ""])
    ledger = read_rows(rows, merges=[(0, 0, 0, 3), (0, 4, 0, 7)])
    assert told(ledger) == EVERYONE
    assert phones(ledger) == {one.name: (one.phone,) for home in HOMES for one in home.members}


@pytest.mark.parametrize("mark", [" ", "", "  "])
def test_takes_names_with_brackets_apart_without_a_mark_between_them(read_rows, mark):
    rows = [["地址", "家庭成员"], ["3-2-501", mark.join(["张三(户主)", "李四(妻)", "王五(长子)"])]]
    people = [(person.name, person.relation) for person in read_rows(rows).people]
    assert people == [("张三", "户主"), ("李四", "妻"), ("王五", "长子")]
