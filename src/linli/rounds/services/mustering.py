"""Stamp how a round gets going: the team assembled, the buildings told."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from linli.core import audit
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.rounds.models import Round, RoundBuilding
from linli.rounds.rules.timeline import Step
from linli.rounds.scope import in_open_round
from linli.rounds.stamping import stamp_for


def mark_mustered(actor: Actor, round_id: UUID, at: datetime | None = None) -> Round:
    """Note when the team was assembled (R2, R22); the first time counts. For who may plan (plan_write).

    Raises Refused, NotFound, RoundClosed, TimeOutOfOrder.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        if round.mustered_at is None:
            mustered_at = stamp_for(round, Step.MUSTERED, at)
            Round.objects.filter(pk=round.pk, mustered_at=None).update(mustered_at=mustered_at)
            round.refresh_from_db(fields=["mustered_at"])
        audit.record(
            actor,
            "mark_mustered",
            community=round.community,
            right=Right.PLAN_WRITE,
            object_type="round",
            object_id=round.pk,
            after={"mustered_at": round.mustered_at},
        )
    return round


def mark_mobilised(
    actor: Actor, round_id: UUID, buildings: Collection[UUID] | None = None, at: datetime | None = None
) -> int:
    """Note that the households of some buildings, by default of all, were told to come (R6, R34).

    For who may plan (plan_write). The first time of each building counts; when none is left the round is mobilised, at
    the time of its last building. Returns how many are left. Raises Refused, NotFound, RoundClosed, TimeOutOfOrder.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        told = RoundBuilding.objects.filter(community=round.community, round=round)
        chosen = told if buildings is None else told.filter(building__in=list(buildings))
        told_at = stamp_for(round, Step.TOLD, at)
        count = chosen.filter(mobilised_at=None).update(mobilised_at=told_at)
        left = told.filter(mobilised_at=None).count()
        if not left:
            last = told.aggregate(last=Max("mobilised_at"))["last"]
            Round.objects.filter(Q(mobilised_at=None), pk=round.pk).update(mobilised_at=last or told_at)
        audit.record(
            actor,
            "mark_mobilised",
            community=round.community,
            right=Right.PLAN_WRITE,
            object_type="round",
            object_id=round.pk,
            after={"buildings": count, "left": left},
        )
    return left


def take_back_told(actor: Actor, round_id: UUID, building_id: UUID) -> int:
    """Take back that a building was told, ticked by mistake; the round is mobilised no more until it is told again.

    For who may plan (plan_write). The entry of the record keeps the time that stood there. Returns how many buildings are
    left. Raises Refused, NotFound when the building is not of the round or was not told, RoundClosed.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        buildings = RoundBuilding.objects.filter(community=round.community, round=round)
        told = buildings.select_for_update().filter(building=building_id, mobilised_at__isnull=False).first()
        if told is None:
            raise NotFound
        before = told.mobilised_at
        told.mobilised_at = None
        told.save(update_fields=["mobilised_at"])
        Round.objects.filter(pk=round.pk).update(mobilised_at=None)
        left = buildings.filter(mobilised_at=None).count()
        audit.record(
            actor,
            "take_back_told",
            community=round.community,
            right=Right.PLAN_WRITE,
            object_type="round",
            object_id=round.pk,
            before={"building": building_id, "mobilised_at": before},
            after={"left": left},
        )
    return left
