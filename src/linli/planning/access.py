"""From the id of a drill, or of a round's opening, in a request to it. Missing and foreign get the same answer: NotFound."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.planning.opening.selectors import OpeningSeen, opening_seen
from linli.planning.selectors import DrillSeen, drill_seen


def access_drill(actor: Actor, work_id: UUID, *, right: Right = Right.DRILL_RUN) -> DrillSeen:
    """Return a drill of a community where the actor holds the right, else raise NotFound."""
    return drill_seen(actor, work_id, right=right)


def access_opening(actor: Actor, work_id: UUID, *, right: Right = Right.ROUND_OPEN) -> OpeningSeen:
    """Return the opening of a round of a community where the actor holds the right, else raise NotFound."""
    return opening_seen(actor, work_id, right=right)
