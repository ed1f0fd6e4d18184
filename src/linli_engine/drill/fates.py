"""What each target would do if nobody came to fetch them."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.chance import chance_for
from linli_engine.drill.people import Household


class Fate(Enum):
    """Why a person comes to a site, or does not."""

    COMES = auto()
    STAYS_AWAY = auto()
    CANNOT_COME = auto()
    REFUSES = auto()
    TESTED_ELSEWHERE = auto()
    MOVED = auto()
    DEAD = auto()
    AWAY = auto()


def draw_fates(households: Sequence[Household], behaviour: Behaviour, seed: int) -> Mapping[str, Fate]:
    """Draw each person's fate; where several apply, the one that is named first in `_fate`."""
    moved = chance_for(seed, "household moved").random(len(households)) < behaviour.household_moved
    stays = chance_for(seed, "household stays away").random(len(households)) < behaviour.household_stays_away
    count = sum(len(household.persons) for household in households)
    draws = {
        fate: chance_for(seed, fate.name).random(count)
        for fate in (Fate.DEAD, Fate.TESTED_ELSEWHERE, Fate.CANNOT_COME, Fate.REFUSES, Fate.STAYS_AWAY)
    }
    fates: dict[str, Fate] = {}
    for position, household in enumerate(households):
        for person in household.persons:
            chances = {
                Fate.DEAD: behaviour.dead,
                Fate.TESTED_ELSEWHERE: behaviour.tested_elsewhere,
                Fate.CANNOT_COME: behaviour.cannot_come_probability(person.care_needs),
                Fate.REFUSES: behaviour.refuses,
                Fate.STAYS_AWAY: 1.0 if stays[position] else behaviour.person_stays_away,
            }
            happens = [fate for fate, chance in chances.items() if draws[fate][len(fates)] < chance]
            fates[person.key] = _fate(person.away, bool(moved[position]), happens)
    return fates


def _fate(away: bool, moved: bool, happens: Sequence[Fate]) -> Fate:
    if away:
        return Fate.AWAY
    if Fate.DEAD in happens:
        return Fate.DEAD
    if moved:
        return Fate.MOVED
    return happens[0] if happens else Fate.COMES
