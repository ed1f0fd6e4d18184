"""Filling forms in the background, with progress that a page can show and stop."""

from typing import Any
from uuid import UUID

from linli.core import jobs
from linli.core.actors import Actor
from linli.core.working import Tell, work_on
from linli.paperwork.services.filling import FILL_TASK, fill


@jobs.app.task(name=FILL_TASK, retry=jobs.DATABASE_GONE)
def run_filling(community: int, work_id: str) -> None:
    """Fill a form."""

    def act(actor: Actor, arguments: dict[str, Any], tell: Tell) -> dict[str, Any]:
        return fill(actor, arguments, tell, UUID(work_id))

    work_on(community, UUID(work_id), act)
