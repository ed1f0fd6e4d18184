"""The words or codes in which an agency wants a column written: 1男2女, （常住/租住/其他）, A.自住 B.出租. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODE = "="
"""Stands between what is written and what it means: 1=男."""
_CODED = re.compile(r"(?<![A-Za-z\d])([A-H]|\d{1,2})\s*[.、:：=＝—–\-]?\s*([\u4e00-\u9fff√][\u4e00-\u9fff]{0,9})")
_IN_PARENTHESES = re.compile(r"[(（]([^()（）]*)[)）]")
_BETWEEN = re.compile(r"[/／|｜、]")
_LIST = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:[/／|｜、][\u4e00-\u9fff]{1,8}){1,9}$")
_UNIT = re.compile(
    r"^[(（]?(?:[A-Za-z]{1,3}\d{1,4}|\d+位|[人户岁套个间栋层%％元]|周岁|万元|平方米|㎡|文字|数字|yyyy\S*|单选|多选)[)）]?$",
    re.IGNORECASE,
)
_FEWEST = 2


def legend_in(text: str) -> list[str]:
    """Return the codes with their meaning, or the words, that a header or the note below it lets choose; none as a rule."""
    coded = [f"{code}{CODE}{word}" for code, word in _CODED.findall(text)]
    if len(coded) >= _FEWEST and len({one.partition(CODE)[0] for one in coded}) == len(coded):
        return coded
    notes = [note.strip() for note in (*_IN_PARENTHESES.findall(text), text)]
    return next((_BETWEEN.split(note) for note in notes if _LIST.match(note) and not _is_a_name(note)), [])


def _is_a_name(note: str) -> bool:
    """Tell whether words with a stroke between them name one thing twice: 社区/村, 楼/栋."""
    return re.search(r"社区|街道|乡镇|[栋幢楼]|单元|省|市|区县|姓名|电话|日期|时间", note) is not None


def legend_of(texts: Iterable[str]) -> list[str]:
    """Return the first legend that any of these holds."""
    return next((found for text in texts if (found := legend_in(text))), [])


def says_codes_or_units(words: list[str]) -> bool:
    """Tell whether a row below a header says codes, units or legends and no values: A01, 人, 1是0否."""
    fitting = [word for word in words if _UNIT.match(word) or legend_in(word)]
    return len(words) >= _FEWEST and len(fitting) * 5 >= len(words) * 3
