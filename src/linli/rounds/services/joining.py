"""Take in somebody who stands at a site and is not among the targets."""

from uuid import UUID

from linli.core import audit, locks
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.rounds.asked import Newcomer
from linli.rounds.errors import ReasonTooLong
from linli.rounds.following import count_newcomers
from linli.rounds.models import Round, Target
from linli.rounds.scope import in_open_round
from linli.rounds.walkin import household_of, registered_person

REASON_AT_MOST = 120


def add_newcomer(actor: Actor, round_id: UUID, newcomer: Newcomer, *, right: Right = Right.FACT_RECORD) -> Target:
    """Add a walk-in, with or without an identity card, and return the target (R45, R116).

    For who records at sites (fact_record), or at doors with that right (sweep_record). In a live round the person
    enters the register, behind the door that was named or behind none; somebody whom the register knows by the identity
    number is not entered again, and who is a target already is that target. In a drill nobody enters the register
    (R256). Adding the same id again returns its target. Writes the person, the target and one audit entry. Raises
    Refused, NotFound, RoundClosed, Invalid.
    """
    if len(newcomer.reason) > REASON_AT_MOST:
        raise ReasonTooLong(most=REASON_AT_MOST)
    with in_open_round(actor, round_id, right) as round:
        locks.hold("newcomer", round_id)
        mine = Target.objects.filter(community=round.community, round=round)
        target = mine.filter(pk=newcomer.id).first()
        if target is not None:
            return target
        person = None if round.is_drill else registered_person(actor, round, newcomer, right)
        target = mine.filter(person=person).first() if person else None
        if target is None:
            target = _join(round, newcomer, person)
            _record(actor, round, target, right)
    return target


def _join(round: Round, newcomer: Newcomer, person: UUID | None) -> Target:
    household, dwelling, building = household_of(round, person, newcomer.dwelling)
    target: Target = Target.objects.create(
        id=newcomer.id,
        community=round.community,
        round=round,
        person_id=person,
        household_id=household,
        dwelling_id=dwelling,
        building_id=building,
        name=newcomer.name.strip(),
        joined=Target.Joined.NEWCOMER,
        join_reason=newcomer.reason,
        outcome_reason="nothing_known",
    )
    count_newcomers(round, 1)
    return target


def _record(actor: Actor, round: Round, target: Target, right: Right) -> None:
    audit.record(
        actor,
        "add_newcomer",
        community=round.community,
        right=right,
        object_type="target",
        object_id=target.pk,
        after={"person": target.person_id, "reason": target.join_reason},
    )
