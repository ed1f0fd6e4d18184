"""Accounts and what they may do: reading grants, one-time links, the first administrator."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, locks
from linli.core.actors import Actor, HeldRole, operator_actor
from linli.core.divisions import range_of
from linli.core.errors import Conflict, Expired, NotFound, Refused
from linli.core.models import Grant, SignInLink, User
from linli.core.rights import Right, Role
from linli.core.scope import NO_COMMUNITY, installation_scope

LINK_LASTS = timedelta(hours=24)


def actor_of(user_id: UUID, *, request_id: str = "") -> Actor | None:
    """Return the actor of an account with all its grants, or None when the account is closed."""
    user = User.objects.filter(pk=user_id, is_active=True).prefetch_related("grants").first()
    if user is None:
        return None
    held = tuple(
        HeldRole(Role(grant.role), grant.division, grant.ends_at, grant.department) for grant in user.grants.all()
    )
    return Actor(user.username, "user", user.pk, held, request_id)


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


def add_user(actor: Actor, username: str, *, name: str = "", password: str | None = None) -> User:
    """Make an account without grants. With no password it can only be opened by a one-time link.

    Needs users_manage. Raises Refused, or Conflict when the user name is taken.
    """
    _demand_users_manage(actor)
    with installation_scope():
        if User.objects.filter(username=username).exists():
            raise Conflict(_("There is already an account named %(username)s."), username=username)
        user = User(username=username, name=name)
        user.set_password(password)
        user.save(force_insert=True)
        _record(actor, "add_user", user, after={"username": username})
    return user


def grant(actor: Actor, user: User, role: Role, division: int, *, ends_at: datetime | None = None) -> Grant:
    """Give a user a role in a division, or change when it ends. Needs users_manage in all of it. Raises Refused."""
    _demand_users_manage(actor, division)
    with installation_scope():
        given, _created = Grant.objects.update_or_create(
            user=user, role=role, division=division, defaults={"ends_at": ends_at, "granted_by": actor.name}
        )
        _record(actor, "grant", user, after={"role": role, "division": division, "ends_at": ends_at})
    return given


def make_link(actor: Actor, user: User) -> str:
    """Return the path of a new one-time link with which the user sets a password; it lasts 24 hours.

    Needs users_manage wherever the user holds a role, for whoever has the link has the account. Raises Refused.
    """
    _demand_over(actor, user)
    token = secrets.token_urlsafe(32)
    with installation_scope():
        SignInLink.objects.create(user=user, token_hash=_hash(token), expires_at=clock.now() + LINK_LASTS)
        _record(actor, "make_link", user)
    return f"/welcome/{token}/"


def close_account(actor: Actor, user: User) -> None:
    """Close an account: its rights, its links and its sign-ins end at once. Needs users_manage wherever it holds a role."""
    _demand_over(actor, user)
    with installation_scope():
        User.objects.filter(pk=user.pk).update(is_active=False)
        SignInLink.objects.filter(user=user, used_at=None).update(used_at=clock.now())
        _record(actor, "close_account", user)


def end_grant(actor: Actor, user: User, role: Role, division: int) -> None:
    """End a role now. Needs users_manage in all of its division. Raises Refused, NotFound."""
    _demand_users_manage(actor, division)
    with installation_scope():
        if not Grant.objects.filter(user=user, role=role, division=division).update(ends_at=clock.now()):
            raise NotFound
        _record(actor, "end_grant", user, after={"role": role, "division": division})


class SignInEvent(StrEnum):
    """What happens at the door of an account."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FAILED = "sign_in_failed"
    CREDENTIALS_CHANGED = "password_changed"


def note_sign_in(user: User, what: SignInEvent) -> None:
    """Write into the audit chain that somebody signed in or out as this account, or tried to."""
    with installation_scope():
        _record(Actor(user.username, "user", user.pk), what, user)


def user_of_link(token: str) -> User:
    """Return whose link this is. Raises Expired when it is unknown, used or too old: all three get the same answer."""
    link = SignInLink.objects.filter(token_hash=_hash(token)).select_related("user").first()
    if link is None or link.used_at or link.expires_at <= clock.now() or not link.user.is_active:
        raise Expired
    return link.user


def use_link(token: str, password: str) -> User:
    """Set the password and close the link. Raises Expired."""
    with installation_scope():
        locks.hold("sign-in link", token)
        user = user_of_link(token)
        user.set_password(password)
        user.save(update_fields=["password"])
        SignInLink.objects.filter(user=user, used_at=None).update(used_at=clock.now())
        _record(Actor(user.username, "user", user.pk), "use_link", user)
    return user


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


def _demand_users_manage(actor: Actor, division: int | None = None) -> None:
    if not actor.has_anywhere(Right.USERS_MANAGE):
        raise Refused
    if division is None:
        return
    if not actor.has_all(Right.USERS_MANAGE, division):
        raise Refused


def _demand_over(actor: Actor, user: User) -> None:
    _demand_users_manage(actor)
    for division in Grant.objects.filter(user=user).values_list("division", flat=True):
        _demand_users_manage(actor, division)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _record(actor: Actor, action: str, user: User, *, after: dict[str, object] | None = None) -> None:
    audit.record(
        actor,
        action,
        community=NO_COMMUNITY,
        right=Right.USERS_MANAGE,
        object_type="user",
        object_id=user.pk,
        after=after,
    )
