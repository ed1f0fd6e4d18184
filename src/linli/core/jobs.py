"""Background jobs in PostgreSQL (procrastinate) and the progress that a page shows of them.

A job is enqueued by name, with identifiers only, in the transaction that asks for it: both are there or neither. It runs
with the rights that whoever asked holds by then, in one community.
"""

from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Work

__all__ = [
    "DATABASE_GONE", "QUEUES", "UNDER_WAY", "UNTIL_IT_WORKS", "app", "ask", "finish", "progress", "retrying", "start",
]  # fmt: skip

RETRY_SECONDS = 1

UNDER_WAY = (Work.State.WAITING, Work.State.RUNNING)
"""The states of work that has not ended."""

QUEUES = ("default", "drills", "figures")
"""Each has a worker process of its own: a drill that plays for an hour keeps no ledger waiting, and neither a wall's figures."""

QUEUE_OF = {"planning.drill": "drills", "rounds.count": "figures"}
"""The queue of a task that is not in the first one."""


def retrying(*kinds: type[Exception]) -> RetryStrategy:
    """Return how a task is tried again: when the database dies under it, and after errors of these kinds."""
    return RetryStrategy(wait=RETRY_SECONDS, retry_exceptions={OperationalError, InterfaceError, *kinds})


DATABASE_GONE = retrying()
"""For every task: when the database dies under it, the worker takes it up again."""


UNTIL_IT_WORKS = RetryStrategy(wait=5, max_attempts=720)
"""For what must not be lost whatever goes wrong: tried again for an hour; the next note of the same kind begins anew."""


def ask(actor: Actor, community: int, kind: str, task: str, **arguments: Any) -> Work:
    """Write down a piece of work and enqueue its task in the same transaction. Call inside a scope."""
    work = Work.objects.create(community=community, kind=kind, asked_by=actor.name, arguments=arguments)
    enqueue(task, work)
    return work


def enqueue(task: str, work: Work) -> None:
    """Hand a piece of work to the worker; a lock keeps two of the same from running at once."""
    app.configure_task(task, lock=str(work.pk), queue=QUEUE_OF.get(task, QUEUES[0])).defer(
        community=work.community, work_id=str(work.pk)
    )


def start(work_id: UUID, total: int = 0) -> Work:
    """Mark a piece of work as running and return it; what has ended, or somebody has stopped, stays as it is.

    A task whose worker died after its last commit is run again: only the work knows then that there is nothing left to do.
    """
    Work.objects.filter(pk=work_id, state__in=UNDER_WAY).update(
        state=Work.State.RUNNING, total=total, changed_at=clock.now()
    )
    work: Work = Work.objects.get(pk=work_id)
    return work


def progress(work_id: UUID, done: int, total: int) -> bool:
    """Write how far it is; returns False when somebody asked to stop."""
    Work.objects.filter(pk=work_id).update(done=done, total=total, changed_at=clock.now())
    return not Work.objects.filter(pk=work_id, state=Work.State.STOPPED).exists()


def finish(work_id: UUID, *, result: dict[str, Any] | None = None, error: dict[str, str] | None = None) -> None:
    """Mark a piece of work as done, or as failed with its error in both languages.

    What was stopped too late is done all the same; what ended because it was stopped stays stopped.
    """
    ended = Work.objects.filter(pk=work_id)
    if error:
        ended = ended.exclude(state=Work.State.STOPPED)
    state = Work.State.FAILED if error else Work.State.DONE
    ended.update(state=state, result=result or {}, error=error, changed_at=clock.now())
