"""What a wall adds up: the rounds of a division by the division below it, the worst first. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from linli.core.divisions import Level, level_of
from linli.rounds.rules.account import PACE, Forecast, forecast_finish

SILENT_AFTER = timedelta(hours=1)
"""An open round with people outstanding from which nothing has come for so long is silent."""

STALE_AFTER = timedelta(minutes=2)
"""Figures of an open round that are older than this are marked: whatever counts them does not."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round with the figures that were last counted of it."""

    id: UUID
    community: int
    name: str
    is_drill: bool
    is_closed: bool
    ordered_at: datetime
    deadline: datetime
    closed_at: datetime | None
    counted_at: datetime
    as_of: datetime
    total: int
    outstanding: int
    paced: int
    waiting: int
    waiting_since: datetime | None
    reported_at: datetime | None
    hourly: tuple[tuple[datetime, int], ...] = ()

    @property
    def forecast(self) -> Forecast | None:
        """When the last target will be settled at the pace of the last hour."""
        return None if self.is_closed else forecast_finish(self.outstanding, self.paced, PACE, self.as_of)

    @property
    def is_under_way(self) -> bool:
        """Whether it is open and somebody is outstanding."""
        return not self.is_closed and self.outstanding > 0

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed over people outstanding, or will at the pace of the last hour."""
        forecast = self.forecast
        return self.is_under_way and (
            self.deadline < self.as_of or (forecast is not None and forecast.finish > self.deadline)
        )

    @property
    def is_silent(self) -> bool:
        """Whether nothing has come from it for too long."""
        return self.is_under_way and self.as_of - (self.reported_at or self.ordered_at) > SILENT_AFTER

    def is_stale(self, now: datetime) -> bool:
        """Whether its figures are older than they ought to be; a drill that stands still has nothing to be counted."""
        return not self.is_closed and not self.is_drill and now - self.counted_at > STALE_AFTER

    def longest_wait(self, now: datetime) -> float:
        """Return for how many minutes the first of those who wait has been waiting."""
        if self.waiting_since is None:
            return 0.0
        return max(0.0, ((self.as_of if self.is_drill else now) - self.waiting_since) / MINUTE)


@dataclass(frozen=True, slots=True)
class Sum:
    """Rounds added up. `running` are open; `finish` is when the last of those ends whose end can be told."""

    total: int
    outstanding: int
    waiting: int
    longest_wait_minutes: float
    running: int
    closed: int
    late: int
    silent: int
    stale: int
    unknown: int
    """Rounds with people outstanding in which too little happened in the last hour to say when they will end."""
    finish: datetime | None
    deadline: datetime | None
    """The earliest of those that are open."""
    reported_at: datetime | None

    @property
    def settled(self) -> int:
        """Those who have an outcome."""
        return self.total - self.outstanding

    @property
    def share_open(self) -> float:
        """The part who are outstanding; below zero without a round."""
        return self.outstanding / self.total if self.total else -1.0


def sum_of(rounds: Iterable[RoundSeen], now: datetime) -> Sum:
    """Add rounds up."""
    all = list(rounds)
    open = [each for each in all if not each.is_closed]
    ends = [forecast.finish for each in open if (forecast := each.forecast)]
    return Sum(
        total=sum(each.total for each in all),
        outstanding=sum(each.outstanding for each in all),
        waiting=sum(each.waiting for each in all),
        longest_wait_minutes=max((each.longest_wait(now) for each in all), default=0.0),
        running=len(open),
        closed=len(all) - len(open),
        late=sum(each.is_late for each in all),
        silent=sum(each.is_silent for each in all),
        stale=sum(each.is_stale(now) for each in all),
        unknown=sum(each.is_under_way for each in open) - len(ends),
        finish=max(ends, default=None),
        deadline=min((each.deadline for each in open), default=None),
        reported_at=max((each.reported_at for each in all if each.reported_at), default=None),
    )


@dataclass(frozen=True)
class Row:
    """A division below, or one round of a community; `round` is the round of such a row."""

    code: int
    name: str
    sum: Sum
    without: int = 0
    """Communities in it without an open round."""
    round: RoundSeen | None = None

    @property
    def is_community(self) -> bool:
        """Whether it is a community, which has rounds and no wall."""
        return level_of(self.code) is Level.COMMUNITY

    @property
    def worst_first(self) -> tuple[int, float, int, int]:
        """What rows are put in order by."""
        return -self.sum.late, -self.sum.share_open, -self.sum.outstanding, self.code


@dataclass(frozen=True)
class Part:
    """The live rounds of a wall, or its drills."""

    sum: Sum
    rows: tuple[Row, ...]
    without: int = 0


FIGURES = ("outstanding", "waiting", "late", "silent", "without")
"""Figures by which the rows of a wall can be chosen: those that have any, the most first."""


def rows_by(part: Part, figure: str) -> tuple[Row, ...]:
    """Return the rows that a figure counts, the largest first; all of them, the worst first, for any other word."""
    if figure not in FIGURES:
        return part.rows
    amount = attrgetter("without" if figure == "without" else f"sum.{figure}")
    return tuple(sorted((row for row in part.rows if amount(row)), key=lambda row: -amount(row)))


def part_of(
    division: int, names: Mapping[int, str], rounds: Iterable[RoundSeen], now: datetime, *, drills: bool
) -> Part:
    """Return the live rounds or the drills below a division, by what lies directly below it."""
    seen = [each for each in rounds if each.is_drill is drills]
    without = set() if drills else communities_in(names) - {each.community for each in seen if not each.is_closed}
    if level_of(division) is Level.SUBDISTRICT:
        rows = _rounds(names, seen, without, now)
    else:
        rows = _divisions(division, names, seen, without, now)
    return Part(sum_of(seen, now), tuple(sorted(rows, key=lambda row: row.worst_first)), len(without))


def communities_in(codes: Iterable[int]) -> set[int]:
    """Return those of some divisions that are communities."""
    return {code for code in codes if code and level_of(code) is Level.COMMUNITY}


def child_over(division: int, community: int) -> int:
    """Return the division directly below one that a community lies in: what stands below nothing in between is itself."""
    own = level_of(division)
    levels = sorted((level for level in Level if level < own), reverse=True)
    return next(code for level in levels if (code := community - community % level) != division)


def _divisions(
    division: int, names: Mapping[int, str], seen: list[RoundSeen], without: set[int], now: datetime
) -> list[Row]:
    below: dict[int, list[RoundSeen]] = defaultdict(list)
    for each in seen:
        below[child_over(division, each.community)].append(each)
    idle = Counter(child_over(division, each) for each in without)
    return [Row(code, names.get(code, str(code)), sum_of(below[code], now), idle[code]) for code in {*below, *idle}]


def _rounds(names: Mapping[int, str], seen: list[RoundSeen], without: set[int], now: datetime) -> list[Row]:
    rows = [
        Row(each.community, names.get(each.community, str(each.community)), sum_of([each], now), round=each)
        for each in seen
    ]
    busy = {each.community for each in seen}
    rows += [Row(code, names[code], sum_of((), now), without=1) for code in without - busy]
    return rows


def hourly_sum(rounds: Iterable[RoundSeen], since: datetime) -> tuple[tuple[datetime, int], ...]:
    """Return the specimens of each hour since then, of all rounds together."""
    hours: Counter[datetime] = Counter()
    for each in rounds:
        hours.update({hour: count for hour, count in each.hourly if hour >= since})
    return tuple(sorted(hours.items()))
