"""What rounds do by themselves when something below them has changed."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.db import close_old_connections

from linli.core.actors import system_actor
from linli.core.jobs import DATABASE_GONE, QUEUE_OF, app
from linli.core.outbox import handles
from linli.core.scope import scope_of
from linli.registry import turns
from linli.rounds.counting import COUNTED_EVERY, count_open_rounds
from linli.rounds.errors import RoundClosed
from linli.rounds.models import Round
from linli.rounds.partitions import days_ahead, prepare_partitions
from linli.rounds.services import follow_register
from linli.rounds.services.opening import OPENED, PREPARE_DAYS

COUNT = "rounds.count"


@handles(OPENED)
@handles(turns.CHANGED)
def follow_changes(community: int, _payload: dict[str, Any]) -> None:
    """Bring every open round of a community up to its register; drills stay as they were frozen (R40, R116)."""
    with scope_of(((community, community + 1),)):
        live = Round.objects.filter(community=community, state=Round.State.OPEN, is_drill=False)
        rounds = list(live.order_by("id").values_list("id", flat=True))
    for round in rounds:
        with suppress(RoundClosed):
            follow_register(system_actor(community), round)


@app.task(name=PREPARE_DAYS, retry=DATABASE_GONE)
def prepare_days(days: list[str]) -> None:
    """Make what is missing of the tables for these days, one after the other, each for itself."""
    prepare_partitions(date.fromisoformat(day) for day in days)


@app.periodic(cron="7 * * * *")
@app.task(name="rounds.prepare_days_ahead", retry=DATABASE_GONE)
def prepare_days_ahead(timestamp: int) -> None:
    """Make the tables for the days of rounds that are yet to be opened, so that no opening keeps anybody waiting."""
    del timestamp
    prepare_partitions(days_ahead())


@app.periodic(cron=f"* * * * * */{COUNTED_EVERY.seconds}")
@app.task(name=COUNT, queue=QUEUE_OF[COUNT], queueing_lock=COUNT, retry=DATABASE_GONE)
def count_rounds(timestamp: int) -> None:
    """Count the open rounds for the walls; one count waits at most, however long the one before it takes."""
    del timestamp
    close_old_connections()
    count_open_rounds()
