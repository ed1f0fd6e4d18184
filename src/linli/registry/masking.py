"""Texts as a page may show them: identity and phone numbers in them masked, whatever stands around."""

import re
import unicodedata
from collections import defaultdict
from typing import Any

from linli.core.crypto import mask_id_number, mask_phone

_NUMBERS = re.compile(r"\d[\d .-]{5,}[\dXx]")
_DATE = re.compile(r"(?:19|20)\d\d[.-]\d\d?[.-]\d\d?")
_STARS = re.compile(r"[\dXx]*\*{3,}[\dXx]*")
_FEWEST = 7
_DOCUMENT = 12
_NO_TEXT = frozenset(("sheet", "row", "kind", "person", "field", "reason"))


def masked(text: str) -> str:
    """Return a text with each longer number masked; dates and doors such as 3-2-501 stay."""
    return _NUMBERS.sub(lambda found: _masked(found.group()), text)


def holds_number(text: str) -> bool:
    """Tell whether a text may hold an identity or phone number or a long part of one; a door such as 3-2-501 is none."""
    plain = unicodedata.normalize("NFKC", text)
    joined = re.sub(r"(?<=\d)[\s.-]+(?=\d)", "", plain)
    return bool(re.search(r"\d{5}", plain) or re.search(r"\d{8}", joined))


def masked_all(value: Any) -> Any:
    """Return what JSON carries with each longer number in its texts masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {name: one if name in _NO_TEXT else masked_all(one) for name, one in value.items()}
    return [masked_all(one) for one in value] if isinstance(value, list | tuple) else value


def unmasked(edited: str, original: str) -> str:
    """Return a text that was edited under its mask with the numbers of the original back where their masks still stand."""
    hidden: dict[str, list[str]] = defaultdict(list)
    for found in _NUMBERS.findall(original):
        if _masked(found) != found:
            hidden[_masked(found)].append(found)
    return _STARS.sub(lambda mask: hidden[mask.group()].pop(0) if hidden.get(mask.group()) else mask.group(), edited)


def _masked(found: str) -> str:
    bare = re.sub(r"[ .-]", "", found)
    if len(bare) < _FEWEST or _DATE.fullmatch(found):
        return found
    return mask_id_number(bare) if len(bare) >= _DOCUMENT else mask_phone(bare)
