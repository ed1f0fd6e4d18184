"""Sweep teams at the doors behind which somebody is outstanding."""

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linli_engine.drill.behaviour import Behaviour, Teams
from linli_engine.drill.doorstep import Doorstep
from linli_engine.drill.people import Household
from linli_engine.drill.script import Visit, VisitOutcome
from linli_engine.routing import Route, split_doors

AGAIN = (VisitOutcome.NOT_FOUND, VisitOutcome.REFUSED)
"""Outcomes after which a team comes again."""


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """Doors of one compound that are due at a minute, each for the same time of asking."""

    ready_minute: float
    sequence: int
    number: int = field(compare=False)
    outstanding: Mapping[str, tuple[str, ...]] = field(compare=False)


@dataclass(slots=True)
class Sweep:
    """Sends free teams to due doors until no door is due.

    Parameters
    ----------
    households
        By key, all that may be visited; two may share a door.
    """

    households: Mapping[str, Household]
    doorstep: Doorstep
    behaviour: Behaviour
    teams: Teams
    _due: list[Job] = field(default_factory=list)
    _jobs: int = 0

    def add(self, ready_minute: float, number: int, outstanding: Mapping[str, tuple[str, ...]]) -> None:
        """Make doors due: outstanding persons by household key, for visit ``number``."""
        heapq.heappush(self._due, Job(ready_minute, self._jobs, number, outstanding))
        self._jobs += 1

    def run(self) -> list[Visit]:
        """Visit every due door, again where needed, and give the visits in the order of time."""
        free = [0.0] * self.teams.sweep
        visits: list[Visit] = []
        while self._due:
            job = heapq.heappop(self._due)
            sent = self._send(job, free)
            for route, team in zip(self._routes(job, len(sent)), sent, strict=True):
                done = list(self._walk(job, route, team, free))
                visits += done
                self._ask_again(done)
        return sorted(visits, key=lambda visit: visit.minute)

    def _send(self, job: Job, free: Sequence[float]) -> list[int]:
        """Give the teams that go: all useful ones that are free, or else the one that is free first."""
        ranked = sorted(range(len(free)), key=lambda team: (max(free[team], job.ready_minute), team))
        idle = sum(1 for minute in free if minute <= job.ready_minute)
        useful = math.ceil(len(job.outstanding) / self.teams.doors_per_team)
        return ranked[: max(1, min(idle, useful))]

    def _routes(self, job: Job, teams: int) -> tuple[Route, ...]:
        doors = [replace(self.households[key].door, key=key) for key in job.outstanding]
        return split_doors(doors, teams)

    def _walk(self, job: Job, route: Route, team: int, free: list[float]) -> Iterator[Visit]:
        minute = max(free[team], job.ready_minute) + self.behaviour.approach_minutes
        for door in route.doors:
            minute += door.minutes
            household = self.households[door.key]
            outcomes = self.doorstep.outcomes(household, job.outstanding[door.key], job.number)
            yield Visit(minute, team + 1, household.key, household.door.key, job.number, outcomes)
        free[team] = minute

    def _ask_again(self, visits: Sequence[Visit]) -> None:
        for visit in visits:
            again = tuple(person for person, outcome in visit.outcomes if outcome in AGAIN)
            if again and visit.number < self.behaviour.max_visits:
                self.add(visit.minute + self.behaviour.revisit_minutes, visit.number + 1, {visit.household: again})
