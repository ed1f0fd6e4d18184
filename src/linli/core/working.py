"""The body of a background job: by whose rights it works, how far it is, whether to stop, and how it ended."""

from collections.abc import Callable
from contextlib import nullcontext
from threading import Thread
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from linli.core import accounts, jobs
from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.models import Work
from linli.core.scope import scope_of

Tell = Callable[[int, int], bool]
"""Told how much is done of how much; answers False when somebody asked to stop."""
Act = Callable[[Actor, dict[str, Any], Tell], dict[str, Any]]
"""Does what a piece of work asks for, given its arguments, and returns its result. Raises LinliError."""


def work_on(community: int, work_id: UUID, act: Act, *, ends_with_act: bool = False) -> None:
    """Do a piece of work by the rights that whoever asked for it holds now, and write down how it ended.

    What has ended, or was stopped before it began, is left alone. A refusal ends it as failed with its sentences; when the
    database dies it stays open and is taken up again. With `ends_with_act` the act and its end are one transaction, for an
    act that cannot be done twice; one that keeps what it wrote when it fails cannot have that.
    """
    here = ((community, community + 1),)
    with scope_of(here):
        work = jobs.start(work_id)
        if work.state != Work.State.RUNNING:
            return
    actor = accounts.job_actor(work.asked_by, work.community)
    try:
        with scope_of(here) if ends_with_act else nullcontext():
            result = act(actor, dict(work.arguments), _telling(community, work_id))
            _end(work, result=result)
    except LinliError as error:
        _end(work, error=error.as_dict())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _end(work, error=LinliError(code="unexpected").as_dict())
        raise


def _end(work: Work, **how: Any) -> None:
    with scope_of(((work.community, work.community + 1),)):
        jobs.finish(work.pk, **how)


def _telling(community: int, work_id: UUID) -> Tell:
    """Return what tells how far it is over a connection of its own, since the work's transaction is not seen before its end."""

    def tell(done: int, total: int) -> bool:
        answers: list[bool] = []
        thread = Thread(target=_tell, args=(community, work_id, done, total, answers))
        thread.start()
        thread.join()
        return all(answers)

    return tell


def _tell(community: int, work_id: UUID, done: int, total: int, answers: list[Any]) -> None:
    try:
        with scope_of(((community, community + 1),)):
            answers.append(jobs.progress(work_id, done, total))
    finally:
        connection.close()
