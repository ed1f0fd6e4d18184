"""Rows below a header that say codes and units and no values: A01, 人, 1男2女. Pure."""

from __future__ import annotations

import re

from linli.paperwork.sheet.choices import listed_in

_UNIT = re.compile(
    r"^[(（]?(?:[A-Za-z]{1,3}\d{1,4}|\d+位|[人户岁套个间栋层%％元]|周岁|万元|平方米|㎡|文字|数字|yyyy\S*|单选|多选)[)）]?$",
    re.IGNORECASE,
)
_FEWEST = 2


def says_codes_or_units(words: list[str]) -> bool:
    """Tell whether a row below a header says codes, units or what may be chosen, and no values."""
    fitting = [word for word in words if _UNIT.match(word) or listed_in(word)]
    return len(words) >= _FEWEST and len(fitting) * 5 >= len(words) * 3
