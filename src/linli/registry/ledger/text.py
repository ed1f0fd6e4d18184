"""Cells to clean text: full-width forms, invisible characters, empty words, ditto marks, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Value = str | int | float | bool | date | datetime | time | timedelta | None

_INVISIBLE = {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_INVISIBLE |= dict.fromkeys((*range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F)))
_INVISIBLE |= dict.fromkeys((*range(0x2060, 0x2070), 0xFEFF, 0xAD, 0x180E, *range(0xFE00, 0xFE10)))
_SPACES = re.compile(r"\s+")

NOTHING = frozenset(
    "无 無 没有 沒有 不详 不詳 未知 暂无 暫無 空 (空) (空白) 空白 n/a na none null nil nan 未提供 拒绝提供 待补 待補 待核实 未登记 未填"
    " 无电话 无手机 停机 空号 #n/a #ref! #value! #name? #div/0! #null! #num! 0".split()
)
_PUNCTUATION_ONLY = re.compile(r"^[\s\-—–―－_/\\|*.,、。;:·?？!()\[\]<>#~～+=^]*$")
_DITTO = frozenset(
    '同上 同 同前 如上 上同 续上 同上行 同上户 ditto do do. 〃 〃〃 " "" \'\' ″ 〞 ” “ ′′ ″″ ” ” 々 ↑ 々々 仝 仝上 〻'.split()
)
_DITTO_MARK = re.compile(r"^[-—–\s.·…]*(?:同上|〃|″|〞|”|“|′′|''|\"|々|仝)[-—–\s.·…]*$")

_SIMPLER = str.maketrans(
    "號碼樓棟單戶籍備註關係電話聯絡證與間層別區園華東門產業類稱謂況狀態號員內無務動來離暫長國際縣鎮鄉現組歲齡殘體視聽語癱瘓臥獨閒閑戀給兒媽爺孫親職處經營養醫療護險難",
    "号码楼栋单户籍备注关系电话联络证与间层别区园华东门产业类称谓况状态号员内无务动来离暂长国际县镇乡现组岁龄残体视听语瘫痪卧独闲闲恋给儿妈爷孙亲职处经营养医疗护险难",
)
DIGITS_ZH = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS_ZH = {"十": 10, "百": 100}


def visible(value: Value) -> str:
    """Return a cell as a person reads it: numbers without `.0`, dates as ISO, invisible characters gone."""
    if isinstance(value, str):
        return value.translate(_INVISIBLE).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


@lru_cache(maxsize=65536)
def _clean_text(value: str) -> str:
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", visible(value))).strip()
    text = text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text
    return text.lstrip("'‘’`").strip() if len(text) > 2 and text[0] in "'‘’`" else text


def clean(value: Value) -> str:
    """Return `visible`, with half-width forms, single spaces and no leading apostrophe."""
    return _clean_text(value) if type(value) is str else visible(value)


@lru_cache(maxsize=65536)
def is_nothing(text: str) -> bool:
    """Tell whether cleaned text only says that there is nothing: blank, a dash, 无, 不详."""
    return not text or text.lower() in NOTHING or _PUNCTUATION_ONLY.match(text) is not None


@lru_cache(maxsize=65536)
def is_ditto(text: str) -> bool:
    """Tell whether cleaned or visible text stands for the value above it: 同上, 〃, ″."""
    mark = text.replace(" ", "").lower()
    return mark in _DITTO or _DITTO_MARK.match(mark) is not None


def simplified(text: str) -> str:
    """Return text with the words of ledgers in simplified characters, so that 人戶分離 reads as 人户分离. Not for names."""
    return text.translate(_SIMPLER)


def without_han_spaces(text: str) -> str:
    """Return text without spaces, except single ones between words in Latin letters."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", _SPACES.sub(" ", text))


def without_spaces(text: str) -> str:
    """Return text without any space, of whatever kind."""
    return _SPACES.sub("", text)


def number_zh(text: str) -> int | None:
    """Read a Chinese numeral: 三 is 3, 十二 is 12, 二十一 is 21, 一百零二 is 102, 五〇一 is 501."""
    if not text or any(c not in DIGITS_ZH and c not in _UNITS_ZH for c in text):
        return None
    if not any(c in _UNITS_ZH for c in text):
        return int("".join(str(DIGITS_ZH[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _UNITS_ZH:
            total, digit = total + (digit or 1) * _UNITS_ZH[c], 0
        else:
            digit = DIGITS_ZH[c]
    return total + digit


def column_letter(index: int) -> str:
    """Name the 0-based column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
