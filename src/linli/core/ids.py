"""UUIDv7 identifiers, made by whoever makes the row. Source: RFC 9562, section 5.7."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from linli.core import clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RANDOM_BYTES = 10


def uuid7(at: datetime | None = None) -> UUID:
    """Return a new random UUIDv7 whose timestamp is `at`, by default now."""
    return _assemble(at or clock.now(), secrets.token_bytes(_RANDOM_BYTES))


def seeded_uuid7(at: datetime, *parts: object) -> UUID:
    """Return the same UUIDv7 for the same moment and parts: what a replayed drill needs to store each fact once."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return _assemble(at, digest[:_RANDOM_BYTES])


def uuid7_time(value: UUID) -> datetime:
    """Return the moment inside a UUIDv7, to the millisecond.

    Raises ValueError when `value` is of another version.
    """
    if value.version != 7:
        raise ValueError(f"Not a UUIDv7: {value}.")
    return _EPOCH + timedelta(milliseconds=value.int >> 80)


def first_uuid7_at(at: datetime) -> UUID:
    """Return the smallest possible UUIDv7 of a millisecond, the lower bound of a partition."""
    return UUID(int=_milliseconds(at) << 80)


def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _assemble(at: datetime, random: bytes) -> UUID:
    value = _milliseconds(at) << 80 | int.from_bytes(random, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
