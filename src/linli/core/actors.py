"""Who acts: a signed-in person, a command of the operating system's user, or a job."""

import getpass
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from linli.core import clock
from linli.core.divisions import range_of
from linli.core.rights import Right, Role, rights_of

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class HeldRole:
    """A role held in one division, with everything below it, until it ends."""

    role: Role
    division: int
    ends_at: datetime | None = None
    department: str = ""

    @property
    def rights(self) -> frozenset[Right]:
        """What this role may do in its division."""
        return rights_of(self.role, self.department)


@dataclass(frozen=True)
class Actor:
    """Somebody with grants. Pass it first to every service, selector and access function."""

    name: str
    kind: Literal["user", "cli", "job"]
    user_id: UUID | None = None
    held: tuple[HeldRole, ...] = ()
    request_id: str = ""

    def ranges(self, right: Right) -> Ranges:
        """Return the half-open division ranges in which this actor holds the right now."""
        now = clock.now()
        found = {
            range_of(held.division)
            for held in self.held
            if right in held.rights and (held.ends_at is None or now < held.ends_at)
        }
        return tuple(sorted(found))

    def has(self, right: Right, community: int) -> bool:
        """Tell whether this actor holds the right in that community."""
        return any(low <= community < high for low, high in self.ranges(right))

    def has_all(self, right: Right, division: int) -> bool:
        """Tell whether this actor holds the right in all of a division."""
        low, high = range_of(division)
        return any(first <= low and high <= end for first, end in self.ranges(right))

    def has_anywhere(self, right: Right) -> bool:
        """Tell whether this actor holds the right in at least one division."""
        return bool(self.ranges(right))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The distinct roles of this actor, in the order they were granted."""
        return tuple(dict.fromkeys(held.role for held in self.held))


def cli_actor(division: int) -> Actor:
    """Return the actor of a command: `cli:<operating-system user>`, a coordinator of one division and no more."""
    return Actor(f"cli:{_system_user()}", "cli", held=(HeldRole(Role.COORDINATOR, division),))


def operator_actor() -> Actor:
    """Return the actor of commands that set up an installation (divisions, accounts): an administrator everywhere."""
    return Actor(f"cli:{_system_user()}", "cli", held=(HeldRole(Role.ADMINISTRATOR, 0),))


def system_actor(community: int) -> Actor:
    """Return the actor of what Linli does by itself in one community."""
    return Actor("linli", "job", held=(HeldRole(Role.COORDINATOR, community),))


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
