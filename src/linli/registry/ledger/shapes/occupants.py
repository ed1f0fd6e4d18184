"""What a plan's cell says about a door: its number, who lives behind it, how many, or that nobody does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.householdtext import household_in
from linli.registry.ledger.text import clean, is_nothing

_DOOR = re.compile(r"^(?P<room>\d{3,4}[A-Z]?)(?:号房|室|号|房)?(?:[\s:：,，、-]+|(?=[\u3400-\u9fff(])|$)(?P<rest>.*)$")
_COUNT = re.compile(r"[(]?[共计等]*\d{1,2}(?:口?人|口)[)]?")
_ONLY_COUNT = re.compile(r"^[(]?[共计住]*\d{1,2}(?:口?人|口)?[)]?$")
_OF_A_HOUSEHOLD = re.compile(r"^([\u3400-\u9fff]{2,3})家(?=[(]?[共计]?\d{1,2}(?:口|人))")
_MARKS = " ,;:、/-"
_HEAD = "户主"


@dataclass(frozen=True, slots=True)
class Occupants:
    """Who a cell names, by field, and what else it says. `understood` is false where names may be hidden in words."""

    room: str
    people: tuple[dict[str, str], ...]
    remark: str
    understood: bool


@lru_cache(maxsize=16384)
def read_occupants(text: str) -> Occupants:
    """Read one cell of a plan: 王建国(3人), 401 王建国、李娜, 空置, 3人. Who is named first is the head, if nobody else is."""
    door = _DOOR.match(clean(text))
    room, rest = (door["room"], door["rest"].strip(_MARKS)) if door else ("", clean(text).strip(_MARKS))
    if is_nothing(rest) or says_vacant(rest):
        return Occupants(room, (), rest if says_vacant(rest) else "", understood=True)
    if _ONLY_COUNT.match(rest):
        return Occupants(room, (), rest, understood=True)
    people = [dict(said) for said in household_in(_OF_A_HOUSEHOLD.sub(r"\1", rest))]
    count = _COUNT.search(rest)
    if people and not any("relation" in said for said in people):
        people[0]["relation"] = _HEAD
    remark = count[0].strip("()") if count and people else "" if people else rest
    return Occupants(room, tuple(people), remark, understood=bool(people))
