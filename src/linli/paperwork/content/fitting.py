"""Who fits a condition on a day, and how many do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from linli.paperwork.content.register import Place, Someone
from linli.paperwork.sheet.conditions import (
    ANY_NEED,
    BUILDING_UNITS,
    BUILDINGS,
    COMPOUNDS,
    DWELLINGS,
    FLOORS,
    HOUSEHOLDS,
    LET,
    OF_BUILT,
    PEOPLE,
    VACANT,
    Condition,
)
from linli.rounds.models import Outcome
from linli.rounds.rules.account import LEAVING

OPEN = "open"
_DISABILITY = "残疾"
_KINDS_OF_DISABILITY = ("肢体残疾", "视力残疾", "听力残疾", "言语残疾", "智力残疾", "精神障碍", "残疾")
_BY_AGE: dict[str, tuple[int | None, int | None]] = {"高龄老人": (80, None), "婴幼儿": (0, 3)}
"""Needs that a birth date tells as well: 高龄 from 80 by the Ministry of Civil Affairs, 婴幼儿 up to 3 by the State Council (2019)."""
_ROUND: dict[str, frozenset[str]] = {
    "done": frozenset({Outcome.DONE, Outcome.TESTED_ELSEWHERE}),
    "refused": frozenset({Outcome.REFUSED}),
    "exempt": frozenset({Outcome.EXEMPT}),
    "away": frozenset({Outcome.AWAY}),
    "open": frozenset({OPEN, Outcome.REFUSED, Outcome.NOT_FOUND, Outcome.AWAY, Outcome.EXEMPT}),
    "expected": frozenset({OPEN, *(str(outcome) for outcome in Outcome if outcome not in LEAVING)}),
}


def age_on(birth: date | None, day: date) -> int | None:
    """Return somebody's age in whole years on a day."""
    return None if birth is None else day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def fits(one: Someone, asked: Condition, day: date) -> bool:
    """Tell whether somebody fits all that a condition says."""
    return (
        (not asked.sex or one.sex == asked.sex)
        and (not asked.kinds or one.kind in asked.kinds)
        and (not asked.needs or any(_has(one, need, day) for need in asked.needs))
        and (not asked.papers or one.id_kind in asked.papers)
        and (not asked.round or one.outcome in _ROUND.get(asked.round, ()))
        and _is_of_age(one, asked.ages, day)
    )


def _has(one: Someone, need: str, day: date) -> bool:
    if need == ANY_NEED:
        return bool(one.needs)
    if need == _DISABILITY:
        return any(kind in _KINDS_OF_DISABILITY for kind in one.needs)
    return need in one.needs or (need in _BY_AGE and _is_of_age(one, _BY_AGE[need], day))


def _is_of_age(one: Someone, ages: tuple[int | None, int | None], day: date) -> bool:
    low, high = ages
    if low is None and high is None:
        return True
    age = age_on(one.birth, day)
    return age is not None and (low is None or age >= low) and (high is None or age <= high)


def counted(asked: Condition, people: Sequence[Someone], places: Sequence[Place], day: date) -> int | float | None:
    """Return how many people, households or dwellings of a place fit; a share in percent, None where nobody is expected."""
    if asked.unit == DWELLINGS:
        return len(places)
    if asked.unit == VACANT:
        return len(places) - len({one.place.id for one in people if one.place})
    if asked.unit in OF_BUILT:
        return _built(asked.unit, places)
    fitting = [one for one in people if fits(one, asked, day)]
    if asked.is_share:
        expected = sum(fits(one, Condition(round="expected"), day) for one in people)
        return round(100 * len(fitting) / expected, 1) if expected else None
    if asked.unit == HOUSEHOLDS:
        return len({one.household for one in fitting if one.household})
    if asked.unit == LET:
        return len({one.place.id for one in fitting if one.place and one.kind == "tenant"})
    assert asked.unit == PEOPLE
    return len(fitting)


def _built(unit: str, places: Sequence[Place]) -> int | None:
    """Return how many compounds, buildings or units these doors are in, or how many floors they have at most."""
    if unit == FLOORS:
        return max((place.floor for place in places if place.floor), default=None)
    ids = {COMPOUNDS: "compound_id", BUILDINGS: "building_id", BUILDING_UNITS: "unit_id"}
    return len({getattr(place, ids[unit]) for place in places})


def fitting(people: Iterable[Someone], asked: Condition, day: date) -> list[Someone]:
    """Return who fits, in their order."""
    return [one for one in people if fits(one, asked, day)]
