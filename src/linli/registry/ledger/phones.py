"""Telephone numbers: several in a cell, as numbers, with +86, dashes, area codes and notes around them."""

from __future__ import annotations

import re
from functools import lru_cache

from linli.registry.ledger.text import Value, clean, is_nothing

_COUNTRY = re.compile(r"(?<!\d)(?<!\d[\s-])(?:\+|00)86[\s-]*")
_RUN_TOGETHER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}){2,3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:86[\s-]?)?(1[3-9](?:[\s.-]?\d){9})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0(?:10|2\d|[3-9]\d{2}))\)?[\s.-]*([2-9]\d{6,7}|[01]\d{6,7})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)([2-9]\d{2,3}-?\d{4})(?!\d)")
_FOREIGN = re.compile(r"(?<!\d)(\+\d{6,15}|00\d{7,15}|[569]\d{3}[\s-]?\d{4})(?!\d)")
_SCIENTIFIC = re.compile(r"^(\d)\.(\d{10})E\+?10$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=65536)
def _phones_in(text: str) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    rest = _RUN_TOGETHER.sub(lambda run: " ".join(re.findall(r"\d{11}", run[0])), _COUNTRY.sub("", text))
    for pattern, shape in ((_MOBILE, _plain), (_LANDLINE, _with_area), (_FOREIGN, _plain), (_LOCAL, _plain)):
        found += map(shape, pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    invalid = text if len(_DIGIT.findall(rest)) >= 3 else ""
    return tuple(dict.fromkeys(found)), invalid


def read_phones(value: Value) -> tuple[tuple[str, ...], str]:
    """Return (numbers, what could not be read). Mobile numbers are 11 digits, landlines `0722-1234567`."""
    text = clean(value)
    if is_nothing(text):
        return (), ""
    return _phones_in(_SCIENTIFIC.sub(r"\1\2", text))


def _plain(match: re.Match[str]) -> str:
    return re.sub(r"[\s.-]", "", match[1])


def _with_area(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}"
