"""Venues of different size: what one cannot take goes to the others."""

import numpy as np
import pytest

from linli_engine.microplan import HouseholdToPlan, PlanParameters, Venue, plan_testing
from linli_engine.staffing import DeskTargets
from linli_engine.timetable import Callee


def households(buildings: int) -> list[HouseholdToPlan]:
    return [
        HouseholdToPlan(f"{number}-{door}", "小区", str(number), "1", (Callee(f"{number}-{door}-1"),))
        for number in range(buildings)
        for door in range(20)
    ]


def people_at(capacities: tuple[int | None, ...]) -> dict[str, int]:
    plan = plan_testing(
        households(40), [Venue(str(number), capacity=limit) for number, limit in enumerate(capacities)],
        rng=np.random.default_rng(0),
        parameters=PlanParameters(desks=DeskTargets(max_desks=8), persons_per_site=800 // len(capacities)),
    )  # fmt: skip
    return {
        site.site: sum(len(group.persons) for group in plan.groups if group.site == site.site)
        for site in plan.desks.sites
    }


@pytest.mark.parametrize("capacities", [(100, None), (None, 100), (100, 60, None), (100, 740)])
def test_what_a_small_venue_cannot_take_goes_to_those_with_room(capacities: tuple[int | None, ...]):
    people = people_at(capacities)
    assert sum(people.values()) == 800
    assert all(people.get(str(number), 0) <= limit for number, limit in enumerate(capacities) if limit)


def test_venues_with_room_share_evenly():
    assert people_at((None, None)) == {"0": 400, "1": 400}


def test_venues_that_are_too_small_together_are_refused():
    with pytest.raises(ValueError):
        people_at((300, 300))
