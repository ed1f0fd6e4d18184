"""One sample in many layouts: other files, headers, columns and address forms give the same people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.ledger.layouts import (
    HEADERS,
    PERSON,
    SPLIT,
    Layout,
    in_one,
    lay_out,
    number,
    part,
    raw,
    unnamed,
)
from tests.registry.ledger.truth import compare, source, truth_of
from tests.registry.ledger.writers import write_ods, write_text, write_xls, write_xlsx

BOOKS = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}
WHO = {name: raw(name) for name in PERSON}
ENGLISH = {
    "compound": "Compound", "building": "Building", "unit": "Unit", "room": "Room No.", "name": "Full Name", "relation": "Relationship",
    "sex": "Gender", "id_number": "ID Number", "phone": "Mobile", "category": "Category", "hukou_division": "Hukou",
    "landlord_name": "Landlord", "landlord_phone": "Landlord Phone", "remarks": "Remarks",
}  # fmt: skip
TRADITIONAL = {
    "compound": "小區名稱", "building": "樓棟", "unit": "單元", "room": "房號", "name": "姓 名", "relation": "與戶主關係", "sex": "性別",
    "id_number": "身份證號碼", "phone": "聯繫電話", "category": "人員類別", "hukou_division": "戶籍所在地", "landlord_name": "房東姓名",
    "landlord_phone": "房東電話", "remarks": "備註",
}  # fmt: skip
SYNONYMS = {
    "compound": "居住小区（必填）", "building": "几号楼", "unit": "单元\n号", "room": "门牌号", "name": "*家庭成员\n姓名",
    "relation": "与户主\n关系",

    "sex": "性 别", "id_number": "公民身份号码（18位）", "phone": "手机号码", "category": "居住情况", "hukou_division": "户口所在地",
    "landlord_name": "业主", "landlord_phone": "联系方式", "remarks": "特殊人群",
}  # fmt: skip
UNKNOWN = {name: f"字段{index}" for index, name in enumerate(HEADERS)}
FORMS = (
    "{c}{b}栋{u}单元{r}室", "{c}{b}号楼{u}单元{r}", "{c}{b}#-{u}-{r}", "{c}{b}#{u}-{r}", "{c}{zb}栋{zu}单元{r}", "{c}{b}-{u}-{r}",
    "{c}{b}幢{u}单元{f}楼{r}室", "{c} {b} {u} {r}", "{c}{b}号楼-{u}单元-{r}", "{c}\u3000{b}座{u}门{r}号", "{c}{b}/{u}/{r}",
    "{c}{b}栋\n{u}单元{r}", "湖北省随州市曾都区北郊街道八里岔社区{c}{b}栋{u}单元{r}",
)  # fmt: skip


def check(read: Any, tmp_path: Any, layout: Layout, book: str = "xlsx", file: str = "balicha.xlsx") -> None:
    sheet, placed = lay_out(source(file), layout)
    path = BOOKS[book](tmp_path / f"ledger.{book}", [sheet])
    assert compare(read(path), truth_of(source(file), placed)) == []


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("file", ["balicha.xlsx", "jianghua.xlsx", "fangcao.csv"])
def test_reads_every_kind_of_workbook(read, tmp_path, book, header, file):
    check(read, tmp_path, Layout(header=header), book, file)


@pytest.mark.parametrize(
    "headers", [ENGLISH, TRADITIONAL, SYNONYMS, UNKNOWN], ids=["english", "traditional", "synonyms", "unknown"]
)
def test_reads_other_headers(read, tmp_path, headers):
    check(read, tmp_path, Layout(headers=headers))


@pytest.mark.parametrize("header", [True, False])
def test_reads_columns_in_any_order(read, tmp_path, header):
    check(read, tmp_path, Layout(order=[*reversed(PERSON), *reversed(SPLIT)], header=header))


def test_reads_shuffled_rows(read, tmp_path):
    check(read, tmp_path, Layout(shuffled=True))


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_reads_the_address_in_one_cell(read, tmp_path, form, header):
    check(read, tmp_path, Layout(columns={"address": in_one(form)} | WHO, header=header))


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    ("columns", "headers"),
    [
        ({"address": in_one("{b}栋{u}单元{r}室")}, {}),
        ({"building": in_one("{b}栋{u}单元"), "room": raw("room")}, {"building": "楼栋单元"}),
        ({"building": part("building"), "room": in_one("{u}-{r}")}, {}),
        ({"room": in_one("{b}-{u}-{r}")}, {}),
        ({"building": number("building"), "unit": number("unit"), "room": number("room")}, {}),
        (
            {"building": part("building"), "unit": part("unit"), "room": raw("room")},
            {"building": "栋号", "room": "门牌号"},
        ),
        ({"building": part("building", "第{}栋"), "unit": part("unit", "0{}"), "room": raw("room")}, {}),
    ],
    ids=["栋单元室", "栋单元+室", "栋+单元-室", "栋-单元-室", "numbers", "bare", "padded"],
)
def test_reads_the_address_in_columns(read, tmp_path, columns, headers, header):
    layout = Layout(columns={"compound": raw("compound")} | columns | WHO, headers=HEADERS | headers, header=header)
    check(read, tmp_path, layout)


@pytest.mark.parametrize("book", BOOKS)
def test_reads_below_titles_and_above_signatures(read, tmp_path, book):
    footer = [
        [],
        ["合计", "", "200人"],
        ["填表人：", "", "", "审核人："],
        ["注：本表一式两份，由社区留存，填写时请仔细核对，不得漏填。"],
    ]
    titles = [["附件3："], ["", "某某社区居民信息台账"], ["填报单位：某某社区居委会", "", "", "填报日期：2026.11.1"]]
    check(read, tmp_path, Layout(top=3, left=2, titles=titles, footer=footer), book)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_reads_text_in_any_encoding_with_any_delimiter(read, tmp_path, encoding, delimiter):
    sheet, placed = lay_out(source("fangcao.csv"), Layout())
    path = write_text(tmp_path / "ledger.xls", sheet, encoding, delimiter)
    assert compare(read(path), truth_of(source("fangcao.csv"), unnamed(placed))) == []


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_reads_text_with_any_line_end(read, tmp_path, end):
    sheet, placed = lay_out(source(), Layout())
    path = write_text(tmp_path / "ledger.csv", sheet, "gb18030", end=end)
    assert compare(read(path), truth_of(source(), unnamed(placed))) == []


def test_counts_a_quoted_line_break_as_one_row(read, tmp_path):
    sheet, placed = lay_out(source(), Layout(headers=SYNONYMS))
    path = write_text(tmp_path / "ledger.csv", sheet, "gb18030")
    assert compare(read(path), truth_of(source(), unnamed(placed))) == []


@pytest.mark.parametrize("encoding", ["big5", "hz"])
def test_reads_the_older_encodings(read, tmp_path, encoding):
    rows = [["姓名", "身份證號", "地址"], ["張三", "11010519491231002X", "3棟2單元501"], ["李四", "", "3棟2單元502"]]
    if encoding == "hz":
        rows = [
            ["姓名", "身份证号", "地址"],
            ["张三", "11010519491231002X", "3栋2单元501"],
            ["李四", "", "3栋2单元502"],
        ]
    path = tmp_path / "ledger.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode(encoding))

    ledger = read(path)

    assert [person.name for person in ledger.people] == [rows[1][0], "李四"]
    assert [(d.building, d.unit, d.room) for d in ledger.dwellings] == [("3", "2", "501"), ("3", "2", "502")]
