"""What a role may end with besides a time: a round that closes, an incident that is over.

Core knows neither. An app offers its kind of thing when Linli starts, and ends the roles that hang on one in the
transaction that ends it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from linli.core import audit, clock
from linli.core.actors import Actor
from linli.core.models import Grant
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope


@dataclass(frozen=True)
class Ending:
    """Something that is going on and will end, by the name that people know."""

    kind: str
    id: UUID
    name: str

    @property
    def reference(self) -> str:
        """As a grant stores it."""
        return f"{self.kind}:{self.id}"


Offer = Callable[[Actor, int], Iterable[Ending]]
_offers: dict[str, Offer] = {}


def offer(kind: str, offered: Offer) -> None:
    """Have the open things of this kind in a division offered to whoever gives roles there. Call when an app is ready."""
    _offers[kind] = offered


def open_endings(actor: Actor, division: int) -> tuple[Ending, ...]:
    """Return what is going on in a division that a role may end with."""
    return tuple(ending for offered in _offers.values() for ending in offered(actor, division))


def end_roles_with(actor: Actor, kind: str, id: UUID) -> int:
    """End every role that was to end with this, as a part of the act that ended it, and return how many.

    Writes one audit entry where there was one.
    """
    bound = Grant.objects.filter(ends_with=f"{kind}:{id}").exclude(ends_at__lte=clock.now())
    names = list(bound.order_by("user__username").values_list("user__username", flat=True))
    if names:
        bound.update(ends_at=clock.now())
        with installation_scope():
            audit.record(
                actor, "roles_ended", community=NO_COMMUNITY, right=Right.USERS_MANAGE, object_type=kind,
                object_id=id, after={"accounts": names},
            )  # fmt: skip
    return len(names)
