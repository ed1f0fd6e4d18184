"""Identity numbers and other documents: what a cell holds, whether it is whole, and what it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from linli.registry.ledger.records import IdKind, Sex
from linli.registry.ledger.text import Value, clean, is_nothing

# GB 11643-1999, ISO 7064:1983 MOD 11-2.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# GB/T 2260: provinces; 81 to 83 are residence permits of Hong Kong, Macau and Taiwan residents; 9 is a foreigner's.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71".split()
)
_RESIDENCE_PERMITS: dict[str, IdKind] = {"81": "hk_macau", "82": "hk_macau", "83": "taiwan"}
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?E\+?1[5-9]$")
_SEPARATORS = re.compile(r"[\s\-‐‑–—―_.·,'\"‘’“”`()（）]")
_WORDS_BEHIND = re.compile(r"\s*[(（][^()（）\d]*[)）]\s*$|(?<=[\dX])\s*[\u3400-\u9fff]+$")
_STARRED = re.compile(r"(?<=\d{17})\*$")
_MISCOUNTED = re.compile(r"^(?:\d{16}|\d{17,})X\d*$")
_OLD = re.compile(r"^[1-6]\d{14}$")
_LABEL = re.compile(r"^(?:身份证(?:号码?)?|证件号码?|护照|港澳通行证|台胞证|通行证|回乡证|ID|NO)[:：.]*(?=[A-Z\d])")

_OTHER_DOCUMENTS: tuple[tuple[re.Pattern[str], IdKind], ...] = (
    (re.compile(r"^[HM]\d{8}(?:\d{2})?$"), "hk_macau"),
    (re.compile(r"^[CW]\d{8}$"), "hk_macau"),
    (re.compile(r"^(?:\d{8}|[LT]\d{8}|\d{10}[A-Z])$"), "taiwan"),
    (re.compile(r"^(?:[EGDSPK]\d{8}|E[A-Z]\d{7}|14\d{7}|15\d{7})$"), "passport"),
    (re.compile(r"^[A-Z]{3}\d{12}$"), "other"),
    (re.compile(r"^[A-Z]\d{9}$"), "other"),
    (re.compile(r"^[A-Z]{1,2}\d{5,8}[A-Z]?$"), "passport"),
)
_KIND_WORDS: tuple[tuple[str, IdKind], ...] = (
    ("护照", "passport"),
    ("passport", "passport"),
    ("港", "hk_macau"),
    ("澳", "hk_macau"),
    ("回乡", "hk_macau"),
    ("台", "taiwan"),
    ("身份证", "resident_id"),
    ("户口", "resident_id"),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A document number as read. `number` is None where it is missing or wrong; `flag` says which."""

    number: str | None
    kind: IdKind
    flag: str
    read: str
    birth: date | None = None
    sex: Sex = ""
    renewed: str = ""
    """The 18 characters that a number of 15 digits became in 1999: to find the same person by, not to be imported."""


def check_digit(first17: str) -> str:
    """Return the 18th character for 17 digits (GB 11643)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def read_identity(value: Value, kind_hint: str = "") -> Identity:
    """Read an identity cell.

    A number cell of 16 digits or more has lost its end, whatever its check digit says; so has text in
    scientific notation, and text whose last three digits are zero and whose check digit is wrong. Sex and birth
    date are still taken from the digits that survived, since they help to find the person's own card.
    """
    read = clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e15:
        mantissa, _, exponent = repr(float(value)).partition("e")
        return _lost(read, mantissa.replace(".", "").ljust(int(exponent or 15) + 1, "0"), exact=15)
    bare = _WORDS_BEHIND.sub("", read.upper())
    number = _LABEL.sub(
        "", _SEPARATORS.sub("", _STARRED.sub("X", bare)).replace("×", "X").replace("✕", "X").replace("Х", "X")
    )
    if _SCIENTIFIC.match(read.upper().replace(" ", "")):
        mantissa = read.upper().split("E")[0].replace(".", "")
        return _lost(read, mantissa.ljust(18, "0"), exact=len(mantissa))
    if is_nothing(read) or not any(char.isdigit() for char in number):
        return Identity(None, "resident_id", "id_missing", read)
    return _read_number(number, read, _hinted(kind_hint))


def _hinted(hint: str) -> IdKind | None:
    lower = hint.lower()
    return next((kind for word, kind in _KIND_WORDS if word in lower), "other" if hint and "证" in hint else None)


def _read_number(number: str, read: str, hint: IdKind | None) -> Identity:
    if len(number) == 18 and number[:17].isdigit():
        return _read_18(number, read)
    if hint not in (None, "resident_id"):
        return Identity(number, hint, "", read)
    if _MISCOUNTED.match(number):
        return Identity(None, "resident_id", "id_length", read)
    kind = None if hint == "resident_id" else _other_document(number)
    if kind is not None:
        return Identity(number, kind, "", read)
    if len(number) == 18:
        return Identity(None, "resident_id", "id_check_digit", read)
    if _OLD.match(number):
        first17 = f"{number[:6]}19{number[6:]}"
        whole = first17 + check_digit(first17)
        birth = birth_in(whole)
        return Identity(None, "resident_id", "id_length", read, birth, sex_in(whole), whole if birth else "")
    if number[:-1].isdigit() or hint == "resident_id":
        return Identity(None, "resident_id", "id_length", read)
    return Identity(number, "other", "id_kind_unknown", read)


def _other_document(number: str) -> IdKind | None:
    return next((kind for pattern, kind in _OTHER_DOCUMENTS if pattern.match(number)), None)


def _read_18(number: str, read: str) -> Identity:
    birth, sex = birth_in(number), sex_in(number)
    if check_digit(number[:17]) != number[17]:
        if number.endswith("000"):
            return _lost(read, number, exact=15)
        return Identity(None, "resident_id", "id_check_digit", read, birth, sex)
    if birth is None:
        return Identity(None, "resident_id", "id_birth_date", read)
    if number[0] == "9":
        return Identity(number, "other", "", read, birth, sex)
    kind = _RESIDENCE_PERMITS.get(number[:2], "resident_id")
    known = kind != "resident_id" or number[:2] in _PROVINCES
    return Identity(number, kind, "" if known else "id_division_unknown", read, birth, sex)


def _lost(read: str, digits: str, *, exact: int) -> Identity:
    birth = birth_in(digits) if exact >= 14 and len(digits) == 18 else None
    return Identity(None, "resident_id", "id_precision_lost", read, birth)


def birth_in(number: str) -> date | None:
    """Return the birth date in digits 7 to 14, if there is such a day between 1870 and 2099."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if 1870 <= born.year <= 2099 else None


def sex_in(number: str) -> Sex:
    """Return the sex in digit 17: odd is male."""
    return "男" if int(number[16]) % 2 else "女"
