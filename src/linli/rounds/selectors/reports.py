"""The report of a round, its arithmetic and its waits."""

from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round
from linli.rounds.accounting import account_for
from linli.rounds.queues import Waits, queues_of
from linli.rounds.reporting import compile_report
from linli.rounds.rules.account import Account


def closing_report(actor: Actor, round_id: UUID) -> dict[str, Any]:
    """Return the report written at closing; of an open round, how it would look now (figures_read).

    Keys: targets, newcomers, leavers, expected, outcomes, outstanding, adds_up, timeline, hours, wait_minutes, sites,
    desks, desk_hours, utilisation, per_site, home_sampled, visits, refused_facts, doubtful_clocks, compounds, is_drill,
    rule_pack. Raises Refused, NotFound.
    """
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        return dict(round.report) if round.is_closed else compile_report(round)


def reconciliation(actor: Actor, round_id: UUID) -> Account:
    """Return targets at T0 + newcomers − leavers against the outcomes (figures_read, R116). Raises Refused, NotFound."""
    with scoped(actor, Right.FIGURES_READ):
        return account_for(access_round(actor, round_id, right=Right.FIGURES_READ))


def waits(actor: Actor, round_id: UUID) -> Waits:
    """Return the waits in minutes, from stored arrivals and specimens (figures_read, R106, R107). Raises Refused, NotFound."""
    with scoped(actor, Right.FIGURES_READ):
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        return queues_of(round, round.deadline).waits
