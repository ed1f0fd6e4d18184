"""Close a round, once nobody is outstanding; or a drill that was stopped."""

from datetime import datetime
from uuid import UUID

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.endings import end_roles_with
from linli.core.errors import LinliError
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.accounting import account_for, frozen_are_there
from linli.rounds.counting import count_round
from linli.rounds.endings import KIND
from linli.rounds.errors import DoesNotAddUp, NotADrill, Outstanding, RoundClosed
from linli.rounds.figures import moment_of, stamps_of
from linli.rounds.models import Round
from linli.rounds.outstanding import missing_of
from linli.rounds.reporting import account_figures, compile_report
from linli.rounds.rules.account import decide_closing
from linli.rounds.scope import hold_alone, in_round
from linli.rounds.services.following import follow_by

NAMED_AT_MOST = 50


def close_round(actor: Actor, round_id: UUID) -> Round:
    """Close a round and write its report (R3, R116, R130).

    For who may close rounds (round_close). Follows the register a last time, except in a drill, and refuses while
    anyone is outstanding, saying who; what it found in the register stays all the same, on record by itself, so that
    the newcomer who keeps the round open is there to be recorded. Waits for facts that are being stored; later ones
    change nothing. Writes the round and one audit entry. Raises Refused, NotFound, RoundClosed, Outstanding,
    DoesNotAddUp, RegisterBusy.
    """
    with scoped(actor, Right.ROUND_CLOSE):
        hold_alone(round_id)
        at = clock.now()
        with in_round(actor, round_id, Right.ROUND_CLOSE) as round:
            if not round.is_closed and not round.is_drill:
                follow_by(actor, Right.ROUND_CLOSE, round, at)
            refusal = _refusal(round)
            if refusal is None:
                _end(actor, round, Round.State.CLOSED, at, Right.ROUND_CLOSE, "close_round")
    if refusal is not None:
        raise refusal
    return round


def abandon_round(actor: Actor, round_id: UUID) -> Round:
    """Close a drill that was stopped, with its report as far as it came (R256). Abandoning it again returns it.

    For who may run drills (drill_run). A live round is never abandoned. Writes the round and one audit entry. Raises
    Refused, NotFound, NotADrill, and RoundClosed when it was played to its end.
    """
    with scoped(actor, Right.DRILL_RUN):
        hold_alone(round_id)
        with in_round(actor, round_id, Right.DRILL_RUN) as round:
            if not round.is_drill:
                raise NotADrill(name=round.name)
            if round.state == Round.State.CLOSED:
                raise RoundClosed(name=round.name)
            if not round.is_closed:
                at = moment_of(round, stamps_of(round))
                _end(actor, round, Round.State.ABANDONED, at, Right.DRILL_RUN, "abandon_round")
    return round


def _end(actor: Actor, round: Round, state: Round.State, at: datetime, right: Right, action: str) -> None:
    round.state, round.closed_at = state, at
    round.report = compile_report(round, at)
    round.save(update_fields=["state", "closed_at", "report"])
    audit.record(
        actor, action, community=round.community, right=right, object_type="round", object_id=round.pk,
        after=account_figures(account_for(round)),
    )  # fmt: skip
    count_round(round)
    end_roles_with(actor, KIND, round.pk)


def _refusal(round: Round) -> LinliError | None:
    account = account_for(round)
    why = decide_closing(is_closed=round.is_closed, account=account)
    if why == "round_closed":
        return RoundClosed(name=round.name)
    if why == "outstanding":
        return Outstanding(account.outstanding, missing_of(round, NAMED_AT_MOST))
    return DoesNotAddUp() if why or not frozen_are_there(round) else None
