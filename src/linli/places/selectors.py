"""Reads of places: names of divisions, venues, doors, and whether the grids cover every dwelling once."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from linli.core.actors import Actor
from linli.core.divisions import Level
from linli.core.rights import Right
from linli.places.addresses import Address, address_key
from linli.places.door_names import DoorNames, split_door
from linli.places.models import Compound, Division, Dwelling, GridPart, Unit, Venue
from linli.places.scope import in_community


def community_name(actor: Actor, community: int) -> str:
    """Return the name of a community, or its code where it has none yet. Names of divisions are public."""
    return Division.objects.filter(code=community).values_list("name", flat=True).first() or str(community)


def community_names(actor: Actor, codes: Collection[int]) -> dict[int, str]:
    """Return the names of communities by code, a code for itself where there is none yet. One query."""
    named = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: named.get(code) or str(code) for code in codes}


def city_name(actor: Actor, community: int) -> str:
    """Return the name of the city that a community lies in; empty where it is not known."""
    return Division.objects.filter(code=community - community % Level.CITY).values_list("name", flat=True).first() or ""


def venues(actor: Actor, community: int) -> list[Venue]:
    """Return the venues of a community by name, for who holds places_read there."""
    with in_community(actor, Right.PLACES_READ, community):
        return list(Venue.objects.filter(community=community).select_related("compound").order_by("name"))


def compound_ids(actor: Actor, community: int) -> dict[str, UUID]:
    """Return the compounds of a community by name, for who holds places_read there."""
    with in_community(actor, Right.PLACES_READ, community):
        return dict(Compound.objects.filter(community=community).order_by("name").values_list("name", "id"))


def door_names(actor: Actor, community: int) -> DoorNames:
    """Return the doors of a community by what people write, for who holds places_read there. Two queries."""
    with in_community(actor, Right.PLACES_READ, community):
        named = Unit.objects.filter(community=community).values_list(
            "id", "building__compound__name", "building__name", "name"
        )
        units = {id: (compound, building, unit) for id, compound, building, unit in named}
        rows = Dwelling.objects.filter(community=community).values_list("id", "unit_id", "room")
        return DoorNames({Address(*units[unit], room): id for id, unit, room in rows})


def dwellings_named(actor: Actor, community: int, text: str) -> set[UUID]:
    """Return the doors that a text may mean in any usual form, for who holds places_read there; none without a room.

    Two queries that read no door but those that fit: what is typed at a desk is answered at once.
    """
    with in_community(actor, Right.PLACES_READ, community):
        names = Compound.objects.filter(community=community).values_list("name", flat=True)
        compound, door = split_door(text, names)
        if door is None or not door.room:
            return set()
        rows = Dwelling.objects.filter(community=community, room__iexact=door.room)
        if door.building:
            rows = rows.filter(unit__building__name__iexact=door.building)
        if door.unit:
            rows = rows.filter(unit__name__iexact=door.unit)
        if compound or door.compound:
            rows = rows.filter(unit__building__compound__name__icontains=compound or door.compound)
        return set(rows.values_list("id", flat=True))


@dataclass(frozen=True)
class GridCoverage:
    """Dwellings that lie in no grid, and those in more than one, each list in the order of doors (R27)."""

    dwellings: int
    outside: tuple[tuple[UUID, Address], ...]
    in_several: tuple[tuple[UUID, Address], ...]

    @property
    def is_complete(self) -> bool:
        return not self.outside and not self.in_several


def grid_coverage(actor: Actor, community: int) -> GridCoverage:
    """Check that each dwelling lies in exactly one grid, for who holds places_read there. Serves R27."""
    with in_community(actor, Right.PLACES_READ, community):
        grids = _grids_by_unit(community)
        doors = [
            (id, unit, Address(*parts))
            for id, unit, *parts in Dwelling.objects.filter(community=community).values_list(
                "id", "unit_id", "unit__building__compound__name", "unit__building__name", "unit__name", "room"
            )
        ]
    doors.sort(key=lambda door: address_key(door[2]))
    return GridCoverage(
        len(doors),
        tuple((id, address) for id, unit, address in doors if grids[unit] == 0),
        tuple((id, address) for id, unit, address in doors if grids[unit] > 1),
    )


def _grids_by_unit(community: int) -> Counter[UUID]:
    """Count the different grids of each unit, whether they cover its building or the unit itself."""
    parts: Iterable[tuple[UUID, UUID, UUID | None]] = GridPart.objects.filter(community=community).values_list(
        "grid_id", "building_id", "unit_id"
    )
    covers = {(grid, building if unit is None else unit) for grid, building, unit in parts}
    units = dict(Dwelling.objects.filter(community=community).values_list("unit_id", "unit__building_id"))
    grids = {grid for grid, _part in covers}
    return Counter(
        unit
        for unit, building in units.items()
        for grid in grids
        if (grid, unit) in covers or (grid, building) in covers
    )
