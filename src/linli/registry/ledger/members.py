"""Ledgers that name several people in a row: one set of columns for each member, or a head beside each member."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from linli.registry.ledger.content import RELATIONS
from linli.registry.ledger.guesses import Guess
from linli.registry.ledger.headers import normal_header
from linli.registry.ledger.listed import all_names_in
from linli.registry.ledger.relatives import is_a_relatives
from linli.registry.ledger.seats import ADDRESS_FIELDS
from linli.registry.ledger.text import clean

_OF_A_PERSON = frozenset(
    "name head_name head_id head_phone relation sex birth age id_kind id_number phone category hukou_division".split()
)
_NAMES = ("name", "head_name")
_OF_A_HEAD = {"head_id": "id_number", "head_phone": "phone"}
_OF_AN_OWNER = {"name": "landlord_name", "phone": "landlord_phone"}
_ONLY_NAMED = {"id_number": "head_id", "phone": "head_phone"}
_OF_MEMBERS = re.compile(r"成员|家人|家庭人|同住|^家属$")
_COUNTED = re.compile(r"[\u3400-\u9fff][(]?[\d一二三四五六][)]?$")
_HEADS = frozenset(("户主", "本人", "戶主", "head", "householder"))
_LISTED_AGAIN = 0.2


def tell_members_apart(guesses: list[Guess], beside: Callable[[int, int], bool]) -> None:
    """Number the sets of columns when headers name several people a row, each with an identity number or a relation.

    `beside` tells whether two columns, by index, are ever filled in the same row: where they are not, heads and
    members have rows of their own, and what stands beside them is whoever's the row is. A head of household who is
    also listed as a member is only named by the head's columns, and is no other person.
    """
    _leave_side_labels_out(guesses)
    starts = [guess.index for guess in guesses if guess.field in _NAMES and guess.how != "none"]
    sets = _without_relatives_elsewhere(_sets_at(guesses, starts))
    _leave_owners_out(sets)
    heads = [members for members in sets if members and members[0].field == "head_name"]
    if heads not in ([], sets[:1]):
        return
    if len(sets) == 2 and heads and len(heads[0]) == 1 and not beside(heads[0][0].index, sets[1][0].index):
        return
    if heads and _is_listed_again(heads[0], sets[1:]):
        _only_name(heads[0], sets[1:])
        sets = sets[1:]
    following = sets[1:]
    if len(sets) < 2 or not all(map(_is_a_person, following)) or not _alike(following):
        return
    for number, members in enumerate(sets, start=1):
        _seat(members, number)


def _leave_side_labels_out(guesses: list[Guess]) -> None:
    """Take 家庭成员 beside 姓名 for the label of the table that it stands at the side of."""
    for label, names in pairwise(guesses):
        if label.field == names.field == "name" and _OF_MEMBERS.search(label.header) and names.header == "姓名":
            label.field = "other"


def _seat(members: list[Guess], number: int) -> None:
    for guess in members:
        guess.member = number
        guess.field = _OF_A_HEAD.get(guess.field, guess.field)
    if number > 1:
        members[0].field = "name"


def _only_name(head: list[Guess], sets: list[list[Guess]]) -> None:
    """Take the head's columns for what they repeat, so that they stand in nobody's way."""
    again = {guess.field for members in sets for guess in members}
    for guess in head[1:]:
        if guess.field in again:
            guess.field = _ONLY_NAMED.get(guess.field, "other")


def _sets_at(guesses: list[Guess], starts: list[int]) -> list[list[Guess]]:
    """Return each person's columns; what the first has and stands again behind a relative's name is the relative's."""
    sets: list[list[Guess]] = []
    for start in starts:
        first = {_OF_A_HEAD.get(guess.field, guess.field) for members in sets[:1] for guess in members}
        members = _set_at(guesses, start, first - set(_NAMES))
        sets.append(members[:1] if _is_the_households_phone(members[1:], sets[:1]) else members)
    return sets


def _is_the_households_phone(beside: list[Guess], before: list[list[Guess]]) -> bool:
    """Tell whether all that stands behind a member's name is a phone, and the head before it has none."""
    heads = [guess.field for members in before for guess in members]
    return [guess.field for guess in beside] == ["phone"] and heads[:1] == ["head_name"] and "phone" not in heads


def _set_at(guesses: list[Guess], start: int, repeated: set[str]) -> list[Guess]:
    """Return the columns of one person: from the name to the right until a field comes again or is not a person's."""
    members: list[Guess] = []
    relative = _is_relatives(guesses[start])
    for guess in guesses[start:]:
        fields = {member.field for member in members}
        named_again = guess.field in _NAMES and members
        if guess.field in ADDRESS_FIELDS and members and guess.group and guess.group == members[0].group:
            continue
        if guess.field not in _OF_A_PERSON or guess.field in fields or named_again:
            break
        if relative and not (_is_relatives(guess) or guess.field in repeated):
            break
        members.append(guess)
    return members


def _is_listed_again(head: list[Guess], sets: list[list[Guess]]) -> bool:
    """Tell whether the head's column repeats people who have columns or rows of their own."""
    heads = all_names_in(head[0].values)
    members = set().union(*(all_names_in(following[0].values) for following in sets))
    if len(heads & members) > len(heads) * _LISTED_AGAIN:
        return True
    return len(sets) == 1 and len(head) == 1 and not _leaves_the_head_out(sets[0])


def _leaves_the_head_out(members: list[Guess]) -> bool:
    """Tell whether a column of members is the family of a head who stands beside it only."""
    if _OF_MEMBERS.search(members[0].header) or _is_relatives(members[0]):
        return bool(members[0].values)
    relations = [clean(value).lower() for guess in members if guess.field == "relation" for value in guess.values]
    related = [relation for relation in relations if relation in RELATIONS]
    return len(related) * 2 > len(relations) and not _HEADS.intersection(relations)


def _without_relatives_elsewhere(sets: list[list[Guess]]) -> list[list[Guess]]:
    """Leave out relatives who have rows of their own, and those beside a resident with a phone only: whom to call."""
    people = set().union(*(all_names_in(members[0].values) for members in sets if not _is_relatives(members[0])))
    kept = []
    for members in sets:
        names = all_names_in(members[0].values)
        if not _is_relatives(members[0]) or (members is sets[0] and len(sets) > 1):
            kept.append(members)
        elif len(names & people) > len(names) * _LISTED_AGAIN:
            for guess in members:
                guess.field = "other"
        elif _is_whom_to_call(members, sets[0]):
            members[0].field = "other"
        else:
            kept.append(members)
    return kept


def _is_whom_to_call(members: list[Guess], first: list[Guess]) -> bool:
    """Tell whether a relative is given with a phone and nothing else, and not beside a head of household."""
    told = {guess.field for guess in members}
    return "phone" in told and "id_number" not in told and first[0].field != "head_name"


def _leave_owners_out(sets: list[list[Guess]]) -> None:
    """Take a first name without a number for the owner's, where the next has one and often is the same person."""
    if len(sets) != 2 or {sets[0][0].field, sets[1][0].field} != {"name"}:
        return
    owners, residents = sets
    owned, living = all_names_in(owners[0].values), all_names_in(residents[0].values)
    numbered = [any(guess.field == "id_number" for guess in members) for members in sets]
    if numbered != [False, True] or len(owned & living) <= len(owned) * _LISTED_AGAIN:
        return
    for guess in owners:
        guess.field = _OF_AN_OWNER.get(guess.field, "other")
    sets.remove(owners)


def _is_relatives(guess: Guess) -> bool:
    return is_a_relatives(normal_header(guess.header)) or is_a_relatives(normal_header(guess.group))


def _is_a_person(members: list[Guess]) -> bool:
    """Tell whether columns after the first name are another person's, rather than a name that belongs to the row."""
    named = members[0]
    if (
        _is_relatives(named)
        or _OF_MEMBERS.search(named.header)
        or _COUNTED.search(named.header)
        or named.how == "content"
    ):
        return True
    return bool({guess.field for guess in members} & {"id_number", "relation"})


def _alike(sets: list[list[Guess]]) -> bool:
    """Tell whether members are listed in the same columns each; spouses and children may have fewer."""
    shapes = {tuple(guess.field for guess in members[1:]) for members in sets if not _is_relatives(members[0])}
    return len(shapes) <= 1
