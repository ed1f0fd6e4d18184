"""Doors in walking order."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from linli_engine.geo import Point, centre
from linli_engine.routing.items import Door
from linli_engine.routing.natural import natural_key
from linli_engine.routing.tour import shortest_walk


def order_doors(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Put doors into walking order: compound, building, unit, floor from the top down, room.

    Compounds, and the buildings of a compound, follow a short walk where all of them have coordinates
    (`shortest_walk`, from the first in natural order), and natural order (2 before 10) where one has none. Within a
    unit the walk snakes: up once, then floor by floor down, rooms rising on the first floor walked, falling on the
    next.

    Parameters
    ----------
    doors
        In any order; the answer does not depend on it.

    Returns
    -------
    tuple of Door
        Every door once.
    """
    compounds = _walk(_grouped(doors, lambda door: door.compound))
    buildings = [there for compound in compounds for there in _walk(_grouped(compound, lambda door: door.building))]
    units = [there for building in buildings for there in _grouped(building, lambda door: door.unit)]
    return tuple(door for unit in units for door in _snake(unit))


def _grouped(doors: Iterable[Door], name: Callable[[Door], str]) -> list[list[Door]]:
    """Give the doors by name, names in natural order."""

    def key(door: Door) -> tuple[tuple[tuple[int, int, str], ...], str]:
        return natural_key(name(door)), name(door)

    return [list(there) for _, there in groupby(sorted(doors, key=lambda door: (key(door), door.key)), key=key)]


def _walk(places: list[list[Door]]) -> list[list[Door]]:
    """Put groups of doors into the order of a short walk when each has a point."""
    points = [_centre(place) for place in places]
    known = [point for point in points if point is not None]
    if not known or len(known) < len(points):
        return places
    return [places[index] for index in shortest_walk(known)]


def _centre(doors: Sequence[Door]) -> Point | None:
    points = [door.point for door in doors if door.point is not None]
    return centre(points) if points else None


def _snake(unit: Sequence[Door]) -> Iterable[Door]:
    floors = sorted({door.floor for door in unit}, reverse=True)
    for number, floor in enumerate(floors):
        rooms = [door for door in unit if door.floor == floor]
        rooms.sort(key=lambda door: (natural_key(door.room), door.key), reverse=number % 2 == 1)
        yield from rooms
