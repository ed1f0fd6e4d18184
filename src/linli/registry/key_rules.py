"""Who belongs on a key list, by what the register knows about them, and who joins and leaves it on a day. Pure (R43, R44)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True)
class Facts:
    """What a rule may ask about one person."""

    needs: frozenset[str] = frozenset()
    kind: str = ""
    """Residency kind; empty for who lives behind no known door."""
    birth: date | None = None
    hukou: str = ""
    """Household registration as the ledger has it: words, or a division code."""
    came_on: date | None = None
    """When they came here, where that is known."""
    came_from: str = ""
    said: frozenset[str] = frozenset()
    """Of `SAYINGS`, what their household says in a confirmed self-report."""


class Condition(StrEnum):
    """One thing that a rule can ask for."""

    NEEDS = "needs"
    KINDS = "kinds"
    AGE = "age"
    HUKOU_ELSEWHERE = "hukou_elsewhere"
    HUKOU_IN = "hukou_in"
    CAME = "came"
    CAME_FROM = "came_from"
    SAID = "said"


SAYINGS = ("unwell", "met_a_case")


@dataclass(frozen=True)
class Rule:
    """Everything that is set has to hold; of several words in one place, one has to fit."""

    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    hukou_not: tuple[str, ...] = ()
    """Names or code beginnings of the places whose household registration is not meant."""
    hukou_in: tuple[str, ...] = ()
    came_within_days: int | None = None
    came_from: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what is set, for storing."""
        return {name: value for name, value in asdict(self).items() if value not in ((), None)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Return a stored rule."""
        known = {each.name for each in fields(cls)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
        }
        return cls(**{key: value for key, value in values.items() if key in known})

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What this rule asks for; nothing when people are put on the list by hand only."""
        return tuple(condition for condition, (is_set, _holds) in _CONDITIONS.items() if is_set(self))


def fits(rule: Rule, who: Facts, today: date) -> bool:
    """Tell whether everything that a rule asks for holds; a rule that asks for nothing fits nobody."""
    asked = rule.conditions
    return bool(asked) and all(_CONDITIONS[condition][1](rule, who, today) for condition in asked)


def age_on(birth: date, day: date) -> int:
    """Return how many years old somebody is on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _is_of_age(rule: Rule, who: Facts, today: date) -> bool:
    if who.birth is None:
        return False
    age = age_on(who.birth, today)
    return (rule.age_from is None or age >= rule.age_from) and (rule.age_to is None or age <= rule.age_to)


def _is_in(place: str, words: tuple[str, ...]) -> bool:
    return any(place.startswith(word) if word.isdigit() else word in place for word in words)


def _came_lately(rule: Rule, who: Facts, today: date) -> bool:
    return who.came_on is not None and 0 <= (today - who.came_on).days < (rule.came_within_days or 0)


_CONDITIONS: dict[Condition, tuple[Callable[[Rule], Any], Callable[[Rule, Facts, date], bool]]] = {
    Condition.NEEDS: (lambda rule: rule.needs, lambda rule, who, _day: not who.needs.isdisjoint(rule.needs)),
    Condition.KINDS: (lambda rule: rule.kinds, lambda rule, who, _day: who.kind in rule.kinds),
    Condition.AGE: (lambda rule: rule.age_from is not None or rule.age_to is not None, _is_of_age),
    Condition.HUKOU_ELSEWHERE: (
        lambda rule: rule.hukou_not,
        lambda rule, who, _day: bool(who.hukou) and not _is_in(who.hukou, rule.hukou_not),
    ),
    Condition.HUKOU_IN: (lambda rule: rule.hukou_in, lambda rule, who, _day: _is_in(who.hukou, rule.hukou_in)),
    Condition.CAME: (lambda rule: rule.came_within_days, _came_lately),
    Condition.CAME_FROM: (lambda rule: rule.came_from, lambda rule, who, _day: _is_in(who.came_from, rule.came_from)),
    Condition.SAID: (lambda rule: rule.said, lambda rule, who, _day: not who.said.isdisjoint(rule.said)),
}
"""Whether a rule asks for it, and whether it holds of somebody on a day."""


@dataclass(frozen=True)
class On:
    """Somebody who is on a list now."""

    by_rule: bool
    leaves_on: date | None = None


@dataclass(frozen=True)
class Turnover:
    """What a day does to a list."""

    join: frozenset[UUID] = frozenset()
    gone: frozenset[UUID] = frozenset()
    over: frozenset[UUID] = frozenset()
    """Whose days are over."""
    fit_no_longer: frozenset[UUID] = frozenset()
    may_return: frozenset[UUID] = frozenset()
    """Held off, and the rule holds for them no longer: when it holds again they join again."""

    def __bool__(self) -> bool:
        return bool(self.join or self.gone or self.over or self.fit_no_longer)


def turnover(
    on: Mapping[UUID, On], held_off: Collection[UUID], fitting: Collection[UUID], here: Collection[UUID], today: date
) -> Turnover:
    """Say who joins and who leaves a list on a day, and why; who leaves for one reason leaves for no other.

    Who was put on it by hand leaves by hand, by the day that was set, or when they live here no longer.
    """
    fitting, here = frozenset(fitting), frozenset(here)
    gone = frozenset(on.keys() - here)
    over = frozenset(id for id, one in on.items() if one.leaves_on and one.leaves_on <= today) - gone
    fit_no_longer = frozenset(id for id, one in on.items() if one.by_rule) - fitting - gone - over
    return Turnover(
        join=(fitting & here) - on.keys() - frozenset(held_off),
        gone=gone,
        over=over,
        fit_no_longer=fit_no_longer,
        may_return=frozenset(held_off) - fitting,
    )
