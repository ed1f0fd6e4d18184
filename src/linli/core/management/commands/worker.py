"""`linli worker`: runs background jobs. `linli serve` starts one and restarts it when it dies."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from linli.core import clock

ONE_WORKER = 0x6C696E6C69
"""Advisory lock held for as long as a worker lives, so that a job it left behind is known to be nobody's."""


class Command(BaseCommand):
    help = "Run background jobs (linli serve does this for you)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [ONE_WORKER])
            self._take_up_what_was_left()
            with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]  # Django's connector has it
                running.run_worker(fetch_job_polling_interval=1.0, delete_jobs="successful")

    def _take_up_what_was_left(self) -> None:
        manager = app.job_manager
        for job in manager.list_jobs(status=Status.DOING.value):
            if job.id is not None:
                manager.retry_job_by_id(job.id, retry_at=clock.now())
