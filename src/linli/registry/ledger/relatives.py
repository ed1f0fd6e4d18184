"""Headers that say who somebody is in the family: 户主姓名 is the head's name, 配偶身份证号 the spouse's number."""

from __future__ import annotations

import re
from functools import lru_cache

_PERSONAL = (
    r"(?:姓名|名字|名|身份证.*|公民身份.*|证件号.*|联系电话|电话.*|手机.*|联系方式|性别|出生.*|基本信息|信息|情况)?"
)
_RELATIVE = re.compile(
    rf"^(?:户主)?(?P<who>配偶|妻子|丈夫|爱人|老伴|儿子|女儿|子女)(?P<order>\d|[一二三四五])?{_PERSONAL}$"
)
_HEAD = re.compile(rf"^户主{_PERSONAL}$")


@lru_cache(maxsize=4096)
def relation_in(header: str) -> str:
    """Return the relation that a normalised header gives to the person it is about: 户主, 配偶, 子女; blank where none."""
    if _HEAD.match(header):
        return "户主"
    found = _RELATIVE.match(header)
    return found["who"] if found else ""


def is_a_relatives(header: str) -> bool:
    """Tell whether a normalised header is about a head's spouse or child."""
    return _RELATIVE.match(header) is not None
