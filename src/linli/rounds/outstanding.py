"""Who is outstanding, in the order of their doors."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from linli.rounds.directory import Place, directory_of
from linli.rounds.errors import Missing
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
