"""What a cell chooses: the ticked word of ☑常住 □租户, and codes that the header explains (1常住 2租户)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from linli.registry.ledger.content import RELATIONS, SEX_WORDS, is_category
from linli.registry.ledger.text import clean

_EMPTY = "□☐"
_TICKED = "☑☒✓✔√■"
_BOXED = re.compile(rf"[{_EMPTY}☑☒]")
_STEPS = re.compile(rf"[{_EMPTY}{_TICKED}]+|[^{_EMPTY}{_TICKED}]+")
_EDGES = " /、,;()"
_CODE = re.compile(r"(?<![A-Z\d])([A-F\d])\s*[.、:=—–-]*\s*([\u3400-\u9fff]{1,10})")


def chosen(text: str) -> str:
    """Return the ticked words of a cell of boxes; any other text as it is. The boxes stand before or behind."""
    if not _BOXED.search(text):
        return text
    steps = _STEPS.findall(text)
    words, marks = (steps[0::2], steps[1::2]) if steps[0][0] not in _EMPTY + _TICKED else (steps[1::2], steps[0::2])
    pairs = zip(words, marks, strict=False)
    return " ".join(word.strip(_EDGES) for word, mark in pairs if any(sign in _TICKED for sign in mark))


@lru_cache(maxsize=1024)
def codes_in(header: str) -> dict[str, str]:
    """Return the codes that a header explains, 性别(1男2女), with their words; none where it explains fewer than two."""
    codes = dict(_CODE.findall(clean(header)))
    return codes if len(codes) > 1 else {}


_WORDS_OF = {"category": is_category, "sex": SEX_WORDS.__contains__, "relation": RELATIONS.__contains__}


def codes_told(lines: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the codes of each field that lines around a table explain: 类别填代码，1常住，2租户."""
    pairs = [pair for line in lines for pair in _CODE.findall(clean(line))]
    told = {field: {code: word for code, word in pairs if fits(word)} for field, fits in _WORDS_OF.items()}
    return {field: codes for field, codes in told.items() if len(codes) > 1}
