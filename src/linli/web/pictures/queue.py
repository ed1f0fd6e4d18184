"""The queue's geometry: minutes of waiting at a site, as predicted and as they were."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from linli.core.shapes import SiteQueue
from linli.web.pictures.timeline import HOUR, Scale, Tick, percent, scale_over

Point = tuple[datetime, int, float]


@dataclass(frozen=True)
class Line:
    """Points of a line in a drawing of 100 × 100, for an SVG polyline; empty with fewer than two points."""

    points: str


@dataclass(frozen=True)
class QueueRow:
    """A line of the table behind the picture."""

    at: datetime
    predicted: Point | None
    actual: Point | None


@dataclass(frozen=True)
class QueueView:
    """Everything the template draws; `now_predicted` and `ahead` are (time, people, minutes)."""

    predicted: Line
    actual: Line
    ticks: tuple[Tick, ...]
    most_minutes: int
    now_x: str
    now_predicted: Point | None
    ahead: tuple[Point, ...]
    rows: tuple[QueueRow, ...]


def queue_view(queue: SiteQueue) -> QueueView | None:
    """Lay out a site's queue; None when nothing was predicted and nothing has happened."""
    points = [*queue.predicted, *queue.actual]
    if not points:
        return None
    now = queue.now or (queue.actual[-1][0] if queue.actual else queue.predicted[0][0])
    scale = scale_over([now, *(at for at, _people, _minutes in points)])
    most = _round_up(max(minutes for _at, _people, minutes in points))
    return QueueView(
        predicted=_line(scale, queue.predicted, most),
        actual=_line(scale, queue.actual, most),
        ticks=tuple(scale.ticks()),
        most_minutes=most,
        now_x=percent(scale.share(now)),
        now_predicted=_latest(queue.predicted, now),
        ahead=_ahead(queue.predicted, now),
        rows=_rows(queue),
    )


def _line(scale: Scale, points: tuple[Point, ...], most: int) -> Line:
    if len(points) < 2:
        return Line("")
    pairs = (f"{scale.share(at):.2f},{100 - 100 * minutes / most:.2f}" for at, _people, minutes in points)
    return Line(" ".join(pairs))


def _round_up(minutes: float) -> int:
    return next((step for step in (5, 10, 15, 20, 30, 45, 60, 90, 120) if minutes <= step), int(minutes // 60 + 1) * 60)


def _latest(points: tuple[Point, ...], now: datetime) -> Point | None:
    """Return the prediction in force now, None when the first is still to come."""
    index = bisect_right([at for at, *_rest in points], now)
    return points[index - 1] if index else None


def _ahead(points: tuple[Point, ...], now: datetime) -> tuple[Point, ...]:
    """Return what is predicted one and two hours from now."""
    times = (now + HOUR, now + 2 * HOUR)
    found = (_latest(points, at) for at in times if points and points[0][0] <= at <= points[-1][0] + HOUR)
    return tuple(dict.fromkeys(point for point in found if point is not None and point[0] > now))


def _rows(queue: SiteQueue) -> tuple[QueueRow, ...]:
    predicted = {point[0]: point for point in queue.predicted}
    actual = {point[0]: point for point in queue.actual}
    return tuple(QueueRow(at, predicted.get(at), actual.get(at)) for at in sorted({*predicted, *actual}))
