"""Doors, buildings and compounds of a round with how far each is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from linli.rounds.directory import Place, directory_of, natural
from linli.rounds.models import Outcome, Round, RoundBuilding
from linli.rounds.rules.account import LEAVING
from linli.rounds.rules.door import DoorCounts, decide_door_state
from linli.rounds.sql import rows_of
from linli.rounds.tallies import Tally, tallies_of


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


def mobilised_of(round: Round) -> Mapping[UUID, datetime | None]:
    """Return the buildings of a round and when each was told."""
    mine = RoundBuilding.objects.filter(community=round.community, round=round)
    return dict(mine.values_list("building_id", "mobilised_at"))


def compounds_of(round: Round, compound: UUID | None = None) -> tuple[CompoundBoard, ...]:
    """Return the compounds of a round, or one of them, with every door: four queries, whatever the size."""
    places = directory_of(round.community, compound)
    behind = None if compound is None else list(places)
    return compounds_from(places.values(), tallies_of(round, round.t0, round.t0, behind), mobilised_of(round))


def compounds_from(
    places: Iterable[Place],
    tallies: Iterable[Tally],
    mobilised: Mapping[UUID, datetime | None],
) -> tuple[CompoundBoard, ...]:
    """Put the compounds of a round together from doors in their order: those of its buildings."""
    behind: dict[UUID | None, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.outcome not in LEAVING:
            behind[tally.dwelling].append(tally)
    doors = [(place, _door(place, behind.get(place.dwelling, ()))) for place in places if place.building in mobilised]
    return tuple(_compound(list(group), mobilised) for _, group in groupby(doors, key=lambda each: each[0].compound))


def _door(place: Place, tallies: Sequence[Tally]) -> Door:
    counts = DoorCounts(
        targets=sum(tally.count for tally in tallies),
        open=_count(tallies, None),
        cannot_come=sum(tally.count for tally in tallies if tally.cannot_come),
        queuing=sum(tally.count for tally in tallies if tally.queuing),
        refused=_count(tallies, Outcome.REFUSED, Outcome.NOT_FOUND),
        away=_count(tallies, Outcome.AWAY),
    )
    state = decide_door_state(counts)
    return Door(place.dwelling, place.unit, place.room, place.floor, counts.targets, counts.open, state)


def _count(tallies: Sequence[Tally], *outcomes: str | None) -> int:
    return sum(tally.count for tally in tallies if tally.outcome in outcomes)


def _compound(rows: list[tuple[Place, Door]], mobilised: Mapping[UUID, datetime | None]) -> CompoundBoard:
    grouped = groupby(rows, key=lambda each: each[0].building)
    buildings = tuple(_building(list(group), mobilised) for _, group in grouped)
    total, still_open = sum(each.total for each in buildings), sum(each.open for each in buildings)
    place = rows[0][0]
    return CompoundBoard(place.compound, place.compound_name, total, still_open, buildings)


def _building(rows: list[tuple[Place, Door]], mobilised: Mapping[UUID, datetime | None]) -> BuildingBoard:
    place, doors = rows[0][0], tuple(door for _, door in rows)
    return BuildingBoard(
        id=place.building,
        name=place.building_name,
        total=sum(door.targets for door in doors),
        open=sum(door.open for door in doors),
        mobilised_at=mobilised[place.building],
        doors=doors,
        doors_to_reach=sum(door.targets > 0 for door in doors),
        doors_open=sum(door.open > 0 for door in doors),
    )


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


def totals_of(round: Round) -> tuple[CompoundBoard, ...]:
    """Return compounds and buildings with how far each is and no doors: for rounds too large to draw."""
    totals = {building: figures for building, *figures in rows_of(_TOTALS, round)}
    mine = RoundBuilding.objects.filter(community=round.community, round=round).order_by()
    columns = ("building__compound_id", "building__compound__name", "building_id", "building__name", "mobilised_at")
    rows: list[tuple[Any, ...]] = list(mine.values_list(*columns))
    rows.sort(key=lambda row: (natural(row[1]), row[0], natural(row[3]), row[2]))
    return tuple(_compound_totals(list(group), totals) for _, group in groupby(rows, key=lambda row: row[0]))


def _compound_totals(rows: list[tuple[Any, ...]], totals: Mapping[UUID, list[int]]) -> CompoundBoard:
    buildings = []
    for _, _, building, name, mobilised_at in rows:
        total, still_open, doors, doors_open = totals.get(building, (0, 0, 0, 0))
        buildings.append(BuildingBoard(building, name, total, still_open, mobilised_at, (), doors, doors_open))
    total, still_open = sum(each.total for each in buildings), sum(each.open for each in buildings)
    return CompoundBoard(rows[0][0], rows[0][1], total, still_open, tuple(buildings))
