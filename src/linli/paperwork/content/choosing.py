"""Which of an agency's own words is written, where a form has a list of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from linli.paperwork.content.fitting import age_on
from linli.paperwork.content.register import Someone
from linli.paperwork.sheet.asked import Value
from linli.paperwork.sheet.conditions import condition_in
from linli.paperwork.sheet.meanings import (
    FOREIGN,
    LOCAL,
    MEANINGS,
    NO,
    SAME_CITY,
    SAME_PROVINCE,
    YES,
    place_of_word,
    relation_key,
)
from linli.paperwork.sheet.records import Column
from linli.registry.ledger.care import care_needs_in

_DIVISION = re.compile(r"^\d{6,12}$")
_NO_NEED = re.compile(r"^(?:无|否|没有|正常|健康|良好|一般|普通)")
_OTHER = re.compile(r"^其[他它]")
_WITHOUT_WORD = re.compile(r"(?:族|栋|幢|座|号楼|楼|单元|门|室|房|社区|小区|街道|学历|文化)$")

KEYS: Mapping[str, Callable[[Someone], str]] = {
    "sex": lambda one: one.sex,
    "category": lambda one: one.kind,
    "relation": lambda one: relation_key(one.relation, one.sex),
    "id_kind": lambda one: one.id_kind if one.id_number or one.id_kind != "resident_id" else "",
    "round_result": lambda one: one.outcome,
    "round_reason": lambda one: one.outcome,
}
"""The value of the register that each field's words stand for."""


def origin_of(one: Someone, community: int) -> str:
    """Return how far away somebody's household is registered: by its division code, else by why they are here."""
    if _DIVISION.match(one.hukou):
        theirs, ours = one.hukou[:6], f"{community:012d}"[:6]
        return next(
            (key for key, digits in ((LOCAL, 6), (SAME_CITY, 4), (SAME_PROVINCE, 2)) if theirs[:digits] == ours[:digits]),
            FOREIGN,
        )  # fmt: skip
    return (FOREIGN if one.kind == "tenant" else LOCAL) if one.kind else ""


def yes_and_no(column: Column) -> tuple[Value, Value]:
    """Return what stands for yes and for no in a list of choices; None for what has no word."""
    meanings = tuple(column.meanings)
    yes, no = (place_of_word("yes_no", key, meanings) for key in (YES, NO))
    if yes is None:
        yes = next((place for place, word in enumerate(meanings) if place != no and condition_in(word)), None)
    return tuple(None if place is None else column.choices[place] for place in (yes, no))  # type: ignore[return-value]


def chosen(column: Column, said: Value, key: str) -> tuple[bool, Value]:
    """Return whether a list has a word for a value, and that word; an empty value needs none."""
    meanings = tuple(column.meanings)
    place = place_of_word(column.field, key, meanings) if column.field in MEANINGS and key else None
    if place is None and said not in (None, ""):
        place = _alike(str(said), meanings)
    if place is not None:
        return True, column.choices[place]
    return said in (None, ""), None


def needs_chosen(column: Column, needs: Sequence[str]) -> tuple[bool, Value]:
    """Return the words for somebody's care needs: one of a drop-down list, all of a list in the header."""
    meanings = column.meanings
    if not needs:
        places = [place for place, word in enumerate(meanings) if _NO_NEED.match(word)][:1]
        return True, column.choices[places[0]] if places else None
    fitting = [place for place, word in enumerate(meanings) if _names_one(word, needs)]
    fitting = fitting or [place for place, word in enumerate(meanings) if _OTHER.match(word)][:1]
    written = [column.choices[place] for place in fitting]
    if not written:
        return False, None
    return True, written[0] if column.is_strict else "、".join(written)


def age_chosen(column: Column, birth: date | None, day: date) -> tuple[bool, Value]:
    """Return the age group of a list that somebody is in."""
    age = age_on(birth, day)
    if age is None:
        return True, None
    for written, meaning in zip(column.choices, column.meanings, strict=True):
        low, high = condition.ages if (condition := condition_in(meaning)) else (None, None)
        if (low, high) != (None, None) and (low is None or age >= low) and (high is None or age <= high):
            return True, written
    return False, None


def _names_one(word: str, needs: Sequence[str]) -> bool:
    named = care_needs_in(word)
    disabled = "残疾" in named and any(need.endswith(("残疾", "障碍")) for need in needs)
    return disabled or any(need in named for need in needs)


def _alike(said: str, meanings: Sequence[str]) -> int | None:
    """Return which word is the value itself, or it but for a word like 族 or 栋; the longest that it holds else."""
    bare = [_WITHOUT_WORD.sub("", word) for word in meanings]
    for place, word in enumerate(meanings):
        if said in (word, bare[place]) or _WITHOUT_WORD.sub("", said) == bare[place] != "":
            return place
    within = [
        place for place, word in enumerate(bare) if len(word) > 1 and (word in said or said in word) and len(said) > 1
    ]
    return max(within, key=lambda place: len(bare[place]), default=None)
