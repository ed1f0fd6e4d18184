"""Whether what a step says can be: pure decisions, each with the box it is about."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from linli.planning.drafting.told import Sites, What
from linli.rounds.rules.fact import CLOCKS_DIFFER
from linli.rounds.rules.times import LONGEST

Wrong = tuple[tuple[str, str], ...]
"""What is wrong: the name of the box, and the reason, a key of `wording.WRONG`."""

QUARTER = timedelta(minutes=15)
SHORTEST = timedelta(minutes=30)
"""Sites that are open for less can call nobody: they stay open for twenty minutes after the last call."""


def decide_what(what: What, now: datetime) -> Wrong:
    """Return what is wrong with the times of a round that is to be opened now or soon."""
    t0 = what.t0 or now
    ordered_at = what.ordered_at or t0
    rows = (
        (what.deadline <= now, "deadline", "deadline_passed"),
        (what.deadline > now and what.deadline <= t0, "deadline", "deadline_before_t0"),
        (what.deadline - t0 > LONGEST, "deadline", "deadline_too_far"),
        (what.ordered_at is not None and ordered_at > now + CLOCKS_DIFFER, "ordered_at", "ordered_ahead"),
        (t0 > now + CLOCKS_DIFFER, "t0", "t0_ahead"),
        (ordered_at <= now + CLOCKS_DIFFER and ordered_at > t0, "t0", "t0_before_the_order"),
        (t0 - ordered_at > LONGEST, "ordered_at", "ordered_too_early"),
    )
    return tuple((box, code) for holds, box, code in rows if holds)


def decide_sites(sites: Sites, deadline: datetime, room: Mapping[UUID, int | None], now: datetime) -> Wrong:
    """Return what is wrong with hours and venues. `room` has the desks that each venue of the community can take."""
    if not sites.planned:
        return ()
    opens_at, closes_at = sites.opens_at, sites.closes_at
    if opens_at is None or closes_at is None:
        return (("opens_at" if opens_at is None else "closes_at", "no_hours"),)
    rows = (
        (opens_at < now - CLOCKS_DIFFER, "opens_at", "opens_in_the_past"),
        (closes_at <= opens_at, "closes_at", "closes_before_it_opens"),
        (timedelta() < closes_at - opens_at < SHORTEST, "closes_at", "hours_too_short"),
        (closes_at > opens_at and opens_at >= deadline, "opens_at", "opens_after_the_deadline"),
        (closes_at > opens_at and opens_at < deadline < closes_at, "closes_at", "closes_after_the_deadline"),
        (any(venue not in room for venue in sites.desks), "", "venue_gone"),
        (any(desks < 1 for desks in sites.desks.values()), "", "venue_without_desk"),
        (any(_too_many(desks, room.get(venue)) for venue, desks in sites.desks.items()), "", "more_desks_than_room"),
    )
    return tuple((box, code) for holds, box, code in rows if holds)


def _too_many(desks: int, room: int | None) -> bool:
    return room is not None and desks > room


def next_quarter(at: datetime) -> datetime:
    """Return the next full quarter of an hour: what a form proposes."""
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at - past + (QUARTER if past else timedelta())
