"""Who is outstanding, in the order of their doors."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from linli.rounds.directory import Place, directory_of, place_of
from linli.rounds.errors import Missing
from linli.rounds.facades import CompoundBoard
from linli.rounds.models import Round, Target

_COLUMNS = ("id", "name", "visits", "outcome_reason", "home_sampling_asked_at", "dwelling_id")


def missing_of(
    round: Round,
    first: int | None = None,
    *,
    directory: Mapping[UUID, Place] | None = None,
    wanted: Callable[[Place], bool] | None = None,
) -> tuple[Missing, ...]:
    """Return the outstanding of a round with their doors, or the first of them; `wanted` narrows to some doors.

    Those without a door come last.
    """
    places = directory_of(round.community) if directory is None else directory
    rank = {dwelling: number for number, dwelling in enumerate(places)}
    targets = Target.objects.filter(community=round.community, round=round, outcome=None).order_by()
    rows = [row for row in targets.values_list(*_COLUMNS) if wanted is None or _is_wanted(places.get(row[5]), wanted)]
    rows.sort(key=lambda row: (rank.get(row[5], len(rank)), row[1], row[0]))
    return tuple(_missing(places.get(row[5]), row) for row in rows[:first])


def _is_wanted(place: Place | None, wanted: Callable[[Place], bool]) -> bool:
    return place is not None and wanted(place)


def _missing(place: Place | None, row: tuple[Any, ...]) -> Missing:
    id, name, visits, reason, asked_at, dwelling = row
    return Missing(
        target=id,
        name=name,
        compound=place.compound_name if place else "",
        building=place.building_name if place else "",
        unit=place.unit if place else "",
        room=place.room if place else "",
        visits=visits,
        reason=reason,
        cannot_come=asked_at is not None,
        dwelling=dwelling,
    )


def first_missing_of(round: Round, compounds: Iterable[CompoundBoard], first: int) -> tuple[Missing, ...]:
    """Return the first of the outstanding without reading every door: from the first buildings that have any."""
    enough, buildings = 0, []
    for building in (building for compound in compounds for building in compound.buildings):
        if enough < first and building.open:
            buildings.append(building.id)
            enough += building.open
    place = ("dwelling__unit__building__compound_id", "dwelling__unit__building__compound__name")
    home = (
        "building_id",
        "dwelling__unit__building__name",
        "dwelling__unit__name",
        "dwelling__room",
        "dwelling__floor",
    )
    targets = Target.objects.filter(community=round.community, round=round, outcome=None).order_by()
    if enough:
        targets = targets.filter(building__in=buildings)
    rows = [_placed(row) for row in targets.values_list(*_COLUMNS, *place, *home)[: max(first, enough)]]
    rows.sort(key=lambda each: (each[0] is None, each[0].order if each[0] else (), each[1][1], each[1][0]))
    return tuple(_missing(place, row) for place, row in rows[:first])


def _placed(row: tuple[Any, ...]) -> tuple[Place | None, tuple[Any, ...]]:
    target, home = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
    dwelling = target[5]
    return (place_of(dwelling, *home) if dwelling else None), target
