"""Who acts: a signed-in person, a command of the operating system's user, or a job."""

import getpass
from dataclasses import dataclass
from datetime import datetime
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
    ends_with: str = ""

    @property
    def rights(self) -> frozenset[Right]:
        """What this role may do in its division."""
        return rights_of(self.role, self.department)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has ended."""
        return self.ends_at is not None and self.ends_at <= now

    def covers(self, division: int) -> bool:
        """Tell whether all of that division lies in this role's."""
        low, high = range_of(division)
        first, end = range_of(self.division)
        return first <= low and high <= end

    def outlasts(self, other: "HeldRole") -> bool:
        """Tell whether this role is certain not to end before the other one does."""
        in_time = self.ends_at is None or (other.ends_at is not None and other.ends_at <= self.ends_at)
        return in_time and self.ends_with in ("", other.ends_with)


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
        return tuple(sorted({range_of(held.division) for held in self.present if right in held.rights}))

    @property
    def present(self) -> tuple[HeldRole, ...]:
        """The roles that have not ended by now."""
        now = clock.now()
        return tuple(held for held in self.held if not held.is_over(now))

    def has(self, right: Right, community: int) -> bool:
        """Tell whether this actor holds the right in that community."""
        return any(low <= community < high for low, high in self.ranges(right))

    def has_all(self, right: Right, division: int) -> bool:
        """Tell whether this actor holds the right in all of a division."""
        return any(right in held.rights and held.covers(division) for held in self.present)

    def may_pass_on(self, right: Right, wanted: HeldRole) -> bool:
        """Tell whether this actor holds the right in all of that division, and not for a shorter time than is wanted."""
        return any(
            right in held.rights and held.covers(wanted.division) and held.outlasts(wanted) for held in self.present
        )

    def only_by_department(self, right: Right, community: int) -> frozenset[str] | None:
        """Return the departments by which alone this actor holds the right there; None when another role gives it."""
        by = [held for held in self.present if right in held.rights and held.covers(community)]
        if any(held.role is not Role.DEPARTMENT for held in by):
            return None
        return frozenset(held.department for held in by)

    def has_anywhere(self, right: Right) -> bool:
        """Tell whether this actor holds the right in at least one division."""
        return bool(self.ranges(right))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The distinct roles of this actor by now, in the order they were granted."""
        return tuple(dict.fromkeys(held.role for held in self.present))


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
