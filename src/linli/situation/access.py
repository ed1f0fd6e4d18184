"""From the code of a community or of a division above communities in a request to it. Missing and forbidden are the same: NotFound."""

from linli.core.actors import Actor
from linli.core.divisions import Level, level_of
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.places.models import Division


def access_community(actor: Actor, community: int, *, right: Right) -> Division:
    """Return a community that Linli knows and where the actor holds the right, else raise NotFound."""
    found = Division.objects.filter(code=community).first() if actor.has(right, community) else None
    if found is None or community % 1000 == 0:
        raise NotFound
    return found


def access_division(actor: Actor, division: int, *, right: Right) -> int:
    """Return a division above communities in all of which the actor holds the right, else raise NotFound."""
    try:
        is_wide = level_of(division) is not Level.COMMUNITY
    except ValueError as error:
        raise NotFound from error
    if not is_wide or not actor.has_all(right, division):
        raise NotFound
    return division
