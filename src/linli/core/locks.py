"""Locks that last until the transaction ends. Take them in one place, by name, and for as little as possible."""

import hashlib

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable


def hold(*names: object) -> None:
    """Wait for the advisory lock of this name and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_key(names)])


def try_hold(*names: object) -> bool:
    """Take the advisory lock of this name until the transaction ends; False at once when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_key(names)])
        return bool(cursor.fetchone()[0])


def hold_shared(*names: object) -> None:
    """Wait until nobody holds the lock of this name alone, and keep others from doing so; many may share it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [_key(names)])


def hold_within(seconds: float, *names: object, shared: bool = False) -> bool:
    """Wait so long at most for the lock of this name, alone or shared; False when others hold it all the while."""
    wait_for = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('lock_timeout', %s, true)", [f"{round(seconds * 1000)}ms"])
            cursor.execute(f"select {wait_for}(%s)", [_key(names)])
            cursor.execute("set local lock_timeout to default")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return False
        raise
    return True


def _key(names: tuple[object, ...]) -> int:
    digest = hashlib.blake2b("\x1f".join(str(name) for name in names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
