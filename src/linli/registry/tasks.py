"""Reading and importing uploaded ledgers, and taking them back, in the background, with progress that a page can show and stop."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from linli.core import accounts, clock, jobs
from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.models import Work
from linli.core.scope import scope_of
from linli.registry.intake import spool
from linli.registry.intake.report import ImportReport
from linli.registry.services import uploads
from linli.registry.services.ledger_import import Progress
from linli.registry.services.ledger_undo import undo_import

KEPT = timedelta(days=7)
"""How long an upload waits for somebody to confirm it."""
TAKEN_WITHIN = timedelta(hours=1)
"""How long an export can take to reach who asked for it; one that lies here longer was left by a process that died."""


@jobs.app.task(name=uploads.CHECK_TASK, retry=jobs.DATABASE_GONE)
def run_check(community: int, work_id: str) -> None:
    """Run the dry run of an upload."""
    _work_on(community, UUID(work_id), _counted(uploads.check_upload))


@jobs.app.task(name=uploads.IMPORT_TASK, retry=jobs.DATABASE_GONE)
def run_import(community: int, work_id: str) -> None:
    """Import a checked upload."""
    _work_on(community, UUID(work_id), _counted(uploads.import_upload))


@jobs.app.task(name=uploads.UNDO_TASK, retry=jobs.DATABASE_GONE)
def run_undo(community: int, work_id: str) -> None:
    """Take an import back."""
    _work_on(community, UUID(work_id), lambda actor, import_id, _progress: undo_import(actor, import_id).as_json())


@jobs.app.periodic(cron="17 * * * *")
@jobs.app.task(name="registry.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """Remove files that hold identity numbers in the clear: uploads nobody confirmed in time, exports nobody took."""
    del timestamp
    spool.forget_uploads_before(clock.now() - KEPT)
    spool.forget_exports_before(clock.now() - TAKEN_WITHIN)


def _counted(act: Callable[..., ImportReport]) -> Callable[..., dict[str, Any]]:
    def done(actor: Actor, upload: UUID, progress: Progress, **arguments: Any) -> dict[str, Any]:
        return {**act(actor, upload, progress, **arguments).counts(), "upload": str(upload)}

    return done


def _work_on(community: int, work_id: UUID, act: Callable[..., dict[str, Any]]) -> None:
    here = ((community, community + 1),)
    with scope_of(here):
        work = jobs.start(work_id)
        if work.state == Work.State.STOPPED:
            return
    arguments = dict(work.arguments)
    actor, upload = _actor_of(work), UUID(arguments.pop("import_id"))
    try:
        result = act(actor, upload, _progress(community, work_id), **arguments)
    except LinliError as error:
        with scope_of(here):
            jobs.finish(work_id, error=error.as_dict())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        with scope_of(here):
            jobs.finish(work_id, error=LinliError(code="unexpected").as_dict())
        raise
    else:
        with scope_of(here):
            jobs.finish(work_id, result=result)


def _actor_of(work: Work) -> Actor:
    return accounts.job_actor(work.asked_by, work.community)


def _progress(community: int, work_id: UUID) -> Progress:
    """Return what tells how far it is over a connection of its own, since the import's transaction is not seen before its end."""

    def tell(_step: str, done: int, total: int) -> bool:
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
