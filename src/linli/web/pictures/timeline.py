"""A scale of time from 0 to 100 %, with hours that do not crowd a phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
MOST_LABELS = 6
STEPS = (1, 2, 3, 4, 6, 8, 12, 24, 48)


@dataclass(frozen=True)
class Tick:
    """An hour on the axis; `anchor` keeps the outer labels inside the drawing."""

    x: str
    at: datetime
    anchor: str


@dataclass(frozen=True)
class Scale:
    """Time from `start` to `end`; times outside are drawn at the ends."""

    start: datetime
    end: datetime

    def share(self, at: datetime) -> float:
        """Return where a time lies, in per cent of the width."""
        position = 100 * ((at - self.start) / (self.end - self.start))
        return min(100.0, max(0.0, position))

    def ticks(self) -> list[Tick]:
        """Return full hours, at most MOST_LABELS of them."""
        hours = round((self.end - self.start) / HOUR)
        step = next((step for step in STEPS if hours / step < MOST_LABELS), hours)
        times = [self.start + HOUR * hour for hour in range(0, hours + 1, step)]
        return [Tick(percent(self.share(at)), at, _anchor(self.share(at))) for at in times]


def scale_over(times: Iterable[datetime | None]) -> Scale:
    """Return the scale of whole hours that holds all times, at least two hours long."""
    known = [time for time in times if time is not None]
    start = min(known).replace(minute=0, second=0, microsecond=0)
    end = max(known)
    if end.minute or end.second or end.microsecond:
        end = end.replace(minute=0, second=0, microsecond=0) + HOUR
    return Scale(start, max(end, start + 2 * HOUR))


def percent(share: float) -> str:
    """Write a share for an SVG attribute, the same in every language."""
    return f"{share:.2f}%"


def _anchor(share: float) -> str:
    if share < 4:
        return "start"
    return "end" if share > 96 else "middle"
