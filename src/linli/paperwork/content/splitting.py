"""A value in the pieces that a form wants: one part of it, or one character a box. Pure."""

from __future__ import annotations

import re
from datetime import date

from linli.paperwork.sheet.asked import Value
from linli.paperwork.sheet.splitting import (
    CITY,
    COUNTY,
    DAY,
    GIVEN,
    MONTH,
    PROVINCE,
    REST,
    SURNAME,
    TOWN,
    VILLAGE,
    YEAR,
)
from linli.registry.ledger.surnames import could_be_a_name, is_a_double_surname

_PLACES = re.compile(
    r"^(?P<province>[^省市区县]{2,6}省|[^省市县]{2,8}自治区|(?:北京|上海|天津|重庆)市?(?=.)|(?:香港|澳门)特别行政区)?"
    r"(?P<city>[^市盟县区]{1,8}?(?:市|自治州|盟|地区)(?=.))?(?P<county>[^区县镇乡]{1,8}?(?:新区|区|县|市|旗))?"
    r"(?P<town>[^镇乡]{1,10}?(?:街道(?:办事处)?|镇|乡))?(?P<village>.{1,10}?(?:社区|居委会|村委会|村(?!民)))?(?P<rest>.*)$"
)
_DATE_PARTS = {YEAR: "year", MONTH: "month", DAY: "day"}
_OF_PLACES = (PROVINCE, CITY, COUNTY, TOWN, VILLAGE, REST)


def part(value: Value, wanted: str) -> Value:
    """Return the part of a value that a column wants."""
    if wanted in _DATE_PARTS:
        return getattr(value, _DATE_PARTS[wanted]) if isinstance(value, date) else ""
    text = str(value or "")
    if wanted in (SURNAME, GIVEN):
        return _of_name(text)[wanted == GIVEN]
    assert wanted in _OF_PLACES
    found = _PLACES.match(text)
    return (found[wanted] or "") if found and not text.isdecimal() else ""


def _of_name(name: str) -> tuple[str, str]:
    """Return surname and given name; a name of another kind is not cut but given whole."""
    if not could_be_a_name(name) or "·" in name:
        return "", name
    if name.isascii():
        given, _, surname = name.rpartition(" ")
        return surname, given
    cut = 2 if len(name) > 2 and is_a_double_surname(name[:2]) else 1
    return name[:cut], name[cut:]


def in_boxes(value: Value, boxes: int) -> tuple[Value, ...] | None:
    """Return a value one character a box, of several phones the first; None where it has more than there are boxes."""
    text = str(value or "").split("、")[0]
    if len(text) > boxes:
        return None
    return (*text, *([None] * (boxes - len(text))))
