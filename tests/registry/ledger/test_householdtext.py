"""Whole families told in one cell, with whatever marks between them."""

from __future__ import annotations

import pytest

from linli.registry.ledger.listed import people_in
from tests.registry.ledger.households import HOMES, told

HEAD, WIFE, SON = "王建国", "李娜", "王小明"
NUMBER = "110105194912310025"


def named(text):
    return [(dict(said)["name"], dict(said).get("relation", "")) for said in people_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "户主：王建国，妻：李娜，子：王小明", "户主王建国、妻李娜、子王小明", "户主 王建国 妻 李娜 子 王小明",
        f"王建国(户主,男,{NUMBER}) 李娜(妻) 王小明(子)", "王建国-户主-13800000000；李娜-妻；王小明-子",
        f"1.王建国 户主 {NUMBER}\n2.李娜 妻\n3.王小明 子", "户主：王建国（妻：李娜，子：王小明）",
    ],
)  # fmt: skip
def test_tells_who_is_what_in_a_family(text):
    assert named(text) == [(HEAD, "户主"), (WIFE, "妻"), (SON, "子")]


@pytest.mark.parametrize("text", ["王建国(3人)", "王建国 3人", "王建国等4人", "王建国一家"])
def test_takes_a_count_or_a_house_behind_a_name_for_no_part_of_it(text):
    assert named(text) == [(HEAD, "")]


def test_gives_each_number_to_the_name_before_it():
    people = people_in(f"妻：李娜{NUMBER},女:王小红 13800000000,子：王小明")
    assert list(map(dict, people)) == [
        {"name": "李娜", "relation": "妻", "id_number": NUMBER},
        {"name": "王小红", "relation": "女", "phone": "13800000000"},
        {"name": "王小明", "relation": "子"},
    ]


@pytest.mark.parametrize(
    "text", ["湖北省随州市", "随州一中", "空置", "丈夫在外地务工", "长期卧床，需上门", "子女在外地"]
)
def test_takes_other_words_for_no_family(text):
    assert people_in(text) == () or named(text) == [(text, "")]


@pytest.mark.parametrize("header", [["住址", "人员信息"], ["户址", "情况"], ["门牌号", "家庭情况"], None])
@pytest.mark.parametrize("form", ["{relation}：{name} {id}", "{name}（{relation}，{id}）", "{name} {relation} {id}"])
def test_reads_everybody_of_a_dwelling_from_one_cell(read_rows, header, form):
    rows = [header] if header else []
    for home in HOMES:
        family = [form.format(name=one.name, relation=one.relation, id=one.id_number) for one in home.members]
        rows.append([home.door, "；".join(family)])
    ledger = read_rows([*rows, ["3栋1单元101", "空置"]])
    assert told(ledger) >= {(home.head.name, home.head.id_number, *door(home)) for home in HOMES}
    assert len(ledger.people) == sum(len(home.members) for home in HOMES)
    assert ledger.vacant_count == 1
    assert {person.relation for person in ledger.people} == {"户主", "配偶", "子女", "母亲"}


def door(home):
    return home.building, home.unit, home.room


def test_reads_nothing_but_names_in_one_cell(read_rows):
    rows = [[home.door, "、".join(one.name for one in home.members)] for home in HOMES]
    ledger = read_rows(rows)
    assert {person.name for person in ledger.people} == {one.name for home in HOMES for one in home.members}
    assert {flag.kind for flag in ledger.flags} == {"id_missing"}


def test_reads_the_number_of_a_passport_behind_a_name():
    said = [dict(one) for one in people_in(f"户主王建国{NUMBER};妻李娜E60476215")]
    assert [(one["name"], one["id_number"]) for one in said] == [(HEAD, NUMBER), (WIFE, "E60476215")]
