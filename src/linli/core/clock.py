"""The one clock. Nothing else in Linli asks the machine for the time, so that drills and tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

_frozen: ContextVar[datetime | None] = ContextVar("linli_clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC; inside `frozen` the moment that was set."""
    return _frozen.get() or datetime.now(UTC)


def local_zone() -> ZoneInfo:
    """Return the time zone that decides what a day is."""
    return ZoneInfo(settings.TIME_ZONE)


def today() -> date:
    """Return the present day in the communities' time zone."""
    return now().astimezone(local_zone()).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Make `now()` return `at` in this context.

    Raises ValueError when `at` carries no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"The clock needs a time with a time zone; read {at!r}.")
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)
