"""Whose audit chains somebody may read."""

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, within
from linli.places.models import Division
from linli.situation.wall import communities_in


def communities_audited(actor: Actor) -> dict[int, str]:
    """Return the communities whose audit chain an actor reads, by code; the installation's has no name of its own."""
    ranges = actor.ranges(Right.AUDIT_READ)
    names = dict(Division.objects.filter(within(ranges, "code")).order_by("code").values_list("code", "name"))
    whole = {NO_COMMUNITY: ""} if actor.has(Right.AUDIT_READ, NO_COMMUNITY) else {}
    return whole | {code: names[code] for code in sorted(communities_in(names))}
