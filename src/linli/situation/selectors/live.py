"""Everything the live board shows beyond the round's own board: waits against the rules, and what the plan promised."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.orders.rules import RulePackRules
from linli.places.access import access_compound
from linli.planning.selectors import latest_plan
from linli.rounds.access import access_round
from linli.rounds.facades import CompoundBoard, compounds_of
from linli.rounds.models import Round, Target
from linli.rounds.selectors import Board, board
from linli.situation.queues import QueueLines, queue_lines

DOORS_DRAWN = 9_000
"""Targets up to which the board draws each door; beyond, compounds are tiles with their share."""


@dataclass(frozen=True)
class LiveBoard:
    """A round as its page shows it. `promised` is what the latest plan promised, empty without one."""

    board: Board
    rules: RulePackRules
    promised: dict[str, Any]
    queues: QueueLines
    home_wanted: int
    """How many are still to be tested at home."""

    @property
    def has_doors(self) -> bool:
        """Whether the board came with its doors."""
        return any(building.doors for compound in self.board.compounds for building in compound.buildings)


def live_board(actor: Actor, round_id: UUID) -> LiveBoard:
    """Return the board of a round with its plan, its queues and waits (figures_read).

    Its doors come only for who may read the round door by door (round_read). Raises Refused, NotFound.
    """
    with scoped(actor, Right.FIGURES_READ):
        plan = latest_plan(actor, round_id)
        round = access_round(actor, round_id, right=Right.FIGURES_READ)
        doors_up_to = DOORS_DRAWN if actor.has(Right.ROUND_READ, round.community) else 0
        shown = board(actor, round_id, doors_up_to=doors_up_to)
        return LiveBoard(
            board=shown,
            rules=round.rule_pack.reading(),
            promised=dict(plan.promised) if plan else {},
            queues=queue_lines(round, shown.queues.quarters),
            home_wanted=_home_wanted(round),
        )


def _home_wanted(round: Round) -> int:
    asked = {"outcome": None, "home_sampling_asked_at__isnull": False}
    return Target.objects.filter(community=round.community, round=round, **asked).count()


def compound_of_round(actor: Actor, round_id: UUID, compound_id: UUID) -> tuple[Round, CompoundBoard | None]:
    """Return a round and one compound of its community with every door, None where the round has none there.

    For who may read a round door by door (round_read). Raises Refused, NotFound.
    """
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        compound = access_compound(actor, compound_id, right=Right.ROUND_READ)
        if compound.community != round.community:
            raise NotFound
        found = compounds_of(round, compound.pk)
    return round, found[0] if found else None


def closing_state(actor: Actor, round_id: UUID) -> Board:
    """Return what stands in the way of closing a round (round_close): a board without doors. Raises Refused, NotFound."""
    with scoped(actor, Right.ROUND_CLOSE):
        access_round(actor, round_id, right=Right.ROUND_CLOSE)
    return board(actor, round_id, doors_up_to=0)
