"""Background jobs of planning. What loads scipy is imported where it is needed: no other process does."""

from typing import Any
from uuid import UUID

from django.db import close_old_connections

from linli.core.actors import Actor
from linli.core.jobs import DATABASE_GONE, app, retrying
from linli.core.models import Work
from linli.core.working import Tell, work_on
from linli.planning.drafting.reading import TASK as DRAFT_TASK
from linli.planning.drill.work import TASK
from linli.planning.opening.wish import TASK as OPENING_TASK
from linli.planning.opening.wish import wish_in


class SomebodyPlays(Exception):
    """Another session still has the turn: it plays to the end, or has died and the database will notice."""


@app.task(name=TASK, retry=retrying(SomebodyPlays))
def drill(community: int, work_id: str) -> None:
    """Play a drill; when the database dies under it, take it up again."""
    from linli.planning.drill.play import play_drill  # noqa: PLC0415

    close_old_connections()
    try:
        work = play_drill(community, UUID(work_id))
    finally:
        close_old_connections()
    if work.state in (Work.State.WAITING, Work.State.RUNNING):
        raise SomebodyPlays


@app.task(name=DRAFT_TASK, retry=DATABASE_GONE)
def plan_asked_draft(community: int, work_id: str) -> None:
    """Plan a round that is being prepared."""
    from linli.planning.drafting.planned import plan_of_draft  # noqa: PLC0415

    def act(actor: Actor, arguments: dict[str, Any], tell: Tell) -> dict[str, Any]:
        return plan_of_draft(actor, UUID(arguments["draft"]), arguments["basis"], tell)

    work_on(community, UUID(work_id), act)


@app.task(name=OPENING_TASK, retry=DATABASE_GONE)
def open_asked_round(community: int, work_id: str) -> None:
    """Open a round and plan it."""
    from linli.planning.opening.services import open_wished_round  # noqa: PLC0415

    def act(actor: Actor, arguments: dict[str, Any], tell: Tell) -> dict[str, Any]:
        return {"round": str(open_wished_round(actor, community, wish_in(arguments), tell).pk)}

    work_on(community, UUID(work_id), act)
