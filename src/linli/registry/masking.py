"""Texts of a ledger as a page may show them: identity and phone numbers in them masked, whatever stands around."""

import re

from linli.core.crypto import mask_id_number, mask_phone

_NUMBERS = re.compile(r"\d[\d -]{5,}[\dXx]")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
_FEWEST = 7
_DOCUMENT = 12


def masked(text: str) -> str:
    """Return a text with each longer number masked; dates and doors such as 3-2-501 stay."""
    return _NUMBERS.sub(lambda found: _masked(found.group()), text)


def _masked(found: str) -> str:
    bare = re.sub(r"[ -]", "", found)
    if len(bare) < _FEWEST or _DATE.fullmatch(found):
        return found
    return mask_id_number(bare) if len(bare) >= _DOCUMENT else mask_phone(bare)
