"""Phones, remarks, categories, names, dates and plain text: one cell at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.registry.ledger.care import read_flag_cell, read_remarks, read_residency, says_vacant
from linli.registry.ledger.people import read_date, read_name
from linli.registry.ledger.phones import read_phones
from linli.registry.ledger.text import clean, column_letter, is_ditto, is_nothing, number_zh


@pytest.mark.parametrize(
    "value",
    ["13871311858", 13871311858.0, 13871311858, "+86 13871311858", "0086-13871311858", "8613871311858", "138-7131-1858",
     "138 7131 1858", "1.3871311858E+10", "13871311858.0",
     "１３８７１３１１８５８", "13871311858（女儿）", "手机：13871311858", "'13871311858"],
)  # fmt: skip
def test_reads_a_mobile_number_however_it_is_written(value):
    assert read_phones(value) == (("13871311858",), "")


@pytest.mark.parametrize("separator", ["/", "、", ";", "；", " ", "\n", ",", "，", " / "])
def test_reads_several_phones_in_a_cell(separator):
    assert read_phones(separator.join(["15853117654", "0722-9907058", "13900000000"]))[0] == (
        "15853117654", "13900000000", "0722-9907058",
    )  # fmt: skip


def test_reads_landlines_and_numbers_without_an_area():
    assert read_phones("0722-3312345")[0] == ("0722-3312345",)
    assert read_phones("010 62345678")[0] == ("010-62345678",)
    assert read_phones("3312345")[0] == ("3312345",)


@pytest.mark.parametrize("value", ["", "无", "-", "/", "不详", None, "——", "暂无"])
def test_no_phone_is_no_flag(value):
    assert read_phones(value) == ((), "")


@pytest.mark.parametrize("value", ["1387131185", "138713118588", "12345", 1387131185.0])
def test_a_wrong_phone_is_kept_aside(value):
    assert read_phones(value) == ((), clean(value))


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=4, unique=True))
def test_reads_every_phone_of_a_list_once(numbers):
    assert read_phones("、".join(numbers + numbers)) == (tuple(numbers), "")


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("独居老人、肿瘤化疗", ("独居老人", "肿瘤化疗")), ("独居", ("独居老人",)), ("怀孕7个月", ("孕妇",)),
        ("聋哑人", ("听力残疾", "言语残疾")),
        ("卧病在床 瘫痪", ("长期卧床",)), ("血液透析", ("透析",)), ("重性精神病", ("精神障碍",)),
        ("肢残三级；盲人", ("肢体残疾", "视力残疾")),
        ("腿部残疾，坐轮椅", ("肢体残疾",)), ("重病", ("重病",)), ("大病医保", ()),
        ("残疾人", ("残疾",)), ("无残疾", ()), ("非独居", ()), ("党员", ()),
    ],
)  # fmt: skip
def test_remarks_become_care_needs(text, needs):
    assert read_remarks(text).needs == needs


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("女儿在北京工作", None), ("丈夫外出务工", None), ("有两个儿子外出", None), ("儿子租房在外", None),
        ("户口在此，人在广州", "away"), ("人在户不在", None), ("现住武汉市", "away"), ("现住本市", None), ("暂住", "tenant"),
        ("常年在外打工", "away"), ("随儿子在北京居住", "away"),
    ],
)  # fmt: skip
def test_tells_who_is_away_from_whose_family_is(text, kind):
    assert read_remarks(text).residency == kind


def test_what_a_remark_says_besides_is_kept():
    assert read_remarks("独居老人；随子女在武汉").rest == "随子女在武汉"
    assert read_remarks("独居老人；随子女在武汉").residency == "away"
    assert read_remarks("党员，养狗一只").rest == "党员，养狗一只"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "resident"), ("常住", "resident"), ("户籍常住", "resident"),
        ("常住人口", "resident"), ("租户", "tenant"),
        ("租住", "tenant"),
        ("流动人口", "tenant"), ("承租", "tenant"),
        ("外来人口", "tenant"),
        ("人户分离", "away"), ("外出", "away"), ("外出务工", "away"),
        ("户在人不在", "away"), ("人在户不在", "resident"), ("空挂", "registered_only"),
        ("空挂户", "registered_only"), ("同前一类", None),
    ],
)  # fmt: skip
def test_reads_every_word_for_a_category(text, kind):
    assert read_residency(text) == kind


def test_a_column_of_yes_and_no_becomes_its_headers_words():
    assert read_flag_cell("是否孕妇", "是") == "孕妇"
    assert read_flag_cell("独居老人", "√") == "独居老人"
    assert read_flag_cell("是否孕妇", "否") == ""
    assert read_flag_cell("残疾类别", "多重") == "多重残疾"


@pytest.mark.parametrize("text", ["空置房", "空置", "无人居住", "未入住", "空房", "毛坯房", "空关"])
def test_knows_the_words_for_vacant(text):
    assert says_vacant(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("黄 雪", "黄雪"), ("赵\u3000莹", "赵莹"), ("门  峰", "门峰"), ("庄建华 ", "庄建华"), ("张\u00a0三", "张三"),
        ("李\u200b四", "李四"),
        ("买买提·艾力", "买买提·艾力"), ("张三(户主)", "张三"), ("张三13871311858", "张三"),
        ("John  Smith", "John Smith"), ("王\n五", "王五"),
    ],
)  # fmt: skip
def test_reads_a_name_without_inner_spaces(text, name):
    assert read_name(text)[0] == name


@pytest.mark.parametrize(
    "value",
    [
        date(1985, 9, 6),
        datetime(1985, 9, 6, tzinfo=UTC),
        "1985-09-06",
        "1985.9.6",
        "1985/9/6",
        "19850906",
        "1985年9月6日",
        31296.0,
    ],
)
def test_reads_a_date_however_it_is_written(value):
    assert read_date(value) == date(1985, 9, 6)


def test_knows_ditto_marks_and_empty_words():
    assert all(map(is_ditto, ["同上", "〃", "″", "〞", '"', "-〃-", "同", "々", "——〃——"]))
    assert all(map(is_nothing, ["", "-", "/", "无", "不详", "——", "N/A", "、"]))
    assert not any(map(is_ditto, ["同安路", "3", "张同"]))


def test_control_and_invisible_characters_disappear():
    assert clean("张\x00三\x07\u200b\ufeff") == "张三"


def test_reads_chinese_numerals_and_names_columns():
    assert [number_zh(text) for text in ("三", "十", "十二", "二十", "二十一", "一百零二", "五〇一", "栋", "")] == [
        3, 10, 12, 20, 21, 102, 501, None, None,
    ]  # fmt: skip
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("text", ["★张三", "张三*", "3.张三", "12、张三", "张三（户主）"])
def test_reads_a_name_without_marks_and_numbers_around_it(text):
    assert read_name(text)[0] == "张三"


@pytest.mark.parametrize("word", ["已搬走", "搬离", "迁出", "有户无人", "外地居住", "外出求学", "戶在人不在"])
def test_takes_whoever_left_for_away(word):
    assert read_residency(word) == "away"
