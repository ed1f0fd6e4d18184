"""What a team finds out at a door."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.chance import chance_for
from linli_engine.drill.fates import Fate
from linli_engine.drill.people import Household
from linli_engine.drill.script import VisitOutcome

KNOWN_TO_NEIGHBOURS: Mapping[Fate, VisitOutcome] = {Fate.DEAD: VisitOutcome.DEAD, Fate.MOVED: VisitOutcome.MOVED}
TOLD_AT_THE_DOOR: Mapping[Fate, VisitOutcome] = {
    Fate.TESTED_ELSEWHERE: VisitOutcome.TESTED_ELSEWHERE,
    Fate.CANNOT_COME: VisitOutcome.CANNOT_COME,
    Fate.STAYS_AWAY: VisitOutcome.CANNOT_COME,
    Fate.COMES: VisitOutcome.CANNOT_COME,
}
"""Who could have come but did not, or came too late for the site, is sampled at home."""


class Doorstep:
    """Answers of all doors at all visits, independent of the order in which teams come."""

    def __init__(
        self, households: Sequence[Household], fates: Mapping[str, Fate], behaviour: Behaviour, seed: int
    ) -> None:
        self._fates = fates
        self._behaviour = behaviour
        self._row = {household.key: row for row, household in enumerate(households)}
        persons = [person.key for household in households for person in household.persons]
        self._person_row = {person: row for row, person in enumerate(persons)}
        visits = behaviour.max_visits
        self._opens = self._draws(seed, "at home", len(households), visits) >= behaviour.not_at_home
        self._yields = self._draws(seed, "persuaded", len(persons), visits) < behaviour.persuaded

    def outcomes(
        self, household: Household, persons: Sequence[str], number: int
    ) -> tuple[tuple[str, VisitOutcome], ...]:
        """Give what visit ``number`` (1 or more) finds out about each of these persons."""
        at_home = bool(self._opens[self._row[household.key], number - 1])
        return tuple((person, self._outcome(person, number, at_home)) for person in persons)

    def _outcome(self, person: str, number: int, at_home: bool) -> VisitOutcome:
        fate = self._fates[person]
        if fate in KNOWN_TO_NEIGHBOURS:
            return KNOWN_TO_NEIGHBOURS[fate]
        if not at_home:
            return self._nobody_opens(fate, number)
        if fate is Fate.REFUSES:
            persuaded = bool(self._yields[self._person_row[person], number - 1])
            return VisitOutcome.CANNOT_COME if persuaded else VisitOutcome.REFUSED
        return TOLD_AT_THE_DOOR[fate]

    def _nobody_opens(self, fate: Fate, number: int) -> VisitOutcome:
        """Say not found, until at the last visit a phone call tells: who cannot leave is at home after all."""
        if number < self._behaviour.max_visits:
            return VisitOutcome.NOT_FOUND
        return VisitOutcome.CANNOT_COME if fate is Fate.CANNOT_COME else VisitOutcome.AWAY

    @staticmethod
    def _draws(seed: int, concern: str, rows: int, visits: int) -> npt.NDArray[np.float64]:
        """Draw one column per visit, so that allowing more visits does not change the earlier ones."""
        return np.array([chance_for(seed, f"{concern}, visit {visit}").random(rows) for visit in range(visits)]).T
