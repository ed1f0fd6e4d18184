"""The targets of a round counted by door and by what became of them. Each function is one query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Q, When

from linli.rounds.corrections import taken_back
from linli.rounds.models import Arrival, Round, Target
from linli.rounds.rules.account import Account, account_of
from linli.rounds.rules.fact import first_moment

_PACED = (Target.Evidence.SPECIMEN, Target.Evidence.HOME_SPECIMEN, Target.Evidence.VISIT)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets behind one door joined and ended in the same way."""

    dwelling: UUID | None
    joined: str
    outcome: str | None
    cannot_come: bool
    queuing: bool
    """Open, and come to a site."""
    paced: bool
    """Settled by a fact within the window asked for."""
    count: int


def tallies_of(round: Round, since: datetime, until: datetime, behind: list[UUID] | None = None) -> list[Tally]:
    """Count the targets by door, or behind some, and by what became of them: one query for all that a board counts."""
    targets = Target.objects.filter(community=round.community, round=round).order_by()
    if behind is not None:
        targets = targets.filter(dwelling__in=behind)
    arrivals = Arrival.objects.filter(community=round.community, round=round, late=False)
    counted = arrivals.filter(at__gte=first_moment(round.ordered_at)).exclude(pk__in=taken_back(round))
    came = counted.order_by().values("target_id")
    settled = Q(outcome_at__gt=since, outcome_at__lte=until, evidence__in=_PACED)
    rows = targets.annotate(
        cannot_come=Case(When(outcome=None, home_sampling_asked_at__isnull=False, then=True), default=False),
        queuing=Case(When(outcome=None, pk__in=came, then=True), default=False),
        paced=Case(When(settled, then=True), default=False),
    ).values_list("dwelling_id", "joined", "outcome", "cannot_come", "queuing", "paced")
    return [Tally(*row) for row in rows.annotate(count=Count("id"))]


def account_from(tallies: Iterable[Tally]) -> Account:
    """Return the account of tallies."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for tally in tallies:
        counts[(tally.joined, tally.outcome)] += tally.count
    return account_of(counts)


def account_and_pace(round: Round, since: datetime, until: datetime) -> tuple[Account, int]:
    """Return the account, and how many targets facts have settled between two moments."""
    settled = Q(outcome_at__gt=since, outcome_at__lte=until, evidence__in=_PACED)
    targets = Target.objects.filter(community=round.community, round=round).order_by()
    rows = list(targets.values_list("joined", "outcome").annotate(all=Count("id"), paced=Count("id", filter=settled)))
    counts = {(joined, outcome): count for joined, outcome, count, _paced in rows}
    return account_of(counts), sum(paced for *_others, paced in rows)
