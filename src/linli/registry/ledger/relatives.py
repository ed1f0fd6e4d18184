"""Headers that say who somebody is in the family: 户主姓名 is the head's name, 配偶身份证号 the spouse's number."""

from __future__ import annotations

import re
from functools import lru_cache

_PERSONAL = (
    r"(?:姓名|名字|名|身份证.*|公民身份.*|证件号.*|联系电话|电话.*|手机.*|联系方式|性别|出生.*|基本信息|信息|情况)?"
)
_WHO = (
    "配偶|妻子|丈夫|爱人|老伴|老婆|老公|父母|父亲|母亲|岳父|岳母|公公|婆婆|祖父|祖母|爷爷|奶奶|儿子|女儿|子女|孩子|[长次三四幺]子|[长次三四幺]女"
    "|儿媳妇?|媳妇|女婿|孙子女|孙子|孙女|外孙女?|兄弟姐妹|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹"
)
_OTHERS = r"其[他它余](?:家庭|同住|共同居住)?(?:成员|人员|家人|人)"
_ORDER = r"(?:\d|[一二三四五六])?"
_RELATIVE = re.compile(rf"^(?:户主)?(?:(?P<who>{_WHO})|{_OTHERS}){_ORDER}{_PERSONAL}$")
_NAMED = re.compile(rf"^(?:户主)?(?:{_WHO}|{_OTHERS}){_ORDER}(?:姓名|名字|名)?$")
_HEAD = re.compile(rf"^户主{_PERSONAL}$")


@lru_cache(maxsize=4096)
def relation_in(header: str) -> str:
    """Return the relation that a normalised header gives to the person it is about: 户主, 配偶, 子女; blank where none."""
    if _HEAD.match(header):
        return "户主"
    found = _RELATIVE.match(header)
    return (found["who"] or "") if found else ""


def is_a_relatives(header: str) -> bool:
    """Tell whether a normalised header is about a relative of the head, or whoever else lives with them."""
    return _RELATIVE.match(header) is not None


def names_a_relative(header: str) -> bool:
    """Tell whether a normalised header is that of relatives' names: 配偶, 子女1, 父亲姓名."""
    return _NAMED.match(header) is not None
