"""`linli worker`: runs background jobs. `linli serve` starts one and restarts it when it dies."""

import os
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

import psycopg
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from linli.core import clock
from linli.core.jobs import QUEUES
from linli.core.process.database import APP_URL

ONE_WORKER = 0x6C69
"""First half of the advisory lock that a worker of a queue holds as long as it lives, so that a job it left behind is known
to be nobody's; the second half is the queue's number."""

LOOK_SECONDS = 1.0
EXIT_DATABASE_GONE = 75


class Command(BaseCommand):
    help = "Run background jobs (linli serve does this for you)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", choices=QUEUES, default=QUEUES[0])

    def handle(self, *_args: Any, **options: Any) -> None:
        queue = options["queue"]
        with psycopg.connect(os.environ[APP_URL], autocommit=True) as alone:
            alone.execute("select pg_advisory_lock(%s, %s)", [ONE_WORKER, QUEUES.index(queue)])
            threading.Thread(target=_end_with, args=[alone], daemon=True, name="one worker").start()
            self._take_up_what_was_left(queue)
            with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]  # Django's connector has it
                running.run_worker(queues=[queue], fetch_job_polling_interval=1.0, delete_jobs="successful")

    def _take_up_what_was_left(self, queue: str) -> None:
        manager = app.job_manager
        for job in manager.list_jobs(queue=queue, status=Status.DOING.value):
            if job.id is not None:
                manager.retry_job_by_id(job.id, retry_at=clock.now())


def _end_with(alone: psycopg.Connection) -> None:
    """End this process when the session with the lock ends: a job whose end could not be written is taken up again."""
    while not alone.closed:
        with suppress(psycopg.Error):
            alone.execute("select 1")
        if alone.broken:
            os._exit(EXIT_DATABASE_GONE)
        time.sleep(LOOK_SECONDS)
