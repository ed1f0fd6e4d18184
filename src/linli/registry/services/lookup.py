"""Looking people up. Whether a number is somebody's tells of a guess whether it is right, masked or not."""

from datetime import timedelta
from uuid import UUID

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.ids import first_uuid7_at
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.registry.errors import TooManyNumbers
from linli.registry.numbers import kind_of_number, plain_query
from linli.registry.selectors.chosen import Chosen, many_people
from linli.registry.selectors.numbers import persons_with_numbers
from linli.registry.selectors.search import LIMIT, Found, find_persons
from linli.registry.shown import PersonShown

SEARCHED = "number_searched"
MOST_AN_HOUR = 300
"""More than two for each person that a busy desk serves, far less than it takes to guess a number quickly."""


def look_up(actor: Actor, query: str, community: int, *, page: int = 1, size: int = LIMIT) -> Found:
    """Return one page of the people whom a query fits. One by a number is written down, without the number, and counted.

    For who holds person_search there. Raises NotFound, TooManyNumbers.
    """
    if kind_of_number(plain_query(query)) is None:
        return find_persons(actor, query, community, page=page, size=size)
    with in_community(actor, Right.PERSON_SEARCH, community):
        _refuse_too_many(actor, community)
        found = find_persons(actor, query, community, page=page, size=size)
        _write_down(actor, community, found.count, found.people[0].id if found.count == 1 else None)
    return found


def look_up_many(actor: Actor, community: int, chosen: Chosen) -> tuple[PersonShown, ...]:
    """Return the people of a list that are changed together; one found by a number is written down as `look_up` does.

    For who holds person_write and person_search there. Raises Refused, NotFound, TooManyNumbers.
    """
    if kind_of_number(plain_query(chosen.query)) is None:
        return many_people(actor, community, chosen)
    with in_community(actor, Right.PERSON_SEARCH, community):
        _refuse_too_many(actor, community)
        found = many_people(actor, community, chosen)
        _write_down(actor, community, len(found), found[0].id if len(found) == 1 else None)
    return found


def persons_with_number(actor: Actor, query: str, community: int) -> frozenset[UUID]:
    """Return whose identity number or phone a text is, whole or its last four; nobody when it is no number.

    For who holds person_search there. Written down and counted as `look_up` does. Raises Refused, NotFound,
    TooManyNumbers.
    """
    text = plain_query(query)
    if kind_of_number(text) is None:
        return frozenset()
    with in_community(actor, Right.PERSON_SEARCH, community):
        _refuse_too_many(actor, community)
        found = persons_with_numbers(actor, community, {text})[text]
        _write_down(actor, community, len(found), next(iter(found)) if len(found) == 1 else None)
    return found


def _write_down(actor: Actor, community: int, count: int, person: UUID | None) -> None:
    audit.record(
        actor, SEARCHED, community=community, right=Right.PERSON_SEARCH, object_type="person", object_id=person,
        after={"found": count},
    )  # fmt: skip


def _refuse_too_many(actor: Actor, community: int) -> None:
    locks.hold("number search", actor.name)
    since = first_uuid7_at(clock.now() - timedelta(hours=1))
    mine = AuditEntry.objects.filter(community=community, id__gte=since, actor=actor.name, action=SEARCHED)
    if mine.count() >= MOST_AN_HOUR:
        raise TooManyNumbers(count=MOST_AN_HOUR)
