"""How many live behind a door where nobody is named: 3人 in a plan's cell, or under 人数."""

from __future__ import annotations

import re
from functools import lru_cache

from linli.registry.ledger.identity import Identity
from linli.registry.ledger.people import Draft
from linli.registry.ledger.row import Row

_COUNT = re.compile(r"^[(]?(?:共计?|计|住|现住|居住)?(\d{1,2})(?:口?人|口)[)]?$")
_BARE = re.compile(r"^\d{1,2}$")
_MOST = 20
"""A household of more is a sum over several."""


def people_counted(row: Row) -> int:
    """Return how many people a row without a name counts at its door; 0 where it names no one door or counts nobody."""
    if not (row.text("room") or row.text("unit_room") or row.text("address")):
        return 0
    bare = row.text("people_count")
    return int(bare) if _BARE.match(bare) and int(bare) <= _MOST else _counted(bare) or _counted(row.text("remarks"))


@lru_cache(maxsize=1024)
def _counted(text: str) -> int:
    found = _COUNT.match(text.replace(" ", ""))
    number = int(found[1]) if found else 0
    return number if number <= _MOST else 0


def unnamed_person(sheet: str, row: int) -> Draft:
    """Return somebody of whom a ledger tells no more than that they live behind a door."""
    person = Draft(sheet, row, "", Identity(None, "resident_id", "id_missing", ""))
    person.flag("name_missing")
    person.flag("id_missing")
    return person
