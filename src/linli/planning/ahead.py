"""The plan of a round that is not open yet, made as opening it makes it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linli.core import clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.orders.rules import RulePackRules
from linli.places.addresses import Address
from linli.places.models import Building
from linli.places.scope import in_community
from linli.planning.chosen import Chosen
from linli.planning.microplan import Draft, desks_at_most, draft_plan, promises
from linli.planning.people import Home, TargetRow, homes_of
from linli.planning.read import needs_of, point_of, relations_of, venue_rows
from linli.registry.models import Household, Person
from linli.rounds.asked import NewRound
from linli.rounds.selectors.ahead import TargetAhead, TargetsAhead, targets_ahead
from linli_engine.geo import Point


@dataclass(frozen=True)
class PlanAhead:
    """A plan with the people it was made for."""

    draft: Draft
    homes: tuple[Home, ...]
    targets: TargetsAhead

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it: what it promises, its sites, when which building comes, and for whom it was made."""
        return {
            "promised": promises(self.draft.plan),
            "sites": self._sites(),
            "buildings": self._buildings(),
            "people": len(self.targets.targets),
            "expected": self.targets.expected,
            "digest": self.targets.digest,
        }

    def _sites(self) -> list[dict[str, Any]]:
        called: dict[UUID, list[tuple[datetime, int]]] = defaultdict(list)
        for group in self.draft.groups:
            called[group.site].append((group.starts_at, len(group.targets)))
        return [
            {
                "venue": str(site.venue) if site.venue else None, "name": site.name, "desks": site.desks,
                "opens_at": site.opens_at.isoformat(), "closes_at": site.closes_at.isoformat(),
                "groups": len(called[site.id]), "people": sum(size for _at, size in called[site.id]),
            }
            for site in self.draft.sites
        ]  # fmt: skip

    def _buildings(self) -> list[dict[str, Any]]:
        """Return each building with its people, its sites and its first and last call, in the order of being called."""
        names = {site.id: site.name for site in self.draft.sites}
        group_of = {target: group for group in self.draft.groups for target in group.targets}
        found: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
        for home in self.homes:
            for member in home.called:
                group = group_of[member.row.target]
                found[home.address.compound, home.address.building].append((group.starts_at, names[group.site]))
        rows = [
            {
                "compound": compound, "building": building, "people": len(calls),
                "sites": sorted({name for _at, name in calls}),
                "first": min(calls)[0].isoformat(), "last": max(calls)[0].isoformat(),
            }
            for (compound, building), calls in found.items()
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row["first"], row["sites"], row["compound"], row["building"]))


def plan_ahead(actor: Actor, community: int, new: NewRound, chosen: Chosen, rules: RulePackRules) -> PlanAhead:
    """Return the plan that a round would have if it were opened now, for who may open rounds there (round_open).

    Raises Refused, NotFound, NobodyToPlanFor, OpensTooLate, NoPlanFits, UnusableLayout.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        targets = targets_ahead(actor, community, new)
        homes = homes_of(_rows(community, targets.targets))
        venues = chosen.venues(venue_rows(community))
    usual = desks_at_most(rules, sum(len(home.called) for home in homes))
    asked = chosen.asked(venues, usual, clock.now())
    return PlanAhead(draft_plan(homes, venues, rules, asked, new.id), homes, targets)


def _rows(community: int, targets: Iterable[TargetAhead]) -> list[TargetRow]:
    births: dict[UUID, date | None] = dict(Person.objects.filter(community=community).values_list("id", "birth"))
    numbers = dict(Household.objects.filter(community=community).values_list("id", "number"))
    relations, needs, points = relations_of(community), needs_of(community), _points(community)
    return [
        TargetRow(
            target=each.id,
            address=_address(each),
            name=each.name,
            household=each.household,
            household_number=numbers.get(each.household, "") if each.household else "",
            dwelling=each.place.dwelling if each.place else None,
            floor=(each.place.floor or 0) if each.place else 0,
            relation=relations.get(each.person, ""),
            birth=births.get(each.person),
            care_needs=tuple(sorted(needs.get(each.person, ()))),
            called=not each.left_out,
            point=points.get(each.place.building) if each.place else None,
        )
        for each in targets
    ]


def _points(community: int) -> dict[UUID, Point]:
    rows = Building.objects.filter(community=community).values_list("id", "longitude", "latitude")
    known = {id: point_of(longitude, latitude) for id, longitude, latitude in rows}
    return {id: point for id, point in known.items() if point}


def _address(target: TargetAhead) -> Address:
    place = target.place
    return (
        Address(place.compound_name, place.building_name, place.unit, place.room) if place else Address("", "", "", "")
    )
