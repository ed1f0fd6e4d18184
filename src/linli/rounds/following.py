"""What has changed in the register since T0, worked out and written. Used by the services, inside their transaction.

A change counts from when the register changed, never from when it was noticed: what was seen at a door since is newer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from linli.core import locks
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.ids import first_uuid7_at, uuid7_time
from linli.core.models import OutboxEntry
from linli.registry import turns
from linli.registry.models import Person
from linli.rounds.directory import directory_of
from linli.rounds.joining import away_by_ledger, target_from
from linli.rounds.models import Outcome, Round, Statement, Target
from linli.rounds.register import Resident, merged_people, residents, scope_of_round
from linli.rounds.rules.outcome import Word
from linli.rounds.settling import lock_targets, settle

_FROM_REGISTER = (Target.Evidence.LEDGER, Target.Evidence.REGISTER)
_NEXT = timedelta(microseconds=1)
MERGED = str(Word.MERGED)


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
    at: datetime


def follow(actor: Actor, round: Round, at: datetime) -> Followed:
    """Write newcomers, leavers and moves between doors since the register was last followed. Raises RegisterBusy."""
    locks.hold("newcomer", round.pk)
    turns.share(round.community)
    since = _changed_since(round)
    now = {resident.person: resident for resident in residents(round.community, scope_of_round(round))}
    targets = Target.objects.filter(community=round.community, round=round, person__isnull=False)
    rows = targets.only("id", "community", "person", "household", "dwelling", "building", "merged_into")
    mine = {target.person_id: target for target in rows if target.person_id}
    newcomers = _join(round, [each for person, each in now.items() if person not in mine], at)
    instead = _instead(round, mine)
    changes, moved = _changes(round, mine, now, since, instead), _moved(mine, now)
    pointed = [target for target in mine.values() if target.merged_into_id != instead.get(target.pk)]
    touched = {change.target for change in changes} | _of_both(pointed, instead)
    lock_targets(round, touched | {target.pk for target in moved})
    _point(pointed, instead)
    _state(actor, round, changes)
    settle(round, touched, round.rule_pack.reading())
    Target.objects.bulk_update(moved, ["household", "dwelling", "building"])
    Round.objects.filter(pk=round.pk).update(followed_at=at)
    outcomes = [change.outcome for change in changes]
    left = sum(outcome in (Outcome.MOVED, Outcome.DEAD) for outcome in outcomes)
    away, back = outcomes.count(Outcome.AWAY), outcomes.count(None)
    return Followed(newcomers, left, away, back, len(moved))


def _changed_since(round: Round) -> datetime:
    """Return the earliest moment at which the register can have changed since it was last followed.

    It is that of the first note of a change since then; without one, that of the last following.
    """
    followed_at = round.followed_at or round.t0
    notes = OutboxEntry.objects.filter(community=round.community, topic=turns.CHANGED)
    first = notes.filter(pk__gt=first_uuid7_at(followed_at)).order_by("pk").values_list("pk", flat=True).first()
    return max(followed_at, uuid7_time(first)) if first else followed_at


def _join(round: Round, new: list[Resident], at: datetime) -> int:
    joined = Target.Joined.NEWCOMER
    targets = [target_from(round, resident, joined=joined, reason="new_in_register") for resident in new]
    away = [away_by_ledger(round, target, resident, at) for target, resident in zip(targets, new, strict=True)]
    if targets:
        copy_rows(Target, targets)
        Statement.objects.bulk_create(statement for statement in away if statement)
        count_newcomers(round, len(targets))
    return len(targets)


def count_newcomers(round: Round, joined: int) -> None:
    """Count those who have joined on the round itself, apart from their rows."""
    Round.objects.filter(pk=round.pk).update(newcomers=F("newcomers") + joined)


def _instead(round: Round, mine: Mapping[UUID, Target]) -> dict[UUID, UUID]:
    """Return which target counts instead of each whose person was merged into another of the round, by target."""
    counts_as = {person: kept for person, kept in merged_people(round.community).items() if person in mine}
    targets = Target.objects.filter(community=round.community, round=round, person__in=set(counts_as.values()))
    target_of = dict(targets.values_list("person_id", "id"))
    return {mine[person].pk: target_of[kept] for person, kept in counts_as.items() if kept in target_of}


def _of_both(pointed: Iterable[Target], instead: Mapping[UUID, UUID]) -> set[UUID]:
    """Return targets that are merged or two again, with those that counted or count instead."""
    ids = {id for target in pointed for id in (target.pk, target.merged_into_id, instead.get(target.pk))}
    return {id for id in ids if id}


def _point(pointed: Iterable[Target], instead: Mapping[UUID, UUID]) -> None:
    """Write which target counts instead of which, and no more where two entries are two again."""
    changed = list(pointed)
    for target in changed:
        target.merged_into_id = instead.get(target.pk)
    Target.objects.bulk_update(changed, ["merged_into"])


def _changes(
    round: Round,
    mine: Mapping[UUID, Target],
    now: Mapping[UUID, Resident],
    since: datetime,
    instead: Mapping[UUID, UUID],
) -> list[_Change]:
    dead = set(Person.objects.filter(community=round.community, died_on__isnull=False).values_list("id", flat=True))
    said, homes = _said(round), _homes(round)
    changes = []
    for person, target in mine.items():
        outcome, reason = _word(now.get(person), is_dead=person in dead, lived_here=_lived_here(target, homes))
        if target.pk in instead:
            outcome, reason = Outcome.MOVED, MERGED
        before, was_merged, said_at = said.get(target.pk, (None, False, None))
        if (before, was_merged) != (outcome, reason == MERGED):
            changes.append(_Change(target.pk, outcome, reason, max(since, said_at + _NEXT) if said_at else since))
    return changes


def _said(round: Round) -> dict[UUID, tuple[str | None, bool, datetime]]:
    """Return what ledger and register last said, whether of a merge, and when, of each target that they said anything of."""
    statements = Statement.objects.filter(community=round.community, round=round, evidence__in=_FROM_REGISTER)
    rows = statements.order_by("at", "id").values_list("target_id", "outcome", "reason", "at")
    return {target: (outcome, reason == MERGED, at) for target, outcome, reason, at in rows}


def _homes(round: Round) -> set[UUID] | None:
    """Return the dwellings that a limited round reaches; None when it reaches the whole community."""
    scope = scope_of_round(round)
    if not scope.is_limited:
        return None
    doors = directory_of(round.community)
    return {id for id, place in doors.items() if scope.covers(place.compound, place.building, place.unit_id)}


def _lived_here(target: Target, homes: set[UUID] | None) -> bool:
    """Tell whether a target's home is one that the round reaches: a guest from elsewhere cannot leave it."""
    return target.household_id is not None and (homes is None or target.dwelling_id in homes)


def _word(resident: Resident | None, *, is_dead: bool, lived_here: bool) -> tuple[Outcome | None, str]:
    if is_dead:
        return Outcome.DEAD, "died"
    if resident is None:
        return (Outcome.MOVED, "left_register") if lived_here else (None, "back")
    return (Outcome.AWAY, resident.away_reason) if resident.away_reason else (None, "back")


def _state(actor: Actor, round: Round, changes: list[_Change]) -> None:
    Statement.objects.bulk_create(
        Statement(
            community=round.community,
            round=round,
            target_id=change.target,
            at=change.at,
            outcome=change.outcome,
            evidence=Target.Evidence.REGISTER,
            reason=change.reason,
            stated_by=actor.name,
        )
        for change in changes
    )


def _moved(mine: Mapping[UUID, Target], now: Mapping[UUID, Resident]) -> list[Target]:
    """Return the targets who live behind another door now, each with its new home, unsaved."""
    moved = []
    for person, target in mine.items():
        resident = now.get(person)
        if resident and resident.household and resident.household != target.household_id:
            target.household_id, target.dwelling_id = resident.household, resident.dwelling
            target.building_id = resident.building
            moved.append(target)
    return moved
