"""Drills that were played on an import go with it when it is undone: their plans, their rounds, their work (R256)."""

from linli.core.actors import Actor
from linli.core.models import Work
from linli.planning.drill.work import DRILL, round_id_of
from linli.planning.models import Microplan
from linli.registry.dependants import Created, goes_along
from linli.rounds.services import discard_drills
from linli.rounds.undoing import drills_on


@goes_along
def discard_drills_on(actor: Actor, community: int, created: Created) -> list[str]:
    """Discard the drills that refer to these rows and return their names."""
    drills = drills_on(community, created)
    ids = [drill.pk for drill in drills]
    Microplan.objects.filter(community=community, round__in=ids).delete()
    played = [work.pk for work in Work.objects.filter(community=community, kind=DRILL) if round_id_of(work) in ids]
    Work.objects.filter(community=community, pk__in=played).delete()
    discard_drills(actor, community, drills)
    return [drill.name for drill in drills]
