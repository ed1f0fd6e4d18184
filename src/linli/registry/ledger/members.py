"""Ledgers with one row a household: the same columns again and again, one set for each member."""

from __future__ import annotations

from linli.registry.ledger.guesses import Guess
from linli.registry.ledger.text import clean

_OF_A_PERSON = frozenset(
    (
        "name",
        "head_name",
        "relation",
        "sex",
        "birth",
        "age",
        "id_kind",
        "id_number",
        "phone",
        "category",
        "hukou_division",
    )
)
_NAMES = ("name", "head_name")


def tell_members_apart(guesses: list[Guess]) -> None:
    """Number the sets of columns when headers name several people a row, each with an identity number or a relation."""
    starts = [guess.index for guess in guesses if guess.field in _NAMES and guess.how != "none"]
    sets = [_set_at(guesses, start) for start in starts]
    heads = [members[0].index for members in sets if members and members[0].field == "head_name"]
    if heads not in ([], starts[:1]) or (heads and _repeats_members(sets)):
        return
    if len(sets) < 2 or not all(_is_a_person(members) for members in sets[1:]) or not _alike(sets[1:]):
        return
    for number, members in enumerate(sets, start=1):
        for guess in members:
            guess.member = number
        sets[number - 1][0].field = "name" if number > 1 else sets[0][0].field


def _set_at(guesses: list[Guess], start: int) -> list[Guess]:
    """Return the columns of one person: from the name to the right until a field comes again or is not a person's."""
    members: list[Guess] = []
    for guess in guesses[start:]:
        fields = {member.field for member in members}
        named_again = guess.field in _NAMES and members
        if guess.field not in _OF_A_PERSON or guess.field in fields or named_again:
            break
        members.append(guess)
    return members


def _repeats_members(sets: list[list[Guess]]) -> bool:
    """Tell whether the head's column repeats, row by row, people who have rows of their own."""
    heads = {clean(value) for value in sets[0][0].values}
    members = {clean(value) for following in sets[1:] for value in following[0].values}
    return len(heads & members) * 5 > len(heads) or (len(sets) == 2 and len(sets[0]) == 1)


def _is_a_person(members: list[Guess]) -> bool:
    return bool({guess.field for guess in members} & {"id_number", "relation"})


def _alike(sets: list[list[Guess]]) -> bool:
    return len({tuple(guess.field for guess in members[1:]) for members in sets}) == 1
