"""What is to be done where: the communities of an actor with their open rounds, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Mod

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scope_of, within
from linli.places.models import Division
from linli.registry.models import Residency
from linli.rounds.models import Round, Target
from linli.rounds.rules.account import LEAVING

_COMMUNITY_PART = 1000
"""A community's code ends in three digits of its own."""


@dataclass(frozen=True)
class RoundNow:
    """An open round: how many are to be reached, and how many people behind how many doors are left."""

    id: UUID
    name: str
    deadline: datetime
    total: int
    outstanding: int
    doors_open: int

    @property
    def settled(self) -> int:
        """Those who have an outcome."""
        return self.total - self.outstanding

    @property
    def share_open(self) -> float:
        """The part who are outstanding."""
        return self.outstanding / max(self.total, 1)


@dataclass(frozen=True)
class CommunityNow:
    """A community: whether anybody is in its register, its open rounds, the worst first, and its latest open drill."""

    code: int
    name: str
    has_register: bool
    rounds: tuple[RoundNow, ...]
    drill: RoundNow | None

    @property
    def round(self) -> RoundNow | None:
        """The open round with the largest part outstanding."""
        return self.rounds[0] if self.rounds else None

    @property
    def other_rounds(self) -> tuple[RoundNow, ...]:
        """The open rounds beside it."""
        return self.rounds[1:]

    @property
    def share_open(self) -> float:
        """The part of its people who are outstanding; below zero without an open round."""
        return self.round.share_open if self.round else -1.0


def communities_now(actor: Actor) -> list[CommunityNow]:
    """Return the communities where the actor may read places or figures, the one with the largest part outstanding first.

    Their rounds come with those where it may read figures (figures_read).
    """
    counted = actor.ranges(Right.FIGURES_READ)
    ranges = tuple(sorted({*counted, *actor.ranges(Right.PLACES_READ)}))
    with scope_of(counted):
        rounds, drills = _open_rounds()
    with scope_of(ranges):
        lives = Residency.objects.filter(community=OuterRef("code"), until=None)
        known = Division.objects.filter(within(ranges, "code")).annotate(own=Mod(F("code"), _COMMUNITY_PART))
        codes = known.exclude(own=0).annotate(lived_in=Exists(lives)).values_list("code", "name", "lived_in")
        found = [
            CommunityNow(code, name, lived_in, tuple(rounds[code]), drills.get(code))
            for code, name, lived_in in codes.order_by("code")
        ]
    return sorted(found, key=lambda each: -each.share_open)


def _open_rounds() -> tuple[dict[int, list[RoundNow]], dict[int, RoundNow]]:
    """Return the open rounds of each community in scope, the worst first, and its latest open drill."""
    rounds = list(Round.objects.filter(state=Round.State.OPEN).order_by("t0", "id"))
    counts = _counts([round.pk for round in rounds])
    live: dict[int, list[RoundNow]] = defaultdict(list)
    drills: dict[int, RoundNow] = {}
    for round in rounds:
        now = _now(round, *counts.get(round.pk, (0, 0, 0)))
        if round.is_drill:
            drills[round.community] = now
        else:
            live[round.community].append(now)
    for each in live.values():
        each.sort(key=lambda now: -now.share_open)
    return live, drills


def _counts(rounds: list[UUID]) -> dict[UUID, tuple[int, int, int]]:
    open = Q(outcome=None)
    stay = open | ~Q(outcome__in=[str(outcome) for outcome in LEAVING])
    rows: Any = (
        Target.objects.filter(round__in=rounds)
        .order_by()
        .values_list("round_id")
        .annotate(
            total=Count("id", filter=stay),
            outstanding=Count("id", filter=open),
            doors=Count("dwelling", filter=open, distinct=True),
        )
    )
    return {round: (total, outstanding, doors) for round, total, outstanding, doors in rows}


def _now(round: Round, total: int, outstanding: int, doors: int) -> RoundNow:
    return RoundNow(round.pk, round.name, round.deadline, total, outstanding, doors)
