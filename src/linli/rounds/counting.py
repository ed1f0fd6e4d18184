"""The figures of rounds that walls of many communities add up: counted by a job, so that no page counts targets.

A board counts its own round at each look. A city has a million targets: its wall adds up one row for each round, which
is at most a few seconds older than the board.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from linli.core import clock
from linli.core.models import AuditEntry
from linli.core.scope import everywhere, scope_of
from linli.rounds.figures import Stamps, hourly_of, moment_of, stamps_of
from linli.rounds.models import Round, RoundFigures
from linli.rounds.queues import queues_of
from linli.rounds.rules.account import PACE
from linli.rounds.tallies import account_and_pace

COUNTED_EVERY = timedelta(seconds=15)
AGES_AFTER = timedelta(minutes=1)
"""An open round in which nothing happens is counted again after this: the pace of its last hour changes by itself."""


@dataclass(frozen=True)
class Uncounted:
    """A round whose figures may differ from those that are stored."""

    community: int
    round: UUID
    entry: int


def count_open_rounds() -> int:
    """Count every open round in which something happened since, each in a transaction of its own; return how many."""
    counted = 0
    for each in _uncounted():
        with suppress(Round.DoesNotExist, IntegrityError):  # a drill that is being discarded
            _count(each)
            counted += 1
    return counted


def _count(uncounted: Uncounted) -> None:
    with scope_of(((uncounted.community, uncounted.community + 1),)):
        count_round(Round.objects.get(pk=uncounted.round), uncounted.entry)


def count_round(round: Round, entry: int = 0) -> RoundFigures:
    """Count a round and store its figures. Call inside a scope; `entry` was read before.

    The row is locked before anything is counted, so that the later of two counts is also the one that stays.
    """
    now = clock.now()
    mine = {"community": round.community, "round": round}
    fresh = {"entry": entry, "counted_at": now, "as_of": now}
    row, _made = RoundFigures.objects.select_for_update(of=("self",)).get_or_create(**mine, defaults=fresh)
    round.refresh_from_db()
    for name, value in (fresh | _counted(round)).items():
        setattr(row, name, value)
    row.save()
    return row


def _uncounted() -> list[Uncounted]:
    """Return the open rounds to be counted; the chain's number is read before they are, so that nothing falls between."""
    aged = Q(counted_at__lt=clock.now() - AGES_AFTER, is_drill=False)
    with everywhere():
        last = AuditEntry.objects.filter(community=OuterRef("community")).order_by("-number").values("number")[:1]
        mine = RoundFigures.objects.filter(community=OuterRef("community"), round=OuterRef("pk"))
        rounds = Round.objects.filter(state=Round.State.OPEN).annotate(
            last=Coalesce(Subquery(last), 0),
            entry=Coalesce(Subquery(mine.values("entry")), -1),
            counted_at=Subquery(mine.values("counted_at")),
        )
        changed = rounds.filter(~Q(entry=F("last")) | aged).order_by(F("counted_at").asc(nulls_first=True))
        return [Uncounted(*row) for row in changed.values_list("community", "pk", "last")]


def _counted(round: Round) -> dict[str, Any]:
    stamps = stamps_of(round)
    as_of = moment_of(round, stamps)
    account, paced = account_and_pace(round, as_of - PACE, as_of)
    sites = () if round.is_closed else queues_of(round, as_of).sites
    return {
        "as_of": as_of,
        "total": account.expected,
        "outstanding": account.outstanding,
        "paced": paced,
        "waiting": sum(site.waiting for site in sites),
        "waiting_since": min((site.waiting_since for site in sites if site.waiting_since), default=None),
        "reported_at": _last_of(stamps),
        "hourly": [[hour.isoformat(), count] for hour, count in hourly_of(round)],
    }


def _last_of(stamps: Stamps) -> Any:
    facts = (stamps.last_arrival, stamps.last_specimen, stamps.last_visit)
    return max((at for at in facts if at), default=None)
