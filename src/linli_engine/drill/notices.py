"""Building heads tell their buildings."""

from collections.abc import Sequence

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.chance import chance_for
from linli_engine.drill.people import Household
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.script import Notice

LEAD_MINUTES = 10.0
"""A building is told at least so long before its first call. Assumption."""


def tell_buildings(households: Sequence[Household], plan: DayPlan, behaviour: Behaviour, seed: int) -> list[Notice]:
    """Tell each building once, those that are called first first, all by ``told_by_minute`` (R6)."""
    calls: dict[tuple[str, str], float] = {}
    for group in plan.groups:
        minute = plan.at(group.site).opens_minute + group.start_minute
        calls.setdefault((group.compound, group.building), minute)
    order = sorted(calls, key=lambda place: (calls[place], place))
    order += sorted({(h.door.compound, h.door.building) for h in households} - set(order))
    jitter = chance_for(seed, "notices").random(len(order))
    span = behaviour.told_by_minute - behaviour.told_from_minute
    notices = []
    for rank, place in enumerate(order):
        minute = behaviour.told_from_minute + span * (rank + float(jitter[rank])) / len(order)
        latest = calls.get(place, behaviour.told_by_minute + LEAD_MINUTES) - LEAD_MINUTES
        notices.append(Notice(max(0.0, min(minute, latest)), *place))
    return sorted(notices, key=lambda notice: notice.minute)
