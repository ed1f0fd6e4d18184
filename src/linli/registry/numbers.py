"""Identity and phone numbers as people write them. Pure."""

import re
import unicodedata

TAIL = re.compile(r"^(?:\d{4}|\d{3}X)$")
"""The last four characters of an identity number or a phone."""


def bare_number(text: str) -> str:
    """Return a number as the indexes know it: half-width, without spaces and dashes, capital X."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text).strip("'‘’`")).upper()


def phone_forms(bare: str) -> set[str]:
    """Return the forms under which a phone may have been written: with and without +86 and the dash of an area code."""
    digits = re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", bare.lstrip("+"))
    return {digits, f"+{digits}", f"{digits[:3]}-{digits[3:]}", f"{digits[:4]}-{digits[4:]}"}
