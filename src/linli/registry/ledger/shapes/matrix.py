"""Plans of buildings: floors down, rooms across, and in each cell who lives there. Rooms may stand above their people.

     | 1单元      | 2单元
     | 01   | 02  | 01
4层  | 王建国(3人) | 空置 | 李娜、赵六
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from linli.registry.ledger.address import Address
from linli.registry.ledger.reading.grid import Grid
from linli.registry.ledger.shapes.axis import (
    corner_of,
    door_at,
    is_aside,
    is_corner,
    is_whole_room,
    label_under,
    read_label,
)
from linli.registry.ledger.shapes.occupants import Occupants, read_occupants
from linli.registry.ledger.shapes.written import PEOPLE_HEADER, beside_all, padded, person_row, vacant_row
from linli.registry.ledger.tables import is_header
from linli.registry.ledger.text import Value, clean

_PLAN = re.compile(r"(?:住户|居民|楼栋|人员|入住|房屋)*(?:分布|平面|示意|一览|楼栋|户型|楼盘|作战)[图表]|作战图$")
_MOSTLY = 0.8
_FEW = 2


@dataclass(slots=True)
class _Cell:
    """Everything written at one door, and in which row it begins."""

    number: int
    door: Address
    texts: list[str] = field(default_factory=list)

    def write(self, number: int, text: str) -> None:
        """Add what a row says; the door's row is the first that says something."""
        self.number = self.number if self.texts or not text else number
        self.texts += [text] if text else []


@dataclass(slots=True)
class _Plan:
    """What the labels read so far say about the cells to come."""

    across: dict[int, Address] = field(default_factory=dict)
    corners: dict[int, str] = field(default_factory=dict)
    along: dict[int, Address] = field(default_factory=dict)
    asides: set[int] = field(default_factory=set)
    labelled: bool = False
    """Whether the row above was labels too: labels after people begin another plan."""

    @property
    def first(self) -> int:
        return min(self.across, default=0)


def matrix_as_rows(grid: Grid) -> Grid | None:
    """Write a plan out as one row a person and one a vacant door; None where the sheet is none."""
    if any(map(is_header, grid.rows)):
        return None
    lines: list[str | _Cell] = []
    numbers: list[int] = []
    for number, line in _lines(grid):
        lines.append(line)
        numbers.append(number)
    cells = [line for line in lines if isinstance(line, _Cell)]
    told = [read_occupants(" ".join(cell.texts)) for cell in cells if cell.texts]
    if (
        len(told) < _FEW
        or sum(one.understood for one in told) < len(told) * _MOSTLY
        or not any(one.people for one in told)
    ):
        return None
    return _written(grid, list(zip(numbers, lines, strict=True)))


def _lines(grid: Grid) -> Iterator[tuple[int, str | _Cell]]:
    """Yield titles and other lines as text, and the doors of each plan with all that stands in their cells."""
    plan, doors = _Plan(), {}
    for index, row in enumerate(grid.rows):
        texts = {column: clean(value) for column, value in enumerate(row) if clean(value)}
        if not texts:
            continue
        if _is_labels(texts):
            _note_labels(plan, texts, len(row))
        elif plan.across and (found := _doors_in(plan, texts)):
            plan.labelled = False
            for door, text in found:
                if door not in doors:
                    doors[door] = _Cell(grid.number(index), door)
                    yield grid.number(index), doors[door]
                doors[door].write(grid.number(index), text)
        else:
            plan, doors = (_Plan(), {}) if len(texts) == 1 else (plan, doors)
            yield grid.number(index), " ".join(texts.values())


def _is_labels(texts: dict[int, str]) -> bool:
    """Tell whether a row is labels only: units and rooms, corners, sums, and floors on their left."""
    labels = {column: read_label(text) for column, text in texts.items() if not (is_corner(text) or is_aside(text))}
    if not labels or any(label is None for label in labels.values()):
        return False
    cornered = any(corner_of(text) for text in texts.values())
    bare = all(text.isdigit() and len(text) == 1 for column, text in texts.items() if column in labels)
    placing = [label for label in labels.values() if label and (label.room or label.unit or label.building)]
    floors = [label for label in labels.values() if label and label.floor is not None]
    if len(texts) == 1 or (bare and not cornered):
        return False
    return bool(placing) or (cornered and len(floors) > 1)


def _note_labels(plan: _Plan, texts: dict[int, str], width: int) -> None:
    """Take a row of labels over the columns below; units and buildings reach right to the next."""
    if not plan.labelled and any(_reaches_right(read_label(text)) for text in texts.values()):
        plan.across, plan.corners, plan.along = {}, {}, {}
    plan.labelled = True
    reach = Address()
    for column in range(width):
        text = texts.get(column, "")
        if corner_of(text):
            plan.corners[column] = corner_of(text)
            continue
        if is_aside(text):
            plan.asides.add(column)
            reach = Address()
            continue
        label = read_label(text) if text else None
        if label is not None and _is_beside(plan, column, label):
            plan.along[column] = label
            continue
        if _reaches_right(label):
            reach = label or reach
        here = (label or Address()).over(reach) if label or reach != Address() else None
        if here is not None:
            plan.across[column] = here.over(plan.across.get(column, Address()))


def _reaches_right(label: Address | None) -> bool:
    return label is not None and not label.room and bool(label.unit or label.building)


def _is_beside(plan: _Plan, column: int, label: Address) -> bool:
    """Tell whether a label in a row of labels is a floor's, left of the rooms that are numbered across."""
    return label.floor is not None and not label.room and (column in plan.corners or column < plan.first)


def _doors_in(plan: _Plan, texts: dict[int, str]) -> list[tuple[Address, str]]:
    """Return each door of a row with what its cell says; nothing where a cell stands at no door."""
    along = dict(plan.along)
    for column in [column for column in texts if column not in plan.across and column not in plan.asides]:
        label = label_under(plan.corners.get(column, ""), texts[column])
        if label is None or column > plan.first:
            return []
        along[column] = label
    beside = Address()
    for label in along.values():
        beside = label.over(beside)
    found = [(_door(plan, column, beside, texts.get(column, "")), texts.get(column, "")) for column in plan.across]
    if any(not door.room and text for door, text in found) or not any(text for _, text in found):
        return []
    plan.along = along
    return [(door, text) for door, text in found if door.room]


def _door(plan: _Plan, column: int, beside: Address, text: str) -> Address:
    across = plan.across[column]
    own = read_occupants(text).room
    if own:
        return door_at(Address(room=own), beside.over(across))
    if not across.room and not beside.room:
        order = [other for other, label in plan.across.items() if label == across].index(column) + 1
        across = Address(across.compound, across.building, across.unit, across.floor, f"{order:02d}")
    door = door_at(beside, across)
    return door if door.floor is not None or is_whole_room(door) else Address()


def _written(grid: Grid, lines: list[tuple[int, str | _Cell]]) -> Grid:
    first = next(place for place, (_, line) in enumerate(lines) if isinstance(line, _Cell))
    rows: list[list[Value]] = []
    numbers: list[int] = []
    for place, (number, line) in enumerate(lines):
        if place == first:
            rows.append(list(PEOPLE_HEADER))
            numbers.append(number)
        written: list[list[Value]] = (
            [beside_all(PEOPLE_HEADER, _PLAN.sub("", line).strip())] if isinstance(line, str) else _rows_at(line)
        )
        rows += written
        numbers += [line.number if isinstance(line, _Cell) else number] * len(written)
    return Grid(grid.name, padded(rows), [], grid.hidden, tuple(numbers))


def _rows_at(cell: _Cell) -> list[list[Value]]:
    told: Occupants = read_occupants(" ".join(cell.texts))
    people = [person_row(cell.door, said, told.remark) for said in told.people]
    return people or [vacant_row(cell.door, told.remark)]
