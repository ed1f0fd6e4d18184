"""What rounds do by themselves when something below them has changed."""

from contextlib import suppress
from typing import Any

from linli.core.actors import system_actor
from linli.core.outbox import handles
from linli.core.scope import scope_of
from linli.registry import turns
from linli.rounds.errors import RoundClosed
from linli.rounds.models import Round
from linli.rounds.services import follow_register
from linli.rounds.services.opening import OPENED


@handles(OPENED)
@handles(turns.CHANGED)
def follow_changes(community: int, _payload: dict[str, Any]) -> None:
    """Bring every open round of a community up to its register; drills stay as they were frozen (R40, R116)."""
    with scope_of(((community, community + 1),)):
        live = Round.objects.filter(community=community, state=Round.State.OPEN, is_drill=False)
        rounds = list(live.order_by("id").values_list("id", flat=True))
    for round in rounds:
        with suppress(RoundClosed):
            follow_register(system_actor(community), round)
