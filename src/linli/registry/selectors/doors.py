"""Compounds, buildings and the doors of a façade with how many live behind each; no names."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.access import access_building
from linli.places.addresses import floor_of, natural_key
from linli.places.models import Building, Dwelling
from linli.places.scope import in_community
from linli.registry.models import Household, Person, RegisterFlag, Residency

_LIVING = Count("households__residencies", filter=Q(households__residencies__until=None))


@dataclass(frozen=True)
class Door:
    """One door of a façade."""

    dwelling_id: UUID
    unit: str
    floor: int | None
    room: str
    occupants: int

    @property
    def is_vacant(self) -> bool:
        return self.occupants == 0


@dataclass(frozen=True)
class Facade:
    """A building as it looks from outside: its units, and their doors from the ground up."""

    building_id: UUID
    compound: str
    building: str
    doors: tuple[Door, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(door.unit for door in self.doors))


@dataclass(frozen=True)
class BuildingFigures:
    """A building in the list of a community's compounds."""

    id: UUID
    compound_id: UUID
    compound: str
    building: str
    dwellings: int
    vacant: int
    persons: int


@dataclass(frozen=True)
class CommunityFigures:
    """The size of a community's register, and what waits to be looked at."""

    persons: int
    households: int
    dwellings: int
    vacant: int
    away: int
    flags: dict[str, int]


def facade(actor: Actor, building_id: UUID) -> Facade:
    """Return the doors of a building, for who holds places_read there. Raises NotFound. Two queries."""
    with scoped(actor, Right.PLACES_READ):
        building = access_building(actor, building_id)
        rows = (
            Dwelling.objects.filter(community=building.community, unit__building=building)
            .annotate(occupants=_LIVING)
            .values_list("id", "unit__name", "floor", "room", "occupants")
        )
        doors = [
            Door(id, unit, floor if floor is not None else floor_of(room), room, occupants)
            for id, unit, floor, room, occupants in rows
        ]
    doors.sort(key=lambda door: (natural_key(door.unit), door.floor or 0, natural_key(door.room)))
    return Facade(building.id, building.compound.name, building.name, tuple(doors))


def buildings(actor: Actor, community: int) -> list[BuildingFigures]:
    """Return every building with its figures in the order of doors, for who holds places_read there. Three queries."""
    with in_community(actor, Right.PLACES_READ, community):
        places = list(
            Building.objects.filter(community=community).values_list("id", "compound_id", "compound__name", "name")
        )
        living = dict(
            Residency.objects.filter(community=community, until=None)
            .values_list("household__dwelling_id")
            .annotate(Count("id"))
        )
        doors: dict[UUID, list[int]] = defaultdict(list)
        for building, dwelling in Dwelling.objects.filter(community=community).values_list("unit__building_id", "id"):
            doors[building].append(living.get(dwelling, 0))
    found = [
        BuildingFigures(id, compound_id, compound, name, len(doors[id]), doors[id].count(0), sum(doors[id]))
        for id, compound_id, compound, name in places
    ]
    return sorted(found, key=lambda one: (one.compound, natural_key(one.building)))


def community_figures(actor: Actor, community: int) -> CommunityFigures:
    """Return the size of the register, for who holds places_read there."""
    with in_community(actor, Right.PLACES_READ, community):
        here = Residency.objects.filter(community=community, until=None)
        dwellings = Dwelling.objects.filter(community=community)
        lived_in = here.values("household__dwelling").distinct().count()
        flags = RegisterFlag.objects.filter(community=community, resolved_at=None).values_list("kind")
        return CommunityFigures(
            Person.objects.filter(community=community, residencies__until=None, residencies__isnull=False).count(),
            Household.objects.filter(community=community, until=None).count(),
            dwellings.count(),
            dwellings.count() - lived_in,
            here.filter(kind=Residency.Kind.AWAY).count(),
            dict(flags.annotate(Count("id")).order_by("kind")),
        )
