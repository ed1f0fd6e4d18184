"""Open a round: freeze its targets from the register."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.orders.models import RulePack
from linli.orders.rules import pack_is_in_force
from linli.orders.selectors import NoRulePack, rule_pack_in_force
from linli.places.models import Building
from linli.places.scope import in_community
from linli.rounds.asked import NewRound
from linli.rounds.errors import (
    FrozenAhead,
    NobodyInScope,
    RoundAlreadyOpen,
    RoundTimesWrong,
    RoundUnnamed,
    UnknownCompound,
)
from linli.rounds.joining import away_by_ledger, target_from
from linli.rounds.models import Round, RoundBuilding, RoundScope, Statement, Target
from linli.rounds.partitions import days_between, ensure_partitions
from linli.rounds.register import compounds_exist, residents
from linli.rounds.rules.fact import CLOCKS_DIFFER

NAME_AT_MOST = 120
_UPLOADS_UNTIL = timedelta(days=2)


def open_round(actor: Actor, community: int, new: NewRound) -> Round:
    """Open a round and freeze its targets from the register (R1, R2, R116).

    For who may open rounds (round_open). Everybody alive in the scope becomes a target; those who are away or
    registered only by the ledger are targets too and end at once as away, with the ledger as their evidence. Writes the
    round, its scope, buildings, targets and statements, and one audit entry. Opening the same id again returns it. One
    at a time in a community; a second live round of the same kind and scope only when `new.another` says so.

    Raises Refused, NotFound, RoundUnnamed, RoundTimesWrong, FrozenAhead, UnknownCompound, NoRulePack, RoundAlreadyOpen,
    NobodyInScope.
    """
    with in_community(actor, Right.ROUND_OPEN, community):
        locks.hold("opening", community)
        opened = Round.objects.filter(pk=new.id, community=community).first()
        if opened is not None:
            return opened
        round = _checked(actor, community, new)
        _refuse_second(community, new)
        ensure_partitions(days_between(round.ordered_at, round.deadline + _UPLOADS_UNTIL))
        _insert(round)
        RoundScope.objects.bulk_create(
            RoundScope(community=community, round=round, compound_id=each) for each in new.compounds
        )
        targets = _freeze(round, new)
        if not targets:
            raise NobodyInScope
        _note_buildings(round, new)
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


def _insert(round: Round) -> None:
    """Save a new round. Raises NotFound when its id is that of a round elsewhere, which is nobody's business here."""
    try:
        with transaction.atomic():
            round.save(force_insert=True)
    except IntegrityError:
        raise NotFound from None


def _checked(actor: Actor, community: int, new: NewRound) -> Round:
    if not 0 < len(new.name.strip()) <= NAME_AT_MOST:
        raise RoundUnnamed(most=NAME_AT_MOST)
    t0 = new.t0 or clock.now()
    ordered_at = new.ordered_at or t0
    if not ordered_at <= t0 < new.deadline:
        raise RoundTimesWrong
    if not new.is_drill and t0 > clock.now() + CLOCKS_DIFFER:
        raise FrozenAhead
    if not compounds_exist(community, new.compounds):
        raise UnknownCompound
    return Round(
        id=new.id,
        community=community,
        kind=new.kind,
        name=new.name.strip(),
        is_drill=new.is_drill,
        t0=t0,
        deadline=new.deadline,
        ordered_at=ordered_at,
        rule_pack=_rule_pack(actor, new, t0),
        opened_by=actor.name,
        followed_at=clock.now(),
        settings=dict(new.settings),
    )


def _refuse_second(community: int, new: NewRound) -> None:
    if new.is_drill or new.another:
        return
    alike = Round.objects.filter(community=community, kind=new.kind, is_drill=False, state=Round.State.OPEN)
    for round in alike.prefetch_related("scopes"):
        if {scope.compound_id for scope in round.scopes.all()} == set(new.compounds):
            raise RoundAlreadyOpen(name=round.name)


def _rule_pack(actor: Actor, new: NewRound, t0: datetime) -> RulePack:
    """Return the pack asked for, which a live round may use only while it is in force, or the one in force."""
    day = t0.astimezone(clock.local_zone()).date()
    if new.rule_pack is None:
        return rule_pack_in_force(actor, day)
    pack = RulePack.objects.filter(pk=new.rule_pack).first()
    if pack is None:
        raise NotFound
    if not new.is_drill and not pack_is_in_force(pack.effective_from, pack.effective_to, day):
        raise NoRulePack(day=day)
    return pack


def _freeze(round: Round, new: NewRound) -> int:
    found = list(residents(round.community, new.compounds))
    targets = [target_from(round, resident) for resident in found]
    away = [away_by_ledger(round, target, resident, round.t0) for target, resident in zip(targets, found, strict=True)]
    copy_rows(Target, targets)
    copy_rows(Statement, [statement for statement in away if statement])
    return len(targets)


def _note_buildings(round: Round, new: NewRound) -> None:
    buildings = Building.objects.filter(community=round.community)
    if new.compounds:
        buildings = buildings.filter(compound__in=new.compounds)
    RoundBuilding.objects.bulk_create(
        RoundBuilding(community=round.community, round=round, building_id=each)
        for each in buildings.values_list("id", flat=True)
    )
