"""Locks that last until the transaction ends. Take them in one place, by name, and for as little as possible."""

import hashlib

from django.db import connection


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


def _key(names: tuple[object, ...]) -> int:
    digest = hashlib.blake2b("\x1f".join(str(name) for name in names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
