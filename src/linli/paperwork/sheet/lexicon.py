"""What a header of an agency's form asks for: the ledger's fields first, then what agencies ask beyond a ledger."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from linli.paperwork.sheet.conditions import PEOPLE, condition_in
from linli.registry.ledger.care import care_needs_in
from linli.registry.ledger.headers import field_in_group, normal_header
from linli.registry.ledger.text import clean

OWN = "own:"
"""Begins the field of a column that the office's own ledger carries and Linli only hands back: 民族, 文化程度."""
IS, COUNT = "is:", "count:"
"""Begin the fields of a tick and of a number, with the condition behind."""

_BEYOND: tuple[tuple[str, str], ...] = (
    ("sequence", r"^(?:序号?|编号|项次|顺序号|no\.?)$"),
    ("grid_worker", r"网格(?:员|长|管理员)"),
    ("grid", r"网格"),
    ("community", r"^(?:所[属在])?(?:社区|村社区|村居|居委会?|社区居委会|村)(?:\(村\))?(?:名称)?$|社区\(?村\)?|村\(社区\)|村/社区|社区/村|^填报单位$|^单位(?:名称)?$|^上报单位$"),
    ("subdistrict", r"^(?:所[属在])?(?:街道|乡镇|街镇|镇街|街道办|街道乡镇|乡镇街道|乡镇/街道|街道/乡镇|镇)(?:\(乡镇\))?(?:名称)?$"),
    ("province", r"^(?:所[属在])?(?:省|省份|省市|省/自治区|省/直辖市|省级)(?:名称)?$"),
    ("district", r"^(?:所[属在])?(?:区|县|区县|县区|县市区|区市县|区/县|县\(市区\))(?:名称)?$"),
    ("city", r"^(?:所[属在])?(?:市|地市|市州)(?:名称)?$"),
    ("household_size", r"^(?:家庭|户内|本户|户|全家|同住|现有|共同居住|家庭常住|居住)*(?:总?人口(?:总?数)?|总?人数|成员数|成员人数)$"),
    ("members", r"(?:其[他它余]|同住|家庭|共同居住|共同生活).*(?:成员|人员|家人).*(?:情况|信息|名单|姓名|名字)|^(?:家庭成员|同住人|同住人员|共同居住人)$"),
    ("is:head", r"是否.*户主"),
    ("age_band", r"年龄(?:段|组|层|区间|分组)"),
    ("round_name", r"轮次|第几轮|检测批次"),
    ("round_time", r"(?:采样|核酸|检测|[样标]本采集|抽检).*(?:时间|日期)"),
    ("round_site", r"(?:采样|核酸|检测).*(?:点|地点|机构)"),
    ("is:people|round=done", r"是否.*(?:采样|核酸|检测|参检|采集)|[已]采样$"),
    ("round_reason", r"未(?:采样|检测|参检|采|检).*(?:原因|情况|去向)|(?:原因|去向).*未(?:采样|检测|参检)"),
    ("round_result", r"(?:采样|核酸|检测|采集|参检).*(?:结果|情况|状态|完成)|^(?:采样|核酸|检测)$"),
    ("since", r"(?:入住|搬入|来本地|来(?:本)?社区|居住起始|起始居住|迁入|到达|居住开始|入户|租住|居住).*(?:时间|日期|起$)|^(?:何时入住)$"),
    ("today", r"(?:登记|填表|填报|采集|排查|摸排|统计|核查|更新|制表|上报).*(?:时间|日期)|^日期$"),
    ("care_needs", r"^(?:有无|有何|主要|患有?)?(?:基础(?:性)?疾?病|慢性?疾?病|既往(?:病)?史|病史|患病|疾病)(?:情况|名称|类型|种类|史)?$"),
    ("clerk", r"(?:登记|填表|填报|采集|排查|摸排|制表|经办|核查|摸底|录入)人(?:员)?(?:姓名)?$"),
    ("address", r"门牌|(?:楼|栋|幢).*(?:室|房|户)"),
)  # fmt: skip
_BEYOND_SEARCH = tuple((field, re.compile(pattern)) for field, pattern in _BEYOND)
_NEEDS = re.compile(r"特殊|重点|健康|身体|病|困难|关爱|需求|标签|失能|照护|人群")
_REMARKS = re.compile(r"备注|备考|附注|说明|其他|其它|去向|流向|外出地|remark|note")
_MEMBER = re.compile(r"(?:家庭|户内)?(?:成员|同住人|家属|家人)\(?([1-9一二三四五六七八九])\)?")
_ZH = {word: number for number, word in enumerate("一二三四五六七八九", start=1)}
_AS_FIELD = {
    "landlord_id": "", "head_name": "head_name", "household_or_room": "household_or_room", "contact_name": "contact_name",
    "occupancy": "occupancy",
}  # fmt: skip
_OTHER_NUMBERS = re.compile(
    r"(?:残疾人?证|社保|医保|银行|低保|优待|优抚|学籍|退役|就业|房产|不动产|营业|驾驶|车牌|合同|档案|鉴定)"
)
_GRADED = re.compile(r"(?:等级|级别|周数|孕周|剂次|次数|金额|标准)$|(?:户籍|户口).*(?:类别|类型|性质)$")
"""What a register of people has nothing of, though a word in it sounds so."""
_BY_HAND = re.compile(
    r"签[字名章]|盖章|(?:空置|闲置|走访|上门|探访|巡查).*(?:时间|日期|时长|次数)|(?:走访|探访|陪同|上门)人"
)
"""What somebody writes on the spot."""
_CARDS_ADDRESS = re.compile(r"身份证.*(?:住址|地址)")
_SORTS_OF_NEED = re.compile(r"(?:类别|类型|种类|情况|程度|状况)$")
_RELATIVES_PHONE = re.compile(r"(?:子女|儿女|家属|亲属|亲友).*(?:电话|手机|联系)")
_WHOSE = re.compile(r"网格|民警|医生|包保|责任|负责|党员|志愿者|紧急|监护|代办|单位|楼长|栋长|联系人")


@lru_cache(maxsize=4096)
def field_of_header(header: str, group: str = "") -> str:
    """Return the field that a header asks for, OWN with its words where only the office's own ledger can have it, or ''."""
    line, over = clean(header), clean(group)
    bare = normal_header(line)
    if not bare:
        return ""
    if _is_of_something_else(bare):
        return OWN + bare
    if _CARDS_ADDRESS.search(bare):
        return "hukou_division"
    if over and _WHOSE.search(over) and not _WHOSE.search(bare):
        return OWN + normal_header(over + bare)
    beyond = next((field for field, pattern in _BEYOND_SEARCH if pattern.search(bare)), "")
    if beyond and not (beyond == "grid_worker" and re.search(r"电话|手机|联系", bare)):
        return OWN + bare if beyond == "grid_worker" else beyond
    return _as_in_a_ledger(line, over, bare)


def _is_of_something_else(bare: str) -> bool:
    """Tell whether a header asks for what the register has nothing of, though it has words of the register's."""
    if _BY_HAND.search(bare) or (bare.endswith("原因") and not re.search(r"[采检]", bare)):
        return True
    is_number = _OTHER_NUMBERS.search(bare) and re.search(r"号码?$|编号$|卡号$", bare)
    return bool(_RELATIVES_PHONE.search(bare) or is_number or _GRADED.search(bare))


def _as_in_a_ledger(line: str, over: str, bare: str) -> str:
    known = field_in_group(bare, over) or ""
    if known in ("", "care_flag", "remarks") and care_needs_in(bare) and _SORTS_OF_NEED.search(bare):
        return "care_needs"
    if known in ("", "care_flag"):
        return _ticked(f"{over}{line}" if known else line)
    if known == "other":
        return _ticked(line) if "是否" in bare else OWN + bare
    if known == "remarks":
        return _kind_of_remarks(bare)
    return _AS_FIELD.get(known, known)


def _kind_of_remarks(bare: str) -> str:
    if _REMARKS.search(bare):
        return "remarks"
    ticked = _ticked(bare)
    if ticked and ticked != "is:people|need=*":
        return ticked
    return "care_needs" if _NEEDS.search(bare) else OWN + bare


def _ticked(line: str) -> str:
    condition = condition_in(line)
    if condition is None or not condition.names_people or condition.is_share:
        return ""
    return IS + replace(condition, unit=PEOPLE).written()


def member_in(header: str, group: str) -> int:
    """Return which further member of a household a column is about: 成员2 or 家庭成员二 is 2; 0 where it says none."""
    for text in (clean(group), clean(header)):
        found = _MEMBER.search(text)
        if found:
            return int(_ZH.get(found[1], found[1]))
    return 0


def member_field(header: str, group: str) -> str:
    """Return the field of a member's column, its number left out: 成员2姓名 is the name."""
    rest = _MEMBER.sub("", clean(header)).strip("() 的-") or "姓名"
    return field_of_header(rest) if _MEMBER.search(clean(group) + clean(header)) else field_of_header(header, group)
