"""The order in which people count: 2 before 10."""

import re

DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give a sort key by which numbers inside names count as numbers: ``2栋`` before ``10栋``."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in DIGITS.split(name) if part)
