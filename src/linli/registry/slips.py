"""The code on a household's slip: 80 random bits and a check character, easy to scan and hard to mistype.

Its alphabet leaves out I, L, O and U. The check character is Luhn's sum to the base of the alphabet (Luhn mod N), which finds
every single wrong character and nearly every swap of neighbours.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "H"
"""Tells a slip from every other number that a desk may scan; together with the code it fits the smallest QR code."""

RANDOM_CHARACTERS = 16
_BASE = len(ALPHABET)
_GROUP = 4
_FORM = re.compile(rf"{PREFIX}[{ALPHABET}]{{{RANDOM_CHARACTERS + 1}}}")
_READ_AS = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a code that nobody can guess."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return f"{PREFIX}{drawn}{check_character(drawn)}"


def check_character(text: str) -> str:
    """Return the check character of what stands before it."""
    total = 0
    for place, character in enumerate(reversed(text)):
        total += sum(divmod(ALPHABET.index(character) * (2 - place % 2), _BASE))
    return ALPHABET[-total % _BASE]


def read_code(text: str) -> str | None:
    """Return the code that somebody scanned or typed, None when it has not the form of one."""
    bare = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    code = bare[:1] + bare[1:].translate(_READ_AS)
    return code if _FORM.fullmatch(code) else None


def is_intact(code: str) -> bool:
    """Tell whether a code of the right form was read without a mistake."""
    drawn, check = code[len(PREFIX) : -1], code[-1]
    return check_character(drawn) == check


def for_people(code: str) -> str:
    """Return a code in groups, as it is printed below its picture."""
    groups = (code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
    return "-".join(groups)
