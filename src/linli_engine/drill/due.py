"""When which doors are due for the sweep."""

from collections.abc import Mapping, Sequence

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.fates import Fate
from linli_engine.drill.people import Household
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.script import Specimen

Outstanding = Mapping[str, tuple[str, ...]]
"""Outstanding persons by household key."""


def doors_due(
    households: Sequence[Household],
    plan: DayPlan,
    specimens: Sequence[Specimen],
    fates: Mapping[str, Fate],
    behaviour: Behaviour,
    *,
    planned: bool,
) -> list[tuple[float, Outstanding]]:
    """Give, for each compound with somebody outstanding, from when it can be swept and who is outstanding where.

    A compound is due ``sweep_lag_minutes`` after its last group was called and the last of its people left a desk;
    without a plan, after its sites have closed.
    """
    quiet = _calls_end(plan) if planned else {}
    sampled = {specimen.person: specimen.minute for specimen in specimens}
    closing = max(day.closes_minute for day in plan.sites)
    due: dict[str, dict[str, tuple[str, ...]]] = {}
    for household in households:
        compound = household.door.compound
        ends = [sampled[person.key] for person in household.persons if person.key in sampled]
        quiet[compound] = max(quiet.get(compound, 0.0 if planned else closing), *ends, 0.0)
        left = tuple(p.key for p in household.persons if p.key not in sampled and fates[p.key] is not Fate.AWAY)
        if left:
            due.setdefault(compound, {})[household.key] = left
    return sorted(
        ((quiet[compound] + behaviour.sweep_lag_minutes, left) for compound, left in due.items()),
        key=lambda wave: wave[0],
    )


def _calls_end(plan: DayPlan) -> dict[str, float]:
    """Give the minute at which the time of each compound's last group ends."""
    ends: dict[str, float] = {}
    for group in plan.groups:
        end = plan.at(group.site).opens_minute + group.start_minute + group.minutes
        ends[group.compound] = max(ends.get(group.compound, 0.0), end)
    return ends
