"""Sites, desks, timetable and forecast, one after another."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from linli_engine.checks import require_unique
from linli_engine.microplan.items import HouseholdToPlan, Microplan, PlanParameters, Venue
from linli_engine.queueing import Forecast, ServiceTime, predict_waits
from linli_engine.siting import Building, Site, assign_buildings, sites_needed
from linli_engine.staffing import DeskPlan, desks_needed, size_desks
from linli_engine.timetable import CallGroup, HouseholdCall, SitePace, make_call_groups

Block = tuple[str, ...]
"""Compound and building, or compound, building and unit where a building is larger than any site."""


def plan_testing(
    households: Sequence[HouseholdToPlan],
    venues: Sequence[Venue],
    *,
    rng: np.random.Generator,
    parameters: PlanParameters | None = None,
) -> Microplan:
    """Plan a testing round from households and places to test at.

    As many sites as the population needs open at the first of ``venues``, which the caller gives in order of
    preference. Desks are shared out evenly, what is beyond a venue's capacity goes to the others, buildings are assigned
    in proportion, desks and hours sized on what each site got; then households are called at the pace of their site's
    desks, and the waits forecast.

    Parameters
    ----------
    households
        In calling order (within a site, compounds and buildings are called as they first appear).
    venues
        At least one.
    rng
        Source of chance for the forecast; the rest of the plan uses none.
    parameters
        The defaults of `PlanParameters` when None.

    Returns
    -------
    Microplan
        Every member of every household is in exactly one call group.

    Raises
    ------
    ValueError
        When there is no household or venue, a key occurs twice, the venues are too small, or the desks are too few;
        the text says what is missing.

    Notes
    -----
    Requirements R92 to R97, R105 to R108, R113. Desk sizes count persons by their weight at the desk.
    """
    parameters = parameters or PlanParameters()
    if not households:
        raise ValueError("There is nobody to plan for.")
    require_unique("household keys", (household.key for household in households))
    sites = _sites(households, venues, parameters)
    blocks = _blocks(households, max(site.capacity for site in sites))
    assignment = assign_buildings(_buildings(households, blocks), sites, weights=parameters.siting)
    site_of = {household.key: assignment.site_of["\x1f".join(blocks[household.key])] for household in households}
    desks = size_desks(_work(households, site_of, sites), targets=parameters.desks)
    groups = _groups(households, site_of, desks, parameters)
    return Microplan(
        desks=desks,
        groups=groups,
        site_of=site_of,
        split_compounds=assignment.split_compounds,
        forecast=_forecast(households, groups, desks, parameters, rng),
    )


def _sites(households: Sequence[HouseholdToPlan], venues: Sequence[Venue], parameters: PlanParameters) -> list[Site]:
    """Give the venues that open, each with its desks' part of all persons as capacity."""
    if not venues:
        raise ValueError("There is no venue to open a site at.")
    require_unique("venue keys", (venue.key for venue in venues))
    persons = sum(len(household.members) for household in households)
    needed = sites_needed(persons, persons_per_site=parameters.persons_per_site)
    count = min(len(venues), needed, parameters.desks.max_desks, persons)
    chosen = venues[:count]
    work = sum(member.weight for household in households for member in household.members)
    desks = max(count, min(parameters.desks.max_desks, desks_needed(math.ceil(work), targets=parameters.desks)))
    shares = [desks // count + (number < desks % count) for number in range(count)]
    limits = [math.inf if venue.capacity is None else venue.capacity for venue in chosen]
    parts = _parts(persons, shares, limits)
    return [_site(venue, part, parameters.room) for venue, part in zip(chosen, parts, strict=True)]


def _parts(persons: int, shares: Sequence[int], limits: Sequence[float]) -> list[float]:
    """Share persons out in proportion to desks; what is more than a venue can take goes to those that have room."""
    parts, left, open_ = [0.0] * len(shares), float(persons), set(range(len(shares)))
    while open_:
        desks = sum(shares[site] for site in open_)
        full = {site for site in open_ if left * shares[site] / desks > limits[site]}
        for site in full or open_:
            parts[site] = limits[site] if full else left * shares[site] / desks
        left -= sum(limits[site] for site in full)
        open_ = open_ - full if full else set()
    return parts


def _site(venue: Venue, share: float, room: float) -> Site:
    capacity = math.ceil(share * (1 + room))
    return Site(venue.key, capacity if venue.capacity is None else min(capacity, venue.capacity), venue.point)


def _blocks(households: Sequence[HouseholdToPlan], largest: int) -> dict[str, Block]:
    """Give each household's block: its building, or its unit where the building is larger than any site."""
    persons: dict[Block, int] = {}
    for household in households:
        building = (household.compound, household.building)
        persons[building] = persons.get(building, 0) + len(household.members)
    return {
        household.key: (household.compound, household.building)
        if persons[household.compound, household.building] <= largest
        else (household.compound, household.building, household.unit)
        for household in households
    }


def _buildings(households: Sequence[HouseholdToPlan], blocks: Mapping[str, Block]) -> list[Building]:
    members: dict[Block, list[HouseholdToPlan]] = {}
    for household in households:
        members.setdefault(blocks[household.key], []).append(household)
    return [
        Building(
            key="\x1f".join(block),
            compound=block[0],
            persons=sum(len(household.members) for household in there),
            point=next((household.point for household in there if household.point is not None), None),
        )
        for block, there in members.items()
    ]


def _work(households: Sequence[HouseholdToPlan], site_of: Mapping[str, str], sites: Sequence[Site]) -> dict[str, int]:
    """Give the persons of each site that got any, slow ones counted by their weight."""
    work = dict.fromkeys((site.key for site in sites), 0.0)
    for household in households:
        work[site_of[household.key]] += sum(member.weight for member in household.members)
    return {site: math.ceil(persons) for site, persons in work.items() if persons}


def _groups(
    households: Sequence[HouseholdToPlan], site_of: Mapping[str, str], desks: DeskPlan, parameters: PlanParameters
) -> tuple[CallGroup, ...]:
    calls = [
        HouseholdCall(household.key, site_of[household.key], household.compound, household.building, household.members)
        for household in households
    ]
    minutes = 60 / desks.rate_per_hour
    paces = {site.site: SitePace(site.desks, minutes, site.utilisation) for site in desks.sites}
    return make_call_groups(calls, paces, group_limit=parameters.group_limit)


def _forecast(
    households: Sequence[HouseholdToPlan],
    groups: Sequence[CallGroup],
    desks: DeskPlan,
    parameters: PlanParameters,
    rng: np.random.Generator,
) -> Forecast:
    service = ServiceTime(desks.rate_per_hour, parameters.waits.service.cv)
    return predict_waits(
        groups,
        {site.site: site.desks for site in desks.sites},
        rng=rng,
        assumptions=replace(parameters.waits, service=service),
        household_of={member.key: household.key for household in households for member in household.members},
        weights={member.key: member.weight for household in households for member in household.members},
    )
