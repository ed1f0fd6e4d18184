"""What is to come, for the pictures: the forecast hour by hour, and the queue that a timetable leads to. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.rounds.rules.account import Forecast

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HOURS_AT_MOST = 24

Expected = tuple[datetime, float, float, float]
Point = tuple[datetime, int, float]


def forecast_hours(
    forecast: Forecast, outstanding: int, as_of: datetime, taken_this_hour: int = 0
) -> tuple[Expected, ...]:
    """Spread a forecast over full hours as (hour, low, middle, high): what the hour under way has, and what is to come.

    The fast and the slow end of the forecast are spread as well; the fast one is done earlier, the slow one goes on.
    """
    rates = (
        forecast.rate_per_hour,
        outstanding / max((forecast.earliest - as_of) / HOUR, 1e-9),
        outstanding / ((forecast.latest - as_of) / HOUR) if forecast.latest else 0.0,
    )
    hour = as_of.replace(minute=0, second=0, microsecond=0)
    share, done = 1 - (as_of - hour) / HOUR, float(taken_this_hour)
    left = [float(outstanding)] * len(rates)
    hours: list[Expected] = []
    while left[0] > 0.5 and len(hours) < HOURS_AT_MOST:
        taken = [min(rest, rate * share) for rest, rate in zip(left, rates, strict=True)]
        hours.append((hour, done + min(taken), done + taken[0], done + max(taken)))
        left = [rest - count for rest, count in zip(left, taken, strict=True)]
        hour, share, done = hour + HOUR, 1.0, 0.0
    return tuple(hours)


@dataclass(frozen=True)
class Called:
    """So many people are called to a site at a time."""

    at: datetime
    people: int


def planned_queue(called: Iterable[Called], desks: int, rate_per_hour: float) -> tuple[Point, ...]:
    """Return the queue to which call groups lead as (time, people, minutes), a mean for each quarter of an hour.

    The fluid approximation, minute by minute until nobody waits: people come when they are called and desks take as many
    as they can (G. F. Newell, Applications of Queueing Theory, 2nd ed. 1982, chapter 2). Chance and lateness are left
    out; what they add is in the waits that the plan promises.
    """
    comes: Counter[datetime] = Counter()
    for group in called:
        comes[group.at.replace(second=0, microsecond=0)] += group.people
    per_minute = desks * rate_per_hour / 60
    if not comes or per_minute <= 0:
        return ()
    quarters: dict[datetime, list[float]] = defaultdict(list)
    waiting, minute, last = 0.0, min(comes), max(comes)
    while minute <= last or waiting >= 0.5:
        waiting = max(0.0, waiting + comes[minute] - per_minute)
        quarters[bin_of(minute)].append(waiting)
        minute += MINUTE
    means = {at: sum(each) / len(each) for at, each in quarters.items()}
    return tuple((at, round(mean), mean / per_minute) for at, mean in means.items())


def bin_of(at: datetime) -> datetime:
    """Return the quarter of an hour in which a moment lies."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
