"""Who is missing, from the community down to the door: counts of all, names of as many as a page can hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building, access_compound
from linli.places.addresses import natural_key
from linli.rounds.access import access_round
from linli.rounds.errors import Missing
from linli.rounds.models import Round, Target
from linli.rounds.selectors import outstanding_targets

NAMED_AT_MOST = 600
"""People that one page names; beyond, it counts and opens its parts."""


@dataclass(frozen=True)
class MissingDoor:
    """A door and who is missing behind it."""

    dwelling: UUID | None
    unit: str
    room: str
    people: tuple[Missing, ...]


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
class MissingList:
    """Who is missing in a round, a compound or a building; `named` when each is shown by name."""

    round: Round
    place: str
    named: bool
    compounds: tuple[MissingCompound, ...]

    @property
    def people(self) -> int:
        """Everybody missing."""
        return sum(compound.people for compound in self.compounds)

    @property
    def doors(self) -> int:
        """Doors behind which somebody is missing."""
        return sum(compound.doors for compound in self.compounds)


def missing_list(
    actor: Actor, round_id: UUID, *, compound: UUID | None = None, building: UUID | None = None
) -> MissingList:
    """Return who is outstanding by compound, building and door (person_search: it names people). Raises NotFound."""
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        place = _place(actor, round, compound, building)
        counted = _counted(round, compound, building)
        total = sum(row[4] for row in counted)
        named = total <= NAMED_AT_MOST or building is not None
        people = outstanding_targets(actor, round_id, compound=compound, building=building) if named else ()
    return MissingList(round, place, named, _compounds(counted, _by_building(people)))


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


def _counted(round: Round, compound: UUID | None, building: UUID | None) -> list[tuple[Any, ...]]:
    targets = Target.objects.filter(community=round.community, round=round, outcome=None).order_by()
    if compound:
        targets = targets.filter(building__compound=compound)
    if building:
        targets = targets.filter(building=building)
    columns = ("building__compound_id", "building__compound__name", "building_id", "building__name")
    rows = targets.values_list(*columns).annotate(people=Count("id"), doors=Count("dwelling", distinct=True))
    return sorted(rows, key=lambda row: (row[0] is None, row[1] or "", natural_key(row[3] or "")))


Doors = dict[tuple[str, str], tuple[MissingDoor, ...]]


def _by_building(people: Iterable[Missing]) -> Doors:
    def building(each: Missing) -> tuple[str, str]:
        return each.compound, each.building

    ordered = sorted(
        people, key=lambda each: (*building(each), natural_key(each.unit), natural_key(each.room), str(each.dwelling))
    )
    return {key: _doors(group) for key, group in groupby(ordered, key=building)}


def _doors(people: Iterable[Missing]) -> tuple[MissingDoor, ...]:
    groups = groupby(people, key=lambda each: (each.dwelling, each.unit, each.room))
    return tuple(MissingDoor(dwelling, unit, room, tuple(group)) for (dwelling, unit, room), group in groups)


def _compounds(counted: list[tuple[Any, ...]], doors: Doors) -> tuple[MissingCompound, ...]:
    found = []
    for (id, name), rows in groupby(counted, key=lambda row: (row[0], row[1])):
        buildings = tuple(
            MissingBuilding(row[2], row[3] or "", row[4], row[5], doors.get((name or "", row[3] or ""), ()))
            for row in rows
        )
        found.append(MissingCompound(id, name or "", buildings))
    return tuple(found)
