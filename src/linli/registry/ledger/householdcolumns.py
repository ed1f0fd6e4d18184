"""Columns that tell whole families under other headers or none: one whose cells list them, several of names side by side."""

from __future__ import annotations

from itertools import groupby

from linli.registry.ledger.care import says_vacant
from linli.registry.ledger.content import share
from linli.registry.ledger.guesses import Guess
from linli.registry.ledger.listed import people_in
from linli.registry.ledger.text import clean

_OPEN = frozenset(("", "category", "occupancy", "relation"))
_OPEN_WITHOUT_NAMES = _OPEN | {"remarks"}
_NAMING = 0.8
_LEAST_ACROSS = 3
_SEVERAL = 0.3
_OFTEN = 0.2


def claim_household_columns(guesses: list[Guess]) -> None:
    """Take a column for names where nearly all its cells name people, and many more than one or more than a name."""
    named = any(guess.field in ("name", "head_name") for guess in guesses)
    fields = _OPEN if named else _OPEN_WITHOUT_NAMES
    fullest = max((guess.filled for guess in guesses), default=0)
    for guess in guesses:
        often = guess.filled >= fullest * _OFTEN
        if often and guess.field in fields and guess.how != "remembered" and _tells_households(guess):
            guess.field, guess.how = "name", "content"


def claim_households_across(guesses: list[Guess]) -> None:
    """Take three columns of names or more beside one another, without a header, for the family of one row."""
    if any(guess.field in ("name", "head_name") for guess in guesses):
        return
    runs = groupby(guesses, key=_is_of_names_alone)
    for run in (list(run) for of_names, run in runs if of_names):
        for guess in run if len(run) >= _LEAST_ACROSS else []:
            guess.field, guess.how = "name", "content"


def _is_of_names_alone(guess: Guess) -> bool:
    told = [value for value in guess.values if not says_vacant(clean(value))]
    return not (guess.field or guess.header) and bool(told) and share("name", told) > _NAMING


def _tells_households(guess: Guess) -> bool:
    told = [people_in(value) for value in guess.values if isinstance(value, str) and not says_vacant(clean(value))]
    naming = sum(map(bool, told))
    several = sum(len(people) > 1 or any(len(said) > 1 for said in people) for people in told)
    return several > len(told) * _SEVERAL and naming > len(told) * _NAMING
