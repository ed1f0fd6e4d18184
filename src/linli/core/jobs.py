"""Background jobs in PostgreSQL (procrastinate) and the progress that a page shows of them.

A job is enqueued after the transaction that asked for it commits, by name, with identifiers only. It runs under the
actor who asked, narrowed to one community.
"""

from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Work

__all__ = ["DATABASE_GONE", "app", "ask", "finish", "progress", "retrying", "start"]

RETRY_SECONDS = 1


def retrying(*kinds: type[Exception]) -> RetryStrategy:
    """Return how a task is tried again: when the database dies under it, and after errors of these kinds."""
    return RetryStrategy(wait=RETRY_SECONDS, retry_exceptions={OperationalError, InterfaceError, *kinds})


DATABASE_GONE = retrying()
"""For every task: when the database dies under it, the worker takes it up again."""


def ask(actor: Actor, community: int, kind: str, task: str, **arguments: Any) -> Work:
    """Write down a piece of work and enqueue its task once this transaction commits. Call inside a scope."""
    work = Work.objects.create(community=community, kind=kind, asked_by=actor.name, arguments=arguments)
    transaction.on_commit(lambda: enqueue(task, work))
    return work


def enqueue(task: str, work: Work) -> None:
    """Hand a piece of work to the worker; a lock keeps two of the same from running at once."""
    app.configure_task(task, lock=str(work.pk)).defer(community=work.community, work_id=str(work.pk))


def start(work_id: UUID, total: int = 0) -> Work:
    """Mark a piece of work as running and return it."""
    Work.objects.filter(pk=work_id).update(state=Work.State.RUNNING, total=total, changed_at=clock.now())
    work: Work = Work.objects.get(pk=work_id)
    return work


def progress(work_id: UUID, done: int, total: int) -> bool:
    """Write how far it is; returns False when somebody asked to stop."""
    Work.objects.filter(pk=work_id).update(done=done, total=total, changed_at=clock.now())
    return not Work.objects.filter(pk=work_id, state=Work.State.STOPPED).exists()


def finish(work_id: UUID, *, result: dict[str, Any] | None = None, error: dict[str, str] | None = None) -> None:
    """Mark a piece of work as done, or as failed with its error in both languages."""
    state = Work.State.FAILED if error else Work.State.DONE
    Work.objects.filter(pk=work_id).update(state=state, result=result or {}, error=error, changed_at=clock.now())
