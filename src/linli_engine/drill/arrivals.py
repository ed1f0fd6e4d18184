"""Who joins which queue when."""

from collections.abc import Mapping, Sequence

from linli_engine.drill.behaviour import Behaviour
from linli_engine.drill.chance import chance_for
from linli_engine.drill.fates import Fate
from linli_engine.drill.people import Household
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.script import Arrival, Newcomer


def called_arrivals(
    households: Sequence[Household], plan: DayPlan, fates: Mapping[str, Fate], behaviour: Behaviour, seed: int
) -> list[Arrival]:
    """Let everybody who comes do so at the call of their group, the members of a household together, early or late."""
    late = behaviour.punctuality.draw_minutes(chance_for(seed, "lateness"), len(households))
    lateness = {household.key: float(minutes) for household, minutes in zip(households, late, strict=True)}
    household_of = {person.key: household.key for household in households for person in household.persons}
    arrivals = []
    for group in plan.groups:
        day = plan.at(group.site)
        for person in group.persons:
            minute = max(0.0, day.opens_minute + group.start_minute + lateness[household_of[person]])
            if fates[person] is Fate.COMES and minute <= day.closes_minute:
                arrivals.append(Arrival(minute, person, group.site))
    return arrivals


def free_arrivals(
    households: Sequence[Household], plan: DayPlan, fates: Mapping[str, Fate], behaviour: Behaviour, seed: int
) -> list[Arrival]:
    """Let everybody come when they like: a rush after the opening, the others evenly over the rest of the day."""
    count = len(households)
    hurried = chance_for(seed, "in the rush").random(count) < behaviour.rush_share
    in_rush = chance_for(seed, "minute of the rush").beta(2, 2, count) * behaviour.rush_minutes
    later = chance_for(seed, "minute after the rush").random(count)
    arrivals = []
    for position, household in enumerate(households):
        if household.key not in plan.site_of:
            continue
        day = plan.at(plan.site_of[household.key])
        rest = max(0.0, day.closes_minute - day.opens_minute - behaviour.rush_minutes)
        after = in_rush[position] if hurried[position] else behaviour.rush_minutes + later[position] * rest
        minute = min(day.opens_minute + float(after), day.closes_minute)
        arrivals += [Arrival(minute, p.key, day.site) for p in household.persons if fates[p.key] is Fate.COMES]
    return arrivals


def newcomer_arrivals(plan: DayPlan, targets: int, behaviour: Behaviour, seed: int) -> list[Newcomer]:
    """Let people whom the ledger does not know walk in at any site and time."""
    rng = chance_for(seed, "newcomers")
    newcomers = []
    for number in range(1, int(rng.poisson(targets * behaviour.newcomers_per_target)) + 1):
        day = plan.sites[int(rng.integers(len(plan.sites)))]
        minute = float(rng.uniform(day.opens_minute, day.closes_minute))
        has_card = bool(rng.random() < behaviour.newcomer_has_identity_card)
        newcomers.append(Newcomer(minute, f"newcomer-{number}", day.site, has_card))
    return sorted(newcomers, key=lambda newcomer: newcomer.minute)
