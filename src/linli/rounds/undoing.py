"""What the undo of an import means for rounds: a live one keeps its people, a drill that is over goes with them (R256)."""

from uuid import UUID

from linli.core import locks, rows
from linli.core.errors import LinliError
from linli.registry.dependants import Created, stands_in_the_way
from linli.rounds.errors import DrillStillPlayed, RoundStands
from linli.rounds.models import Round


@stands_in_the_way
def rounds_in_the_way(community: int, created: Created) -> list[LinliError]:
    """Say which live rounds, and which drills that are being played, refer to these rows. No round opens meanwhile."""
    locks.hold("opening", community)
    return [
        DrillStillPlayed(name=round.name) if round.is_drill else RoundStands(name=round.name)
        for round in _rounds_on(community, created)
        if not (round.is_drill and round.is_closed)
    ]


def drills_on(community: int, created: Created) -> list[Round]:
    """Return the drills that refer to these rows, the oldest first. Call inside a scope."""
    return [round for round in _rounds_on(community, created) if round.is_drill]


def _rounds_on(community: int, created: Created) -> list[Round]:
    found: set[UUID] = set()
    for model, ids in created.items():
        for other, reference in rows.references_to(model):
            if ids and any(field.name == "round" for field in other._meta.concrete_fields):
                referring = other.objects.filter(**{"community": community, f"{reference}__in": list(ids)})
                found |= set(referring.order_by().values_list("round_id", flat=True).distinct())
    return list(Round.objects.filter(community=community, pk__in=found).order_by("t0", "id"))
