"""The rounds of a community, and how to tell that something about one has changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import AuditEntry
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.scope import in_community
from linli.rounds.access import access_round
from linli.rounds.models import Outcome, Round


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

    @property
    def settled(self) -> int:
        """Targets with an outcome."""
        return self.total - self.outstanding


def head_of(actor: Actor, round: Round, total: int, outstanding: int) -> RoundHead:
    """Return the head of a round that the actor has reached already."""
    del actor
    return RoundHead(
        id=round.pk,
        community=round.community,
        name=round.name,
        kind=round.kind,
        is_drill=round.is_drill,
        is_closed=round.state == Round.State.CLOSED,
        t0=round.t0,
        deadline=round.deadline,
        ordered_at=round.ordered_at,
        mustered_at=round.mustered_at,
        mobilised_at=round.mobilised_at,
        sweep_started_at=round.sweep_started_at,
        closed_at=round.closed_at,
        total=total,
        outstanding=outstanding,
    )


def rounds_of(actor: Actor, community: int) -> tuple[RoundHead, ...]:
    """Return the rounds of a community, the open ones first, then the latest (round_read). Raises Refused, NotFound."""
    with in_community(actor, Right.ROUND_READ, community):
        counted = Round.objects.filter(community=community).annotate(
            total=Count(
                "targets", filter=~Q(targets__outcome__in=(Outcome.MOVED, Outcome.DEAD)) | Q(targets__outcome=None)
            ),
            outstanding=Count("targets", filter=Q(targets__outcome=None, targets__isnull=False)),
        )
        rounds = counted.order_by("-state", "-t0", "-id")
        return tuple(head_of(actor, round, round.total, round.outstanding) for round in rounds)


def round_version(actor: Actor, round_id: UUID) -> str:
    """Return a text that changes whenever the board of a round may have: for ETags (round_read).

    Every service writes into the community's audit chain, so its last number is enough; waiting people wait longer each
    minute, so an open round has a new version each minute. Raises Refused, NotFound.
    """
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        last = AuditEntry.objects.filter(community=round.community).aggregate(last=Max("number"))["last"] or 0
    ticking = round.state == Round.State.OPEN and not round.is_drill
    minute = int(clock.now().timestamp()) // 60 if ticking else 0
    return f"{round.pk.hex}-{last}-{minute}"
