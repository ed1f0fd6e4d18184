"""A community of Balicha's size, made up: 17 compounds, 2,219 dwellings, 2,166 households, 5,969 persons."""

from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import pytest

from linli_engine.drill import DayPlan, Household, Person, plan_day
from linli_engine.microplan import HouseholdToPlan, Microplan, Venue, plan_testing
from linli_engine.routing import Door
from linli_engine.timetable import Callee

COMPOUNDS, DWELLINGS, VACANT, PERSONS, AWAY = 17, 2219, 53, 5969, 170


@dataclass(frozen=True)
class Balicha:
    """The households, their plan, and the plan on the clock."""

    households: tuple[Household, ...]
    microplan: Microplan
    day: DayPlan


@pytest.fixture(scope="session")
def balicha():
    """Make the community, plan its round, and open the sites 65 minutes after the order."""
    households = make_households()
    calls = [call for household in households if (call := call_of(household)) is not None]
    microplan = plan_testing(calls, [Venue("east"), Venue("north"), Venue("west")], rng=np.random.default_rng(0))
    return Balicha(households, microplan, plan_day(microplan))


def make_households():
    rng = np.random.default_rng(20220401)
    vacant = set(rng.choice(DWELLINGS, VACANT, replace=False).tolist())
    doors = [door for number, door in enumerate(all_doors()) if number not in vacant]
    sizes = np.ones(len(doors), dtype=int)
    for lucky in rng.integers(len(doors), size=PERSONS - len(doors)):
        sizes[lucky] += 1
    away = set(rng.choice(PERSONS, AWAY, replace=False).tolist())
    immobile = set([number for number in rng.permutation(PERSONS).tolist() if number not in away][:4])
    numbers = iter(range(PERSONS))
    return tuple(
        Household(
            door.key,
            door,
            tuple(
                Person(f"person-{n:04}", ("行动不便",) if n in immobile else (), n in away, 1.0)
                for n in islice(numbers, int(size))
            ),
        )
        for door, size in zip(doors, sizes, strict=True)
    )


def all_doors():
    per_compound = [131] * 9 + [130] * 8
    for compound, count in enumerate(per_compound, start=1):
        for building, unit, floor, room in islice(product(range(1, 8), (1, 2), range(6, 0, -1), (1, 2)), count):
            name = f"compound {compound:02}"
            key = f"{name}/{building}-{unit}-{floor}0{room}"
            yield Door(key, name, str(building), str(unit), floor, f"{floor}0{room}")


def call_of(household):
    members = tuple(Callee(person.key, person.weight) for person in household.persons if not person.away)
    door = household.door
    return HouseholdToPlan(household.key, door.compound, door.building, door.unit, members) if members else None
