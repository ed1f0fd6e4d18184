"""Nobody is dropped: odd rows become people with flags, repeated numbers are merged, remarks and columns are understood."""

from __future__ import annotations

from datetime import date

import openpyxl

from linli.registry.ledger import ColumnMapping, Ledger
from linli.registry.ledger.identity import check_digit

HEADER = ["姓名", "与户主关系", "身份证号", "电话", "地址", "备注"]


def number(order: int, born: str = "19850906") -> str:
    first = f"421303{born}{order:03}"
    return first + check_digit(first)


def kinds(ledger: Ledger) -> list[tuple[int, str, str]]:
    return [(flag.row, flag.kind, flag.name) for flag in ledger.flags]


def test_keeps_a_person_without_an_address(read_rows):
    rows = [[f"王{n}", "户主", number(n), "", f"3栋1单元{n}01", ""] for n in range(1, 30)]
    rows[10][4] = ""

    ledger = read_rows([HEADER, *rows])

    assert len(ledger.people) == 29
    assert (12, "address_missing", "王11") in kinds(ledger)
    unknown = next(dwelling for dwelling in ledger.dwellings if not dwelling.address_known)
    assert [person.name for person in unknown.people] == ["王11"]


def test_carries_an_address_down_to_relatives_but_not_to_another_head(read_rows):
    ledger = read_rows([
        HEADER,
        ["张三", "户主", number(1), "", "3栋2单元501", ""],
        ["李四", "配偶", number(2), "", "", ""],
        ["王五", "户主", number(3), "", "", ""],
    ])  # fmt: skip

    assert [(d.room, [p.name for p in d.people]) for d in ledger.dwellings] == [
        ("501", ["张三", "李四"]),
        ("", ["王五"]),
    ]
    assert kinds(ledger) == [(4, "address_missing", "王五")]


def test_keeps_a_person_without_a_name_and_one_without_anything_else(read_rows):
    ledger = read_rows([HEADER, ["", "", number(1), "", "3栋2单元501", ""], ["李四", "", "", "", "", ""]])

    assert [person.name for person in ledger.people] == ["", "李四"]
    assert {(2, "name_missing", ""), (3, "id_missing", "李四")} <= set(kinds(ledger))


def test_merges_a_repeated_number_and_fills_what_was_empty(read_rows):
    ledger = read_rows([
        HEADER,
        ["张三", "户主", number(1), "无", "3栋2单元501", "独居老人"],
        ["张 三", "", number(1).lower(), "13871311858", "3栋2单元501", "透析"],
    ])  # fmt: skip

    (person,) = ledger.people
    assert (person.row, person.phones, person.care_needs) == (2, ("13871311858",), ("独居老人", "透析"))
    assert kinds(ledger) == [(3, "duplicate_person", "张三")]


def test_where_somebody_lives_wins_over_where_they_are_only_registered(read_rows):
    ledger = read_rows([
        [*HEADER, "人员类别"],
        ["张三", "子女", number(1), "", "1栋1单元101", "", "人户分离"],
        ["张三", "户主", number(1), "", "2栋1单元202", "", "租户"],
    ])  # fmt: skip

    (person,) = ledger.people
    assert person.residency_kind == "tenant"
    assert [(d.building, d.vacant) for d in ledger.dwellings] == [("1", True), ("2", False)]
    assert {(3, "duplicate_person", "张三"), (3, "duplicate_other_address", "张三")} <= set(kinds(ledger))


def test_keeps_both_people_when_one_number_has_two_names(read_rows):
    ledger = read_rows([
        HEADER,
        ["张三", "户主", number(1), "", "3栋2单元501", ""],
        ["欧阳海棠", "配偶", number(1), "", "3栋2单元501", ""],
    ])  # fmt: skip

    assert [(person.name, person.id_number) for person in ledger.people] == [("张三", number(1)), ("欧阳海棠", None)]
    assert kinds(ledger) == [(3, "id_shared", "欧阳海棠")]


def test_takes_sex_and_birth_from_the_number_when_the_cells_are_empty(read_rows):
    header = ["姓名", "性别", "出生日期", "身份证号", "地址"]
    ledger = read_rows([
        header,
        ["张三", "", "", number(2), "3-2-501"],
        ["李四", "男", "1985-09-07", number(4), "3-2-501"],
        ["王五", "", "1990.1.2", "", "3-2-501"],
    ])  # fmt: skip

    assert [(p.sex, p.birth) for p in ledger.people] == [
        ("女", date(1985, 9, 6)), ("男", date(1985, 9, 7)), ("", date(1990, 1, 2)),
    ]  # fmt: skip
    assert {(3, "sex_disagrees", "李四"), (3, "birth_disagrees", "李四")} <= set(kinds(ledger))


def test_columns_of_yes_and_no_and_of_categories(read_rows):
    header = ["姓名", "身份证号", "楼栋", "房号", "是否孕妇", "残疾类别", "居住性质"]
    ledger = read_rows([
        header,
        ["张三", number(1), "3栋", 501, "否", "", "自住"],
        ["李四", number(2), "3栋", 502, "是", "肢体", "租住"],
        ["王五", number(3), "3栋", 503, "", "无", "？？"],
    ])  # fmt: skip

    assert [(p.care_needs, p.residency_kind) for p in ledger.people] == [
        ((), "resident"), (("孕妇", "肢体残疾"), "tenant"), ((), "resident"),
    ]  # fmt: skip


def test_keeps_columns_it_has_no_field_for(read_rows):
    header = ["姓名", "身份证号", "地址", "民族", "工作单位"]
    (person,) = read_rows([header, ["张三", number(1), "3-2-501", "汉", "随州一中"]]).people
    assert person.extra == (("民族", "汉"), ("工作单位", "随州一中"))


def test_a_remembered_correction_wins_over_the_header(read_rows):
    rows = [["甲", "乙", "联系方式", "地址"], ["张三", "李四", "13871311858", "3-2-501"]]
    ledger = read_rows(rows, ColumnMapping({"甲": "landlord_name", "乙": "name", "联系方式": "landlord_phone"}))

    assert [person.name for person in ledger.people] == ["李四"]
    assert ledger.dwellings[0].landlord is not None
    assert ledger.dwellings[0].landlord.phones == ("13871311858",)
    assert {column.how for column in ledger.sheets[0].columns[:3]} == {"remembered"}


def test_households_behind_one_door_are_told_apart_by_their_number(read_rows):
    header = ["户编号", "姓名", "与户主关系", "身份证号", "地址"]
    ledger = read_rows([
        header,
        ["001", "张三", "户主", number(1), "3-2-501"],
        ["001", "李四", "配偶", number(2), "3-2-501"],
        ["002", "王五", "户主", number(3), "3-2-501"],
    ])  # fmt: skip

    assert [[p.name for p in household.people] for household in ledger.dwellings[0].households] == [
        ["张三", "李四"],
        ["王五"],
    ]


def test_one_compound_written_in_two_ways_is_one(read_rows):
    ledger = read_rows([
        ["小区", "楼栋", "房号", "姓名", "身份证号"],
        ["明珠华府", "1", "101", "张三", number(1)],
        ["明珠华府小区", "1", "101", "李四", number(2)],
        ["明珠华府", "1", "102", "王五", number(3)],
    ])  # fmt: skip

    assert {dwelling.compound for dwelling in ledger.dwellings} == {"明珠华府"}
    assert len(ledger.dwellings) == 2


def test_a_door_without_a_unit_is_in_unit_1_and_flagged_where_there_are_others(read_rows):
    ledger = read_rows([
        ["姓名", "身份证号", "地址"],
        ["张三", number(1), "3幢501"],
        ["李四", number(2), "3幢1单元501"],
        ["王五", number(3), "4幢2单元101"],
        ["赵六", number(4), "4幢101"],
    ])  # fmt: skip

    assert [(d.building, d.unit, len(d.people)) for d in ledger.dwellings] == [
        ("3", "1", 2),
        ("4", "2", 1),
        ("4", "1", 1),
    ]
    assert kinds(ledger) == [(5, "unit_missing", "赵六")]


def test_a_door_that_a_spreadsheet_turned_into_a_date_is_read_back_and_flagged(read, tmp_path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "身份证号", "楼栋单元", "房号"])
    page.append(["张三", number(1), date(2026, 3, 2), 501])
    book.save(tmp_path / "ledger.xlsx")

    ledger = read(tmp_path / "ledger.xlsx")

    assert [(d.building, d.unit, d.room) for d in ledger.dwellings] == [("3", "2", "501")]
    assert kinds(ledger) == [(2, "address_as_date", "张三")]


def test_landlords_and_owners_are_not_mixed_with_residents(read_rows):
    header = ["姓名", "电话", "身份证号", "地址", "业主", "电话"]
    ledger = read_rows([
        header,
        ["张三", "13871311858", number(1), "3-2-501", "钱七", "13900000001"],
        ["李四", "", number(2), "3-2-502", "", ""],
    ])  # fmt: skip

    assert [(p.name, p.phones) for p in ledger.people] == [("张三", ("13871311858",)), ("李四", ())]
    assert ledger.dwellings[0].landlord is not None
    assert (ledger.dwellings[0].landlord.name, ledger.dwellings[0].landlord.phones) == ("钱七", ("13900000001",))


def test_an_owners_ledger_names_the_owners_as_its_people(read_rows):
    ledger = read_rows([["业主姓名", "业主电话", "楼栋", "单元", "房号"], ["钱七", "13900000001", "3", "2", "501"]])
    assert [(person.name, person.phones) for person in ledger.people] == [("钱七", ("13900000001",))]


def test_text_that_begins_like_a_formula_stays_text(read_rows):
    rows = [
        HEADER,
        ["张三", "", number(1), "", "3-2-501", '=HYPERLINK("x")'],
        ["=1+1", "", number(2), "", "3-2-502", "+cmd"],
    ]
    ledger = read_rows(rows)
    assert [person.remarks for person in ledger.people] == ['=HYPERLINK("x")', "+cmd"]
    assert ledger.people[1].name == "=1+1"


def test_flags_are_in_the_order_of_rows_and_carry_the_sheets_name(read_rows):
    rows = [HEADER, ["王 一", "", "", "", "3-2-501", ""], ["王二", "", "123", "", "3-2-502", ""]]
    ledger = read_rows(rows, name="明珠华府")
    assert [(f.sheet, f.row, f.kind, f.name, f.read) for f in ledger.flags] == [
        ("明珠华府", 2, "id_missing", "王一", ""), ("明珠华府", 3, "id_length", "王二", "123"),
    ]  # fmt: skip
    assert {dwelling.compound for dwelling in ledger.dwellings} == {"明珠华府"}


def test_example_rows_and_numbering_rows_are_not_people(read_rows):
    ledger = read_rows([
        ["序号", *HEADER],
        ["1", "2", "3", "4", "5", "6", "7"],
        ["例", "张三", "户主", "11010519491231002X", "13800000000", "1栋1单元101", ""],
        ["1", "李四", "户主", number(2), "", "3-2-502", ""],
    ])  # fmt: skip

    assert [person.name for person in ledger.people] == ["李四"]
    assert [(row.row, row.reason) for row in ledger.sheets[0].skipped] == [(2, "numbering"), (3, "example")]


def test_reads_a_whole_household_from_one_row(read_rows):
    header = [
        "地址",
        "户主姓名",
        "户主身份证号",
        "户主电话",
        "成员1姓名",
        "成员1关系",
        "成员1身份证号",
        "成员2姓名",
        "成员2关系",
        "成员2身份证号",
        "备注",
    ]
    ledger = read_rows([
        header,
        ["3-2-501", "张三", number(1), "13871311858", "李四", "配偶", number(2), "王五", "子女", "", "独居老人"],
        ["3-2-502", "", "", "", "", "", "", "", "", "", "空置"],
        ["3-2-503", "赵六", number(5), "", "", "", "", "", "", "", ""],
    ])  # fmt: skip

    assert [[(p.name, p.relation, p.row) for p in d.people] for d in ledger.dwellings] == [
        [("张三", "户主", 2), ("李四", "配偶", 2), ("王五", "子女", 2)], [], [("赵六", "户主", 4)],
    ]  # fmt: skip
    assert [person.care_needs for person in ledger.people] == [("独居老人",), (), (), ()]
    assert kinds(ledger) == [(2, "id_missing", "王五")]


def test_a_column_that_repeats_the_heads_name_is_not_another_person(read_rows):
    ledger = read_rows([
        ["地址", "姓名", "身份证号", "户主姓名", "户主身份证号"],
        ["3-2-501", "张三", number(1), "张三", number(1)],
        ["3-2-501", "李四", number(2), "张三", number(1)],
    ])  # fmt: skip

    assert [(person.name, person.relation) for person in ledger.people] == [("张三", "户主"), ("李四", "")]
    assert kinds(ledger) == []


def test_a_column_of_heads_before_the_members_is_not_a_set_of_its_own(read_rows):
    ledger = read_rows([
        ["楼号", "单元", "门牌", "户主", "家庭成员", "称谓", "证件号码"],
        ["3", "2", "501", "张三", "张三", "本人", number(1)],
        ["3", "2", "501", "张三", "李四", "妻", number(2)],
    ])  # fmt: skip

    assert [(person.name, person.relation) for person in ledger.people] == [("张三", "户主"), ("李四", "妻")]


def test_rooms_that_count_from_1_on_each_floor_are_told_apart(read_rows):
    ledger = read_rows([
        ["楼栋", "单元", "楼层", "房间", "姓名", "身份证号"],
        ["1", "1", 5, "01", "张三", number(1)],
        ["1", "1", 6, "01", "李四", number(2)],
        ["2", "1", 6, 1, "王五", number(3)],
    ])  # fmt: skip

    assert [(d.room, d.floor) for d in ledger.dwellings] == [("501", 5), ("601", 6), ("6-1", 6)]


def test_two_names_in_a_cell_are_two_people(read_rows):
    ledger = read_rows(
        [["姓名", "电话", "房号", "身份证号"], ["张三、李四", "13871311858/13900000001", "3-2-501", number(1)]]
    )

    assert [(person.name, person.phones) for person in ledger.people] == [
        ("张三", ("13871311858",)),
        ("李四", ("13900000001",)),
    ]


def test_reads_a_landlord_from_the_remark(read_rows):
    ledger = read_rows([HEADER, ["张三", "户主", number(1), "", "3-2-501", "租户，房东王五13900000002"]])

    assert ledger.people[0].residency_kind == "tenant"
    assert ledger.dwellings[0].landlord is not None
    assert (ledger.dwellings[0].landlord.name, ledger.dwellings[0].landlord.phones) == ("王五", ("13900000002",))


def test_reads_whether_somebody_usually_lives_here(read_rows):
    header = ["姓名", "身份证号", "地址", "是否常住", "是否租户", "是否外出"]
    ledger = read_rows([
        header,
        ["张三", number(1), "3-2-501", "是", "否", "否"],
        ["李四", number(2), "3-2-502", "", "是", "否"],
        ["王五", number(3), "3-2-503", "", "", "√"],
    ])  # fmt: skip

    assert [person.residency_kind for person in ledger.people] == ["resident", "tenant", "away"]


def test_writes_the_dot_in_a_name_in_one_way(read_rows):
    written = ["买买提·吐尔逊", "买买提•吐尔逊", "买买提.吐尔逊", "买买提 ・ 吐尔逊"]

    ledger = read_rows(
        [HEADER, *([name, "户主", number(n), "", f"{n}-1-101", ""] for n, name in enumerate(written, 1))]
    )

    assert {person.name for person in ledger.people} == {"买买提·吐尔逊"}


def test_reads_care_needs_where_the_category_is_written(read_rows):
    header = ["姓名", "身份证号", "地址", "人员类别"]

    ledger = read_rows([header, ["张三", number(1), "3-2-501", "孕妇"], ["李四", number(2), "3-2-502", "租户，透析"]])

    assert [person.care_needs for person in ledger.people] == [("孕妇",), ("透析",)]
    assert [person.residency_kind for person in ledger.people] == ["resident", "tenant"]
    assert "category_unknown" not in {flag.kind for flag in ledger.flags}


def test_reads_years_of_two_digits_as_the_identity_number_has_them(read_rows):
    header = ["姓名", "身份证号", "地址", "出生日期"]
    told = number(1, "19250906")

    ledger = read_rows([header, ["张三", told, "3-2-501", "25.9.6"], ["李四", "", "3-2-501", "87.12.1"]])

    assert [person.birth for person in ledger.people] == [date(1925, 9, 6), date(1987, 12, 1)]


def test_a_repeated_person_without_an_address_makes_no_dwelling(read_rows):
    twin = ["张三", "户主", number(1), "", "", ""]
    rows = [[f"王{n}", "户主", number(n + 1), "", f"3栋1单元{n}01", ""] for n in range(1, 30)]

    ledger = read_rows([HEADER, ["张三", "户主", number(1), "", "3栋2单元501", ""], *rows, twin])

    assert (len(ledger.dwellings), ledger.vacant_count) == (30, 0)


def test_reads_phones_that_run_together_and_needs_behind_a_name(read_rows):
    row = ["张三（孕妇）", "户主", number(1), "1380000000113900000002", "3-2-501", ""]

    person = read_rows([HEADER, row]).people[0]

    assert (person.name, person.phones) == ("张三", ("13800000001", "13900000002"))
    assert (person.care_needs, person.remarks) == (("孕妇",), "")


def test_takes_the_end_of_a_number_for_no_country(read_rows):
    rows = [HEADER, ["张三", "户主", number(1), "177-2136-0086", "3-2-501", ""]]

    assert read_rows(rows).people[0].phones == ("17721360086",)
