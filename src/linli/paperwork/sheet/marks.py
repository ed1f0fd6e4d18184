"""Cells around the table that are completed too: 填报单位：____, 填报日期： 年 月 日, XX社区 in a title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linli.paperwork.sheet.reading import Seen
from linli.paperwork.sheet.records import Mark

_GAP = r"([\s_＿\u3000]*)"
_LINE = r"[_＿\s\u3000]"
_DAY = re.compile(
    rf"(?:20\d\d|20{_LINE}{{1,8}}|{_LINE}*)年{_LINE}+月{_LINE}+日|^{_LINE}*年{_LINE}*月{_LINE}*日{_LINE}*$"
)
_UNIT = re.compile(
    rf"((?:填报|填表|上报|报送|制表|申报|统计|报告|登记)?单位(?:名称)?(?:[(（](?:盖章|公章|章)[)）])?|(?:所属|所在)?(?:社区|村居|村社区|居委会)(?:[(（](?:村|盖章|公章)[)）])?(?:名称)?|村[(（]社区[)）])\s*([:：]){_GAP}(?=$|\s|[\u4e00-\u9fff]{{2,6}}[:：])"
)
_PERSON = re.compile(
    rf"((?:填报|填表|制表|经办|登记|采集|录入|统计)(?:人|人员|员))\s*([:：]){_GAP}(?=$|\s|[\u4e00-\u9fff]{{2,6}}(?:[(（]\S*[)）])?[:：])"
)
_DATE = re.compile(
    rf"((?:填报|填表|统计|上报|报送|制表|登记|排查|采样|检测)?(?:日期|时间)|截[至止](?:日期|时间)?)\s*([:：]){_GAP}(?=$|\s|[\u4e00-\u9fff]{{2,6}}[:：])"
)
_PLACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:[Xx×＊*]{2,}|[_＿]{2,}|○{2,})(?=社区|村(?!委))|(?:[_＿]{1,}|[\s\u3000]{3,})(?=社区(?!居民登记))"), "{community_bare}"),
    (re.compile(r"(?:[Xx×＊*]{2,}|[_＿]{2,}|○{2,})(?=街道|镇|乡)|[\s\u3000]{3,}(?=街道)"), "{subdistrict_bare}"),
    (re.compile(r"(?:[Xx×＊*]{2,}|[_＿]{2,}|○{2,})(?=区|县)(?!区县)|[\s\u3000]{3,}(?=区(?!域))"), "{district_bare}"),
    (re.compile(r"(?:[Xx×＊*]{2,}|[_＿]{2,}|○{2,})(?=市)|[\s\u3000]{3,}(?=市(?!民))"), "{city_bare}"),
)  # fmt: skip
_COUNTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"([共计][:：]?)" + r"[_＿\s\u3000]{2,}(?=户)"), r"\1{households}"),
    (re.compile(r"([共计户，,、][:：]?)" + r"[_＿\s\u3000]{2,}(?=人)"), r"\1{people}"),
)  # fmt: skip
_LONGEST, _MOST_WRITTEN = 200, 8


def marks_of(sheet: Seen, rows: Iterable[int]) -> list[Mark]:
    """Return the cells of these rows that wait for a name, a day or a place, with what is written into each."""
    found = []
    for row in rows:
        for column, text in sheet.filled(row):
            if len(text) <= _LONGEST and not text.startswith("=") and (mark := _mark(sheet, row, column, text)):
                found.append(mark)
    return found


def _mark(sheet: Seen, row: int, column: int, text: str) -> Mark | None:
    kind = "" if re.search(rf"{_LINE}{{3}}$", str(sheet.rows[row - 1][column - 1])) else _label_alone(text)
    if kind and (free := _free_beside(sheet, row, column)):
        return Mark(row, free, kind)
    told = text.replace("{", "（").replace("}", "）")
    plain = told
    told = _DAY.sub("{date}", told)
    told = _UNIT.sub(lambda found: found[0] if _names_places(found) else _completed(found, "{community}"), told)
    told = _PERSON.sub(lambda found: _completed(found, "{clerk}"), told)
    told = _DATE.sub(lambda found: _completed(found, "{date}"), told) if "{date}" not in told else told
    for pattern, name in (*_PLACES, *_COUNTED):
        told = pattern.sub(name, told)
    return Mark(row, column, told.rstrip()) if told != plain else None


def _names_places(found: re.Match[str]) -> bool:
    """Tell whether what follows a label has places with gaps of its own: 单位：      街道      社区."""
    return (
        re.match(r"[\s_＿]*(?:街道|社区|村|镇|乡|区|县|市)(?![\u4e00-\u9fff])", found.string[found.end() :]) is not None
    )


def _completed(found: re.Match[str], token: str) -> str:
    """Return a label with what belongs behind it, and what is left of the gap that was there."""
    spaces = found[3].replace("_", "").replace("＿", "")
    return f"{found[1]}{found[2]}{token}{spaces[_MOST_WRITTEN:] or ' '}"


def _label_alone(text: str) -> str:
    """Return what belongs into the cell beside a label that stands alone: 填报单位： or 填报日期."""
    bare = text.strip()
    labels = (
        (
            r"(?:填报|填表|上报|报送|制表|统计|登记)?单位(?:名称)?(?:[(（](?:盖章|公章|章)[)）])?[:：]?|(?:所属|所在)?(?:社区|村居|居委会)(?:名称)?[:：]?",
            "{community}",
        ),
        (r"(?:填报|填表|统计|上报|报送|制表|登记)(?:日期|时间)[:：]?|截[至止](?:日期|时间)?[:：]?", "{date}"),
        (r"(?:填报|填表|制表|经办|登记|统计)(?:人|人员|员)[:：]?", "{clerk}"),
        (r"(?:所属|所在)?街道(?:[(（]乡镇[)）])?[:：]", "{subdistrict}"),
    )
    return next((token for pattern, token in labels if re.fullmatch(pattern, bare)), "")


def _free_beside(sheet: Seen, row: int, column: int) -> int:
    """Return the empty cell to the right that a label leaves its answer to; 0 where there is none."""
    right = sheet.across(row, column)[1] + 1
    if right > sheet.width or sheet.text(row, right):
        return 0
    left = sheet.across(row, column)[0]
    is_wide = sheet.across(row, column)[1] > left
    is_a_box = sheet.across(row, right)[1] > right or row in sheet.bordered
    return right if is_a_box and not is_wide else 0
