"""Doors, buildings and compounds of a round with how far each is: two queries, put together here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from linli.rounds.figures import rows_of
from linli.rounds.models import Round
from linli.rounds.rules.door import DoorCounts, decide_door_state

_COUNTS = """
with queuing as materialized (
    select distinct target_id from rounds_arrival where of_round and not late
)
select t.dwelling_id, count(*) as targets, count(*) filter (where t.outcome is null) as open,
       count(*) filter (where t.outcome is null and t.home_sampling_asked_at is not null) as cannot_come,
       count(*) filter (where t.outcome is null and t.id in (select target_id from queuing)) as queuing,
       count(*) filter (where t.outcome in ('refused', 'not_found')) as refused,
       count(*) filter (where t.outcome = 'away') as away
from rounds_target t
where t.community = %(community)s and t.round_id = %(round)s and t.outcome is distinct from 'moved'
  and t.outcome is distinct from 'dead'
group by t.dwelling_id
"""
"""Counted apart from the doors: under row-level policies PostgreSQL expects few rows and would count anew for each."""

_DOORS = """
select c.id, c.name, b.id, b.name, r.mobilised_at, u.name, d.id, d.room, d.floor
from rounds_roundbuilding r
join places_building b on b.id = r.building_id and b.community = r.community
join places_compound c on c.id = b.compound_id and c.community = r.community
join places_unit u on u.building_id = b.id and u.community = r.community
join places_dwelling d on d.unit_id = u.id and d.community = r.community
where r.community = %(community)s and r.round_id = %(round)s
"""

_TOTALS = """
with behind as materialized (
    select building_id, dwelling_id, count(*) as targets, count(*) filter (where outcome is null) as open
    from rounds_target
    where of_round and outcome is distinct from 'moved' and outcome is distinct from 'dead' and building_id is not null
    group by building_id, dwelling_id
)
select building_id, sum(targets)::int, sum(open)::int, count(*), count(*) filter (where open > 0)
from behind group by building_id
"""

_BUILDINGS = """
select c.id, c.name, b.id, b.name, r.mobilised_at
from rounds_roundbuilding r
join places_building b on b.id = r.building_id and b.community = r.community
join places_compound c on c.id = b.compound_id and c.community = r.community
where r.community = %(community)s and r.round_id = %(round)s
"""

NOBODY = DoorCounts(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Door:
    """One cell of a façade."""

    dwelling: UUID
    unit: str
    room: str
    floor: int | None
    targets: int
    open: int
    state: str
    """A word of `rules.door`."""


@dataclass(frozen=True)
class BuildingBoard:
    """A building: how far it is, and its doors by unit and room."""

    id: UUID
    name: str
    total: int
    open: int
    mobilised_at: datetime | None
    doors: tuple[Door, ...]
    """Empty where only totals were asked for."""
    doors_to_reach: int
    doors_open: int

    @property
    def settled(self) -> int:
        """Targets with an outcome."""
        return self.total - self.open


@dataclass(frozen=True)
class CompoundBoard:
    """A compound: how far it is, and its buildings."""

    id: UUID
    name: str
    total: int
    open: int
    buildings: tuple[BuildingBoard, ...]

    @property
    def settled(self) -> int:
        """Targets with an outcome."""
        return self.total - self.open

    @property
    def doors_to_reach(self) -> int:
        """Doors behind which somebody is to be reached."""
        return sum(building.doors_to_reach for building in self.buildings)

    @property
    def doors_open(self) -> int:
        """Those of them behind which somebody is outstanding."""
        return sum(building.doors_open for building in self.buildings)


@dataclass(frozen=True, slots=True)
class _Row:
    compound: UUID
    compound_name: str
    building: UUID
    building_name: str
    mobilised_at: datetime | None
    door: Door


def compounds_of(round: Round) -> tuple[CompoundBoard, ...]:
    """Return the compounds of a round with buildings and doors, in the order in which people count them."""
    counts = {dwelling: DoorCounts(*counted) for dwelling, *counted in rows_of(_COUNTS, round)}
    rows = [_row(counts, *row) for row in rows_of(_DOORS, round)]
    rows.sort(key=_order)
    return tuple(_compound(list(group)) for _, group in groupby(rows, key=lambda row: row.compound))


def totals_of(round: Round) -> tuple[CompoundBoard, ...]:
    """Return the compounds and buildings of a round with how far each is, without their doors: for large rounds."""
    totals = {building: figures for building, *figures in rows_of(_TOTALS, round)}
    rows = rows_of(_BUILDINGS, round)
    rows.sort(key=lambda row: (natural(row[1]), row[0], natural(row[3]), row[2]))
    return tuple(_compound_totals(list(group), totals) for _, group in groupby(rows, key=lambda row: row[0]))


def _compound_totals(rows: list[tuple[Any, ...]], totals: Mapping[UUID, list[int]]) -> CompoundBoard:
    buildings = []
    for _, _, building, name, mobilised_at in rows:
        total, still_open, doors, doors_open = totals.get(building, (0, 0, 0, 0))
        buildings.append(BuildingBoard(building, name, total, still_open, mobilised_at, (), doors, doors_open))
    return CompoundBoard(rows[0][0], rows[0][1], *_sums(buildings), tuple(buildings))


def _row(
    counts: Mapping[UUID, DoorCounts], compound: UUID, compound_name: str, building: UUID, building_name: str,
    mobilised_at: datetime | None, *door: Any,
) -> _Row:  # fmt: skip
    return _Row(compound, compound_name, building, building_name, mobilised_at, _door(counts, *door))


def _door(counts: Mapping[UUID, DoorCounts], unit: str, dwelling: UUID, room: str, floor: int | None) -> Door:
    counted = counts.get(dwelling, NOBODY)
    return Door(dwelling, unit, room, floor, counted.targets, counted.open, decide_door_state(counted))


def _compound(rows: list[_Row]) -> CompoundBoard:
    buildings = tuple(_building(list(group)) for _, group in groupby(rows, key=lambda row: row.building))
    total, still_open = _sums(buildings)
    return CompoundBoard(rows[0].compound, rows[0].compound_name, total, still_open, buildings)


def _building(rows: list[_Row]) -> BuildingBoard:
    doors = tuple(row.door for row in rows)
    total, still_open = sum(door.targets for door in doors), sum(door.open for door in doors)
    to_reach, doors_open = sum(door.targets > 0 for door in doors), sum(door.open > 0 for door in doors)
    first = rows[0]
    return BuildingBoard(
        first.building, first.building_name, total, still_open, first.mobilised_at, doors, to_reach, doors_open
    )


def _sums(boards: Iterable[BuildingBoard]) -> tuple[int, int]:
    totals = [(board.total, board.open) for board in boards]
    return sum(total for total, _ in totals), sum(still_open for _, still_open in totals)


def _order(row: _Row) -> tuple[object, ...]:
    """Sort 2 before 10, as people count buildings and rooms."""
    door = row.door
    return (
        natural(row.compound_name),
        row.compound,
        natural(row.building_name),
        row.building,
        natural(door.unit),
        natural(door.room),
        door.dwelling,
    )


@lru_cache(maxsize=50_000)
def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders numbers inside names by their size: 2 before 10, 3B after 3A."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
