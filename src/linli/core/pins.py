"""Signing in on a shared phone with a personal PIN of six digits."""

from datetime import timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from linli.core import clock, locks
from linli.core.actors import Actor
from linli.core.divisions import range_of
from linli.core.errors import Invalid, LinliError, Refused
from linli.core.grants import demand_over, held_by, record
from linli.core.links import needs_more_than_a_card
from linli.core.models import Device, Pin, User
from linli.core.scope import installation_scope

DIGITS = 6
LOCKED_AFTER = 5
"""Wrong PINs in a row after which an account opens on no shared phone until a coordinator resets it."""
PHONE_WAITS_AFTER = 10
PHONE_WAITS = timedelta(minutes=15)


class WrongPin(LinliError):
    """The PIN is not this person's, or is locked, or the phone has seen too many wrong ones."""

    code = "wrong_pin"
    status = 422
    message = _("That is not the PIN of this person.")


def set_pin(actor: Actor, digits: str) -> None:
    """Set the PIN of the actor's own account. Writes one audit entry. Raises Invalid for one that is easily guessed.

    Raises Refused for an account that needs a second factor: a PIN would go round it.
    """
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    if user is None or needs_more_than_a_card(actor.held):
        raise Refused
    if _is_easily_guessed(digits):
        raise Invalid(
            _("Choose six digits that nobody guesses: no row like 123456, not one digit six times."), code="pin"
        )
    with installation_scope():
        Pin.objects.update_or_create(
            user=user, defaults={"hash": make_password(digits), "failures": 0, "changed_at": clock.now()}
        )
        record(actor, "set_pin", user)


def reset_pin(actor: Actor, user: User) -> None:
    """Take a PIN away that is locked or forgotten. For who may give every role that the user holds. Raises Refused."""
    demand_over(actor, user)
    with installation_scope():
        Pin.objects.filter(user=user).delete()
        record(actor, "reset_pin", user)


def people_at(device: Device) -> list[User]:
    """Return who may sign in on this phone: those with a PIN and a role where it is enrolled, by name."""
    low, high = range_of(device.division)
    people = (
        User.objects.filter(is_active=True, pin__isnull=False).prefetch_related("grants").order_by("name", "username")
    )
    now = clock.now()
    return [
        user
        for user in people.filter(grants__division__gte=low, grants__division__lt=high).distinct()
        if any(not held.is_over(now) for held in held_by(user)) and not needs_more_than_a_card(held_by(user))
    ]


def open_with_pin(device: Device, user_id: str, digits: str) -> User:
    """Return who signs in on this phone with this PIN; a wrong one is counted, and written into the audit chain.

    Raises WrongPin, with the same sentence whoever was chosen.
    """
    user = next((each for each in people_at(device) if str(each.pk) == user_id), None)
    if _phone_waits(device):
        raise WrongPin(
            _("There were too many wrong PINs on this phone. Wait a quarter of an hour."), code="phone_waits"
        )
    if user is None:
        raise WrongPin
    with installation_scope():
        locks.hold("pin", user.pk)
        pin = Pin.objects.get(user=user)
        is_locked = pin.failures >= LOCKED_AFTER
        is_right = check_password(digits, pin.hash) and not is_locked
        Pin.objects.filter(user=user).update(failures=0 if is_right else min(pin.failures + 1, LOCKED_AFTER))
        _count(device, wrong=not is_right)
        if not is_right:
            record(Actor(user.username, "user", user.pk), "pin_failed", user, after={"device": device.name})
    if is_locked:
        raise WrongPin(_("This PIN is locked after five wrong tries. A coordinator resets it."), code="pin_locked")
    if not is_right:
        raise WrongPin
    return user


def _phone_waits(device: Device) -> bool:
    is_recent = device.failed_at is not None and clock.now() - device.failed_at < PHONE_WAITS
    return is_recent and device.failures >= PHONE_WAITS_AFTER


def _count(device: Device, *, wrong: bool) -> None:
    is_old = device.failed_at is None or clock.now() - device.failed_at >= PHONE_WAITS
    failures = 0 if not wrong else 1 if is_old else device.failures + 1
    Device.objects.filter(pk=device.pk).update(failures=failures, failed_at=clock.now() if wrong else None)


def _is_easily_guessed(digits: str) -> bool:
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return True
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
