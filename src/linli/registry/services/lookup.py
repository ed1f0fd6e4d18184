"""Looking people up. Whether a number is somebody's tells of a guess whether it is right, masked or not."""

from datetime import timedelta

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.ids import first_uuid7_at
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.registry.errors import TooManyNumbers
from linli.registry.numbers import kind_of_number, plain_query
from linli.registry.selectors.search import LIMIT, Found, find_persons

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
        audit.record(
            actor, SEARCHED, community=community, right=Right.PERSON_SEARCH, object_type="person",
            object_id=found.people[0].id if found.count == 1 else None, after={"found": found.count},
        )  # fmt: skip
    return found


def _refuse_too_many(actor: Actor, community: int) -> None:
    locks.hold("number search", actor.name)
    since = first_uuid7_at(clock.now() - timedelta(hours=1))
    mine = AuditEntry.objects.filter(community=community, id__gte=since, actor=actor.name, action=SEARCHED)
    if mine.count() >= MOST_AN_HOUR:
        raise TooManyNumbers(count=MOST_AN_HOUR)
