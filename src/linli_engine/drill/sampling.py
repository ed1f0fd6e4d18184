"""The desks of a day."""

from collections.abc import Mapping, Sequence

import numpy as np

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.chance import chance_for
from linli_engine.drill.people import Household
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.script import Arrival, Specimen
from linli_engine.queueing import simulate_queue


def sample_at_sites(
    arrivals: Sequence[Arrival], plan: DayPlan, households: Sequence[Household], behaviour: Behaviour, seed: int
) -> list[Specimen]:
    """Serve each site's queue first come, first served, and give the specimens in the order of their minute."""
    service = _service_minutes(arrivals, households, behaviour, seed)
    specimens: list[Specimen] = []
    for day in plan.sites:
        queue = [arrival for arrival in arrivals if arrival.site == day.site]
        result = simulate_queue(
            [arrival.minute for arrival in queue],
            [service[arrival.person] for arrival in queue],
            day.desks,
            opens_minute=day.opens_minute,
        )
        for arrival, start, end, desk in zip(queue, result.start, result.end, result.server, strict=True):
            specimens.append(
                Specimen(float(end), float(start), arrival.minute, arrival.person, day.site, int(desk) + 1)
            )
    return sorted(specimens, key=lambda specimen: specimen.minute)


def desk_hours(specimens: Sequence[Specimen], plan: DayPlan) -> float:
    """Give desks times hours from opening to closing, or to the last specimen where that is later [h]."""
    last = {day.site: day.closes_minute for day in plan.sites}
    for specimen in specimens:
        last[specimen.site] = max(last[specimen.site], specimen.minute)
    return sum(day.desks * (last[day.site] - day.opens_minute) for day in plan.sites) / 60


def _service_minutes(
    arrivals: Sequence[Arrival], households: Sequence[Household], behaviour: Behaviour, seed: int
) -> Mapping[str, float]:
    """Draw everybody's time at the desk, come or not, so that one person's coming does not change another's time."""
    weights = {person.key: person.weight for household in households for person in household.persons}
    known = behaviour.service.draw_minutes(chance_for(seed, "service"), np.array(list(weights.values())))
    minutes = dict(zip(weights, known.tolist(), strict=True))
    new = [arrival.person for arrival in arrivals if arrival.person not in minutes]
    drawn = behaviour.service.draw_minutes(chance_for(seed, "service of newcomers"), np.ones(len(new)))
    minutes.update(zip(new, drawn.tolist(), strict=True))
    return minutes
