"""Who is outstanding, in the order of their doors."""

from typing import Any
from uuid import UUID

from linli.rounds.errors import Missing
from linli.rounds.models import Round, Target

_DOOR = ("building__compound__name", "building__name", "dwelling__unit__name", "dwelling__room")


def missing_of(
    round: Round, first: int | None = None, *, compound: UUID | None = None, building: UUID | None = None
) -> tuple[Missing, ...]:
    """Return the outstanding of a round, a compound or a building with their doors, or the first of them."""
    targets = Target.objects.filter(community=round.community, round=round, outcome=None)
    if compound is not None:
        targets = targets.filter(building__compound=compound)
    if building is not None:
        targets = targets.filter(building=building)
    columns = ("id", "name", *_DOOR, "visits", "outcome_reason", "home_sampling_asked_at", "dwelling_id")
    rows = targets.order_by(*_DOOR, "name", "id").values_list(*columns)[:first]
    return tuple(_missing(*row) for row in rows)


def _missing(id: UUID, name: str, *rest: Any) -> Missing:
    compound, building, unit, room, visits, reason, asked_at, dwelling = rest
    compound, building, unit, room = (part or "" for part in (compound, building, unit, room))
    return Missing(id, name, compound, building, unit, room, visits, reason, asked_at is not None, dwelling)
