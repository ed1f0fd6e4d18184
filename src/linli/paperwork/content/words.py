"""Values as a Chinese agency's form wants them written. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from linli.paperwork.sheet.meanings import LOCAL
from linli.places.addresses import Address
from linli.registry.export.json_file import SEX_WORDS as SEX_WORDS
from linli.registry.export.tables import ID_KIND_WORDS as ID_KIND_WORDS
from linli.registry.export.tables import KIND_WORDS as KIND_WORDS

SEX_CODES = {"male": "1", "female": "2"}
"""GB/T 2261.1-2003."""
OUTCOME_WORDS = {
    "done": "已采样", "tested_elsewhere": "已在外采样", "away": "外出", "refused": "拒绝采样", "not_found": "未找到本人",
    "exempt": "免采样", "moved": "已搬走", "dead": "已故", "open": "未采样",
}  # fmt: skip
_ENDS_WITH_A_WORD = re.compile(r"[栋幢座楼号组队院#室房]$|单元$|[\u4e00-\u9fff]$")

DATE_STYLES: dict[str, Callable[[date], str]] = {
    "": lambda day: day.isoformat(),
    "iso": lambda day: day.isoformat(),
    "compact": lambda day: f"{day:%Y%m%d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dots": lambda day: f"{day:%Y.%m.%d}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "month": lambda day: f"{day:%Y-%m}",
    "month_chinese": lambda day: f"{day.year}年{day.month}月",
    "month_compact": lambda day: f"{day:%Y%m}",
    "month_dots": lambda day: f"{day:%Y.%m}",
}
"""How a day is written, by a column's style."""


def origin_word(origin: str) -> str:
    """Return whether somebody is registered here; nothing where nobody knows."""
    return "" if not origin else "户籍" if origin == LOCAL else "流动"


def whole_address(address: Address) -> str:
    """Return an address in one cell: 明珠华府3栋2单元501室."""
    parts = zip(address, ("", "栋", "单元", "室"), strict=True)
    return "".join(part if not part or _ENDS_WITH_A_WORD.search(part) else part + word for part, word in parts)


def with_word(part: str, word: str) -> str:
    """Return a building's or unit's number with its word, unless it has one."""
    return part if not part or _ENDS_WITH_A_WORD.search(part) else part + word
