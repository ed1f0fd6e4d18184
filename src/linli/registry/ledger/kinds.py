"""What kind of row a row is: a person, a vacant dwelling, or one of the things that stand around them."""

from __future__ import annotations

import re
from itertools import pairwise

from linli.registry.ledger.address import is_a_door
from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.content import TESTS, like_identity
from linli.registry.ledger.instructions import tell_how_to_fill_in
from linli.registry.ledger.row import Row
from linli.registry.ledger.surnames import is_like_a_name
from linli.registry.ledger.text import clean

_TOTAL = re.compile(
    r"^.{0,12}(?:合计|总计|小计|共计|累计|总数|总人数|合計|總計|小計)[:：\d人户]*$"
    r"|^(?:本页小?计|total|subtotal|grandtotal)[:：\d人户]*$|^共\d+[人户条名个]"
)
_TOTAL_SIGNS = frozenset("计数計共tT")
_TOP_ROWS = 3
_LETTERS = frozenset("甲乙丙丁戊ABCDE")
_LONGEST_HAN_NAME = 3
_LONGEST_LINE = 25
_WITH_A_NAME = ("room", "address", "unit_room", "relation", "sex", "phone")
_SIGNED = re.compile(
    r"^(?:填表|填报|制表|審核|审核|审批|复核|校对|负责人|经办|导出|打印|下载|截[止至]|数据来源|统计时间|更新|登记人|统计人|报送|单位负责|社区负责|社区书记|书记|主任|盖章|\(?公章|签字|签名|日期|填写人|填写日期|制表人|报表人|网格员|联系电话)"
    r".{0,12}[:：]|^.{0,8}(?:签字|签名|签章|盖章)(?:\(.*\))?[:：]"
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填写说明|填报说明|要求|温馨提示|提示|※|\*|注意|note|remarks?)\s*\d*[:：.、]|^(?:注意事项|填表说明|填表须知)"
)
_AROUND_A_HOUSEHOLD = re.compile(
    r"^(?:家庭成员|成员|家庭人口|同住人员?|共同居住人员?|其他成员)(?:及?基?本?(?:信息|情况|名单|列表|登记))?:?$"
    r"|^第?[\d一二三四五六七八九十百]+户:?$|^(?:居民|住户|家庭|农户|户|人员)?(?:基本)?(?:信息|情况)?(?:档案|采集|登记|信息|调查)[表卡册]?(?:\(.*\))?$"
)
_ANOTHER_PAGE = re.compile(
    r"续表?\)?$|接上页|[转接]下页|^第?\d+页|^第\d+页[,，/]?共\d+页|^-\d+-$|^page\d+", re.IGNORECASE
)
_HEADS_A_PAGE = re.compile(
    r"^(?:社区|街道|乡镇|镇|村|居委会|村委会|网格|单位|页码|日期|填表日期|登记日期|填报单位|填报日期)(?:名称|编号|号)?[:：]"
)
_BESIDE_A_PAGE_NUMBER = re.compile(r"^小区(?:名称)?[:：]|(?:社区|街道|网格|居委会|村委会|小区|村)$")
_STAFF = re.compile(
    r"^(?:社区|小区|村|物业)?(?:网格员|网格长|楼栋长|楼道长|楼长|单元长|(?:村民)?(?:小组|组)长|(?:填表|填报|制表|审核|统计|经办|登记|录入|负责|责任|联系)人|统计员|填报员|审核"
    r"|社区(?:书记|主任|民警|医生|工作者)|村(?:支书|主任|医)|书记|主任|经理|民警|片警|志愿者|包[保片](?:干部|人|领导)|值班(?:人员|电话))(?:姓名|签[字名])?[:：]?$"
)
_MOST_OF_STAFF = 4
_LISTS_DUTIES = ("unnamed", "category", "remarks")
_LIVING = ("room", "unit_room", "relation", "birth", "age", "hukou_division")
_EXAMPLE = re.compile(
    r"^(?:例|示例|样例|范例|填写示例|填表示例|举例|例如|样表|e\.?g\.?|example)[\d:：.)）]*$", re.IGNORECASE
)


def kind_of(row: Row, place: int) -> str:
    """Return what a row is: person, dwelling, household, total, signature, note, example, numbering, section, unknown.

    `place` counts the rows below the header from 0; examples stand at the top only.
    """
    if row.line:
        return "household"
    texts, lead = row.told, row.told[0]
    identity = any(like_identity(value) for value in row.values("id_number"))
    if not identity and (_heads_a_page(texts, row) or _names_staff(texts, lead, row)):
        return "note"
    furniture = "" if identity or _is_resident(row) or _is_vacant_room(row) else _furniture(texts, lead, row)
    if furniture:
        return furniture
    if place == 0 and _numbers_columns(texts):
        return "numbering"
    if place == 0 and not identity and tell_how_to_fill_in(texts):
        return "note"
    if place < _TOP_ROWS and (_EXAMPLE.match(lead) or _EXAMPLE.match(row.text("sequence"))):
        return "example"
    return _substance(row, identity)


def _heads_a_page(texts: list[str], row: Row) -> bool:
    """Tell whether a row is the line above a repeated header: 第2页 and 社区：文峰社区."""
    lines = [text.replace(" ", "") for text in texts]
    if row.only_cell:
        return _HEADS_A_PAGE.match(lines[0]) is not None and not _heads_section(row)
    numbered = [line for line in lines if _ANOTHER_PAGE.search(line)]
    return all(
        line in numbered or _HEADS_A_PAGE.match(line) or (numbered and _BESIDE_A_PAGE_NUMBER.search(line))
        for line in lines
    )


def _names_staff(texts: list[str], lead: str, row: Row) -> bool:
    """Tell whether a row names who keeps the list: 网格员, the name, the telephone.

    Somebody who lives at a door or in a family may hold an office too, and a column may list offices.
    """
    if not 1 < len(texts) <= _MOST_OF_STAFF or not _STAFF.match(lead.replace(" ", "")):
        return False
    lives = any(row.text(field) for field in _LIVING) or TESTS["sex"](row.text("sex"))
    at_a_door = row.text("address") not in ("", lead) and is_a_door(row.text("address"))
    return not (lives or at_a_door or any(row.text(field) == lead for field in _LISTS_DUTIES))


def _numbers_columns(texts: list[str]) -> bool:
    """Tell whether a row numbers the columns: 1 2 3 4, or 甲 乙 1 2 3."""
    words = [text.strip("()") for text in texts]
    numbers = words[sum(word in _LETTERS for word in words) :]
    return len(words) > 2 and len(numbers) > 1 and numbers == [str(n + 1) for n in range(len(numbers))]


def _is_resident(row: Row) -> bool:
    """Tell whether a row plainly names somebody at a door or in a family, whatever else stands in it."""
    return is_like_a_name(row.text("name")) and any(row.text(field) for field in _WITH_A_NAME)


def _is_vacant_room(row: Row) -> bool:
    """Tell whether a row plainly says that one room is vacant."""
    return TESTS["room"](row.text("room")) and row_says_vacant(row)


def _furniture(texts: list[str], lead: str, row: Row) -> str:
    if any(_TOTAL.match(text.replace(" ", "").lower()) for text in texts if not _TOTAL_SIGNS.isdisjoint(text)):
        return "total"
    if any(_SIGNED.match(text) for text in texts) and len(texts) <= 6 and not TESTS["sex"](row.text("sex")):
        return "signature"
    if row.only_cell and (_ANOTHER_PAGE.search(lead.replace(" ", "")) and not is_like_a_name(lead)):
        return "note"
    if row.only_cell and _AROUND_A_HOUSEHOLD.match(lead.replace(" ", "")):
        return "note"
    if (_NOTE.match(lead.lower()) and len(texts) <= 3) or (len(row.only_cell) > _LONGEST_LINE and not is_a_door(lead)):
        return "note"
    return ""


def _substance(row: Row, identity: bool) -> str:
    name = row.text("name")
    vacant = row_says_vacant(row)
    if name and not (says_vacant(name) and not identity) and not (row.only_cell and _heads_section(row)):
        return "person"
    if identity or (
        not vacant and (row.text("relation") or row.text("sex")) and (row.text("phone") or row.text("birth"))
    ):
        return "person"
    if row.only_cell and _heads_section(row):
        return "section"
    if any(row.text(field) for field in ("address", "building", "building_unit", "room", "unit_room")):
        return "dwelling"
    return "dwelling" if vacant and row.text("compound") else "unknown"


def row_says_vacant(row: Row) -> bool:
    """Tell whether any cell that could say so says that the dwelling is vacant."""
    cells = [row.text(name) for name in ("remarks", "name", "category", "occupancy", "relation")]
    cells += [clean(value) for value in row.values("unnamed")]
    return any(text and says_vacant(text) for text in cells)


def settle_section_lines(rows: list[Row]) -> None:
    """Take a lone word above a line that heads a section for one too: 金域 above 3栋."""
    for row, below in pairwise(rows):
        if row.kind == "unknown" and below.kind == "section" and _LONE_WORD.match(row.only_cell):
            row.kind = "section"


_LONE_WORD = re.compile(r"^[\u3400-\u9fff]{2,10}$")
_SECTION = re.compile(
    r"(?:小区|花园|苑|华府|公寓|家园|院|城|庭|村|院落|府|园|湾|轩|郡|邸|广场|家属院|宿舍|新村|住宅楼|\d栋|\d幢|\d座|\d#楼?|号楼|单元|[一二三四五六七八九十]栋|\d组|组)\)?$"
    r"|^(?:小区|院落|楼栋|楼号|栋号|单元)(?:名称)?[:：]"
    r"|.{2}(?:人口|人员|名册|底册|名单|台[账帐]|登记[簿册]?|(?:登记|信息|情况|统计|一览|明细|汇总|采集|摸底|排查|摸排|调查|普查|核查)表|[住农]户(?:信息|情况)|(?:居民|人员|人口)(?:信息|情况))(?:\(.*\))?$"
)


def _heads_section(row: Row) -> bool:
    text = row.only_cell.replace(" ", "")
    if len(text) <= _LONGEST_HAN_NAME and text == row.text("name").replace(" ", "") and is_like_a_name(text):
        return False
    return len(text) <= 24 and _SECTION.search(text) is not None and not (TESTS["room"](text) or is_a_door(text))
