"""Values that a form wants in pieces: one character a box, 年 月 日 apart, 姓 and 名 apart, an address by its parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linli.paperwork.sheet.reading import Seen
from linli.registry.ledger.headers import normal_header

YEAR, MONTH, DAY = "year", "month", "day"
SURNAME, GIVEN = "surname", "given"
PROVINCE, CITY, COUNTY, TOWN, VILLAGE, REST = "province", "city", "county", "town", "village", "rest"

_DATE_PARTS: tuple[tuple[str, str], ...] = (
    (YEAR, r"^(?:出生)?年(?:份)?$"),
    (MONTH, r"^(?:出生)?月(?:份)?$"),
    (DAY, r"^(?:出生)?日$"),
)
_NAME_PARTS: tuple[tuple[str, str], ...] = (
    (SURNAME, r"^(?:姓|姓氏|surname|lastname|familyname)$"),
    (GIVEN, r"^(?:名|givenname|firstname)$"),
)
_ADDRESS_PARTS: tuple[tuple[str, str], ...] = (
    (PROVINCE, r"^(?:所[在属])?省(?:份|市|级)?$|^省/?(?:自治区|直辖市)"),
    (CITY, r"^(?:所[在属])?(?:地级)?市(?:州|级)?$|^地市$|^市/州$"),
    (COUNTY, r"^(?:所[在属])?(?:区县?|县区?|市辖区)(?:级|市)?$|^[区县]/[区县]"),
    (TOWN, r"^(?:所[在属])?(?:街道|乡镇|镇|乡|街镇|镇街)(?:办事处|办)?$|街道/乡镇|乡镇/街道"),
    (VILLAGE, r"^(?:所[在属])?(?:村|社区|居委会?|村居|村委会?)$|^村/社区|^社区/村"),
    (REST, r"^(?:详细)?(?:地址|住址|门牌号?)$|^详细|^其[他它余]$"),
)
_HUKOU = re.compile(r"户籍|户口|籍贯|原籍")
_NO_DATE = re.compile(r"人数|户数|数量")
BOXES = {"id_number": 15, "head_id": 15, "phone": 11, "head_phone": 11, "landlord_phone": 11, "birth": 8}
"""So many columns below one header, at least, hold one character each."""


def part_of(own: str, group: str) -> tuple[str, str]:
    """Return the field and the part of it that a column below a group asks for; empty where it asks for a whole value."""
    bare, over = normal_header(own), normal_header(group)
    date_part = _first(_DATE_PARTS, bare)
    if date_part and bare.startswith("出生"):
        return "birth", date_part
    if date_part and over and not _NO_DATE.search(over):
        return _date_field(over), date_part
    if (name_part := _first(_NAME_PARTS, bare)) and (not over or "姓名" in over or "name" in over):
        return "name", name_part
    if over and _HUKOU.search(over) and (part := _first(_ADDRESS_PARTS, bare)):
        return "hukou_division", part
    return "", ""


def _date_field(group: str) -> str:
    if "出生" in group or "生日" in group:
        return "birth"
    return (
        "since"
        if re.search(r"入住|搬入|来本|迁入|居住|到达", group)
        else "today"
        if re.search(r"填|登记|统计|日期", group)
        else ""
    )


def _first(table: Sequence[tuple[str, str]], text: str) -> str:
    return next((part for part, words in table if re.search(words, text)), "")


def boxes_of(sheet: Seen, header: int, index: int, first: int, field: str) -> int:
    """Return over how many columns a value is spread, one character each: 18 of an identity number below one header."""
    least = BOXES.get(field)
    if least is None:
        return 1
    left, right = sheet.across(header, index)
    if right == left:
        while (
            right < sheet.width
            and not sheet.text(header, right + 1)
            and sheet.across(header, right + 1)[0] == right + 1
        ):
            right += 1
    are_apart = all(sheet.across(first, column) == (column, column) for column in range(left, right + 1))
    return right - left + 1 if right - left + 1 >= least and are_apart else 1
