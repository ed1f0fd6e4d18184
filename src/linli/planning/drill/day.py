"""From the people of a round and its plan to the script of the day: pure."""

import math
from collections.abc import Sequence

from linli.orders.rules import RulePackRules
from linli.planning.people import Home, door_of
from linli_engine.drill import Behaviour, Household, Person, Script, Teams, plan_day, write_script
from linli_engine.microplan import Microplan
from linli_engine.queueing import ServiceTime

FIELD_HOUSEHOLDS = 2219
"""Households for which the field had as many teams as `Teams` has by default (R121)."""


def script_of(
    homes: Sequence[Home], plan: Microplan, rules: RulePackRules, *, opens_minute: float, seed: int, planned: bool
) -> Script:
    """Write what happens on the day, under the numbers of the rule pack; the same input gives the same script."""
    return write_script(
        [_household(home) for home in homes],
        plan_day(plan, opens_minute=opens_minute),
        seed=seed,
        planned=planned,
        behaviour=Behaviour(
            service=ServiceTime(rate_per_hour=rules.desk_rate_per_hour),
            max_visits=rules.door_visits_before_not_found,
        ),
        teams=_teams(len(homes)),
    )


def _household(home: Home) -> Household:
    persons = tuple(Person(member.key, member.row.care_needs, away=not member.row.called) for member in home.members)
    return Household(home.key, door_of(home), persons)


def _teams(households: int) -> Teams:
    """Return as many teams as the field had, and more in proportion where there are more households."""
    usual, times = Teams(), max(1.0, households / FIELD_HOUSEHOLDS)
    return Teams(math.ceil(usual.sweep * times), math.ceil(usual.home_sampling * times), usual.doors_per_team)
