"""The small façade: a building as one SVG with one path a state; shapes differ, so that it reads without colour."""

from collections import defaultdict
from dataclasses import dataclass

from linli.core.shapes import FacadeBuilding
from linli.web.pictures.layout import rows
from linli.web.pictures.states import State

CELL = 10
UNIT_GAP = 6

SHAPES = {
    State.DONE: "h8v8h-8z",
    State.OPEN: "h8v8h-8zm1.5 1.5v5h5v-5z",
    State.WAITING: "h8v8h-8zm1.5 1.5v2.5h5v-2.5z",
    State.REFUSED: "l2-1 2 3 2-3 2 1-2.7 4 2.7 4-2 1-2-3-2 3-2-1 2.7-4z",
    State.AWAY: "m0 3h8v2h-8z",
    State.HELP: "m4-1 5 5-5 5-5-5z",
    State.NOBODY: "m3 3h2v2h-2z",
}
"""Paths from a cell's upper left corner, drawn with the even-odd rule."""


@dataclass(frozen=True)
class Skyline:
    """A drawing `width` × `height` in its own units, one path a state."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]


def skyline(building: FacadeBuilding) -> Skyline:
    """Draw a building as its doors, the units side by side on the ground."""
    units = [rows(unit) for unit in building.units if unit.doors]
    height = max((len(unit) for unit in units), default=0) * CELL
    pieces: defaultdict[State, list[str]] = defaultdict(list)
    left = 0
    for unit in units:
        top = height - len(unit) * CELL
        for y, row in enumerate(unit):
            for x, door in enumerate(row.cells):
                if door is not None:
                    state = State(door.state)
                    pieces[state].append(f"M{left + x * CELL + 1} {top + y * CELL + 1}{SHAPES[state]}")
        left += len(unit[0].cells) * CELL + UNIT_GAP
    paths = tuple((state.value, "".join(path)) for state, path in pieces.items())
    return Skyline(max(0, left - UNIT_GAP), height, paths)
