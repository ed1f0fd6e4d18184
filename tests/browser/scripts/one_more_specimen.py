"""Test one of the outstanding at home, as a phone would send it."""

import os
import sys
from datetime import timedelta
from uuid import UUID

from linli.core.actors import cli_actor
from linli.core.ids import uuid7
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.asked import SpecimenFact
from linli.rounds.models import Specimen, Target
from linli.rounds.services import record_facts

actor = cli_actor(int(os.environ["COMMUNITY"]))
round_id = UUID(os.environ["ROUND"])
with scoped(actor, Right.ROUND_READ):
    target = Target.objects.filter(round=round_id, outcome=None)[0]
    last = Specimen.objects.filter(round=round_id).order_by("-at")[0]
at = last.at + timedelta(minutes=1)
[receipt] = record_facts(actor, round_id, [SpecimenFact(uuid7(at), at, at + timedelta(seconds=30), target.pk)])
sys.stdout.write(f"answer={receipt.answer}\n")
