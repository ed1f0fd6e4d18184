"""The queue of each site through the day: what the timetable leads to and what it was."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from linli.rounds.models import CallGroup, Round, Site
from linli.rounds.queues import Quarter
from linli.situation.outlook import Called, Point, planned_queue


@dataclass(frozen=True)
class QueueLines:
    """Points (time, people, minutes) by site."""

    planned: dict[UUID, tuple[Point, ...]]
    actual: dict[UUID, tuple[Point, ...]]


def queue_lines(round: Round, quarters: Iterable[Quarter]) -> QueueLines:
    """Return the queues of a round's sites by quarters of an hour, as planned and as they were. Call inside a scope."""
    return QueueLines(_planned(round), _actual(quarters))


def _planned(round: Round) -> dict[UUID, tuple[Point, ...]]:
    mine = {"community": round.community, "round": round}
    called: dict[UUID, list[Called]] = defaultdict(list)
    for site, at, size in CallGroup.objects.filter(**mine).values_list("site_id", "starts_at", "size"):
        called[site].append(Called(at, size))
    desks = dict(Site.objects.filter(**mine).values_list("id", "desks"))
    rate = round.rule_pack.reading().desk_rate_per_hour
    return {site: planned_queue(groups, desks[site], rate) for site, groups in called.items()}


def _actual(quarters: Iterable[Quarter]) -> dict[UUID, tuple[Point, ...]]:
    waiting: dict[UUID, int] = defaultdict(int)
    points: dict[UUID, list[Point]] = defaultdict(list)
    for quarter in quarters:
        waiting[quarter.site] += quarter.more
        points[quarter.site].append((quarter.at, max(0, waiting[quarter.site]), quarter.minutes))
    return {site: tuple(line) for site, line in points.items()}
