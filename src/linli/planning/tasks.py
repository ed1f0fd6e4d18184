"""Background jobs of planning."""

from uuid import UUID

from django.db import close_old_connections

from linli.core.jobs import app, retrying
from linli.core.models import Work
from linli.planning.drill.work import TASK


class SomebodyPlays(Exception):
    """Another session still has the turn: it plays to the end, or has died and the database will notice."""


@app.task(name=TASK, retry=retrying(SomebodyPlays))
def drill(community: int, work_id: str) -> None:
    """Play a drill; when the database dies under it, take it up again."""
    from linli.planning.drill.play import play_drill  # noqa: PLC0415  (loads scipy, which no other process needs)

    close_old_connections()
    try:
        work = play_drill(community, UUID(work_id))
    finally:
        close_old_connections()
    if work.state in (Work.State.WAITING, Work.State.RUNNING):
        raise SomebodyPlays
