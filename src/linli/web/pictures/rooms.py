"""Where a door is when the register knows only its room: 501, 1203, 101A, 负一, 底商."""

import re

HIGHEST_FLOOR = 120

_BASEMENT = re.compile(r"^(?:负|地下|-|−|B)\s*([0-9一二三四五])", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_LAST_NUMBER = re.compile(r"[0-9]+(?=[^0-9]*$)")
_IN_ORDER = re.compile(r"^(?:负|地下|-|−|B)?[0-9]", re.IGNORECASE)
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_STREET_LEVEL = ("底商", "商铺", "门面", "临街", "底层")


def floor_of(room: str) -> int | None:
    """Return the floor that a room's name tells, negative below ground, or None when it tells none."""
    basement = _BASEMENT.match(room)
    if basement:
        digit = basement.group(1)
        return -(_CHINESE.get(digit) or int(digit))
    if room.startswith(_STREET_LEVEL):
        return 1
    number = _number(room)
    floor = int(number[:-2]) if len(number) in (3, 4, 5) else None
    return floor if floor and floor <= HIGHEST_FLOOR else None


def column_of(room: str) -> int | None:
    """Return the door's place on its floor that a room's name tells, or None for names such as 底商2."""
    number = _LAST_NUMBER.search(room) if _IN_ORDER.match(room) else None
    return int(number.group()[-2:]) if number else None


def room_order(room: str) -> tuple[int, int, str]:
    """Sort rooms by number, then those without one by name."""
    number = _number(room)
    return (0, int(number), room) if number else (1, 0, room)


def _number(room: str) -> str:
    found = _NUMBER.search(room)
    return found.group()[:9] if found else ""
