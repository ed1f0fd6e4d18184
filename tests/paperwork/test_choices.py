"""Lists of an agency's own words and codes: what the register says is written in them, by its meaning."""

from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from linli.core.models import Work
from linli.core.scope import scope_of
from linli.paperwork.sheet.choices import listed_in
from linli.paperwork.sheet.meanings import field_of_choices, place_of_word, relation_key
from tests.conftest import BALICHA
from tests.paperwork.conftest import AddForm, Fill, blank, table

KINDS = ["1-常住户籍人口", "2-流动人口", "3-外出（人户分离）"]


def with_list(book: Workbook, formula: str, area: str) -> Workbook:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.add(area)
    book.worksheets[0].add_data_validation(rule)
    return book


def column(book: Workbook, number: int, first: int = 2, last: int = 9) -> list[Any]:
    return [row[number - 1] for row in table(book, first, last)]


def dictionary(book: Workbook, words: list[str]) -> Workbook:
    sheet = book.create_sheet("字典")
    for row, word in enumerate(words, start=2):
        sheet.cell(row, 2, word)
    sheet.sheet_state = "hidden"
    return book


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
class TestDropDownLists:
    @pytest.mark.parametrize(
        "formula", ['"1-常住户籍人口,2-流动人口,3-外出（人户分离）"', "字典!$B$2:$B$4", "人口类别"]
    )
    def test_kinds_are_written_in_the_words_of_the_list(self, add: AddForm, fill: Fill, formula: str):
        book = dictionary(blank(["姓名", "人员类别", "住址"]), KINDS)
        book.defined_names["人口类别"] = DefinedName("人口类别", attr_text="字典!$B$2:$B$4")
        filled = fill(add(with_list(book, formula, "B2:B100")))
        assert column(filled, 2) == [KINDS[0], KINDS[0], KINDS[1], KINDS[0], KINDS[2], KINDS[0], KINDS[1], KINDS[1]]
        assert filled["字典"].sheet_state == "hidden"
        assert filled.worksheets[0].data_validations.dataValidation[0].sqref.ranges

    def test_a_value_without_a_word_is_left_empty_and_said(self, add: AddForm, fill: Fill):
        form = add(with_list(blank(["姓名", "居住类型", "住址"]), '"常住,租住"', "B2:B100"))
        assert column(fill(form), 2) == ["常住", "常住", "租住", "常住", None, "常住", "租住", "租住"]
        with scope_of(((BALICHA, BALICHA + 1),)):
            left = Work.objects.latest("id").result["left"]
        assert left == [["Sheet", "B", "居住类型", "人户分离", 1]]

    def test_relations_tell_sons_from_daughters(self, add: AddForm, fill: Fill):
        words = '"本人或户主,配偶,子,女,孙子、孙女或外孙子、外孙女,父母,其他"'
        filled = fill(add(with_list(blank(["姓名", "与户主关系", "住址"]), words, "B2:B100")))
        head, spouse = "本人或户主", "配偶"
        assert column(filled, 2) == [head, spouse, head, head, "子", head, head, "女"]

    def test_a_tick_is_written_as_the_list_has_it(self, add: AddForm, fill: Fill):
        filled = fill(add(with_list(blank(["姓名", "是否独居老人", "住址"]), '"1.是,2.否"', "B2:B50")))
        assert column(filled, 2) == ["2.否"] * 5 + ["1.是"] + ["2.否"] * 2

    def test_dwellings_are_told_by_their_use(self, add: AddForm, fill: Fill):
        filled = fill(add(with_list(blank(["楼栋", "房号", "房屋状态"]), '"自住,出租,空置"', "C2:C50")))
        assert column(filled, 3, 2, 7) == ["自住", "出租", "自住", "空置", "自住", "出租"]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("居住情况（常住/租住/外出）", ["常住", "常住", "租住", "常住", "外出", "常住", "租住", "租住"]),
        ("是否租户 1=是 2=否", ["2", "2", "1", "2", "2", "2", "1", "1"]),
        ("性别（男1女2）", ["1", "2", "2", "2", "1", "2", "1", "2"]),
        ("户籍类型（1.本地 2.外地）", ["1", "1", "2", "1", "1", "1", "2", "2"]),
        ("年龄段（0-17岁/18-59岁/60岁及以上）", ["18-59岁", "18-59岁", "60岁及以上", None, "0-17岁", "60岁及以上", "18-59岁", "0-17岁"]),
        ("特殊人群（独居老人/孕产妇/无）", ["无", "孕产妇", "无", "无", "无", "独居老人", "无", "无"]),
        ("证件类型（居民身份证、护照、其他）", ["居民身份证"] * 3 + [None, None] + ["居民身份证"] * 3),
    ],
)  # fmt: skip
def test_a_list_in_the_header_is_written_in_its_words(add: AddForm, fill: Fill, header: str, written: list[str]):
    filled = fill(add(blank(["姓名", header, "住址"])))
    assert column(filled, 2) == written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("性别（1.男 2.女）", [("1", "男"), ("2", "女")]),
        ("是否党员 1=是，2=否", [("1", "是"), ("2", "否")]),
        ("居住状态：常住/租住/空置", [("常住", "常住"), ("租住", "租住"), ("空置", "空置")]),
        ("男/女", [("男", "男"), ("女", "女")]),
        ("身份证号码", []),
        ("出生日期（如1980年1月1日）", []),
        ("备注", []),
    ],
)
def test_lists_are_found_in_headers(text: str, found: list[tuple[str, str]]):
    assert listed_in(text) == found


def test_a_list_tells_its_field():
    assert field_of_choices(("自住", "出租", "空置")) == "occupancy"
    assert field_of_choices(("常住", "流动", "人户分离")) == "category"
    assert field_of_choices(("是", "否")) == ""


@pytest.mark.parametrize(
    ("said", "sex", "word"),
    [
        ("子女", "female", "女"),
        ("长子", "", "子"),
        ("配偶", "male", "夫"),
        ("儿媳", "female", "其他"),
        ("母亲", "", "母"),
    ],
)
def test_relations_have_the_closest_word(said: str, sex: str, word: str):
    words = ("户主", "夫", "妻", "子", "女", "父", "母", "其他")
    place = place_of_word("relation", relation_key(said, sex), words)
    assert place is not None
    assert words[place] == word
