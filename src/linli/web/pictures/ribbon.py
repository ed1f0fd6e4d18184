"""The ribbon's geometry: a round's milestones, bars and forecast on one line of time."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.core.shapes import RoundRibbon
from linli.web.pictures.timeline import HOUR, Scale, Tick, percent, scale_over

LANE_PX = 22
NEAR = 6.5
"""Milestones nearer than this, in per cent of the width, are put into lanes."""


@dataclass(frozen=True)
class Milestone:
    """A numbered post on the line; `kind` is its class; `y` the middle of its number in pixels."""

    number: int
    kind: str
    label: Promise
    at: datetime
    x: str
    y: int


@dataclass(frozen=True)
class Bar:
    """An hour of specimens, in per cent of the drawing."""

    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Expected:
    """An hour of the forecast: its interval as a band, its middle as a line."""

    band: Bar
    x_end: str
    middle: str


@dataclass(frozen=True)
class Hour:
    """A line of the table behind the picture."""

    at: datetime
    count: int | None
    low: float | None
    mid: float | None
    high: float | None


@dataclass(frozen=True)
class RibbonView:
    """Everything the template draws."""

    start: datetime
    milestones: tuple[Milestone, ...]
    posts_px: int
    bars: tuple[Bar, ...]
    expected: tuple[Expected, ...]
    ticks: tuple[Tick, ...]
    most: int
    hours: tuple[Hour, ...]
    total: int


def ribbon_view(ribbon: RoundRibbon) -> RibbonView:
    """Lay out a round's ribbon."""
    scale = _scale(ribbon)
    most = max([count for _at, count in ribbon.hourly] + [round(high) for *_rest, high in ribbon.forecast] + [1])
    milestones = _milestones(ribbon, scale)
    lowest = max(milestone.y for milestone in milestones)
    return RibbonView(
        start=ribbon.ordered_at or scale.start,
        milestones=milestones,
        posts_px=lowest + LANE_PX // 2 + 2,
        bars=tuple(_bar(scale, at, 0, count, most) for at, count in ribbon.hourly),
        expected=tuple(_expected(scale, hour, most) for hour in ribbon.forecast),
        ticks=tuple(scale.ticks()),
        most=most,
        hours=_hours(ribbon),
        total=sum(count for _at, count in ribbon.hourly),
    )


def _scale(ribbon: RoundRibbon) -> Scale:
    starts = [*(at for at, _count in ribbon.hourly), *(at for at, *_interval in ribbon.forecast)]
    ends = [at + HOUR for at in starts]
    return scale_over([*ends, *(at for _kind, _label, at in _moments(ribbon))])


def _moments(ribbon: RoundRibbon) -> list[tuple[str, Promise, datetime | None]]:
    return [
        ("ordered", _("Ordered"), ribbon.ordered_at),
        ("mustered", _("Mustered"), ribbon.mustered_at),
        ("mobilised", _("Mobilised"), ribbon.mobilised_at),
        ("first", _("First specimen"), ribbon.first_specimen_at),
        ("closed", _("Closed"), ribbon.closed_at),
        ("now", _("Now"), None if ribbon.closed_at else ribbon.now),
        ("deadline", _("Deadline"), ribbon.deadline_at),
    ]


def _milestones(ribbon: RoundRibbon, scale: Scale) -> tuple[Milestone, ...]:
    known = sorted(((at, kind, label) for kind, label, at in _moments(ribbon) if at), key=lambda moment: moment[0])
    ends: list[float] = []
    placed = []
    for number, (at, kind, label) in enumerate(known, start=1):
        share = scale.share(at)
        lane = next((lane for lane, end in enumerate(ends) if share - end >= NEAR), len(ends))
        ends[lane : lane + 1] = [share]
        placed.append(Milestone(number, kind, label, at, percent(share), LANE_PX * lane + LANE_PX // 2))
    return tuple(placed)


def _bar(scale: Scale, at: datetime, low: float, high: float, most: int) -> Bar:
    left, right = scale.share(at), scale.share(at + HOUR)
    gap = (right - left) * 0.08
    return Bar(
        x=percent(left + gap),
        width=percent(max(0.2, right - left - 2 * gap)),
        y=percent(100 - 100 * high / most),
        height=percent(100 * max(0.0, high - low) / most),
    )


def _expected(scale: Scale, hour: tuple[datetime, float, float, float], most: int) -> Expected:
    at, low, mid, high = hour
    band = _bar(scale, at, low, high, most)
    end = float(band.x[:-1]) + float(band.width[:-1])
    return Expected(band, percent(end), percent(100 - 100 * mid / most))


def _hours(ribbon: RoundRibbon) -> tuple[Hour, ...]:
    counts = dict(ribbon.hourly)
    expected = {at: (low, mid, high) for at, low, mid, high in ribbon.forecast}
    nothing = (None, None, None)
    return tuple(Hour(at, counts.get(at), *expected.get(at, nothing)) for at in sorted({*counts, *expected}))
