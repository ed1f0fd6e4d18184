"""Open a live round with a site of four desks, make slips, and print households of four, nobody away, with what they are found by."""

import os
import sys
from collections import Counter
from datetime import timedelta

from linli.core import clock
from linli.core.actors import cli_actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Compound
from linli.registry.selectors.slips import slip_sheet
from linli.registry.services.slips import make_missing_slips
from linli.registry.shown import address_of
from linli.registry.slipped import SlipPlace
from linli.rounds.asked import CallGroupAsked, NewRound, SiteAsked
from linli.rounds.models import Target
from linli.rounds.services import lay_out_round, open_round

community = int(os.environ["COMMUNITY"])
actor = cli_actor(community)
now = clock.now()
hour = timedelta(hours=1)
round = open_round(actor, community, NewRound("第一轮", now + 12 * hour, ordered_at=now - 2 * hour))
with scoped(actor, Right.LEDGER_EXPORT):
    open_ones = Target.objects.filter(round=round, outcome=None, household__isnull=False).order_by("dwelling_id")
    targets = list(open_ones.select_related("dwelling__unit__building__compound"))
    expected = Counter(address_of(target.dwelling) for target in targets)
    compounds = list(Compound.objects.order_by("name"))
site = SiteAsked("江花小广场", 4, now - hour, now + 8 * hour)
groups = [
    CallGroupAsked(site.id, now + timedelta(minutes=10 * number - 15), tuple(one.pk for one in targets[at : at + 20]))
    for number, at in enumerate(range(0, len(targets), 20))
]
lay_out_round(actor, round.pk, [site], groups)
for compound in compounds:
    make_missing_slips(actor, SlipPlace("compound", compound.pk))
slips = [slip for each in compounds for slip in slip_sheet(actor, SlipPlace("compound", each.pk)).slips]
four = [slip for slip in slips if slip.people == expected[slip.address] == 4]
found: dict[str, object] = {"live": round.pk, "live_site": site.id, "slipped": compounds[0].pk}
for number, slip in enumerate(four[:9]):
    door = {f"compound{number}": slip.address.compound, f"door{number}": "-".join(slip.address[1:])}
    found |= {f"slip{number}": slip.code} | door
sys.stdout.writelines(f"{name}={value}\n" for name, value in found.items())
