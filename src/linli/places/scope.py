"""One community at a time: the scope in which the services of places and registry run."""

from collections.abc import Iterator
from contextlib import contextmanager

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.rights import Right
from linli.core.scope import scope_of


@contextmanager
def in_community(actor: Actor, right: Right, community: int) -> Iterator[None]:
    """Run a transaction that sees this community and no other, though the actor may hold the right in more.

    Raises Refused when the actor holds the right nowhere, NotFound when it holds it elsewhere only.
    """
    if not actor.has(right, community):
        raise NotFound if actor.has_anywhere(right) else Refused
    with scope_of(((community, community + 1),)):
        yield
