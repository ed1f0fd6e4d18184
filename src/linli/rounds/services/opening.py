"""Open a round: freeze its targets from the register."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from linli.core import audit, locks, outbox
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.errors import NotFound
from linli.core.jobs import app
from linli.core.rights import Right
from linli.places.models import Building
from linli.places.scope import in_community
from linli.registry import turns
from linli.rounds.asked import NewRound
from linli.rounds.counting import count_round
from linli.rounds.errors import NobodyInScope
from linli.rounds.freezing import freeze
from linli.rounds.joining import digest_of
from linli.rounds.models import Round, RoundBuilding, RoundScope, Statement, Target
from linli.rounds.new_round import checked_round
from linli.rounds.partitions import UPLOADS_UNTIL, days_between, missing_partitions

OPENED = "round_opened"
"""The topic under which a live round asks to be brought up to what the register became while it opened."""
PREPARE_DAYS = "rounds.prepare_days"


def open_round(actor: Actor, community: int, new: NewRound) -> Round:
    """Open a round and freeze its targets from the register (R1, R2, R116).

    For who may open rounds (round_open). Everybody alive in the scope becomes a target; those who are away or
    registered only by the ledger are targets too and end at once as away, with the ledger as their evidence. Writes the
    round, its scope, buildings, targets, statements and figures, and one audit entry. Opening the same id again returns it. One
    at a time in a community; a second live round of the same kind and scope only when `new.another` says so. Leaves
    word to follow the register: whoever is entered while it opens sees no open round to tell.

    Raises Refused, NotFound, RoundUnnamed, RoundTimesWrong, RoundTooLong, FrozenAhead, UnknownCompound, NoRulePack,
    RoundAlreadyOpen, NobodyInScope, RegisterBusy.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        locks.hold("opening", community)
        opened = Round.objects.filter(pk=new.id, community=community).first()
        if opened is not None:
            return opened
        turns.share(community)
        round = checked_round(actor, community, new)
        _insert(round)
        _prepare_days(round)
        RoundScope.objects.bulk_create(_scope_rows(round, new))
        targets = _freeze(round, new)
        if not targets:
            raise NobodyInScope
        _note_buildings(round, new)
        count_round(round)
        if not new.is_drill:
            outbox.put(community, OPENED, {})
        audit.record(
            actor,
            "open_round",
            community=community,
            right=Right.ROUND_OPEN,
            object_type="round",
            object_id=round.pk,
            after={
                "name": new.name,
                "t0": round.t0,
                "deadline": round.deadline,
                "targets": targets,
                "drill": new.is_drill,
            },
        )
    return round


def _prepare_days(round: Round) -> None:
    """Have the tables for the days of a round made once it is open, where the job that makes them ahead has not yet."""
    days = days_between(round.ordered_at, round.deadline + UPLOADS_UNTIL)
    missing: Any = sorted({day.isoformat() for _model, day in missing_partitions(days)})
    if missing:
        app.configure_task(PREPARE_DAYS).defer(days=missing)


def _insert(round: Round) -> None:
    """Save a new round. Raises NotFound when its id is that of a round elsewhere, which is nobody's business here."""
    try:
        with transaction.atomic():
            round.save(force_insert=True)
    except IntegrityError:
        raise NotFound from None


def _freeze(round: Round, new: NewRound) -> int:
    frozen = freeze(round, new.scope)
    copy_rows(Target, frozen.targets)
    copy_rows(Statement, frozen.statements)
    round.frozen, round.frozen_digest = len(frozen.targets), digest_of(target.pk for target in frozen.targets)
    round.save(update_fields=["frozen", "frozen_digest"])
    return round.frozen


def _scope_rows(round: Round, new: NewRound) -> list[RoundScope]:
    mine = {"community": round.community, "round": round}
    return [
        *(RoundScope(**mine, compound_id=each) for each in new.compounds),
        *(RoundScope(**mine, building_id=each) for each in new.buildings),
        *(RoundScope(**mine, unit_id=each) for each in new.units),
    ]


def _note_buildings(round: Round, new: NewRound) -> None:
    buildings = Building.objects.filter(community=round.community)
    if new.scope.is_limited:
        inside = Q(compound__in=new.compounds) | Q(pk__in=new.buildings) | Q(units__in=new.units)
        buildings = buildings.filter(inside).distinct()
    RoundBuilding.objects.bulk_create(
        RoundBuilding(community=round.community, round=round, building_id=each)
        for each in buildings.values_list("id", flat=True)
    )
