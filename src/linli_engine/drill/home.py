"""Home-sampling teams: who cannot come is tested at home."""

import heapq
from collections.abc import Sequence

from linli_engine.drill.behaviour import Behaviour, Teams
from linli_engine.drill.script import HomeSampling, Visit, VisitOutcome


def sample_at_home(visits: Sequence[Visit], behaviour: Behaviour, teams: Teams) -> list[HomeSampling]:
    """Send home-sampling teams to every door that a visit asks for, first asked, first served."""
    free = [(0.0, team) for team in range(1, teams.home_sampling + 1)]
    samplings: list[HomeSampling] = []
    for visit in visits:
        persons = [person for person, outcome in visit.outcomes if outcome is VisitOutcome.CANNOT_COME]
        if not persons:
            continue
        free_from, team = free[0]
        minute = max(free_from, visit.minute + behaviour.home_request_minutes)
        minute += behaviour.home_travel_minutes + behaviour.home_setup_minutes
        for person in persons:
            start, minute = minute, minute + behaviour.home_person_minutes
            samplings.append(HomeSampling(minute, start, team, visit.household, visit.door, person))
        heapq.heapreplace(free, (minute, team))
    return sorted(samplings, key=lambda sampling: sampling.minute)
