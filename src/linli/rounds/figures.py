"""The figures of a round, counted in the database. Each function is one query, whatever the size of the round."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from linli.core.scope import current_scope
from linli.rounds.models import Round, Target
from linli.rounds.rules.account import Account, account_of

_QUEUED = """
with came as (
    select target_id, site_id, min(at) as at from rounds_arrival where of_round and not late group by target_id, site_id
), tested as (
    select distinct on (target_id) target_id, site_id, at, finished_at from rounds_specimen
    where of_round and not late and site_id is not null order by target_id, at, id
), waited as (
    select site_id, tested.at, finished_at, came.at is not null and came.at <= tested.at as measured,
           extract(epoch from tested.at - came.at)::float8 / 60 as minutes
    from tested left join came using (target_id, site_id)
)
"""

_WAITS = """queued
select percentile_cont(0.5) within group (order by minutes) filter (where measured),
       percentile_cont(0.95) within group (order by minutes) filter (where measured),
       max(minutes) filter (where measured),
       count(*) filter (where measured), count(*) filter (where not measured)
from waited where at >= coalesce(%(since)s, '-infinity'::timestamptz)
"""

_SITES = """queued, queuing as (
    select site_id, count(*) as waiting, min(at) as since from came
    where not exists (select from rounds_specimen s where of_round(s) and s.target_id = came.target_id)
    group by site_id
), worked as (
    select site_id, count(*) as done, sum(extract(epoch from finished_at - at))::float8 / 3600 as busy_hours,
           count(*) filter (where at > %(recent)s) as done_lately,
           percentile_cont(0.5) within group (order by minutes) filter (where measured and at > %(recent)s) as lately,
           max(minutes) filter (where measured) as longest, min(at) as first, max(finished_at) as last
    from waited group by site_id
)
select s.id, s.number, s.name, s.desks, s.opens_at, s.closes_at, coalesce(q.waiting, 0), q.since, coalesce(w.done, 0),
       coalesce(w.done_lately, 0), w.lately, w.longest, coalesce(w.busy_hours, 0), w.first, w.last
from rounds_site s left join queuing q on q.site_id = s.id left join worked w on w.site_id = s.id
where of_round(s) order by s.number
"""

_STAMPS = """
select (select min(at) from rounds_specimen where of_round and not late),
       (select max(finished_at) from rounds_specimen where of_round and not late),
       (select max(at) from rounds_arrival where of_round and not late),
       (select max(at) from rounds_visit where of_round and not late),
       (select count(distinct target_id) from rounds_specimen where of_round and site_id is null),
       (select count(*) from rounds_visit where of_round),
       (select count(*) from rounds_refusedfact where community = %(community)s and round_id_sent = %(round)s),
       (select count(*) from rounds_arrival where of_round and doubtful_clock)
           + (select count(*) from rounds_specimen where of_round and doubtful_clock)
           + (select count(*) from rounds_visit where of_round and doubtful_clock)
"""

_HOURLY = """
select date_trunc('hour', at, %(zone)s) as hour, count(*) from rounds_specimen
where of_round and not late group by hour order by hour
"""


def rows_of(sql: str, round: Round, **parameters: Any) -> list[tuple[Any, ...]]:
    """Run one query about one round, inside a scope. Raises OutsideScope.

    In its text `queued` at the beginning stands for the tables that waits are worked out from, `of_round` for the
    condition that a row is of this round, `of_round(s)` for the same of a table named s.
    """
    current_scope()
    sql = _QUEUED + sql.removeprefix("queued") if sql.startswith("queued") else sql
    sql = sql.replace("of_round(s)", "s.community = %(community)s and s.round_id = %(round)s")
    sql = sql.replace("of_round", "community = %(community)s and round_id = %(round)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"community": round.community, "round": round.pk, **parameters})
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Waits:
    """Minutes from the first arrival at a site to the specimen there, from stored facts only.

    The first arrival counts, not the last: an entry repeated at the desk must not hide an hour in the queue.
    """

    median: float | None
    p95: float | None
    max: float | None
    measured: int
    unmeasured: int
    """Specimens at a site without an arrival before them."""


def waits_of(round: Round, since: datetime | None = None) -> Waits:
    """Return the waits of everybody tested at a site, or of those tested since a moment."""
    return Waits(*rows_of(_WAITS, round, since=since)[0])


@dataclass(frozen=True)
class SiteFigures:
    """What a site did and what stands before it."""

    id: UUID
    number: int
    name: str
    desks: int
    opens_at: datetime
    closes_at: datetime
    waiting: int
    waiting_since: datetime | None
    """When the first of those who are waiting came."""
    done: int
    done_lately: int
    """In the last 30 minutes."""
    median_wait_minutes: float | None
    """Of those tested in the last 30 minutes."""
    longest_wait_minutes: float | None
    busy_hours: float
    """Desk hours in which somebody was being tested."""
    first: datetime | None
    last: datetime | None

    @property
    def open_hours(self) -> float:
        """Hours the site is open: from its opening, or the first specimen, to its closing, or the end of the last."""
        start = min(self.opens_at, self.first) if self.first else self.opens_at
        end = max(self.closes_at, self.last) if self.last else self.closes_at
        return (end - start) / timedelta(hours=1)

    @property
    def desk_hours(self) -> float:
        """Desks times open hours."""
        return self.desks * self.open_hours


LATELY = timedelta(minutes=30)


def sites_of(round: Round, as_of: datetime) -> list[SiteFigures]:
    """Return the sites of a round with their queues, by number."""
    return [SiteFigures(*row) for row in rows_of(_SITES, round, recent=as_of - LATELY)]


@dataclass(frozen=True)
class Stamps:
    """When things happened first and last, and small counts beside them."""

    first_specimen: datetime | None
    last_specimen: datetime | None
    last_arrival: datetime | None
    last_visit: datetime | None
    home_sampled: int
    visits: int
    refused_facts: int
    doubtful_clocks: int


def stamps_of(round: Round) -> Stamps:
    """Return first and last moments and counts of a round's facts."""
    return Stamps(*rows_of(_STAMPS, round)[0])


def hourly_of(round: Round, zone: str) -> list[tuple[datetime, int]]:
    """Return the specimens of each hour that had any, by the clock of the community."""
    return [(hour, count) for hour, count in rows_of(_HOURLY, round, zone=zone)]


_PACED = (Target.Evidence.SPECIMEN, Target.Evidence.HOME_SPECIMEN, Target.Evidence.VISIT)


def account_for(round: Round) -> Account:
    """Return who was to be reached and what became of them."""
    return account_and_pace(round, round.t0, round.t0)[0]


def account_and_pace(round: Round, since: datetime, until: datetime) -> tuple[Account, int]:
    """Return the account, and how many targets facts have settled between two moments."""
    settled = Q(outcome_at__gt=since, outcome_at__lte=until, evidence__in=_PACED)
    targets = Target.objects.filter(community=round.community, round=round).order_by()
    rows = targets.values_list("joined", "outcome").annotate(all=Count("id"), paced=Count("id", filter=settled))
    counts: dict[tuple[str, str | None], int] = {}
    pace = 0
    for joined, outcome, count, paced in rows:
        counts[(joined, outcome)] = count
        pace += paced
    return account_of(counts), pace
