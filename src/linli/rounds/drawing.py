"""The doors of a sweep team's list drawn as the houses that they are in."""

from collections.abc import Callable, Sequence
from itertools import groupby
from uuid import UUID

from linli.core.shapes import FacadeBuilding, FacadeDoor, FacadeUnit
from linli.rounds.directory import natural
from linli.rounds.selectors.lists import TeamDoor
from linli.rounds.wording import building_name, unit_name


def drawn_doors(doors: Sequence[TeamDoor], address: Callable[[UUID], str]) -> tuple[tuple[str, FacadeBuilding], ...]:
    """Return the buildings of a list as façades, each with its compound, in the order in which they are walked."""
    home: dict[tuple[str, str], list[TeamDoor]] = {}
    for door in doors:
        home.setdefault((door.compound, door.building), []).append(door)
    return tuple((compound, _facade(building, found, address)) for (compound, building), found in home.items())


def _facade(name: str, doors: Sequence[TeamDoor], address: Callable[[UUID], str]) -> FacadeBuilding:
    ordered = sorted(doors, key=lambda door: natural(door.unit))
    units = tuple(
        FacadeUnit(unit_name(unit), tuple(_drawn(door, address) for door in behind))
        for unit, behind in groupby(ordered, key=lambda door: door.unit)
    )
    return FacadeBuilding(building_name(name), units)


def _drawn(door: TeamDoor, address: Callable[[UUID], str]) -> FacadeDoor:
    return FacadeDoor(door.room, door.floor, None, door.state, door.open, address(door.dwelling))
