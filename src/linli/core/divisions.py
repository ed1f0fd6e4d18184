"""Division codes as numbers: 12 digits, 2 province, 2 city, 2 district, 3 sub-district, 3 community, zero-padded.

A division covers a half-open range of codes, so that "everything under Chengdu" is one comparison. Source: National
Bureau of Statistics, rules for coding statistical divisions (12-digit code).
"""

from enum import IntEnum

EVERYWHERE = 0
DIGITS = 12


class Level(IntEnum):
    """Depth of a division; the value is how many codes one division of that level covers."""

    COMMUNITY = 1
    SUBDISTRICT = 10**3
    DISTRICT = 10**6
    CITY = 10**8
    PROVINCE = 10**10
    COUNTRY = 10**12


LEVEL_OF_DIGITS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.DISTRICT, 9: Level.SUBDISTRICT, 12: Level.COMMUNITY}


def level_of(code: int) -> Level:
    """Return the level of a zero-padded 12-digit code; 0 stands for the whole country.

    Raises ValueError when the code has more than 12 digits, is negative, or names no province.
    """
    if code == EVERYWHERE:
        return Level.COUNTRY
    if not 10**10 <= code < 10**12:
        raise ValueError(f"A division code has 12 digits; read {code}.")
    for level in (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.SUBDISTRICT):
        if code % level == 0:
            return level
    return Level.COMMUNITY


def range_of(code: int) -> tuple[int, int]:
    """Return the half-open range of codes that lie in the division, itself included."""
    return code, code + level_of(code)


def parent_of(code: int) -> int | None:
    """Return the code of the division one level up, or None for a province."""
    level = level_of(code)
    if level in (Level.PROVINCE, Level.COUNTRY):
        return None
    wider = min(other for other in Level if other > level)
    parent = code - code % wider
    return parent_of(code + level) if parent == code else parent


def parse_code(text: str) -> int:
    """Read a code of 2, 4, 6, 9 or 12 digits and return it zero-padded to 12.

    Raises ValueError that quotes what was read.
    """
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in LEVEL_OF_DIGITS:
        raise ValueError(f"A division code has 2, 4, 6, 9 or 12 digits; read {text!r}.")
    return int(digits.ljust(DIGITS, "0"))
