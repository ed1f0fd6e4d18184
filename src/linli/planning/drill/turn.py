"""One drill at a time in a community: a lock that the database gives back when whoever plays dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_NAMESPACE = 0x6C64
"""First half of the lock's key; the second is the community's place in its sub-district and above, folded."""


@contextmanager
def turn(community: int) -> Iterator[bool]:
    """Hold the turn to play in a community for the block; False when somebody else has it."""
    taken = _ask("select pg_try_advisory_lock(%s, %s)", community)
    try:
        yield taken
    finally:
        if taken and connection.connection is not None and not connection.connection.broken:
            _ask("select pg_advisory_unlock(%s, %s)", community)


def is_being_played(community: int) -> bool:
    """Tell whether some other session plays a drill there right now."""
    return not _ask("select pg_try_advisory_xact_lock(%s, %s)", community)


def _ask(statement: str, community: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_NAMESPACE, community % (2**31 - 1)])
        return bool(cursor.fetchone()[0])
