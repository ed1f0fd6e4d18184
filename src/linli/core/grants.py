"""Giving and ending roles. Nobody gives a right that they do not hold, outside their scope, or for longer than their own."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, endings
from linli.core.actors import Actor, HeldRole
from linli.core.divisions import EVERYWHERE, Level, level_of
from linli.core.errors import Invalid, NotFound, Refused
from linli.core.models import Grant, SignInLink, User
from linli.core.rights import FOR_A_TIME, LEVEL_OF, Department, Right, Role
from linli.core.scope import NO_COMMUNITY, installation_scope

_OTHER_LEVEL = {
    Level.SUBDISTRICT: _("A sub-district viewer is given this role in a sub-district; %(read)s is none."),
    Level.DISTRICT: _("A district viewer is given this role in a district; %(read)s is none."),
    Level.CITY: _("A city viewer is given this role in a city; %(read)s is none."),
}


def grant(
    actor: Actor,
    user: User,
    role: Role,
    division: int,
    *,
    department: str = "",
    ends_at: datetime | None = None,
    ends_with: str = "",
) -> Grant:
    """Give a user a role in a division, or change when it ends.

    For who holds users_manage and every right of the role in all of the division, and for no longer than they hold
    those themselves. Writes the grant and one audit entry. Raises Refused, Invalid for a role that lacks its
    department or its end or belongs to another level, for what is no division, and for what it cannot end with.
    """
    _refuse_incomplete(role, department, division, ends_at, ends_with)
    demand_may_give(actor, HeldRole(role, division, ends_at, department, ends_with))
    if ends_with and ends_with not in {each.reference for each in endings.open_endings(actor, division)}:
        raise Invalid(_("What this role should end with is not going on there."), code="no_ending")
    with installation_scope():
        given, is_new = Grant.objects.update_or_create(
            user=user,
            role=role,
            department=department,
            division=division,
            defaults={"ends_at": ends_at, "ends_with": ends_with, "granted_by": actor.name, "granted_at": clock.now()},
        )
        if is_new:
            void_links(user)
        after = {"role": role, "department": department, "division": division, "ends_at": ends_at}
        record(actor, "grant", user, after={**after, "ends_with": ends_with})
    return given


def end_grant(actor: Actor, user: User, role: Role, division: int, *, department: str = "") -> None:
    """End a role now.

    For who holds users_manage and every right of the role in all of its division. Raises Refused, NotFound.
    """
    demand_may_end(actor, HeldRole(role, division, department=department))
    with installation_scope():
        mine = Grant.objects.filter(user=user, role=role, division=division, department=department)
        if not mine.update(ends_at=clock.now()):
            raise NotFound
        record(actor, "end_grant", user, after={"role": role, "department": department, "division": division})


def may_give(actor: Actor, wanted: HeldRole) -> bool:
    """Tell whether an actor may give this role there until then."""
    return all(actor.may_pass_on(right, wanted) for right in wanted.rights | {Right.USERS_MANAGE})


def demand_may_give(actor: Actor, wanted: HeldRole) -> None:
    """Raise Refused unless the actor may give this role there until then."""
    if not may_give(actor, wanted):
        raise Refused


def demand_may_end(actor: Actor, held: HeldRole) -> None:
    """Raise Refused unless the actor holds users_manage and every right of the role in all of its division."""
    if not all(actor.has_all(right, held.division) for right in held.rights | {Right.USERS_MANAGE}):
        raise Refused


def demand_manager(actor: Actor) -> None:
    """Raise Refused unless the actor manages accounts somewhere."""
    if not actor.has_anywhere(Right.USERS_MANAGE):
        raise Refused


def demand_over(actor: Actor, user: User) -> None:
    """Raise Refused unless the actor may give every role that the user holds or has held: whoever has the account has them.

    Over an account that never had a role is who manages accounts everywhere.
    """
    held = held_by(user)
    if not held and not actor.has_all(Right.USERS_MANAGE, EVERYWHERE):
        raise Refused
    now = clock.now()
    for each in held:
        demand_may_end(actor, each) if each.is_over(now) else demand_may_give(actor, each)


def held_by(user: User) -> tuple[HeldRole, ...]:
    """Return every role that a user holds or has held, in the order in which they were given."""
    return tuple(
        HeldRole(Role(each.role), each.division, each.ends_at, each.department, each.ends_with)
        for each in sorted(user.grants.all(), key=lambda grant: grant.pk)
    )


def void_links(user: User) -> None:
    """Close every open link of an account: whoever made one did not make it for what the account has become."""
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=clock.now())


def record(actor: Actor, action: str, user: User, *, after: dict[str, object] | None = None, reason: str = "") -> None:
    """Write what was done to an account into the installation's chain. Call inside its scope."""
    audit.record(
        actor, action, community=NO_COMMUNITY, right=Right.USERS_MANAGE, object_type="user", object_id=user.pk,
        after=after, reason=reason,
    )  # fmt: skip


def _refuse_incomplete(role: Role, department: str, division: int, ends_at: datetime | None, ends_with: str) -> None:
    if (role is Role.DEPARTMENT) != (department in Department.values):
        raise Invalid(_("A department's role names its department, and no other role names one."), code="no_department")
    if role in FOR_A_TIME and not (ends_at or ends_with):
        raise Invalid(_("A volunteer's role needs an end."), code="no_end")
    try:
        level = level_of(division)
    except ValueError as error:
        raise Invalid(_("“%(read)s” is no division."), code="no_division", read=division) from error
    if level is not LEVEL_OF.get(role, level):
        raise Invalid(_OTHER_LEVEL[LEVEL_OF[role]], code="other_level", read=division)
