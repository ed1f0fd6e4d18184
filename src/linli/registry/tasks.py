"""Reading and importing uploaded ledgers, and taking them back, in the background, with progress that a page can show and stop."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections

from linli.core import clock, jobs, outbox
from linli.core.actors import Actor, operator_actor, system_actor
from linli.core.errors import LinliError
from linli.core.working import Act, Tell, work_on
from linli.registry.intake import spool
from linli.registry.intake.report import ImportReport
from linli.registry.key_keeping import communities_with_lists
from linli.registry.services import uploads
from linli.registry.services.key_lists import bring_up_to_date
from linli.registry.services.ledger_undo import undo_import
from linli.registry.turns import CHANGED

_log = logging.getLogger(__name__)
KEPT = timedelta(days=7)
"""How long an upload waits for somebody to confirm it."""
TAKEN_WITHIN = timedelta(hours=1)
"""How long an export can take to reach who asked for it; one that lies here longer was left by a process that died."""


@jobs.app.task(name=uploads.CHECK_TASK, retry=jobs.DATABASE_GONE)
def run_check(community: int, work_id: str) -> None:
    """Run the dry run of an upload."""
    work_on(community, UUID(work_id), _counted(uploads.check_upload))


@jobs.app.task(name=uploads.IMPORT_TASK, retry=jobs.DATABASE_GONE)
def run_import(community: int, work_id: str) -> None:
    """Import a checked upload."""
    work_on(community, UUID(work_id), _counted(uploads.import_upload), ends_with_act=True)


@jobs.app.task(name=uploads.UNDO_TASK, retry=jobs.DATABASE_GONE)
def run_undo(community: int, work_id: str) -> None:
    """Take an import back."""
    work_on(community, UUID(work_id), _undone, ends_with_act=True)


@jobs.app.periodic(cron="17 * * * *")
@jobs.app.task(name="registry.forget_uploads", retry=jobs.DATABASE_GONE)
def forget_uploads(timestamp: int) -> None:
    """Remove files that hold identity numbers in the clear: uploads nobody confirmed in time, exports nobody took."""
    del timestamp
    uploads.forget_uploads(operator_actor(), clock.now() - KEPT)
    spool.forget_exports_before(clock.now() - TAKEN_WITHIN)


@outbox.handles(CHANGED)
def bring_key_lists_up(community: int, _payload: dict[str, Any]) -> None:
    """Let whoever belongs on a key list join it, and who does not leave it, soon after the register changed."""
    bring_up_to_date(system_actor(community), community)


@jobs.app.periodic(cron="7 * * * *")
@jobs.app.task(name="registry.bring_key_lists_up", retry=jobs.DATABASE_GONE)
def bring_all_key_lists_up(timestamp: int) -> None:
    """Bring the key lists of every community up to the day, each for itself: hourly, wherever its midnight is."""
    del timestamp
    close_old_connections()
    for community in communities_with_lists():
        try:
            bring_up_to_date(system_actor(community), community)
        except (LinliError, DatabaseError):
            _log.exception("The key lists of community %s could not be brought up to the day", community)


def _counted(act: Callable[..., ImportReport]) -> Act:
    def done(actor: Actor, arguments: dict[str, Any], tell: Tell) -> dict[str, Any]:
        upload = UUID(arguments.pop("import_id"))
        report = act(actor, upload, lambda _step, done, total: tell(done, total), **arguments)
        return {**report.counts(), "upload": str(upload)}

    return done


def _undone(actor: Actor, arguments: dict[str, Any], _tell: Tell) -> dict[str, Any]:
    return undo_import(actor, UUID(arguments["import_id"])).as_json()
