"""Close a round, once nobody is outstanding."""

from datetime import datetime
from uuid import UUID

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.errors import DoesNotAddUp, Outstanding, RoundClosed
from linli.rounds.figures import account_for
from linli.rounds.following import follow
from linli.rounds.models import Round
from linli.rounds.outstanding import missing_of
from linli.rounds.reporting import account_figures, compile_report
from linli.rounds.rules.account import decide_closing
from linli.rounds.scope import hold_alone, in_round

NAMED_AT_MOST = 50


def close_round(actor: Actor, round_id: UUID, at: datetime | None = None) -> Round:
    """Close a round and write its report (R3, R116, R130).

    For who may close rounds (round_close). Follows the register a last time, except in a drill, and refuses while
    anyone is outstanding, saying who. Waits for facts that are being stored; later ones change nothing. Writes the
    round and one audit entry. Raises Refused, NotFound, RoundClosed, Outstanding, DoesNotAddUp.
    """
    at = at or clock.now()
    with scoped(actor, Right.ROUND_CLOSE):
        hold_alone(round_id)
        with in_round(actor, round_id, Right.ROUND_CLOSE) as round:
            _refuse_unless_complete(actor, round, at)
            round.state, round.closed_at = Round.State.CLOSED, at
            round.report = compile_report(round, at)
            round.save(update_fields=["state", "closed_at", "report"])
            audit.record(
                actor,
                "close_round",
                community=round.community,
                right=Right.ROUND_CLOSE,
                object_type="round",
                object_id=round.pk,
                after=account_figures(account_for(round)),
            )
    return round


def _refuse_unless_complete(actor: Actor, round: Round, at: datetime) -> None:
    is_closed = round.state == Round.State.CLOSED
    if not is_closed and not round.is_drill:
        follow(actor, round, at)
    account = account_for(round)
    why = decide_closing(is_closed=is_closed, account=account)
    if why == "round_closed":
        raise RoundClosed(name=round.name)
    if why == "outstanding":
        raise Outstanding(account.outstanding, missing_of(round, NAMED_AT_MOST))
    if why:
        raise DoesNotAddUp
