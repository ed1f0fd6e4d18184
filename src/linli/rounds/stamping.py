"""Which time a step of a round is noted with. Used by the services, inside their transaction."""

from datetime import datetime

from django.db.models import Min

from linli.core import clock
from linli.rounds.errors import TimeOutOfOrder
from linli.rounds.models import Round, RoundBuilding
from linli.rounds.rules.timeline import Step, Timeline, decide_step, time_of_step


def stamp_for(round: Round, step: Step, at: datetime | None) -> datetime:
    """Return the time to store for a step that happened at a time, by default now. Raises TimeOutOfOrder."""
    told = RoundBuilding.objects.filter(community=round.community, round=round)
    timeline = Timeline(
        ordered=round.ordered_at,
        mustered=round.mustered_at,
        first_told=told.aggregate(first=Min("mobilised_at"))["first"],
        swept=round.sweep_started_at,
        now=None if round.is_drill else clock.now(),
    )
    happened_at = at or clock.now()
    wrong = decide_step(step, max(happened_at, round.ordered_at) if at is None else happened_at, timeline)
    if wrong:
        raise TimeOutOfOrder(happened_at, wrong)
    return time_of_step(step, happened_at, timeline)
