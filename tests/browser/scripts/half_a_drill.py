"""Play a drill to its end, then half of another, and print what the pages are asked for."""

import os
import sys
from contextlib import suppress

from procrastinate.contrib.django import app

from linli.core.actors import cli_actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Building
from linli.planning.drill.play import play_drill
from linli.planning.selectors import drills
from linli.planning.services import start_drill
from linli.rounds.models import Target

HALF_MINUTE = 250


class EnoughError(BaseException):
    """Half a day is enough; like a kill, it leaves the drill to be taken up again."""


def stop_half_way(batch):
    if batch.minute > HALF_MINUTE:
        raise EnoughError


community = int(os.environ["COMMUNITY"])
actor = cli_actor(community)
play_drill(community, start_drill(actor, community, seed=1).pk)
second = start_drill(actor, community, seed=2).pk
with suppress(EnoughError):
    play_drill(community, second, after_batch=stop_half_way)
for job in app.job_manager.list_jobs(queue="drills", status="todo"):
    app.job_manager.cancel_job_by_id(job.id or 0, delete_job=True)  # or the server's worker would take it up
half, done = drills(actor, community)
with scoped(actor, Right.ROUND_READ):
    target = Target.objects.filter(round=half.round_id, outcome=None, dwelling__isnull=False)[0]
    building = Building.objects.get(pk=str(target.building_id))
    found = {"half": half.round_id, "done": done.round_id, "door": target.dwelling_id}
    found["compound"] = building.compound_id
sys.stdout.writelines(f"{name}={id}\n" for name, id in found.items())
