"""What the pages around one round or community share: names, crumbs, and who may do what."""

from typing import Any

from django.urls import reverse

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.selectors import community_name
from linli.rounds.models import Round
from linli.rounds.selectors import RoundHead

_ASKED = {
    "places": Right.PLACES_READ,
    "figures": Right.FIGURES_READ,
    "lists": Right.ROUND_READ,
    "names": Right.PERSON_SEARCH,
    "open": Right.ROUND_OPEN,
    "close": Right.ROUND_CLOSE,
    "correct": Right.PERSON_WRITE,
    "import": Right.LEDGER_IMPORT,
    "export": Right.LEDGER_EXPORT,
    "record": Right.FACT_RECORD,
    "sweep": Right.SWEEP_RECORD,
    "key_lists": Right.KEY_LIST_READ,
    "drill": Right.DRILL_RUN,
}


def may(actor: Actor, community: int) -> dict[str, bool]:
    """Return what an actor may do in a community, by the names that templates use."""
    return {name: actor.has(right, community) for name, right in _ASKED.items()}


def around_community(actor: Actor, community: int, name: str = "") -> dict[str, Any]:
    """Return the frame of a page about a community."""
    name = name or community_name(actor, community)
    allowed = may(actor, community)
    above = reverse("community_home" if allowed["places"] else "round_list", args=[community])
    return {
        "community": community,
        "community_name": name,
        "may": allowed,
        "crumbs": [{"url": above, "label": name}],
    }


def around_round(actor: Actor, round: Round | RoundHead) -> dict[str, Any]:
    """Return the frame of a page about a round: its community, itself, and the banner of a drill."""
    frame = around_community(actor, round.community)
    board = {"url": reverse("round_board", args=[round.id]), "label": round.name}
    return {**frame, "round": round, "drill": round.is_drill, "crumbs": [*frame["crumbs"], board]}
