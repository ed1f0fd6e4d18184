"""What has changed in the register since T0, worked out and written. Used by the services, inside their transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.registry.models import Person
from linli.rounds.joining import away_by_ledger, target_from
from linli.rounds.models import Outcome, Round, Statement, Target
from linli.rounds.register import Resident, residents, scope_of_round
from linli.rounds.settling import lock_targets, settle

_FROM_REGISTER = (Target.Evidence.LEDGER, Target.Evidence.REGISTER)


@dataclass(frozen=True)
class Followed:
    """What has changed in the register since it was last followed."""

    newcomers: int = 0
    left: int = 0
    away: int = 0
    back: int = 0
    rehoused: int = 0
    """Moved to another door of the scope."""


@dataclass(frozen=True)
class _Change:
    """What the register says of a target now, in other words than before."""

    target: UUID
    outcome: Outcome | None
    reason: str


def follow(actor: Actor, round: Round, at: datetime) -> Followed:
    """Write newcomers, leavers and moves between doors since the register was last followed."""
    now = {resident.person: resident for resident in residents(round.community, scope_of_round(round))}
    targets = Target.objects.filter(community=round.community, round=round, person__isnull=False)
    rows = targets.only("id", "community", "person", "household", "dwelling")
    mine = {target.person_id: target for target in rows if target.person_id}
    newcomers = _join(round, [each for person, each in now.items() if person not in mine], at)
    changes = _changes(round, mine, now)
    _state(actor, round, changes, at)
    outcomes = [change.outcome for change in changes]
    left = sum(outcome in (Outcome.MOVED, Outcome.DEAD) for outcome in outcomes)
    away, back = outcomes.count(Outcome.AWAY), outcomes.count(None)
    return Followed(newcomers, left, away, back, _rehouse(mine, now))


def _join(round: Round, new: list[Resident], at: datetime) -> int:
    joined = Target.Joined.NEWCOMER
    targets = [target_from(round, resident, joined=joined, reason="new_in_register") for resident in new]
    away = [away_by_ledger(round, target, resident, at) for target, resident in zip(targets, new, strict=True)]
    if targets:
        copy_rows(Target, targets)
        Statement.objects.bulk_create(statement for statement in away if statement)
    return len(targets)


def _changes(round: Round, mine: Mapping[UUID, Target], now: Mapping[UUID, Resident]) -> list[_Change]:
    dead = set(Person.objects.filter(community=round.community, died_on__isnull=False).values_list("id", flat=True))
    said = _said(round)
    changes = []
    for person, target in mine.items():
        outcome, reason = _word(target, now.get(person), is_dead=person in dead)
        if said.get(target.pk) != outcome:
            changes.append(_Change(target.pk, outcome, reason))
    return changes


def _said(round: Round) -> dict[UUID, str | None]:
    """Return what ledger and register last said of each target that they said anything of."""
    statements = Statement.objects.filter(community=round.community, round=round, evidence__in=_FROM_REGISTER)
    return dict(statements.order_by("at", "id").values_list("target_id", "outcome"))


def _word(target: Target, resident: Resident | None, *, is_dead: bool) -> tuple[Outcome | None, str]:
    if is_dead:
        return Outcome.DEAD, "died"
    if resident is None:
        had_none = target.household_id is None
        return (None, "back") if had_none else (Outcome.MOVED, "left_register")
    return (Outcome.AWAY, resident.away_reason) if resident.away_reason else (None, "back")


def _state(actor: Actor, round: Round, changes: list[_Change], at: datetime) -> None:
    if not changes:
        return
    lock_targets(round, [change.target for change in changes])
    Statement.objects.bulk_create(
        Statement(
            community=round.community,
            round=round,
            target_id=change.target,
            at=at,
            outcome=change.outcome,
            evidence=Target.Evidence.REGISTER,
            reason=change.reason,
            stated_by=actor.name,
        )
        for change in changes
    )
    settle(round, [change.target for change in changes], round.rule_pack.reading())


def _rehouse(mine: Mapping[UUID, Target], now: Mapping[UUID, Resident]) -> int:
    moved = []
    for person, target in mine.items():
        resident = now.get(person)
        if resident and resident.household and resident.household != target.household_id:
            target.household_id, target.dwelling_id = resident.household, resident.dwelling
            target.building_id = resident.building
            moved.append(target)
    Target.objects.bulk_update(moved, ["household", "dwelling", "building"])
    return len(moved)
