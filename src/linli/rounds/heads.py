"""A round and its sites by name and clock, as lists and boards show them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.rounds.models import Round


@dataclass(frozen=True)
class RoundHead:
    """A round by its name and clock, with how many are to be reached and how many are left."""

    id: UUID
    community: int
    name: str
    kind: str
    is_drill: bool
    is_closed: bool
    t0: datetime
    deadline: datetime
    ordered_at: datetime
    mustered_at: datetime | None
    mobilised_at: datetime | None
    sweep_started_at: datetime | None
    closed_at: datetime | None
    total: int = 0
    outstanding: int = 0
    is_abandoned: bool = False
    """A drill that was stopped before its end; it is closed as well."""

    @property
    def settled(self) -> int:
        """Targets with an outcome."""
        return self.total - self.outstanding


@dataclass(frozen=True)
class SiteHead:
    """A site by its number, name, desks and hours."""

    id: UUID
    number: int
    name: str
    desks: int
    opens_at: datetime
    closes_at: datetime


def head_of(round: Round, total: int, outstanding: int) -> RoundHead:
    """Return the head of a round that was reached already."""
    return RoundHead(
        id=round.pk,
        community=round.community,
        name=round.name,
        kind=round.kind,
        is_drill=round.is_drill,
        is_closed=round.is_closed,
        t0=round.t0,
        deadline=round.deadline,
        ordered_at=round.ordered_at,
        mustered_at=round.mustered_at,
        mobilised_at=round.mobilised_at,
        sweep_started_at=round.sweep_started_at,
        closed_at=round.closed_at,
        total=total,
        outstanding=outstanding,
        is_abandoned=round.is_abandoned,
    )
