"""Which call groups a site calls at a moment. Serves R95, R96 (batches by building, at most twenty)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID


@dataclass(frozen=True)
class Calling:
    """The groups that are called now and next; several when they are called at the same moment."""

    now: tuple[UUID, ...] = ()
    next: tuple[UUID, ...] = ()


def decide_calling(groups: Iterable[tuple[datetime, UUID]], moment: datetime) -> Calling:
    """Return the groups called last before a moment, and those called first after it."""
    called: dict[datetime, list[UUID]] = {}
    for at, group in groups:
        called.setdefault(at, []).append(group)
    return Calling(
        _called(called, max((at for at in called if at <= moment), default=None)),
        _called(called, min((at for at in called if at > moment), default=None)),
    )


def _called(called: Mapping[datetime, list[UUID]], at: datetime | None) -> tuple[UUID, ...]:
    return tuple(called[at]) if at is not None else ()


def expected_wait_minutes(waiting: int, desks: int, service_seconds: float) -> int:
    """Return for how many minutes somebody who joins a queue now will wait, rounded up [min]."""
    return ceil(waiting * service_seconds / max(desks, 1) / 60)
