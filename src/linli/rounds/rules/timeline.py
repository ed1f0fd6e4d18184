"""When a step of a round may have happened. Times are compared by the minute, as they are written down.

| step | not before | not after |
| --- | --- | --- |
| the team was assembled | the order | the first building was told, the sweep began |
| a building was told | the order, the team was assembled | |
| the sweep began | the order, the team was assembled | |
| each, in a live round | | now, but for as much as clocks differ |

A step that nobody has noted holds nothing up. A drill plays on a day of its own, whose now nobody knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.rounds.rules.fact import CLOCKS_DIFFER


class Step(StrEnum):
    """What is noted of a round between its order and its closing."""

    MUSTERED = "mustered"
    TOLD = "told"
    SWEPT = "swept"


@dataclass(frozen=True)
class Timeline:
    """When what has happened of a round, as far as it was noted."""

    ordered: datetime
    mustered: datetime | None = None
    first_told: datetime | None = None
    swept: datetime | None = None
    now: datetime | None = None
    """None in a drill."""


@dataclass(frozen=True)
class OutOfOrder:
    """Why a time cannot be: a key of `rounds.reasons.TIMES`, and the time that it conflicts with."""

    code: str
    with_time: datetime


def decide_step(step: Step, at: datetime, timeline: Timeline) -> OutOfOrder | None:
    """Return why a step cannot have happened then by the table above, or None."""
    ahead = timeline.now + CLOCKS_DIFFER if timeline.now else None
    begins = step is Step.MUSTERED
    rows = (
        (_is_before(ahead, at), "ahead", timeline.now),
        (_is_before(at, timeline.ordered), "before_the_order", timeline.ordered),
        (not begins and _is_before(at, timeline.mustered), "before_the_muster", timeline.mustered),
        (begins and _is_before(timeline.first_told, at), "after_the_first_building", timeline.first_told),
        (begins and _is_before(timeline.swept, at), "after_the_sweep", timeline.swept),
    )
    return next((OutOfOrder(code, time) for holds, code, time in rows if holds and time), None)


def time_of_step(step: Step, at: datetime, timeline: Timeline) -> datetime:
    """Return the moment to store for a time that was found in order: seconds and clocks that differ turn nothing round."""
    before = [timeline.ordered] if step is Step.MUSTERED else [timeline.ordered, timeline.mustered]
    after = [timeline.now, timeline.first_told, timeline.swept] if step is Step.MUSTERED else [timeline.now]
    return max([min([at, *_known(after)]), *_known(before)])


def _known(times: Iterable[datetime | None]) -> list[datetime]:
    return [time for time in times if time]


def _is_before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and _minute(one) < _minute(other)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
