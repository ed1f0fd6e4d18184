"""Locks as another process sees and holds them, over another connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from linli.core import locks


@contextmanager
def held_elsewhere(database_urls: Any, *names: object, shared: bool = False) -> Iterator[None]:
    """Hold a lock over another connection, as another process would."""
    with psycopg.connect(database_urls.app) as other:
        take = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        other.execute("set local lock_timeout = '1s'")
        other.execute(f"select {take}(%s)", [locks._key(names)])
        yield


def is_held(database_urls: Any, *names: object) -> bool:
    """Tell whether somebody else would have to wait for a lock now."""
    with psycopg.connect(database_urls.app) as other:
        row = other.execute("select pg_try_advisory_xact_lock(%s)", [locks._key(names)]).fetchone()
    return row != (True,)
