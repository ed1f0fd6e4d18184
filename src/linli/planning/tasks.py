"""Background jobs of planning."""

from uuid import UUID

from django.db import close_old_connections

from linli.core.jobs import DATABASE_GONE, app
from linli.planning.drill.play import play_drill
from linli.planning.drill.work import TASK


@app.task(name=TASK, retry=DATABASE_GONE)
def drill(community: int, work_id: str) -> None:
    """Play a drill; when the database dies under it, take it up again."""
    close_old_connections()
    try:
        play_drill(community, UUID(work_id))
    finally:
        close_old_connections()
