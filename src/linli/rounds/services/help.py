"""What somebody asks for while a team stands at their door."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.registry.services.requests import ask_for_help
from linli.rounds.access import access_round
from linli.rounds.errors import DrillHasNoEffect
from linli.rounds.models import Target


def ask_help_at_door(actor: Actor, round_id: UUID, target_id: UUID, kind: str, words: str = "") -> None:
    """Write down what somebody of a round asks for; whoever looks after requests sees it at once.

    For who records at doors (sweep_record). Writes no audit entry of its own: the request is one of the register. Raises Refused,
    NotFound, Invalid for an unknown kind, and DrillHasNoEffect in a drill.
    """
    with scoped(actor, Right.SWEEP_RECORD):
        round = access_round(actor, round_id, right=Right.SWEEP_RECORD)
        mine = Target.objects.filter(community=round.community, round=round, pk=target_id).select_related("person")
        target = mine.first()
        if target is None or target.person is None:
            raise NotFound
        if round.is_drill:
            raise DrillHasNoEffect
        ask_for_help(actor, target.person, kind, words, right=Right.SWEEP_RECORD)
