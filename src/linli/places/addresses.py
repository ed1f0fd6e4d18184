"""Addresses of doors, as a register keeps them: compound, building, unit, room."""

import re
import unicodedata
from typing import NamedTuple

_ZH_DIGITS = dict(zip("零〇一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_ZH_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百]+")
_PART = re.compile(r"(?P<value>\d+|[a-z]\d*)(?:号|#)?(?P<word>栋|幢|座|楼|单元|门|室|户|房)?", re.IGNORECASE)
_WORDS = {"栋": "building", "幢": "building", "座": "building", "楼": "building", "单元": "unit", "门": "unit"}
_RUNNING_NUMBER = re.compile(r"(\d+)")


class Address(NamedTuple):
    """A door within a community; buildings and units are bare numbers or letters ("3", "A")."""

    compound: str
    building: str
    unit: str
    room: str


class Wanted(NamedTuple):
    """What somebody typed to find a door; an empty part matches any."""

    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""


def floor_of(room: str) -> int | None:
    """Return the floor that a room number tells, 5 for 501 and 12 for 1201; None where it tells none."""
    digits = re.sub(r"\D", "", room)
    return int(digits[:-2]) if 3 <= len(digits) <= 4 else None


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts 2 before 10, and numbers before letters."""
    parts = [part for part in _RUNNING_NUMBER.split(text) if part]
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def address_key(address: Address) -> tuple[object, ...]:
    """Return the key that sorts doors the way an office lists them."""
    return (address.compound, *(natural_key(part) for part in address[1:]))


def wanted(query: str) -> Wanted | None:
    """Read a search for a door in any usual form: 3栋2单元501室, 3#-2-501, 三栋二单元501, 3-2-501, 明珠华府3栋.

    Returns None when the query names no building, unit or room.
    """
    text = _arabic(unicodedata.normalize("NFKC", query)).replace(" ", "")
    first = re.search(r"(?:\d+|(?<![a-z])[a-z]\d*)(?=号|#|-|栋|幢|座|楼|单元|门|室|户|房|$)", text, re.IGNORECASE)
    if first is None:
        return None
    compound, parts = text[: first.start()].strip("-"), [*_PART.finditer(text[first.start() :])]
    named = {_WORDS.get(part["word"], "room"): part["value"] for part in parts if part["word"]}
    bare = [part["value"] for part in parts if not part["word"]]
    for field, value in zip(_fields_of_bare(len(bare), named), bare, strict=False):
        named.setdefault(field, value)
    return Wanted(compound, **named)


def _fields_of_bare(count: int, named: dict[str, str]) -> tuple[str, ...]:
    """Say which parts numbers without a word stand for: 3-2-501, 3-501, 501, or what the words left open."""
    if named:
        return tuple(field for field in ("building", "unit", "room") if field not in named)[-count:] if count else ()
    return {1: ("room",), 2: ("building", "room")}.get(count, ("building", "unit", "room"))


def _arabic(text: str) -> str:
    return _ZH_NUMBER.sub(lambda match: str(_number(match.group())) if _counts(text, match) else match.group(), text)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Only numerals before a building, unit or room word: 八里岔 stays a name."""
    return bool(re.match(r"号|#|栋|幢|座|楼|单元|门|室|户", text[match.end() :]))


def _number(text: str) -> int:
    total = current = 0
    for character in text:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        elif total or "十" in text or "百" in text:
            current = _ZH_DIGITS[character]
        else:
            current = current * 10 + _ZH_DIGITS[character]
    return total + current
