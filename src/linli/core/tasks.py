"""Background jobs of core."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections

from linli.core import clock, outbox
from linli.core.jobs import DATABASE_GONE, UNTIL_IT_WORKS, app
from linli.core.sign_ins import forget_ended

NOTES_KEPT = timedelta(days=7)
"""How long a note that was handed over can still tell what happened when."""


@app.task(name=outbox.HAND_OVER, retry=UNTIL_IT_WORKS)
def hand_over(community: int) -> None:
    """Hand the notes of a community over."""
    close_old_connections()
    outbox.hand_over(community)


@app.periodic(cron="43 3 * * *")
@app.task(name="core.forget", retry=DATABASE_GONE)
def forget(timestamp: int) -> None:
    """Remove what has had its day: sessions and sign-ins that ended, notes that were handed over."""
    del timestamp
    close_old_connections()
    SessionStore.clear_expired()
    forget_ended(clock.now())
    outbox.forget(clock.now() - NOTES_KEPT)
