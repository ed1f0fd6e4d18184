"""The script of a whole day."""

from collections.abc import Sequence

from linli_engine.checks import require_unique
from linli_engine.drill.accounts import final_outcomes, timeline
from linli_engine.drill.arrivals import called_arrivals, free_arrivals, newcomer_arrivals
from linli_engine.drill.behaviour import Behaviour, Teams
from linli_engine.drill.doorstep import Doorstep
from linli_engine.drill.due import doors_due
from linli_engine.drill.fates import draw_fates
from linli_engine.drill.home import sample_at_home
from linli_engine.drill.notices import tell_buildings
from linli_engine.drill.people import Household
from linli_engine.drill.plan import DayPlan
from linli_engine.drill.sampling import desk_hours, sample_at_sites
from linli_engine.drill.script import Arrival, Script
from linli_engine.drill.sweep import Sweep


def write_script(
    households: Sequence[Household],
    plan: DayPlan,
    *,
    seed: int,
    planned: bool = True,
    behaviour: Behaviour | None = None,
    teams: Teams | None = None,
) -> Script:
    """Play a testing day and write down everything that happens, until nobody is outstanding.

    Parameters
    ----------
    households
        All households of the community, in any order; vacant dwellings are left out.
    plan
        Sites with desks and hours, call groups, and each household's site.
    seed
        Zero or more; the same seed, households and plan give the same script.
    planned
        True: people come by their call group. False: they come when they like (the field's first day), to the same
        sites and desks.
    behaviour
        The defaults of `Behaviour` when None.
    teams
        The defaults of `Teams` when None.

    Returns
    -------
    Script
        ``final`` holds every target and newcomer exactly once.

    Raises
    ------
    ValueError
        When a household or person occurs twice, a group calls somebody unknown, or ``seed`` is negative.

    Notes
    -----
    Requirements R105 to R107, R116 to R132. A compound's sweep starts when its last group has been called and served
    and ``sweep_lag_minutes`` have passed; without a plan, when its site has closed. Persons who are in no group are
    not called and are found by the sweep.
    """
    _check(households, plan)
    households = sorted(households, key=lambda household: household.key)
    behaviour, teams = behaviour or Behaviour(), teams or Teams()
    fates = draw_fates(households, behaviour, seed)
    notices = tell_buildings(households, plan, behaviour, seed)
    newcomers = newcomer_arrivals(plan, len(fates), behaviour, seed)
    come = called_arrivals if planned else free_arrivals
    arrivals = come(households, plan, fates, behaviour, seed)
    arrivals += [Arrival(new.minute, new.person, new.site) for new in newcomers]
    arrivals.sort(key=lambda arrival: arrival.minute)
    specimens = sample_at_sites(arrivals, plan, households, behaviour, seed)
    doorstep = Doorstep(households, fates, behaviour, seed)
    sweep = Sweep({household.key: household for household in households}, doorstep, behaviour, teams)
    for minute, outstanding in doors_due(households, plan, specimens, fates, behaviour, planned=planned):
        sweep.add(minute, 1, outstanding)
    visits = sweep.run()
    samplings = sample_at_home(visits, behaviour, teams)
    return Script(
        seed=seed,
        planned=planned,
        notices=tuple(notices),
        newcomers=tuple(newcomers),
        arrivals=tuple(arrivals),
        specimens=tuple(specimens),
        visits=tuple(visits),
        home_samplings=tuple(samplings),
        final=final_outcomes(fates, specimens, visits, samplings),
        desk_hours=desk_hours(specimens, plan),
        timeline=timeline(plan, notices, specimens, visits, samplings, behaviour),
    )


def _check(households: Sequence[Household], plan: DayPlan) -> None:
    require_unique("household keys", (household.key for household in households))
    require_unique("person keys", (person.key for household in households for person in household.persons))
    known = {person.key for household in households for person in household.persons}
    called = [person for group in plan.groups for person in group.persons]
    require_unique("called persons", called)
    for person in called:
        if person not in known:
            raise ValueError(f"A call group calls {person!r}, who is in no household.")
