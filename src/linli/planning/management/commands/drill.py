"""`linli drill --community CODE`: play a whole testing day and print what it showed."""

import json
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext_lazy as _
from rich.console import Console
from rich.progress import Progress

from linli.core.actors import Actor, cli_actor
from linli.core.divisions import Level, level_of, parse_code
from linli.core.errors import Conflict, LinliError
from linli.core.home import home
from linli.core.models import Work
from linli.core.process.running import is_running
from linli.planning.drill.acts import Batch
from linli.planning.drill.play import play_drill
from linli.planning.drill.printing import figures_table
from linli.planning.drill.report import in_order
from linli.planning.drill.work import DrillFailed
from linli.planning.selectors import drill_seen
from linli.planning.services import UnknownCommunity, start_drill, stop_drill

INTERRUPTED = 130
LOOKS_EVERY_SECONDS = 0.5
PATIENCE_SECONDS = 120.0
ENDED = (Work.State.DONE, Work.State.FAILED, Work.State.STOPPED)


class ServerGone(LinliError):
    """The server that played the drill is gone."""

    code = "server_gone"
    message = _("The server that plays the drill has stopped. Start it again, and it goes on: linli serve")


class Command(BaseCommand):
    help = "Play a whole testing day in a community, marked as a drill and without live effect, and report it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--community", required=True, metavar="CODE", help="12 digits")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same day (1)")
        parser.add_argument(
            "--speed", type=float, metavar="S", help="simulated seconds per second; as fast as possible without"
        )
        parser.add_argument(
            "--plan", choices=("microplan", "none"), default="microplan", help="none: everybody comes when they like"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument(
            "--journal", default="", metavar="FILE", help="append the id of each fact that was acknowledged"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        community = _community(options["community"])
        actor = cli_actor(community)
        work = start_drill(
            actor, community, seed=options["seed"], planned=options["plan"] != "none", speed=options["speed"],
            journal=options["journal"],
        )  # fmt: skip
        try:
            work = self._until_it_ends(actor, work)
        except KeyboardInterrupt:
            self._stop(actor, work.pk)
        self._answer(work, as_json=options["json"])

    def _until_it_ends(self, actor: Actor, work: Work) -> Work:
        """Watch the running server's worker play it, or play it here."""
        with Progress(console=Console(stderr=True), transient=True) as progress:
            bar = progress.add_task(f"演练 Drill {work.arguments['seed']}", total=None)

            def show(seen: Work) -> None:
                progress.update(bar, completed=seen.done, total=seen.total or None)

            if is_running(home()):
                return self._watch(actor, work.pk, show)
            return play_drill(work.community, work.pk, after_batch=lambda batch: _advance(progress, bar, batch))

    def _watch(self, actor: Actor, work_id: UUID, show: Any) -> Work:
        last_heard = time.monotonic()
        while time.monotonic() - last_heard < PATIENCE_SECONDS:
            with suppress(OperationalError, InterfaceError):
                work = drill_seen(actor, work_id).work
                show(work)
                if work.state in ENDED:
                    return work
                if is_running(home()):
                    last_heard = time.monotonic()
            if not connection.is_usable():
                connection.close()
            time.sleep(LOOKS_EVERY_SECONDS)
        raise ServerGone

    def _stop(self, actor: Actor, work_id: UUID) -> None:
        with suppress(Conflict):
            stop_drill(actor, work_id)
        self.stderr.write("演练已停止。The drill was stopped.")
        sys.exit(INTERRUPTED)

    def _answer(self, work: Work, *, as_json: bool) -> None:
        if work.state != Work.State.DONE:
            raise DrillFailed(work.error)
        if as_json:
            self.stdout.write(json.dumps(in_order(work.result), ensure_ascii=False))
        else:
            Console(file=self.stdout).print(figures_table(in_order(work.result)))  # type: ignore[arg-type]  # it has write()


def _advance(progress: Progress, bar: Any, batch: Batch) -> None:
    progress.update(bar, completed=batch.minute, total=max(batch.minute, progress.tasks[0].total or 0))


def _community(text: str) -> int:
    with suppress(ValueError):
        code = parse_code(text)
        if level_of(code) is Level.COMMUNITY:
            return code
    raise UnknownCommunity(division=text)
