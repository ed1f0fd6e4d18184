"""Searching people by name, identity number, phone or address, whatever was typed."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linli.core import crypto
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.addresses import Wanted, wanted
from linli.places.scope import in_community
from linli.registry.models import Person
from linli.registry.numbers import NumberKind, kind_of_number, phone_forms, plain_query
from linli.registry.shown import PersonShown, shown_people

LIMIT = 50
_DOOR = "residencies__household__dwelling"


def search_persons(actor: Actor, query: str, community: int | None = None, *, limit: int = LIMIT) -> list[PersonShown]:
    """Return people whose name, identity number, phone or address fits, numbers masked, at most `limit`.

    For who holds person_search; with `community` in that one only. Identity and phone numbers are found whole or by their
    last four characters, addresses in any usual form. The number of queries does not grow with the people found.
    """
    return list(find_persons(actor, query, community, size=limit).people)


@dataclass(frozen=True)
class Found:
    """One page of a search and how many people fit in all."""

    people: tuple[PersonShown, ...] = ()
    count: int = 0


def find_persons(actor: Actor, query: str, community: int | None = None, *, page: int = 1, size: int = LIMIT) -> Found:
    """Return one page of what `search_persons` finds, and the number of all of them. For who holds person_search."""
    condition = _condition(plain_query(query))
    if condition is None:
        return Found()
    with _searched(actor, community):
        here = Person.objects.filter(community=community) if community else Person.objects.all()
        fitting = here.filter(condition).values_list("id", flat=True).distinct()
        count = fitting.count()
        first = min(max(page - 1, 0), max(count - 1, 0) // size) * size
        ids = list(fitting.order_by("name", "id")[first : first + size])
        return Found(tuple(shown_people(Person.objects.filter(id__in=ids).order_by("name", "id"))), count)


def found_ids(actor: Actor, query: str, community: int) -> set[UUID]:
    """Return everybody whom a search finds in a community, for who holds person_search there. One query."""
    condition = _condition(plain_query(query))
    if condition is None:
        return set()
    with _searched(actor, community):
        return set(Person.objects.filter(condition, community=community).values_list("id", flat=True))


def _searched(actor: Actor, community: int | None) -> AbstractContextManager[None]:
    return in_community(actor, Right.PERSON_SEARCH, community) if community else scoped(actor, Right.PERSON_SEARCH)


def _condition(text: str) -> Q | None:
    """Say what the typed text may mean; None when it means nothing."""
    bare = re.sub(r"[\s\-]", "", text).upper()
    if not bare:
        return None
    match kind_of_number(text):
        case NumberKind.TAIL:
            return _tail(bare) | _at_door(Wanted(room=bare))
        case NumberKind.DOCUMENT:
            return Q(id_index=crypto.blind_index("id_number", bare)) | _phone(bare)
        case NumberKind.PHONE:
            return _phone(bare)
    door = wanted(text)
    named = Q(name__contains=text)
    return named | (_at_door(door) if door else _in_compound(text))


def _tail(bare: str) -> Q:
    return Q(id_tail=crypto.tail_index("id_number", bare)) | Q(phones__number_tail=crypto.tail_index("phone", bare))


def _phone(bare: str) -> Q:
    return Q(phones__number_index__in=[crypto.blind_index("phone", form) for form in phone_forms(bare)])


def _at_door(door: Wanted) -> Q:
    condition = Q(residencies__until=None)
    if door.room:
        condition &= Q(**{f"{_DOOR}__room": door.room})
    if door.unit:
        condition &= Q(**{f"{_DOOR}__unit__name": door.unit})
    if door.building:
        condition &= Q(**{f"{_DOOR}__unit__building__name": door.building})
    return condition & _in_compound(door.compound) if door.compound else condition


def _in_compound(name: str) -> Q:
    return Q(residencies__until=None) & Q(**{f"{_DOOR}__unit__building__compound__name__contains": name})
