"""What stored facts say of the queues of a round, counted in one query whatever the size of the round."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.rounds.heads import SiteHead
from linli.rounds.models import Round
from linli.rounds.sql import rows_of

_QUEUES = """
with seen as (
    select target_id, site_id, moment as came, null::timestamptz as tested, null::timestamptz as finished,
           doubtful_clock or at_desk as doubtful
    from rounds_arrival where counts
    union all
    select target_id, site_id, null, moment, finished_moment, doubtful_clock from rounds_specimen where counts
), per_person as (
    select target_id, site_id, min(came) as came, min(tested) as tested, max(finished) as finished,
           bool_or(doubtful) as doubtful,
           sum(extract(epoch from finished - tested))::float8 / 3600 as busy_hours,
           bool_or(bool_or(tested is not null)) over (partition by target_id) as was_tested
    from seen group by target_id, site_id
), came as (
    select site_id, came as at, was_tested from per_person where came is not null
), waited as (
    select site_id, tested as at, finished, busy_hours, came <= tested and not doubtful as measured,
           extract(epoch from tested - came)::float8 / 60 as minutes
    from per_person where site_id is not null and tested is not null
), queuing as (
    select site_id, count(*) as waiting, min(at) as since from came where not was_tested group by site_id
), worked as (
    select site_id, count(*) as done, sum(busy_hours) as busy_hours, count(*) filter (where at > %(recent)s) as done_lately,
           percentile_cont(0.5) within group (order by minutes) filter (where measured and at > %(recent)s) as lately,
           max(minutes) filter (where measured) as longest, min(at) as first, max(finished) as last
    from waited group by site_id
), sites as (
    select s.id, s.number, s.name, s.desks, s.opens_at, s.closes_at, coalesce(q.waiting, 0) as waiting,
           q.since as waiting_since, coalesce(w.done, 0) as done, coalesce(w.done_lately, 0) as done_lately,
           w.lately as median_wait_minutes, w.longest as longest_wait_minutes, coalesce(w.busy_hours, 0) as busy_hours,
           w.first, w.last
    from rounds_site s left join queuing q on q.site_id = s.id left join worked w on w.site_id = s.id where of_round(s)
), waits as (
    select percentile_cont(0.5) within group (order by minutes) filter (where measured) as median,
           percentile_cont(0.95) within group (order by minutes) filter (where measured) as p95,
           max(minutes) filter (where measured) as max,
           count(*) filter (where measured) as measured, count(*) filter (where measured is not true) as unmeasured
    from waited
), arrived as (
    select site_id, date_bin('15 minutes', at, '2000-01-01Z') as bin, count(*) as people from came group by 1, 2
), served as (
    select site_id, date_bin('15 minutes', at, '2000-01-01Z') as bin, count(*) as people, avg(minutes) as minutes
    from waited where measured group by 1, 2
), quarters as (
    select site_id as site, bin as at, coalesce(arrived.people, 0) - coalesce(served.people, 0) as more,
           coalesce(minutes, 0) as minutes
    from arrived full join served using (site_id, bin)
)
select (select json_agg(s order by s.number) from sites s), (select row_to_json(w) from waits w),
"""
"""One pass over the facts of a round for everything that is said of its queues; a part not asked for is not run."""

_WITH_QUARTERS = "(select json_agg(q order by q.site, q.at) from quarters q)"
_WITHOUT_QUARTERS = "null"


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
    """Specimens at a site without an arrival before them, or with one that was only entered at the desk."""


@dataclass(frozen=True)
class SiteFigures(SiteHead):
    """What a site did and what stands before it."""

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


@dataclass(frozen=True)
class Quarter:
    """A quarter of an hour at a site."""

    site: UUID
    at: datetime
    more: int
    """How many more came than were tested, negative when the queue became shorter."""
    minutes: float
    """Mean wait of those tested in it."""


@dataclass(frozen=True)
class Queues:
    """What stored facts say of the queues of a round."""

    sites: tuple[SiteFigures, ...]
    waits: Waits
    quarters: tuple[Quarter, ...]
    """By site and time; empty when not asked for."""


def queues_of(round: Round, as_of: datetime, *, quarters: bool = False) -> Queues:
    """Return the sites of a round with their queues, by number, and the waits of everybody tested at one."""
    sql = _QUEUES + (_WITH_QUARTERS if quarters else _WITHOUT_QUARTERS)
    sites, waits, lines = rows_of(sql, round, recent=as_of - LATELY)[0]
    return Queues(
        tuple(SiteFigures(**_read(site)) for site in sites or ()),
        Waits(**waits),
        tuple(Quarter(**_read(line)) for line in lines or ()),
    )


_MOMENTS = ("at", "opens_at", "closes_at", "waiting_since", "first", "last")
_KEYS = ("id", "site")


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row that came as JSON with its moments and keys as Python has them."""
    moments = {name: datetime.fromisoformat(row[name]) for name in _MOMENTS if row.get(name)}
    return row | moments | {name: UUID(row[name]) for name in _KEYS if name in row}
