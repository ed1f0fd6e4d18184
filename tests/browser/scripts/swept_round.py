"""Open another live round of the last compound, call everybody in groups, share its doors out to one team; print what was made."""

import os
import sys
from datetime import timedelta

from linli.core import clock
from linli.core.actors import cli_actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from linli.planning.services import plan_sweep
from linli.rounds.asked import CallGroupAsked, NewRound, SiteAsked
from linli.rounds.models import SweepTeam, Target
from linli.rounds.services import lay_out_round, open_round

community = int(os.environ["COMMUNITY"])
actor = cli_actor(community)
now, hour = clock.now(), timedelta(hours=1)
with scoped(actor, Right.PLAN_WRITE):
    compound = Compound.objects.order_by("-name")[0].pk
asked = NewRound("扫楼", now + 12 * hour, ordered_at=now - 2 * hour, compounds=(compound,), another=True)
round = open_round(actor, community, asked)
with scoped(actor, Right.PLAN_WRITE):
    called = Target.objects.filter(round=round, outcome=None).order_by("building_id", "dwelling_id")
    targets = list(called.values_list("id", flat=True))
site = SiteAsked("金珠广场", 4, now - hour, now + 8 * hour)
groups = [
    CallGroupAsked(site.id, now + timedelta(minutes=number), tuple(targets[at : at + 20]))
    for number, at in enumerate(range(0, len(targets), 20))
]
lay_out_round(actor, round.pk, [site], groups)
plan_sweep(actor, round.pk, 1)
with scoped(actor, Right.PLAN_WRITE):
    team = SweepTeam.objects.get(round=round)
sys.stdout.write(f"swept={round.pk}\nteam={team.pk}\n")
