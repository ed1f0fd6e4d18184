"""One-time links: to set a password, or printed on a card to sign in for a shift. Only their hashes are kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.core import clock, locks
from linli.core.actors import Actor, HeldRole
from linli.core.errors import Expired, Invalid
from linli.core.grants import demand_over, held_by, record, void_links
from linli.core.models import SignInLink, User
from linli.core.rights import NEEDING_SECOND_FACTOR
from linli.core.scope import installation_scope

LINK_LASTS = timedelta(hours=24)


def make_link(actor: Actor, user: User) -> str:
    """Return the path of a new one-time link with which the user sets a password; it lasts 24 hours.

    For who may give every role that the user holds, for whoever has the link has the account. Raises Refused.
    """
    demand_over(actor, user)
    with installation_scope():
        token = _new_link(user, SignInLink.Kind.PASSWORD, clock.now() + LINK_LASTS)
        record(actor, "make_link", user)
    return f"/welcome/{token}/"


def make_cards(actor: Actor, users: list[User]) -> dict[User, str]:
    """Return the path of a new sign-in card for each of these users; older cards of theirs are void.

    A card signs in once, without a password, until the user's last role ends. For who may give every role that they
    hold. Writes one audit entry for each. Raises Refused, and Invalid for an account that needs a second factor or
    whose roles have no end.
    """
    for user in users:
        demand_over(actor, user)
    with installation_scope():
        return {user: f"/card/{_new_card(actor, user)}/" for user in users}


def shift_end(user: User) -> datetime | None:
    """Return when the last role of a user ends; None while one has no time at which it ends."""
    ends = [held.ends_at for held in held_by(user) if not held.is_over(clock.now())]
    return None if not ends or None in ends else max(end for end in ends if end)


def user_of_link(token: str, kind: SignInLink.Kind = SignInLink.Kind.PASSWORD) -> User:
    """Return whose link this is. Raises Expired when it is unknown, used or too old: all three get the same answer."""
    link = SignInLink.objects.filter(token_hash=hash_of(token), kind=kind).select_related("user").first()
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
        void_links(user)
        record(Actor(user.username, "user", user.pk), "use_link", user)
    return user


def use_card(token: str) -> User:
    """Close a sign-in card and return who signs in with it. Raises Expired."""
    with installation_scope():
        locks.hold("sign-in link", token)
        user = user_of_link(token, SignInLink.Kind.CARD)
        SignInLink.objects.filter(token_hash=hash_of(token)).update(used_at=clock.now())
        record(Actor(user.username, "user", user.pk), "use_card", user)
    return user


def needs_more_than_a_card(held: tuple[HeldRole, ...]) -> bool:
    """Tell whether one of these roles asks for a second factor, so that neither card nor PIN opens the account."""
    return any(each.role in NEEDING_SECOND_FACTOR and not each.is_over(clock.now()) for each in held)


def hash_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _new_card(actor: Actor, user: User) -> str:
    ends_at = card_end(user)
    if ends_at is None:
        raise Invalid(
            _("%(name)s cannot have a sign-in card: a card is for roles that end at a time and need no second factor."),
            code="no_card", name=user.get_full_name(),
        )  # fmt: skip
    SignInLink.objects.filter(user=user, kind=SignInLink.Kind.CARD, used_at=None).update(used_at=clock.now())
    record(actor, "make_card", user, after={"until": ends_at})
    return _new_link(user, SignInLink.Kind.CARD, ends_at)


def card_end(user: User) -> datetime | None:
    """Return when a card would be void: at the end of the last role, after a day when that ends with something.

    None for who can have none: a role has no end or needs a second factor, or there is no role.
    """
    now = clock.now()
    held = [each for each in held_by(user) if not each.is_over(now)]
    if needs_more_than_a_card(tuple(held)):
        return None
    ends = [each.ends_at or (now + LINK_LASTS if each.ends_with else None) for each in held]
    return None if not ends or None in ends else max(end for end in ends if end)


def _new_link(user: User, kind: SignInLink.Kind, expires_at: datetime) -> str:
    token = secrets.token_urlsafe(24)
    SignInLink.objects.create(user=user, kind=kind, token_hash=hash_of(token), expires_at=expires_at)
    return token
