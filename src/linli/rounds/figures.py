"""When things happened in a round. Each function is one query, whatever the size of the round."""

from dataclasses import dataclass
from datetime import datetime

from linli.core import clock
from linli.rounds.models import Round
from linli.rounds.sql import rows_of

_HOURLY = """
select date_trunc('hour', moment, %(zone)s) as hour, count(*)
from rounds_specimen where counts group by 1 order by 1
"""

_STAMPS = """
select (select min(moment) from rounds_specimen where counts),
       (select max(finished_moment) from rounds_specimen where counts),
       (select max(moment) from rounds_arrival where counts),
       (select max(moment) from rounds_visit where counts),
       (select count(distinct target_id) from rounds_specimen where counts and site_id is null),
       (select count(*) from rounds_visit where of_round and id not in (taken_back)),
       (select count(*) from rounds_refusedfact where community = %(community)s and round_id_sent = %(round)s),
       (select count(*) from rounds_arrival where of_round and doubtful_clock)
           + (select count(*) from rounds_specimen where of_round and doubtful_clock)
           + (select count(*) from rounds_visit where of_round and doubtful_clock)
"""


@dataclass(frozen=True)
class Stamps:
    """When things happened first and last, and small counts beside them."""

    first_specimen: datetime | None
    last_specimen: datetime | None
    last_arrival: datetime | None
    last_visit: datetime | None
    home_sampled: int
    visits: int
    refused_facts: int
    doubtful_clocks: int


def stamps_of(round: Round) -> Stamps:
    """Return first and last moments and counts of a round's facts."""
    return Stamps(*rows_of(_STAMPS, round)[0])


def moment_of(round: Round, stamps: Stamps) -> datetime:
    """Return the moment to which a round has come: a drill plays on a day of its own, its clock is its latest fact."""
    if round.closed_at:
        return round.closed_at
    if not round.is_drill:
        return clock.now()
    marks = (round.t0, round.mustered_at, round.mobilised_at, round.sweep_started_at)
    facts = (stamps.last_arrival, stamps.last_specimen, stamps.last_visit)
    return max(mark for mark in (*marks, *facts) if mark)


def hourly_of(round: Round) -> tuple[tuple[datetime, int], ...]:
    """Return the specimens of each hour that had any, by the clock of the community."""
    return tuple(rows_of(_HOURLY, round, zone=clock.local_zone().key))
