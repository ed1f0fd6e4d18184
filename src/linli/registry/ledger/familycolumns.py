"""Columns whose cells tell whole families, under whatever header: 家庭情况, 人员信息, 情况."""

from __future__ import annotations

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.guesses import Guess
from linli.registry.ledger.listed import people_in
from linli.registry.ledger.text import clean

_OPEN = frozenset(("", "category", "occupancy", "relation"))
_OPEN_WITHOUT_NAMES = _OPEN | {"remarks"}
_NAMING = 0.8
_FAMILIES = 0.3


def claim_family_columns(guesses: list[Guess]) -> None:
    """Take a column for names where nearly all its cells name people, and many more than one or more than a name."""
    named = any(guess.field in ("name", "head_name") for guess in guesses)
    fields = _OPEN if named else _OPEN_WITHOUT_NAMES
    for guess in guesses:
        if guess.field in fields and guess.how != "remembered" and _tells_families(guess):
            guess.field, guess.how = "name", "content"


def _tells_families(guess: Guess) -> bool:
    told = [people_in(value) for value in guess.values if isinstance(value, str) and not says_vacant(clean(value))]
    naming = sum(map(bool, told))
    families = sum(len(people) > 1 or any(len(said) > 1 for said in people) for people in told)
    return families > len(told) * _FAMILIES and naming > len(told) * _NAMING
