"""Where every door of a community is.

Tables are read one by one and put together here. Right after a ledger was loaded the database has no statistics yet, and
a join of five tables then takes seconds instead of milliseconds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from linli.places.models import Dwelling, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """One door and what it belongs to."""

    dwelling: UUID
    compound: UUID
    compound_name: str
    building: UUID
    building_name: str
    unit: str
    room: str
    floor: int | None
    unit_id: UUID | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """Key that sorts doors as people walk and count: 2 before 10."""
        return (
            natural(self.compound_name),
            self.compound,
            natural(self.building_name),
            self.building,
            natural(self.unit),
            natural(self.room),
            self.dwelling,
        )


def directory_of(community: int, compound: UUID | None = None) -> Mapping[UUID, Place]:
    """Return every door of a community or a compound by the id of its dwelling, in the order of doors: two queries."""
    columns = ("building__compound_id", "building__compound__name", "building_id", "building__name", "name")
    known = Unit.objects.filter(community=community).order_by()
    if compound is not None:
        known = known.filter(building__compound=compound)
    units: dict[UUID, tuple[Any, ...]] = {id: tuple(home) for id, *home in known.values_list("id", *columns)}
    doors = Dwelling.objects.filter(community=community).order_by()
    if compound is not None:
        doors = doors.filter(unit__in=list(units))
    rows = doors.values_list("id", "unit_id", "room", "floor")
    places = [place_of(id, *units[unit], room, floor, unit) for id, unit, room, floor in rows]
    places.sort(key=lambda place: place.order)
    return {place.dwelling: place for place in places}


def place_of(*row: Any) -> Place:
    """Return a place from the columns of a row, in the order of its fields."""
    return Place(*row)


@lru_cache(maxsize=50_000)
def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders numbers inside names by their size: 2 before 10, 3B after 3A."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
