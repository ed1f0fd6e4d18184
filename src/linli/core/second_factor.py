"""Who needs a second factor, TOTP or a passkey, beside the password."""

from enum import StrEnum

from allauth.mfa.models import Authenticator

from linli.core.actors import Actor
from linli.core.grants import demand_over, record
from linli.core.models import SignIn, User
from linli.core.rights import NEEDING_SECOND_FACTOR
from linli.core.scope import installation_scope


class Policy(StrEnum):
    """What `LINLI_SECOND_FACTOR` may say."""

    OFF = "off"
    COMMAND = "command"
    ALL = "all"


_ALONE = frozenset({SignIn.Way.PASSWORD, SignIn.Way.LINK, SignIn.Way.PROVIDER})
"""Ways to sign in that prove one thing only: something known, or what somebody else vouches for."""


def is_missing(policy: Policy, actor: Actor, sign_in: SignIn) -> bool:
    """Tell whether somebody has to set up a second factor before they see anything else."""
    if policy is Policy.OFF or sign_in.way not in _ALONE:
        return False
    is_needed = policy is Policy.ALL or not NEEDING_SECOND_FACTOR.isdisjoint(actor.roles)
    return is_needed and not has_one(sign_in.user_id)


def has_one(user_id: object) -> bool:
    """Tell whether an account has a second factor; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())


def forget_second_factor(actor: Actor, user: User) -> None:
    """Take the second factor of somebody away who has lost it: they set up a new one when they sign in next.

    For who may give every role that the user holds. Writes one audit entry. Raises Refused.
    """
    demand_over(actor, user)
    with installation_scope():
        Authenticator.objects.filter(user=user).delete()
        record(actor, "forget_second_factor", user)
