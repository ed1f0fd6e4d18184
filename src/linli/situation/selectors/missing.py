"""Who is missing, from the community down to the door: counts of all, names of as many as a page can hold."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building, access_compound
from linli.places.addresses import natural_key
from linli.rounds.access import access_round
from linli.rounds.models import Round, Target
from linli.rounds.reasons import OPEN
from linli.situation.directory import BuildingPlace, buildings_in_order

VISITED = "visited"
"""Asks for those at whose door somebody has knocked; the other keys are the reasons of `rounds.reasons.OPEN`."""
NAMED_AT_MOST = 600
"""People that one page names; beyond, it counts and opens its parts."""


@dataclass(frozen=True)
class MissingPerson:
    """Somebody who is missing; `reason` is a key of `rounds.reasons`."""

    name: str
    visits: int
    reason: str


@dataclass(frozen=True)
class MissingDoor:
    """A door and who is missing behind it."""

    dwelling: UUID | None
    unit: str
    room: str
    people: tuple[MissingPerson, ...]


@dataclass(frozen=True)
class MissingBuilding:
    """A building: how many people behind how many doors, and the doors where names are shown."""

    id: UUID | None
    name: str
    people: int
    doors: int
    listed: tuple[MissingDoor, ...] = ()


@dataclass(frozen=True)
class MissingCompound:
    """A compound with its buildings; without an id those who live behind no door of the round."""

    id: UUID | None
    name: str
    buildings: tuple[MissingBuilding, ...]

    @property
    def people(self) -> int:
        """Everybody missing in it."""
        return sum(building.people for building in self.buildings)

    @property
    def doors(self) -> int:
        """Doors behind which somebody is missing."""
        return sum(building.doors for building in self.buildings)


@dataclass(frozen=True)
class Kind:
    """Those who are missing for one reason, or who were visited, and how many they are."""

    key: str
    people: int


@dataclass(frozen=True)
class MissingList:
    """Who is missing in a round, a compound or a building; `named` when each is shown by name."""

    round: Round
    place: str
    named: bool
    compounds: tuple[MissingCompound, ...]
    kinds: tuple[Kind, ...] = ()
    """What the place can be narrowed to, the most frequent reason first, those visited last."""
    everybody: int = 0
    """All who are missing in the place, also where `kind` shows some of them only."""
    kind: str = ""

    @property
    def people(self) -> int:
        """Everybody missing."""
        return sum(compound.people for compound in self.compounds)

    @property
    def doors(self) -> int:
        """Doors behind which somebody is missing."""
        return sum(compound.doors for compound in self.compounds)


def missing_list(
    actor: Actor, round_id: UUID, *, compound: UUID | None = None, building: UUID | None = None, kind: str = ""
) -> MissingList:
    """Return who is outstanding by compound, building and door (person_search: it names people). Raises NotFound.

    `kind` narrows them to one reason or to those visited; one that nobody has shows nobody.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        place = _place(actor, round, compound, building)
        targets = Target.objects.filter(community=round.community, round=round, outcome=None).order_by()
        places: list[BuildingPlace | None] = [
            each
            for each in buildings_in_order(round.community)
            if compound in (None, each.compound) and building in (None, each.id)
        ]
        if compound or building:
            targets = targets.filter(building__in=[each.id for each in places if each])
        else:
            places.append(None)
        kinds, everybody = _kinds(targets)
        targets = _of_kind(targets, kind)
        counts = _counts(targets)
        named = building is not None or sum(people for people, _doors in counts.values()) <= NAMED_AT_MOST
        listed = _listed(targets) if named else {}
    buildings = [_building(each, counts, listed) for each in places if (each.id if each else None) in counts]
    return MissingList(round, place, named, _compounds(buildings), kinds, everybody, kind)


def _kinds(targets: QuerySet[Any]) -> tuple[tuple[Kind, ...], int]:
    counts = {"people": Count("id"), "visited": Count("id", filter=Q(visits__gt=0))}
    rows = list(targets.values_list("outcome_reason").annotate(**counts))
    reasons = [Kind(reason, people) for reason, people, _visited in rows if reason in OPEN]
    visited = sum(visited for _reason, _people, visited in rows)
    kinds = sorted(reasons, key=lambda kind: (-kind.people, kind.key)) + [Kind(VISITED, visited)] * bool(visited)
    return tuple(kinds), sum(people for _reason, people, _visited in rows)


def _of_kind(targets: QuerySet[Any], kind: str) -> QuerySet[Any]:
    if kind == VISITED:
        return targets.filter(visits__gt=0)
    return targets.filter(outcome_reason=kind) if kind else targets


Counts = dict[UUID | None, tuple[int, int]]
Listed = dict[UUID | None, tuple[MissingDoor, ...]]


def _counts(targets: QuerySet[Any]) -> Counts:
    rows = targets.values_list("building_id").annotate(people=Count("id"), doors=Count("dwelling", distinct=True))
    return {building: (people, doors) for building, people, doors in rows}


def _listed(targets: QuerySet[Any]) -> Listed:
    columns = (
        "building_id",
        "dwelling_id",
        "dwelling__unit__name",
        "dwelling__room",
        "name",
        "visits",
        "outcome_reason",
    )
    rows = sorted(
        (
            (building, dwelling, unit or "", room or "", *who)
            for building, dwelling, unit, room, *who in targets.values_list(*columns)
        ),
        key=lambda row: (str(row[0]), natural_key(row[2]), natural_key(row[3]), str(row[1]), row[4]),
    )
    doors: dict[UUID | None, list[MissingDoor]] = defaultdict(list)
    for (building, dwelling, unit, room), people in groupby(rows, key=lambda row: row[:4]):
        doors[building].append(MissingDoor(dwelling, unit, room, tuple(MissingPerson(*row[4:]) for row in people)))
    return {building: tuple(found) for building, found in doors.items()}


def _building(
    place: BuildingPlace | None, counts: Counts, listed: Listed
) -> tuple[BuildingPlace | None, MissingBuilding]:
    id = place.id if place else None
    return place, MissingBuilding(id, place.name if place else "", *counts[id], listed.get(id, ()))


def _compounds(buildings: list[tuple[BuildingPlace | None, MissingBuilding]]) -> tuple[MissingCompound, ...]:
    groups = groupby(buildings, key=lambda each: (each[0].compound, each[0].compound_name) if each[0] else (None, ""))
    return tuple(MissingCompound(id, name, tuple(building for _, building in group)) for (id, name), group in groups)


def _place(actor: Actor, round: Round, compound: UUID | None, building: UUID | None) -> str:
    if building:
        found = access_building(actor, building, right=Right.PERSON_SEARCH)
        name, community = f"{found.compound.name} {found.name}", found.community
    elif compound:
        reached = access_compound(actor, compound, right=Right.PERSON_SEARCH)
        name, community = reached.name, reached.community
    else:
        return ""
    if community != round.community:
        raise NotFound
    return name
