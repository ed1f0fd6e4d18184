"""Taking a role in an emergency: for two hours at most, with a reason, and everybody above is told until one takes note."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor, HeldRole
from linli.core.divisions import Level, level_of
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.grants import record
from linli.core.models import BreakGlass, Grant, User
from linli.core.rights import Right, Role
from linli.core.scope import installation_scope

LASTS = timedelta(hours=2)
REASON_LENGTH = 300


@dataclass(frozen=True)
class Emergency:
    """Who may take which role where: in the very division of their own role, or in a community below it."""

    holder: Role
    level: Level
    takes: Role
    where: Literal["same", "below"]


EMERGENCIES = (
    Emergency(Role.GRID_WORKER, Level.COMMUNITY, Role.COORDINATOR, "same"),
    Emergency(Role.COMMAND, Level.SUBDISTRICT, Role.COORDINATOR, "below"),
)


def enabling(held: tuple[HeldRole, ...], role: Role, division: int) -> list[HeldRole]:
    """Return by which of these roles, that must not have ended, somebody may take that one in an emergency."""
    return [each for each in held if any(_fits(rule, each, role, division) for rule in EMERGENCIES)]


def _fits(rule: Emergency, held: HeldRole, role: Role, division: int) -> bool:
    if (held.role, level_of(held.division), role) != (rule.holder, rule.level, rule.takes):
        return False
    if rule.where == "same":
        return held.division == division
    return held.covers(division) and level_of(division) == Level.COMMUNITY


def take_role(actor: Actor, role: Role, division: int, reason: str) -> BreakGlass:
    """Give the actor a role for two hours by the table of emergencies, with a reason that everybody above reads.

    Writes the role, a notice and one audit entry. Raises Refused outside the table, Invalid without a reason, Conflict
    while the actor holds the role.
    """
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    by = enabling(actor.present, role, division)
    if user is None or not by:
        raise Refused
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise Invalid(_("Say in a sentence why you need the role now; it is read above."), code="reason_missing")
    if any(each.role is role and each.covers(division) for each in actor.present):
        raise Conflict
    latest = clock.now() + LASTS
    ends_at = max(min(latest, each.ends_at or latest) for each in by)
    with installation_scope():
        grant, _made = Grant.objects.update_or_create(
            user=user, role=role, department="", division=division,
            defaults={"ends_at": ends_at, "ends_with": "", "granted_by": actor.name, "granted_at": clock.now()},
        )  # fmt: skip
        taken: BreakGlass = BreakGlass.objects.create(grant=grant, reason=reason.strip(), ends_at=ends_at)
        after = {"role": role, "division": division, "ends_at": ends_at}
        record(actor, "break_glass", user, after=after, reason=reason.strip())
    return taken


def end_taken_role(actor: Actor, taken_id: UUID) -> None:
    """End a role that was taken, before its time: by who took it, or by who manages accounts there. Raises NotFound."""
    with installation_scope():
        taken = _reached(actor, taken_id, own=True)
        now = clock.now()
        BreakGlass.objects.filter(pk=taken.pk, ends_at__gt=now).update(ends_at=now)
        Grant.objects.filter(pk=taken.grant_id, ends_at__gt=now).update(ends_at=now)
        record(actor, "break_glass_ended", taken.grant.user)


def acknowledge(actor: Actor, taken_id: UUID) -> None:
    """Take note of a role that somebody took. For who manages accounts there and is not the one. Raises NotFound."""
    with installation_scope():
        taken = _reached(actor, taken_id, own=False)
        BreakGlass.objects.filter(pk=taken.pk, acknowledged_at=None).update(
            acknowledged_at=clock.now(), acknowledged_by=actor.name
        )
        record(actor, "break_glass_acknowledged", taken.grant.user)


def notices_for(actor: Actor) -> list[BreakGlass]:
    """Return what was taken by others where this actor manages accounts and nobody has taken note of, the latest first."""
    return [each for each in _rows().filter(acknowledged_at=None) if _is_above(actor, each)]


def taken_by(actor: Actor) -> list[BreakGlass]:
    """Return the roles that this actor has taken and that have not ended."""
    return list(_rows().filter(grant__user=actor.user_id, ends_at__gt=clock.now()))


def _rows() -> QuerySet[BreakGlass]:
    return BreakGlass.objects.select_related("grant__user").order_by("-taken_at")


def _reached(actor: Actor, taken_id: UUID, *, own: bool) -> BreakGlass:
    taken = _rows().filter(pk=taken_id).first()
    if taken and (_is_above(actor, taken) or (own and taken.grant.user_id == actor.user_id)):
        return taken
    raise NotFound


def _is_above(actor: Actor, taken: BreakGlass) -> bool:
    is_other = taken.grant.user_id != actor.user_id
    return is_other and actor.has_all(Right.USERS_MANAGE, taken.grant.division)
