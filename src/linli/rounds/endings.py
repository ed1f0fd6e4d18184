"""Open rounds as what a helper's role may end with."""

from linli.core.actors import Actor
from linli.core.divisions import Level, level_of
from linli.core.endings import Ending
from linli.core.rights import Right
from linli.places.scope import in_community
from linli.rounds.models import Round

KIND = "round"


def open_rounds(actor: Actor, division: int) -> list[Ending]:
    """Return the open rounds of a community, drills too; there are none where the actor may not read figures."""
    if level_of(division) is not Level.COMMUNITY or not actor.has(Right.FIGURES_READ, division):
        return []
    with in_community(actor, Right.FIGURES_READ, division):
        rounds = Round.objects.filter(community=division, state=Round.State.OPEN).order_by("-t0", "-id")
        return [Ending(KIND, round.pk, round.name) for round in rounds]
