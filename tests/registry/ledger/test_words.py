"""What words of a ledger mean for whoever stands in the row, and what only sounds like it."""

from __future__ import annotations

import pytest

from linli.registry.ledger.care import read_remarks, read_residency
from tests.registry.ledger.households import HOMES


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("常住（户籍不在本地）", "resident"), ("户不在人在", "resident"), ("人在户在", "resident"), ("未外出", "resident"),
        ("非租户", "resident"), ("户籍在外地", "resident"), ("人户不一致", "away"), ("人走户在", "away"), ("非常住", "away"),
        ("外地户籍租住", "tenant"), ("户在人不在外出务工", "away"), ("人不在外地务工", "away"),
    ],
)  # fmt: skip
def test_reads_why_somebody_is_here_from_the_whole_word(word, kind):
    assert read_residency(word) == kind


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("不能外出", None), ("很少外出", None), ("户口在外地", None), ("户籍在外省，本人常住", None), ("在妇幼保健院工作", None),
        ("现住本址", None), ("在深圳工作", "away"), ("现住武汉", "away"), ("在北京读研", "away"), ("常年在外", "away"),
        ("嫁到本村", None), ("现居住良好", None), ("在本小区带孙子", None), ("在医院实习", None), ("嫁到外地", "away"),
        ("租房居住", "tenant"), ("外地租户", "tenant"), ("挂靠户口", "registered_only"),
    ],
)  # fmt: skip
def test_reads_from_a_remark_who_is_away_or_rents(remark, kind):
    assert read_remarks(remark).residency == kind


@pytest.mark.parametrize(
    ("remark", "needs"),
    [
        ("妻子怀孕", ()), ("父亲瘫痪在床", ()), ("家有孕妇", ()), ("市残疾人联合会工作人员", ()), ("聋哑学校教师", ()),
        ("精神科医生", ()), ("志愿者，负责独居老人", ()), ("照顾瘫痪老伴", ()), ("老伴去世独居", ("独居老人",)),
        ("视力残疾在盲人按摩店工作", ("视力残疾",)), ("需要照顾的独居老人", ("独居老人",)), ("户主残疾", ("残疾",)),
        ("长期护理保险失能", ("长期卧床",)), ("精神病院住院", ("精神障碍",)), ("视力残疾退休教师", ("视力残疾",)),
        ("聋哑学校学生", ("听力残疾", "言语残疾")), ("需照顾，失能", ("长期卧床",)),
    ],
)  # fmt: skip
def test_takes_no_need_of_somebody_else_for_the_persons_own(remark, needs):
    read = read_remarks(remark)
    assert read.needs == needs
    assert needs or read.rest == remark


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("人户关系", ("人户一致", "户在人不在", "租住")), ("户籍状况", ("人户一致", "户在人不在", "租住")),
        ("户籍/流动", ("户籍", "人户分离", "流动")), ("在家/外出", ("在家", "外出", "租住")),
    ],
)  # fmt: skip
def test_reads_why_people_are_here_under_its_many_headers(read_rows, header, words):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号", header]]
    homes = [(home, words[number % 3]) for number, home in enumerate(HOMES)]
    rows += [[home.building, home.unit, home.room, home.head.name, home.head.id_number, word] for home, word in homes]
    kinds = [person.residency_kind for person in read_rows(rows).people]
    assert kinds == ["resident", "away", "tenant"] * 2


@pytest.mark.parametrize(("yes", "no"), [("是", "否"), ("√", "×"), ("1", "0")])
@pytest.mark.parametrize("header", ["是否在家", "是否实际居住", "是否人户一致", "是否在本社区居住"])
def test_takes_who_is_said_not_to_live_here_for_away(read_rows, header, yes, no):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号", header]]
    rows += [
        [home.building, home.unit, home.room, home.head.name, home.head.id_number, no if number else yes]
        for number, home in enumerate(HOMES)
    ]
    kinds = [person.residency_kind for person in read_rows(rows).people]
    assert kinds == ["resident", *["away"] * (len(HOMES) - 1)]


def test_takes_nobody_for_away_who_has_not_lived_here_long(read_rows):
    rows = [["楼栋", "单元", "房号", "姓名", "身份证号", "是否居住满半年"]]
    rows += [[home.building, home.unit, home.room, home.head.name, home.head.id_number, "否"] for home in HOMES]
    assert {person.residency_kind for person in read_rows(rows).people} == {"resident"}


def test_takes_who_lives_in_a_let_dwelling_for_its_tenants_and_misses_no_landlord_twice(read_rows):
    rows = [["楼栋", "单元", "房号", "房屋状态", "姓名", "身份证号", "居住状态", "房东姓名", "房东电话"]]
    door = HOMES[0]
    rows += [
        [door.building, door.unit, door.room, "出租", one.name, one.id_number, "在住", *(("", "") if n else ("费晨", "15845216991"))]
        for n, one in enumerate(door.members)
    ]  # fmt: skip
    ledger = read_rows(rows)
    assert {person.residency_kind for person in ledger.people} == {"tenant"}
    assert not [flag for flag in ledger.flags if flag.kind == "landlord_missing"]
