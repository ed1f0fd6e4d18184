"""From the id of a draft in a request to it. Missing and foreign get the same answer: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.scope import within
from linli.planning.models import RoundDraft


def access_draft(actor: Actor, draft_id: UUID, *, right: Right = Right.ROUND_OPEN, alone: bool = False) -> RoundDraft:
    """Return a draft of a community where the actor holds the right, locked when `alone`, else raise NotFound."""
    rows = RoundDraft.objects.filter(within(actor.ranges(right)), pk=draft_id)
    found: RoundDraft | None = (rows.select_for_update() if alone else rows).first()
    if found is None:
        raise NotFound
    return found
