"""The queue of each site through the day: what the timetable leads to and what it was."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.rounds.figures import Waits, rows_of
from linli.rounds.models import CallGroup, Round, Site
from linli.rounds.scope import in_round
from linli.situation.outlook import Called, Point, planned_queue

_ACTUAL = """queued, arrived as (
    select site_id, date_bin('15 minutes', at, '2000-01-01Z') as bin, count(*) as people from came group by 1, 2
), served as (
    select site_id, date_bin('15 minutes', at, '2000-01-01Z') as bin, count(*) as people, avg(minutes) as minutes
    from waited where measured group by 1, 2
)
select site_id, bin, coalesce(arrived.people, 0) - coalesce(served.people, 0), coalesce(minutes, 0), null, null, null, null
from arrived full join served using (site_id, bin)
union all
select null, null, null, percentile_cont(0.5) within group (order by minutes) filter (where measured),
       percentile_cont(0.95) within group (order by minutes) filter (where measured), max(minutes) filter (where measured),
       count(*) filter (where measured), count(*) filter (where measured is not true)
from waited
order by 1, 2
"""
"""The quarters of each site, then one row with the waits of all: read together, because both go through every fact."""


@dataclass(frozen=True)
class QueueLines:
    """Points (time, people, minutes) by site, and the waits of everybody tested at one."""

    planned: dict[UUID, tuple[Point, ...]]
    actual: dict[UUID, tuple[Point, ...]]
    waits: Waits


def queue_lines(actor: Actor, round_id: UUID) -> QueueLines:
    """Return the queues of a round's sites by quarters of an hour (round_read). Raises Refused, NotFound."""
    with in_round(actor, round_id, Right.ROUND_READ) as round:
        *quarters, (_site, _bin, _more, *waits) = rows_of(_ACTUAL, round)
        return QueueLines(_planned(round), _actual(quarters), Waits(*waits))


def _planned(round: Round) -> dict[UUID, tuple[Point, ...]]:
    mine = {"community": round.community, "round": round}
    called: dict[UUID, list[Called]] = defaultdict(list)
    for site, at, size in CallGroup.objects.filter(**mine).values_list("site_id", "starts_at", "size"):
        called[site].append(Called(at, size))
    desks = dict(Site.objects.filter(**mine).values_list("id", "desks"))
    rate = round.rule_pack.reading().desk_rate_per_hour
    return {site: planned_queue(groups, desks[site], rate) for site, groups in called.items()}


def _actual(quarters: Iterable[tuple[Any, ...]]) -> dict[UUID, tuple[Point, ...]]:
    waiting: dict[UUID, int] = defaultdict(int)
    points: dict[UUID, list[Point]] = defaultdict(list)
    for site, at, more, minutes, *_waits in quarters:
        waiting[site] += more
        points[site].append((at, max(0, waiting[site]), minutes))
    return {site: tuple(line) for site, line in points.items()}
