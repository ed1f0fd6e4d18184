"""Background jobs of core."""

from django.db import close_old_connections

from linli.core import outbox
from linli.core.jobs import DATABASE_GONE, app


@app.task(name=outbox.HAND_OVER, retry=DATABASE_GONE)
def hand_over(community: int) -> None:
    """Hand the notes of a community over."""
    close_old_connections()
    outbox.hand_over(community)
