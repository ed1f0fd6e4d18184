"""Day partitions of the facts, made before they are needed."""

import logging
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from linli.core.schema import make_partition, partition_name
from linli.core.scope import ScopedModel
from linli.rounds.models import Arrival, Specimen, Visit

FACTS: tuple[type[ScopedModel], ...] = (Arrival, Specimen, Visit)
log = logging.getLogger(__name__)


def days_between(first: datetime, last: datetime) -> list[date]:
    """Return the days (UTC) from one moment to another, both included."""
    start, end = first.astimezone(UTC).date(), last.astimezone(UTC).date()
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def ensure_partitions(days: Iterable[date]) -> None:
    """Make the day partitions that are missing. Call before taking row locks: making one waits for all writers."""
    wanted = [(model, day) for model in FACTS for day in sorted(set(days))]
    names = [partition_name(model._meta.db_table, day) for model, day in wanted]
    with connection.cursor() as cursor:
        cursor.execute("select name from unnest(%s::text[]) name where to_regclass(name) is null", [names])
        missing = {row[0] for row in cursor.fetchall()}
    for (model, day), name in zip(wanted, names, strict=True):
        if name in missing:
            _make(model, day)


def _make(model: type[ScopedModel], day: date) -> None:
    """Make one partition; where facts of that day lie in the default partition already, all of that day stay there."""
    try:
        with transaction.atomic():
            make_partition(model, day)
    except IntegrityError:
        log.warning("%s of %s stay in the default partition: some came before their day.", model.__name__, day)
