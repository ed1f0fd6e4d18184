"""The façade's geometry: which door stands in which row and column, for the full and the small drawing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from linli.core.shapes import FacadeBuilding, FacadeDoor, FacadeUnit
from linli.web.pictures.rooms import column_of, floor_of, room_order
from linli.web.pictures.states import UNSETTLED, State

WIDEST = 12
"""Columns that a staircase may have before its floors are wrapped into several rows."""


@dataclass(frozen=True)
class FloorRow:
    """One row of a façade; `floor` is None where it is not known; `cells` hold None where a floor has no door."""

    floor: int | None
    cells: tuple[FacadeDoor | None, ...]
    continued: bool = False


@dataclass(frozen=True)
class Tally:
    """How many doors are in each state."""

    counts: Counter[State]

    @property
    def doors(self) -> int:
        """Doors behind which somebody is to be reached."""
        return sum(self.counts.values()) - self.counts[State.NOBODY]

    @property
    def unsettled(self) -> int:
        """Doors that somebody still has to do something about."""
        return sum(self.counts[state] for state in UNSETTLED)

    @property
    def settled(self) -> int:
        """Doors that are done or accounted for as away."""
        return self.doors - self.unsettled

    def items(self) -> list[tuple[State, int]]:
        """Return the states that occur, what needs hands first."""
        return [(state, self.counts[state]) for state in State if self.counts[state]]


def tally(buildings: Iterable[FacadeBuilding]) -> Tally:
    """Count the doors of buildings by state."""
    doors = (door for building in buildings for unit in building.units for door in unit.doors)
    return Tally(Counter(State(door.state) for door in doors))


def rows(unit: FacadeUnit) -> list[FloorRow]:
    """Place a unit's doors: top floor first, unknown floors last, columns above each other where they are few."""
    known, unknown = _by_floor(unit.doors)
    ranks = _ranks(door for doors in known.values() for door in doors)
    placed = []
    for floor in sorted(known, reverse=True):
        cells = _aligned(known[floor], ranks) if len(ranks) <= WIDEST else list(known[floor])
        placed += _wrapped(floor, cells)
    placed += _wrapped(None, list(unknown))
    return _padded(placed)


def _by_floor(doors: Iterable[FacadeDoor]) -> tuple[dict[int, list[FacadeDoor]], list[FacadeDoor]]:
    ordered = sorted(doors, key=lambda door: (_column(door), room_order(door.room)))
    known: dict[int, list[FacadeDoor]] = {}
    unknown: list[FacadeDoor] = []
    for door in ordered:
        floor = door.floor if door.floor is not None else floor_of(door.room)
        if floor is None:
            unknown.append(door)
        else:
            known.setdefault(floor, []).append(door)
    return known, sorted(unknown, key=lambda door: room_order(door.room))


def _column(door: FacadeDoor) -> int:
    column = door.column if door.column is not None else column_of(door.room)
    return 99 if column is None else column


def _ranks(doors: Iterable[FacadeDoor]) -> dict[int, int]:
    return {column: rank for rank, column in enumerate(sorted({_column(door) for door in doors}))}


def _aligned(doors: list[FacadeDoor], ranks: dict[int, int]) -> list[FacadeDoor | None]:
    cells: list[FacadeDoor | None] = [None] * len(ranks)
    for column, same in groupby(doors, key=_column):
        first, *others = same
        cells[ranks[column]] = first
        cells += others
    return cells


def _wrapped(floor: int | None, cells: Sequence[FacadeDoor | None]) -> list[FloorRow]:
    starts = range(0, len(cells), WIDEST)
    return [FloorRow(floor, tuple(cells[start : start + WIDEST]), continued=start > 0) for start in starts]


def _padded(placed: list[FloorRow]) -> list[FloorRow]:
    width = max((len(row.cells) for row in placed), default=0)
    return [replace(row, cells=row.cells + (None,) * (width - len(row.cells))) for row in placed]
