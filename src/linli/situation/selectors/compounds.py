"""The compounds of a community, for choosing some."""

from uuid import UUID

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.places.models import Compound
from linli.places.scope import in_community


def compounds_of_community(actor: Actor, community: int) -> list[tuple[UUID, str]]:
    """Return the compounds of a community by name (places_read). Raises Refused, NotFound."""
    with in_community(actor, Right.PLACES_READ, community):
        return list(Compound.objects.filter(community=community).order_by("name").values_list("id", "name"))
