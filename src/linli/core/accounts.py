"""Accounts: who acts as one, adding and closing one, the first administrator."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock, crypto, locks
from linli.core.actors import Actor, HeldRole, operator_actor
from linli.core.divisions import EVERYWHERE, Level, level_of, range_of
from linli.core.errors import Conflict
from linli.core.grants import demand_manager, demand_over, held_by, record, void_links
from linli.core.grants import end_grant as end_grant
from linli.core.grants import grant as grant
from linli.core.links import make_link
from linli.core.models import Grant, SignIn, User
from linli.core.rights import Right, Role, rights_of
from linli.core.scope import installation_scope


def actor_of(user_id: UUID, *, request_id: str = "") -> Actor | None:
    """Return the actor of an account with all its grants, or None when the account is closed."""
    user = User.objects.filter(pk=user_id, is_active=True).prefetch_related("grants").first()
    return actor_as(user, request_id=request_id) if user else None


def actor_as(user: User, *, request_id: str = "") -> Actor:
    """Return the actor of an open account that was just read, with all its grants. One query."""
    return Actor(user.username, "user", user.pk, held_by(user), request_id)


def job_actor(asked_by: str, community: int) -> Actor:
    """Return the actor of a background job: whoever asked for it, with what they may do by now, in one community.

    A command's jobs have a coordinator's rights as the command had; those of an account that is closed have none.
    """
    if asked_by.startswith("cli:"):
        return Actor(asked_by, "job", held=(HeldRole(Role.COORDINATOR, community),))
    user = User.objects.filter(username=asked_by).first()
    asked = actor_of(user.pk) if user else None
    held = asked.held if asked else ()
    here = [one for one in held if range_of(one.division)[0] <= community < range_of(one.division)[1]]
    return Actor(asked_by, "job", user.pk if user else None, tuple(replace(one, division=community) for one in here))


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Return what people are called, by user name; a user name stands for itself where no name is known. One query."""
    asked = set(usernames)
    known = dict(User.objects.filter(username__in=asked).values_list("username", "name"))
    return {each: known.get(each) or each for each in asked}


def who_holds(right: Right, division: int, *, first: tuple[Role, ...] = ()) -> dict[str, str]:
    """Return who holds a right in all of a division now, by user name, what they are called; departments are left out.

    Who holds it in the smallest division comes first, of those who holds it by the roles in `first`, then by name.
    """
    roles = [role for role in Role if role is not Role.DEPARTMENT and right in rights_of(role)]
    low, high = range_of(division)
    around = {division - division % level for level in Level} | {EVERYWHERE}
    grants = Grant.objects.filter(role__in=roles, user__is_active=True, division__in=around)
    now = grants.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))
    rows = now.values_list("division", "role", "user__name", "user__username")
    there = [row for row in rows if range_of(row[0])[0] <= low and high <= range_of(row[0])[1]]
    order = {str(role): place for place, role in enumerate(first)}
    there.sort(key=lambda row: (level_of(row[0]), order.get(row[1], len(order)), row[2], row[3]))
    return {username: name or username for _division, _role, name, username in there}


def add_user(actor: Actor, username: str, *, name: str = "", phone: str = "", password: str | None = None) -> User:
    """Make an account without grants. With no password it can only be opened by a one-time link or a sign-in card.

    Needs users_manage. Raises Refused, or Conflict when the user name is taken.
    """
    demand_manager(actor)
    with installation_scope():
        if User.objects.filter(username=username).exists():
            raise Conflict(_("There is already an account named %(username)s."), username=username)
        user = User(username=username, name=name, phone=crypto.seal(phone, "phone") if phone else None)
        user.set_password(password)
        user.save(force_insert=True)
        record(actor, "add_user", user, after={"username": username})
    return user


def close_account(actor: Actor, user: User) -> None:
    """Close an account: its rights, its links and its sign-ins end at once. For who may end every role that it holds."""
    demand_over(actor, user)
    with installation_scope():
        User.objects.filter(pk=user.pk).update(is_active=False)
        SignIn.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
        void_links(user)
        record(actor, "close_account", user)


def first_administrator_link() -> str | None:
    """Make the one administrator of a new installation and return the link; None once any account exists."""
    with transaction.atomic():
        locks.hold("first administrator")
        if User.objects.exists():
            return None
        actor = operator_actor()
        user = add_user(actor, "admin")
        grant(actor, user, Role.ADMINISTRATOR, 0)
        return make_link(actor, user)
