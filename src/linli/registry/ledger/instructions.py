"""Rows that tell below each header how to fill the column in: 必填, 文本, 18位, 男/女."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HOW = re.compile(
    r"^(?:(?:非?必填|选填|文本|数字|日期|下拉|填写|如实|请|如[:：]|例[:：]|与身份证一致|\d+位).{0,20}|.{0,12}(?:格式|注明|必填)|男[/或、]女|是[/或、]否|yyyy.*|required|optional)$",
    re.IGNORECASE,
)


_EXPLAINS = re.compile(r"说明|示例|样例|范例|样表|须知|例表|instruction|example|readme|sample", re.IGNORECASE)


def is_of_instructions(sheet_name: str) -> bool:
    """Tell whether a sheet is named for how to fill the others in."""
    return _EXPLAINS.search(sheet_name) is not None


def tell_how_to_fill_in(texts: Sequence[str]) -> bool:
    """Tell whether most cells of a row say what to write rather than say it, or name it."""
    return len(texts) > 2 and sum(_HOW.match(text) is not None for text in texts) * 2 > len(texts)
