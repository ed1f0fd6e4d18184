"""How a person of the register becomes a target, and what the ledger says of a target from the start. No queries."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from linli.core.ids import seeded_uuid7
from linli.rounds.models import Outcome, Round, Statement, Target
from linli.rounds.register import Resident


def target_from(round: Round, resident: Resident, *, joined: str = Target.Joined.FROZEN, reason: str = "") -> Target:
    """Return the target of a resident, unsaved. Its id follows from round and person, so it cannot be made twice."""
    return Target(
        id=seeded_uuid7(round.t0, round.pk, resident.person),
        community=round.community,
        round=round,
        person_id=resident.person,
        household_id=resident.household,
        dwelling_id=resident.dwelling,
        building_id=resident.building,
        name=resident.name,
        joined=joined,
        join_reason=reason,
        outcome_reason="nothing_known",
    )


def digest_of(targets: Iterable[UUID]) -> str:
    """Return the digest by which a round knows its frozen targets again, whatever their order."""
    return hashlib.sha256(",".join(str(id) for id in sorted(targets)).encode()).hexdigest()


def away_by_ledger(round: Round, target: Target, resident: Resident, at: datetime) -> Statement | None:
    """Settle an unsaved target as away when the ledger says so, and return the statement that is its evidence."""
    if not resident.away_reason:
        return None
    statement = Statement(
        community=round.community,
        round=round,
        target=target,
        at=at,
        outcome=Outcome.AWAY,
        evidence=Target.Evidence.LEDGER,
        reason=resident.away_reason,
        stated_by=round.opened_by,
    )
    target.outcome, target.outcome_at, target.outcome_reason = Outcome.AWAY, at, resident.away_reason
    target.evidence, target.evidence_id = Target.Evidence.LEDGER, statement.pk
    return statement
