"""Follow the register since T0: newcomers join, leavers are accounted for."""

from dataclasses import asdict
from uuid import UUID

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.rounds.following import Followed, follow
from linli.rounds.scope import in_open_round


def follow_register(actor: Actor, round_id: UUID) -> Followed:
    """Bring a round's targets up to the register (R40, R116).

    For who may open rounds (round_open). Who was entered since becomes a newcomer; who died, moved out or is marked
    away gets a statement with the register as evidence, so does who is back; who moved to another door is looked for
    there. What was seen since the register changed counts more. Doing it twice changes nothing. Writes targets,
    statements and, when anything has changed, one audit entry. Raises Refused, NotFound, RoundClosed.
    """
    with in_open_round(actor, round_id, Right.ROUND_OPEN) as round:
        followed = follow(actor, round, clock.now())
        if followed != Followed():
            audit.record(
                actor,
                "follow_register",
                community=round.community,
                right=Right.ROUND_OPEN,
                object_type="round",
                object_id=round.pk,
                after=asdict(followed),
            )
    return followed
