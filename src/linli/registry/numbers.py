"""Identity and phone numbers as people write them. Pure."""

import re
import unicodedata
from enum import StrEnum

TAIL = re.compile(r"^(?:\d{4}|\d{3}X)$")
"""The last four characters of an identity number or a phone."""
_DOCUMENT = re.compile(r"^(?=.*\d{4})[A-Z]{0,3}\d{5,18}[A-Z]?$")
_PHONE = re.compile(r"\+?[\d\s\-]{8,}")
_SHORTEST_PHONE = 8


def plain_query(query: str) -> str:
    """Return what was typed into a search, half-width."""
    return unicodedata.normalize("NFKC", query.replace("\0", "")).strip()


class NumberKind(StrEnum):
    """What kind of number a query is."""

    TAIL = "tail"
    DOCUMENT = "document"
    """An identity number, which may as well be a phone."""
    PHONE = "phone"


def kind_of_number(text: str) -> NumberKind | None:
    """Tell what number a half-width text is compared with; None when it is a name or an address."""
    bare = re.sub(r"[\s\-]", "", text).upper()
    if TAIL.match(bare):
        return NumberKind.TAIL
    if _DOCUMENT.match(bare) and "-" not in text[1:-4]:
        return NumberKind.DOCUMENT
    is_phone = _PHONE.fullmatch(text) and len(bare) >= _SHORTEST_PHONE
    return NumberKind.PHONE if is_phone else None


def bare_number(text: str) -> str:
    """Return a number as the indexes know it: half-width, without spaces and dashes, capital X."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text).strip("'‘’`")).upper()


def phone_forms(bare: str) -> set[str]:
    """Return the forms under which a phone may have been written: with and without +86 and the dash of an area code."""
    digits = re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", bare.lstrip("+"))
    return {digits, f"+{digits}", f"{digits[:3]}-{digits[3:]}", f"{digits[:4]}-{digits[4:]}"}
