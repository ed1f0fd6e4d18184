"""Values that a form wants in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.paperwork.content.splitting import in_boxes, part
from linli.paperwork.sheet.splitting import part_of
from tests.paperwork.conftest import AddForm, Fill, blank, table
from tests.registry.office import ZHANG

ON_PAGES = pytest.mark.usefixtures("office")


@pytest.mark.django_db
@ON_PAGES
def test_a_number_is_written_one_character_a_box(add: AddForm, fill: Fill):
    header = ["序号", "姓名", "身份证号码", *[None] * 17, "联系电话", *[None] * 10, "备注"]
    numbers = [None, None, *range(1, 19), *range(1, 12), None]
    filled = fill(add(blank(["居民登记表"], header, numbers, [1], [2], merges=("C2:T2", "U2:AE2"))))
    row = table(filled, 4, 4)[0]
    assert row[1] == "张伟"
    assert "".join(row[2:20]) == ZHANG[7]
    assert "".join(row[20:31]) == ZHANG[8]
    assert table(filled, 3, 3)[0][2:20] == tuple(range(1, 19))


@pytest.mark.django_db
@ON_PAGES
def test_boxes_below_a_header_that_is_not_merged(add: AddForm, fill: Fill):
    filled = fill(add(blank(["姓名", "身份证号", *[None] * 17, "住址"])))
    assert "".join(table(filled, 2, 2)[0][1:19]) == ZHANG[7]


@pytest.mark.django_db
@ON_PAGES
def test_a_header_and_its_cells_merged_alike_are_one_value(add: AddForm, fill: Fill):
    merges = ("B1:P1", "B2:P2", "B3:P3")
    filled = fill(add(blank(["姓名", "身份证号", *[None] * 14, "住址"], [], [], ["填表人："], merges=merges)))
    assert table(filled, 2, 2)[0][1] == ZHANG[7]


@pytest.mark.django_db
@ON_PAGES
def test_dates_names_and_addresses_are_written_by_their_parts(add: AddForm, fill: Fill):
    groups = ["姓名", None, "出生日期", None, None, "现住址", None, None, None, None, None, None]
    heads = ["姓", "名", "年", "月", "日", "区县", "街道", "社区", "小区", "楼栋", "单元", "房号"]
    filled = fill(add(blank(["人员信息表"], groups, heads, merges=("A2:B2", "C2:E2", "F2:L2"))))
    assert table(filled, 4, 4)[0] == (
        "张", "伟", 1980, 1, 1, "曾都区", "北郊街道", "八里岔社区", "明珠华府", "1", "1", "101",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "group", "found"),
    [
        ("年", "出生日期", ("birth", "year")),
        ("日", "入住时间", ("since", "day")),
        ("省", "户籍地址", ("hukou_division", "province")),
        ("街道(乡镇)", "户籍所在地", ("hukou_division", "town")),
        ("街道", "现住址", ("", "")),
        ("名", "姓名", ("name", "given")),
        ("年龄", "基本信息", ("", "")),
    ],
)
def test_what_part_a_column_below_a_group_asks_for(own: str, group: str, found: tuple[str, str]):
    assert part_of(own, group) == found


@pytest.mark.parametrize(
    ("name", "parts"),
    [("张伟", ("张", "伟")), ("欧阳修远", ("欧阳", "修远")), ("Anna Smith", ("Smith", "Anna")), ("买买提·艾力", ("", "买买提·艾力"))],
)  # fmt: skip
def test_names_are_cut_behind_the_surname(name: str, parts: tuple[str, str]):
    assert (part(name, "surname"), part(name, "given")) == parts


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("湖北省随州市曾都区北郊街道八里岔社区3栋", ("湖北省", "随州市", "曾都区", "北郊街道", "八里岔社区", "3栋")),
        ("四川省阆中市保宁镇", ("四川省", "阆中市", "", "保宁镇", "", "")),
        ("421303", ("", "", "", "", "", "")),
    ],
)
def test_addresses_are_cut_at_their_divisions(address: str, parts: tuple[str, ...]):
    names = ("province", "city", "county", "town", "village", "rest")
    assert tuple(part(address, name) for name in names) == parts


@given(st.text(alphabet="0123456789X", max_size=18), st.integers(18, 20))
def test_boxes_hold_the_whole_value(value: str, boxes: int):
    pieces = in_boxes(value, boxes)
    assert pieces is not None
    assert ("".join(str(one) for one in pieces if one is not None), len(pieces)) == (value, boxes)
