"""Addresses: every usual form names the same door, and a door written in any form is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.registry.ledger.address import Address, read_address, read_building, read_room, read_unit

ZH = "零一二三四五六七八九"
FORMS = (
    "{c}{b}栋{u}单元{r}室", "{c}{b}号楼{u}单元{r}", "{c}{b}#-{u}-{r}", "{c}{b}#{u}-{r}", "{c}{b}-{u}-{r}", "{c}{b}幢{u}单元{r}号",
    "{c} {b} {u} {r}",
    "{c}{zb}栋{zu}单元{r}", "{c}{zb}号楼{zu}单元{r}室", "{c}第{b}栋第{u}单元{f}层{r}室", "{c}0{b}栋0{u}单元0{r}",
    "{c}{b}座{u}门{r}", "{c}{b}/{u}/{r}",
    "{c}{b}-{u}单元{r}", "{c}{b}#楼{u}#单元{r}#", "{c}{b}楼{u}门{r}号", "{c}{b}栋{u}单{r}", "{c}第{b}幢第{u}单元第{r}室",
    "{c}{b}#-{u}#-{r}#", "{c}{b}栋{u}单元{r}空置",
    "{c}{b}楼{u}单元{r}", "{c}{b}栋{u}-{r}", "{c}{b}号楼-{u}单元-{r}室（空置）", "{c}{b}－{u}－{r}", "{c}{b}—{u}—{r}",
)  # fmt: skip


def zh(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else ZH[tens] + "十") + (ZH[ones] if ones else "")


@given(
    form=st.sampled_from(FORMS),
    compound=st.sampled_from(
        ["", "明珠华府", "铁路小区", "惠利花园城", "中山路12号", "B区", "金域华府一期", "老电厂小区", "新都市花园"]
    ),
    building=st.integers(1, 99),
    unit=st.integers(1, 12),
    floor=st.integers(1, 33),
    door=st.integers(1, 20),
)
def test_reads_a_door_back_from_any_form(form, compound, building, unit, floor, door):
    # A number right before another number cannot be told apart by anybody: such compounds are written with a gap.
    gap = " " if compound[-1:].isdigit() or compound[-1:] in "期区" else ""
    room = f"{floor}{door:02}"
    text = form.format(c=compound + gap, b=building, u=unit, r=room, f=floor, zb=zh(building), zu=zh(unit))

    read = read_address(text)

    assert (read.building, read.unit, read.room, read.floor) == (str(building), str(unit), room, floor)
    assert read.compound == compound
    assert read.clear


@given(st.text(max_size=40))
def test_any_text_is_read_without_failing_and_nothing_is_lost_in_silence(text):
    read = read_address(text)

    assert read.clear or read.room or read.building


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3幢501", ("", "3", "", "501")),
        ("3栋二单元五楼一号", ("", "3", "2", "5-1")),
        ("5楼3-201", ("", "5", "3", "201")),
        ("3栋2单元501、502", ("", "3", "2", "501、502")),
        ("3-1栋2单元501", ("", "3-1", "2", "501")),
        ("1单元101号", ("", "", "1", "101")),
        ("苏畈村3组12号附1", ("苏畈村", "3", "", "12附1")),
        ("8号院3号楼2门501", ("8号院", "3", "2", "501")),
        ("3-2-501，桂花苑", ("桂花苑", "3", "2", "501")),
        ("A座1204", ("", "A", "", "1204")),
        ("明珠华府A3-2-501", ("明珠华府", "A3", "2", "501")),
        ("中山路12弄5号301室", ("中山路12弄", "5", "", "301")),
        ("中山路88号2单元301", ("中山路", "88", "2", "301")),
        ("李家湾3组12号", ("李家湾", "3", "", "12")),
        ("李家湾三组", ("李家湾", "3", "", "")),
        ("3栋2单元5-1", ("", "3", "2", "5-1")),
        ("3栋2单元5楼1号", ("", "3", "2", "5-1")),
        ("3-2-5-501", ("", "3", "2", "501")),
        ("3栋二单元五〇一", ("", "3", "2", "501")),
        ("2单元501", ("", "", "2", "501")),
        ("501室", ("", "", "", "501")),
        ("3栋1单元东户", ("", "3", "1", "东")),
        ("3栋1单元2楼东户", ("", "3", "1", "2楼东户")),
        ("湖北省随州市曾都区北郊街道八里岔社区明珠华府3栋1单元101", ("明珠华府", "3", "1", "101")),
        ("八里岔社区明珠华府3栋1单元101", ("明珠华府", "3", "1", "101")),
        ("北郊街道八里岔社区文峰路12号明珠华府3栋1单元101", ("明珠华府", "3", "1", "101")),
        ("文峰路12号家属院3栋1单元101", ("文峰路12号家属院", "3", "1", "101")),
        ("明珠华府（3栋1单元101）", ("明珠华府", "3", "1", "101")),
        ("3栋1单元101室（明珠华府）", ("明珠华府", "3", "1", "101")),
        ("明珠华府，3栋，1单元，101", ("明珠华府", "3", "1", "101")),
        ("明珠华府·3栋·1单元·101", ("明珠华府", "3", "1", "101")),
        ("3栋1单元5楼01号", ("", "3", "1", "501")),
        ("明珠华府", ("明珠华府", "", "", "")),
        ("3栋东单元101", ("", "3", "东", "101")),
    ],
)
def test_reads_rarer_forms(text, expected):
    read = read_address(text)
    assert (read.compound, read.building, read.unit, read.room) == expected


def test_keeps_what_it_does_not_understand_as_the_room():
    assert read_address("明珠华府门面房") == Address(room="明珠华府门面房", clear=False)
    assert read_address("3栋一层商铺") == Address(building="3", room="一层商铺", clear=False)


@pytest.mark.parametrize(
    "text", ["3", "3栋", "3号楼", "3#", "三栋", "第3栋", "03", "３栋", " 3 栋 ", "3幢", "3座", "3#楼", "3楼"]
)
def test_reads_a_building_cell(text):
    assert read_building(text).building == "3"


@pytest.mark.parametrize("text", ["2", "2单元", "二单元", "第2单元", "02", "２单元", "2门", "二"])
def test_reads_a_unit_cell(text):
    assert read_unit(text).unit == "2"


@pytest.mark.parametrize(
    "text", ["501", "501室", "501房", "501号", "0501", "５０１", "五〇一", "2-501", "3-2-501", "5楼501", "3栋2单元501"]
)
def test_reads_a_room_cell(text):
    assert (read_room(text).room, read_room(text).floor) == ("501", 5)


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("书香门第5栋1单元302", ("书香门第", "5", "1", "302")), ("明珠华府第5栋第1单元302号", ("明珠华府", "5", "1", "302")),
        ("明珠华府3栋2单元303西室", ("明珠华府", "3", "2", "303西")), ("明珠华府3栋2单元0501", ("明珠华府", "3", "2", "501")),
        ("明珠华府12號楼1單元302", ("明珠华府", "12", "1", "302")), ("明珠华府3栋2单元302住户", ("明珠华府", "3", "2", "302")),
        ("明珠华府2楼-1-302", ("明珠华府", "2", "1", "302")), ("曾都区东风小区3栋1单元302", ("东风小区", "3", "1", "302")),
        ("明珠华府3栋2单元地下室", ("明珠华府", "3", "2", "地下室")), ("明珠华府3栋商铺2", ("明珠华府", "3", "", "商铺2")),
    ],
)  # fmt: skip
def test_reads_doors_with_words_in_unusual_places(text, door):
    read = read_address(text)
    assert (read.compound, read.building, read.unit, read.room, read.clear) == (*door, True)
