"""Open another live round of the last compound and share its doors out to one team; print the round and the team."""

import os
import sys
from datetime import timedelta

from linli.core import clock
from linli.core.actors import cli_actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from linli.planning.services import plan_sweep
from linli.rounds.asked import NewRound
from linli.rounds.models import SweepTeam
from linli.rounds.services import open_round

community = int(os.environ["COMMUNITY"])
actor = cli_actor(community)
now = clock.now()
with scoped(actor, Right.PLAN_WRITE):
    compound = Compound.objects.order_by("-name")[0].pk
asked = NewRound(
    "扫楼", now + timedelta(hours=12), ordered_at=now - timedelta(hours=2), compounds=(compound,), another=True
)
round = open_round(actor, community, asked)
plan_sweep(actor, round.pk, 1)
with scoped(actor, Right.PLAN_WRITE):
    team = SweepTeam.objects.get(round=round)
sys.stdout.write(f"swept={round.pk}\nteam={team.pk}\n")
