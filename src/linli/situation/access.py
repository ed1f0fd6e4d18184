"""From the code of a community in a request to the community. Missing and forbidden are the same: NotFound."""

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.places.models import Division


def access_community(actor: Actor, community: int, *, right: Right) -> Division:
    """Return a community that Linli knows and where the actor holds the right, else raise NotFound."""
    found = Division.objects.filter(code=community).first() if actor.has(right, community) else None
    if found is None or community % 1000 == 0:
        raise NotFound
    return found
