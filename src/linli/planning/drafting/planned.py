"""Plan a draft: the body of the work that a page waits for. What loads scipy is imported by the worker only."""

from typing import Any
from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.core.working import Tell
from linli.places.scope import in_community
from linli.planning.ahead import plan_ahead
from linli.planning.drafting.access import access_draft
from linli.planning.drafting.errors import DraftMovedOn
from linli.planning.drafting.reading import chosen_sites, new_round, plan_basis, rules_for, told_of

STEPS = 2


def plan_of_draft(actor: Actor, draft_id: UUID, basis: str, tell: Tell) -> dict[str, Any]:
    """Return the plan of a draft from the register as it is now (R92 to R97); nothing but the work keeps it.

    For who may open rounds there (round_open). Raises Refused, NotFound when it was discarded meanwhile, DraftMovedOn when
    it says something else by now than `basis`, and what `plan_ahead` raises.
    """
    with scoped(actor, Right.ROUND_OPEN):
        draft = access_draft(actor, draft_id)
        with in_community(actor, Right.ROUND_OPEN, draft.community):
            tell(1, STEPS)
            told = told_of(draft)
            chosen = chosen_sites(told)
            if chosen is None or plan_basis(draft) != basis:
                raise DraftMovedOn
            rules = rules_for(actor, told).reading()
            return plan_ahead(actor, draft.community, new_round(draft, told), chosen, rules).as_json()
