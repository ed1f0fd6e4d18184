"""Between the register's rows and the engine's plan of a testing round: pure conversions, no database.

The engine behind `make_plan` may change; what `draft_plan` takes and gives stays.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext_lazy as _

from linli.core.errors import Invalid
from linli.core.ids import seeded_uuid7
from linli.orders.rules import RulePackRules
from linli.planning.people import Home, members_of
from linli.planning.wording import SITE, stored
from linli.rounds.asked import CallGroupAsked, SiteAsked
from linli_engine.geo import Point
from linli_engine.microplan import HouseholdToPlan, Microplan, PlanParameters, Venue, plan_testing
from linli_engine.queueing import Interval
from linli_engine.siting import sites_needed
from linli_engine.staffing import DeskTargets, desks_needed
from linli_engine.timetable import Callee

CHANCE = 0
"""Seed of the forecast: two plans of the same register promise the same."""

ROOMS = (PlanParameters().room, 0.5, 2.0, 20.0)
"""How unequal the shares of chosen venues may become, tried in this order: a large building cannot be divided, and there may
be fewer buildings than venues. No venue gets more people than its desks can test."""

OPENS_AFTER_MINUTES = 65.0
"""From the order to the opening of the sites, unless the planner says otherwise. Our proposal: buildings are told in
the order in which they are called, so sampling begins while the last are still being told (all within two hours, R6).
"""


class NoPlanFits(Invalid):
    """The desks, venues and hours there are cannot test so many people."""

    code = "no_plan_fits"
    message = _(
        "No plan fits: %(persons)d people, %(desks)d desks at most, %(hours)s hours. "
        "About %(needed)d desks are needed: allow more desks, more venues or a later deadline."
    )


class NobodyToPlanFor(Invalid):
    """A plan was asked for while nobody is expected at a site."""

    code = "nobody_to_plan_for"
    message = _("Nobody is to be called: the register is empty, or everybody is accounted for.")


class OpensTooLate(Invalid):
    """The sites would open when the round should be over."""

    code = "opens_too_late"
    message = _("The sites would open after the deadline of the round. Open them earlier.")


class HoursTooShort(Invalid):
    """The sites would close before anybody could be called."""

    code = "hours_too_short"
    message = _("The sites are open for less than half an hour: nobody could be called. Open them longer.")


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue of the community as planning sees it; without an id, open space in a compound."""

    id: UUID | None
    name: str
    desks_at_most: int | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan was asked to keep to."""

    desks_at_most: int
    opens_at: datetime
    window_hours: float
    every_venue: bool = False
    """Open a site at each of the venues, with no more desks than it is said to have; else as many as the people need."""

    def as_json(self) -> dict[str, Any]:
        """Return what is stored with the plan."""
        return asdict(self) | {"opens_at": self.opens_at.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Asked":
        """Read what was stored with a plan."""
        opens_at = datetime.fromisoformat(kept["opens_at"])
        return cls(kept["desks_at_most"], opens_at, kept["window_hours"], kept.get("every_venue", False))


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan with its sites and call groups on the clock of the day, ready to be put into force."""

    plan: Microplan
    sites: tuple[SiteAsked, ...]
    groups: tuple[CallGroupAsked, ...]
    site_ids: Mapping[str, UUID]
    """Ids of the sites by the engine's keys."""


def desks_at_most(rules: RulePackRules, persons: int) -> int:
    """Return how many desks so many people may have: the pack's number, or one for each `persons_per_desk`."""
    return max(rules.desks_at_most, persons // rules.persons_per_desk)


def make_plan(homes: Sequence[Home], venues: Mapping[str, VenueRow], rules: RulePackRules, asked: Asked) -> Microplan:
    """Ask the engine for sites, desks, call groups and waits. Raises NobodyToPlanFor, OpensTooLate, HoursTooShort, NoPlanFits."""
    if asked.window_hours <= 0:
        raise OpensTooLate
    if asked.window_hours <= DeskTargets().tail_minutes / 60:
        raise HoursTooShort
    households = households_to_plan(homes)
    if not households:
        raise NobodyToPlanFor
    persons = sum(len(household.members) for household in households)
    parameters = _parameters(rules, asked, persons // len(venues) if asked.every_venue else rules.persons_per_site)
    busy = parameters.desks.target_utilisation if asked.every_venue else parameters.desks.highest_utilisation
    places = [_venue(key, venue, parameters.desks, busy) for key, venue in venues.items()]
    for room in ROOMS if asked.every_venue else (parameters.room,):
        try:
            wider = replace(parameters, room=room)
            return plan_testing(households, places, rng=np.random.default_rng(CHANCE), parameters=wider)
        except ValueError as problem:
            refused = problem
    raise NoPlanFits(
        persons=persons, desks=asked.desks_at_most, hours=f"{asked.window_hours:.1f}",
        needed=max(asked.desks_at_most + 1, desks_needed(persons, targets=parameters.desks)),
    ) from refused  # fmt: skip


def households_to_plan(homes: Sequence[Home]) -> list[HouseholdToPlan]:
    """Return the households with somebody to call, in calling order."""
    return [
        HouseholdToPlan(
            key=home.key,
            compound=home.address.compound,
            building=home.address.building,
            unit=home.address.unit,
            members=tuple(Callee(member.key) for member in home.called),
            point=home.first.point,
        )
        for home in homes
        if home.called
    ]


def draft_plan(
    homes: Sequence[Home], venues: Sequence[VenueRow], rules: RulePackRules, asked: Asked, round_id: UUID
) -> Draft:
    """Plan a round: a pure function, so that the same people and venues give the same plan and the same sites."""
    places = keyed_venues(homes, venues, rules)
    plan = make_plan(homes, places, rules, asked)
    ids = {key: seeded_uuid7(asked.opens_at, round_id, places[key].id or key) for key in _opened(plan)}
    names = site_names(plan, homes, places)
    sites = tuple(
        SiteAsked(
            names[site.site], site.desks, asked.opens_at, asked.opens_at + timedelta(hours=site.open_hours),
            places[site.site].id, ids[site.site],
        )
        for site in plan.desks.sites
    )  # fmt: skip
    target_of = {member.key: member.row.target for member in members_of(homes)}
    groups = tuple(
        CallGroupAsked(
            ids[group.site], asked.opens_at + timedelta(minutes=group.start_minute),
            tuple(target_of[person] for person in group.persons),
        )
        for group in plan.groups
    )  # fmt: skip
    return Draft(plan, sites, groups, ids)


def keyed_venues(homes: Sequence[Home], venues: Sequence[VenueRow], rules: RulePackRules) -> dict[str, VenueRow]:
    """Return the venues under the engine's keys; where a community has none, open space in its largest compounds."""
    chosen = list(venues) or _open_spaces(homes, rules)
    return {f"{number:03}": venue for number, venue in enumerate(chosen, start=1)}


def site_names(plan: Microplan, homes: Sequence[Home], venues: Mapping[str, VenueRow]) -> dict[str, str]:
    """Name a site after its venue, or after the largest compound it serves; numbered where two would be the same."""
    names = {key: venues[key].name or _named_after(_largest_compound(plan, homes, key)) for key in _opened(plan)}
    taken, seen = Counter(names.values()), Counter[str]()
    for key, name in names.items():
        seen[name] += 1
        names[key] = f"{name} {seen[name]}" if taken[name] > 1 else name
    return names


def promises(plan: Microplan) -> dict[str, Any]:
    """Return what a plan promises, to be stored and compared with what happened; minutes and hours, rounded."""
    forecast = plan.forecast
    return {
        "sites": len(plan.desks.sites),
        "desks": plan.desks.desks,
        "desk_hours": round(plan.desks.desk_hours, 2),
        "utilisation": _interval(forecast.utilisation, 3),
        "wait_minutes": {
            "median": _interval(forecast.median_minutes),
            "p95": _interval(forecast.p95_minutes),
            "max": _interval(forecast.max_minutes),
        },
        "finish_minute": _interval(forecast.finish_minute),
        "call_groups": len(plan.groups),
        "called": sum(len(group.persons) for group in plan.groups),
        "split_compounds": list(plan.split_compounds),
    }


def _parameters(rules: RulePackRules, asked: Asked, persons_per_site: int) -> PlanParameters:
    desks = DeskTargets(
        rate_per_hour=rules.desk_rate_per_hour, window_hours=asked.window_hours, max_desks=asked.desks_at_most
    )
    at_most = max(1, min(persons_per_site, rules.persons_per_site))
    return PlanParameters(desks=desks, persons_per_site=at_most, group_limit=rules.call_group_at_most)


def _venue(key: str, venue: VenueRow, targets: DeskTargets, busy: float) -> Venue:
    if venue.desks_at_most is None:
        return Venue(key, venue.point)
    hours = targets.window_hours - targets.tail_minutes / 60
    capacity = venue.desks_at_most * targets.rate_per_hour * busy * hours
    return Venue(key, venue.point, max(1, math.floor(capacity)))


def _opened(plan: Microplan) -> list[str]:
    return [site.site for site in plan.desks.sites]


def _open_spaces(homes: Sequence[Home], rules: RulePackRules) -> list[VenueRow]:
    """Return as many open spaces as the people need sites, in the largest compounds first."""
    called = Counter({home.address.compound: 0 for home in homes})
    for home in homes:
        called[home.address.compound] += len(home.called)
    points = {home.address.compound: home.first.point for home in homes if home.first.point}
    ranked = sorted(called, key=lambda compound: (-called[compound], compound))
    needed = sites_needed(called.total(), persons_per_site=rules.persons_per_site)
    return [VenueRow(None, "", point=points.get(ranked[number % len(ranked)])) for number in range(needed)]


def _named_after(compound: str) -> str:
    return stored(SITE, compound=compound)


def _largest_compound(plan: Microplan, homes: Sequence[Home], site: str) -> str:
    called: Counter[str] = Counter()
    for home in homes:
        if plan.site_of.get(home.key) == site:
            called[home.address.compound] += len(home.called)
    return min(called, key=lambda compound: (-called[compound], compound))


def _interval(interval: Interval, digits: int = 1) -> list[float]:
    return [round(value, digits) for value in (interval.low, interval.mid, interval.high)]
