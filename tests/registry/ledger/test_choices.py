"""Cells that choose among words: boxes to tick, codes that the header explains, columns of yes and no."""

from __future__ import annotations

import pytest

from linli.registry.ledger.choices import chosen, codes_in

DOOR = ["楼栋", "单元", "房号", "姓名", "性别"]
CHOSEN = {
    "resident": ["☑常住 □租户 □外出", "常住☑ 租户□ 外出□", "1", "A常住"],
    "tenant": ["□常住 ☑租户 □外出", "常住□ 租户☑ 外出□", "2", "B租户"],
    "away": ["□常住 □租户 ☑外出", "常住□ 租户□ 外出☑", "3", "C外出"],
}


@pytest.mark.parametrize("way", range(4))
def test_reads_the_word_that_a_cell_chooses(read_rows, way):
    rows = [["1", "1", f"{n}01", f"王{n}", "男", words[way]] for n, words in enumerate(CHOSEN.values(), 1)]

    ledger = read_rows([[*DOOR, "人员类别（1常住 2租户 3外出）"], *rows])

    assert [person.residency_kind for person in ledger.people] == list(CHOSEN)


def test_a_form_on_which_nothing_is_ticked_says_nothing():
    assert chosen("□常住 □租户") == ""
    assert chosen("常住") == "常住"


def test_only_several_codes_explain_a_column():
    assert codes_in("性别（1男2女）") == {"1": "男", "2": "女"}
    assert codes_in("联系电话1") == codes_in("3栋情况") == {}


def test_reads_columns_of_yes_and_no_together(read_rows):
    header = [*DOOR, "是否常住", "是否租户", "血透患者", "视残"]
    rows = [
        ["1", "1", "101", "张三", "男", "是", "否", "有", ""],
        ["1", "1", "102", "李四", "男", "是", "是", "", "√"],
        ["1", "1", "103", "王五", "男", "否", "否", "", ""],
    ]

    ledger = read_rows([header, *rows])

    assert [person.residency_kind for person in ledger.people] == ["resident", "tenant", "away"]
    assert [person.care_needs for person in ledger.people] == [("透析",), ("视力残疾",), ()]


LEGENDS = [
    "注：性别 1—男 2—女，类别 1—常住 2—租户 3—外出",
    "人员类别填代码：1.常住 2.租户 3.外出；性别：1.男 2.女",
]


@pytest.mark.parametrize("legend", LEGENDS)
@pytest.mark.parametrize("above", [True, False])
def test_reads_codes_by_the_line_that_explains_them(read_rows, legend, above):
    rows = [[*DOOR, "人员类别"], *(["1", "1", f"{n}01", f"王{n}", str(n % 2 + 1), str(n)] for n in (1, 2, 3))]

    people = read_rows([[legend], *rows] if above else [*rows, [legend]]).people

    assert [person.residency_kind for person in people] == ["resident", "tenant", "away"]
    assert [person.sex for person in people] == ["女", "男", "女"]
