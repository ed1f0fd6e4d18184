"""Day partitions of the facts, made before they are needed.

Making one waits for everybody who reads or writes facts, in any community, and they wait for it. So they are made days
ahead by a job, each in a transaction of its own, and never in one that goes on to do something else, except for the
facts of a day that nobody prepared.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from linli.core import clock
from linli.core.schema import make_partition, partition_name
from linli.core.scope import ScopedModel
from linli.rounds.models import Arrival, Specimen, Visit
from linli.rounds.rules.times import LONGEST

FACTS: tuple[type[ScopedModel], ...] = (Arrival, Specimen, Visit)
UPLOADS_UNTIL = timedelta(days=2)
"""So long after its deadline facts of a round still come."""

LOOKED_AFTER = timedelta(days=1)
WAITS_AT_MOST = "5s"

log = logging.getLogger(__name__)


def days_between(first: datetime, last: datetime) -> list[date]:
    """Return the days (UTC) from one moment to another, both included."""
    start, end = first.astimezone(UTC).date(), last.astimezone(UTC).date()
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def days_ahead() -> list[date]:
    """Return the days whose facts can come before the next look: those of every round that can be opened by then."""
    now = clock.now()
    return days_between(now - LOOKED_AFTER, now + LOOKED_AFTER + LONGEST + UPLOADS_UNTIL)


def missing_partitions(days: Iterable[date]) -> list[tuple[type[ScopedModel], date]]:
    """Return the day partitions that are not there, by day."""
    wanted = [(model, day) for day in sorted(set(days)) for model in FACTS]
    names = [partition_name(model._meta.db_table, day) for model, day in wanted]
    with connection.cursor() as cursor:
        cursor.execute("select name from unnest(%s::text[]) name where to_regclass(name) is null", [names])
        missing = {row[0] for row in cursor.fetchall()}
    return [each for each, name in zip(wanted, names, strict=True) if name in missing]


def prepare_partitions(days: Iterable[date]) -> None:
    """Make the day partitions that are missing, each in a transaction of its own. Raises OperationalError when busy.

    While one waits for somebody's long reading, all others wait behind it: rather give up soon and try again.
    """
    for model, day in missing_partitions(days):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('lock_timeout', %s, true)", [WAITS_AT_MOST])
            _make(model, day)
            cursor.execute("set local lock_timeout to default")


def ensure_partitions(days: Iterable[date]) -> None:
    """Make the day partitions that are missing, in the caller's transaction, before it takes row locks."""
    for model, day in missing_partitions(days):
        _make(model, day)


def _make(model: type[ScopedModel], day: date) -> None:
    """Make one partition; where facts of that day lie in the default partition already, all of that day stay there."""
    try:
        with transaction.atomic():
            make_partition(model, day)
    except IntegrityError:
        log.warning("%s of %s stay in the default partition: some came before their day.", model.__name__, day)
