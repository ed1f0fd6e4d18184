"""Follow the register since T0: newcomers join, leavers are accounted for."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.rounds.following import Followed, follow
from linli.rounds.models import Round
from linli.rounds.scope import in_open_round


def follow_register(actor: Actor, round_id: UUID) -> Followed:
    """Bring a round's targets up to the register (R40, R116).

    For who may open rounds (round_open). Who was entered since becomes a newcomer; who died, moved out or is marked
    away gets a statement with the register as evidence, so does who is back; who moved to another door is looked for
    there. What was seen since the register changed counts more. Doing it twice changes nothing. Writes targets,
    statements and, when anything has changed, one audit entry. Raises Refused, NotFound, RoundClosed, RegisterBusy.
    """
    with in_open_round(actor, round_id, Right.ROUND_OPEN) as round:
        return follow_by(actor, Right.ROUND_OPEN, round, clock.now())


def follow_by(actor: Actor, right: Right, round: Round, at: datetime) -> Followed:
    """Follow the register by the right of another act, as a part of it, and record what has changed."""
    followed = follow(actor, round, at)
    if followed != Followed():
        audit.record(
            actor, "follow_register", community=round.community, right=right, object_type="round", object_id=round.pk,
            after=asdict(followed),
        )  # fmt: skip
    return followed
