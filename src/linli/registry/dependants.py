"""What other apps build on the register: some of it keeps an import from being undone, some of it goes with the import.

The registry does not know who builds on it. An app above registers here, from its AppConfig:

    @stands_in_the_way
    def live_rounds(community: int, created: Created) -> list[LinliError]: ...

    @goes_along
    def discard_drills(actor: Actor, community: int, created: Created) -> list[str]: ...
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from linli.core.actors import Actor
from linli.core.errors import LinliError
from linli.core.scope import ScopedModel

Created = Mapping[type[ScopedModel], Collection[UUID]]
"""The rows that an import brought, by table."""
Keeper = Callable[[int, Created], list[LinliError]]
Follower = Callable[[Actor, int, Created], list[str]]

_keepers: list[Keeper] = []
_followers: list[Follower] = []


def stands_in_the_way(keeper: Keeper) -> Keeper:
    """Register what says, a sentence each, why an import that brought these rows has to stay."""
    _keepers.append(keeper)
    return keeper


def goes_along(follower: Follower) -> Follower:
    """Register what removes the records without live effect that refer to these rows, and returns what they are called."""
    _followers.append(follower)
    return follower


def in_the_way(community: int, created: Created) -> list[LinliError]:
    """Return why an import has to stay; nothing when nobody objects. Call inside a scope."""
    return [reason for keeper in _keepers for reason in keeper(community, created)]


def discard(actor: Actor, community: int, created: Created) -> list[str]:
    """Remove what goes with an import, in this transaction, and return what it was called. Call inside a scope."""
    return [name for follower in _followers for name in follower(actor, community, created)]
