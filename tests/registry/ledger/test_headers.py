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


@pytest.mark.parametrize("header", ["户籍类型", "户口性质", "户别"])
@pytest.mark.parametrize(
    ("words", "kinds"),
    [(("常住", "租户", "外出"), ("resident", "tenant", "away")), (("农业", "非农业", "农业"), ("resident",) * 3)],
)
def test_takes_the_kind_of_registration_for_why_people_are_here_where_it_says_that(read_rows, header, words, kinds):
    rows = [[f"1-1-10{n}", f"王{n}", "男", word] for n, word in zip("一二三", words, strict=True)]

    ledger = read_rows([["住址", "姓名", "性别", header], *rows])

    assert tuple(person.residency_kind for person in ledger.people) == kinds
    assert "category_unknown" not in {flag.kind for flag in ledger.flags}


def test_knows_a_header_of_ticks_by_whatever_column_of_names_it_has(read_rows):
    header = ["序", "幢", "单元", "门牌号", "常住人口姓名", "是否党员", "关系", "户籍人口", "暂住", "外出"]
    rows = [
        [1, "2", "1", "402", "张三", "否", "户主", "√", "", ""],
        [2, "2", "1", "403", "李四", "否", "户主", "", "√", ""],
    ]

    ledger = read_rows([header, *rows], name="金域")

    assert [(person.name, person.residency_kind) for person in ledger.people] == [
        ("张三", "resident"),
        ("李四", "tenant"),
    ]
    assert {door.compound for door in ledger.dwellings} == {"金域"}


def test_takes_a_fuller_column_of_numbers_beside_the_one_of_other_documents(read_rows):
    rows = [[*row[:4], row[4], ""] for row in PEOPLE[:-1]] + [["2栋", "1-102", "Anna Lee", "女", "", "E12345678"]]

    people = read_rows([["楼栋", "单元/室", "姓名", "性别", "编码", "护照号"], *rows]).people

    assert [person.id_number for person in people][0::3] == ["420106198504145915", "E12345678"]


def test_leaves_the_telephone_of_a_place_of_work_out(read_rows):
    people = read_rows(
        [["住址", "姓名", "手机", "单位电话"], ["1-1-101", "张三", "13800000001", "0722-3312345"]]
    ).people

    assert people[0].phones == ("13800000001",)


def test_reads_traditional_words_under_traditional_headers(read_rows):
    header = ["屋苑", "棟號", "單元", "室號", "居民姓名", "身分證字號", "居住類型"]
    rows = [
        ["金域", "12號樓", "1", "101", "張三", PEOPLE[0][4], "外出務工"],
        ["金域", "12號楼", "1", "102", "李四", "", "流動人口"],
    ]

    ledger = read_rows([header, *rows])

    assert [(door.compound, door.building) for door in ledger.dwellings] == [("金域", "12"), ("金域", "12")]
    assert [person.residency_kind for person in ledger.people] == ["away", "tenant"]


@pytest.mark.parametrize("mark", ["-", "_", "：", "/"])
def test_reads_headers_that_name_their_group_first(read_rows, mark):
    parts = [f"居住地址{mark}{part}" for part in ("小区", "楼栋", "单元", "房号")]

    ledger = read_rows([["*姓名", "*证件号码", *parts], ["张三", PEOPLE[0][4], "金域", "3栋", "2单元", "501"]])

    assert [(d.compound, d.building, d.unit, d.room) for d in ledger.dwellings] == [("金域", "3", "2", "501")]


def test_reads_a_header_that_explains_its_codes_without_brackets(read_rows):
    rows = [
        ["住址", "姓名", "性别", "类别 1=户籍 2=租住 3=人户分离"],
        *([f"1-1-10{n}", f"王{n}", "男", n] for n in (1, 2, 3)),
    ]

    assert [person.residency_kind for person in read_rows(rows).people] == ["resident", "tenant", "away"]


def test_takes_household_numbers_for_no_rooms_where_another_column_holds_addresses(read_rows):
    header = ["户号", "所在方位", "姓名", "性别", "身份证号"]
    rows = [[f"{n:04d}", f"金域{row[0]}1单元{row[1][2:]}", *row[2:5]] for n, row in enumerate(PEOPLE, 1)]

    assert [door.room for door in read_rows([header, *rows]).dwellings] == ["101", "102", "101", "102"]
