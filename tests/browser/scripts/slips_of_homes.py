"""Make slips and print the codes of the last four homes of the community."""

import os
import sys

from linli.core.actors import cli_actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from linli.registry.selectors.slips import slip_sheet
from linli.registry.services.slips import make_missing_slips
from linli.registry.slipped import SlipPlace

actor = cli_actor(int(os.environ["COMMUNITY"]))
with scoped(actor, Right.LEDGER_EXPORT):
    places = [SlipPlace("compound", compound.pk) for compound in Compound.objects.order_by("-name")]
for place in places:
    make_missing_slips(actor, place)
slips = [slip for place in places for slip in slip_sheet(actor, place).slips][-4:]
sys.stdout.writelines(f"home{number}={slip.code}\n" for number, slip in enumerate(slips))
