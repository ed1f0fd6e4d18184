"""Locks that last until the transaction ends. Take them in one place, by name, and for as little as possible."""

import hashlib

from django.db import connection


def hold(*names: object) -> None:
    """Wait for the advisory lock of this name and hold it until the transaction ends."""
    digest = hashlib.blake2b("\x1f".join(str(name) for name in names).encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])
