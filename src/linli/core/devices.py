"""Phones that several people share: a coordinator enrols one, people sign in on it by PIN, and a lost one is given up."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.errors import Expired, Invalid, NotFound, Refused
from linli.core.links import hash_of
from linli.core.models import Device, SignIn
from linli.core.rights import Right
from linli.core.scope import NO_COMMUNITY, installation_scope, within

LINK_LASTS = timedelta(minutes=30)
NAME_LENGTH = 60


def devices_in(actor: Actor, division: int) -> list[Device]:
    """Return the phones that are enrolled or about to be in a division, for who manages accounts there. Raises Refused."""
    _demand(actor, division)
    return list(Device.objects.filter(division=division, revoked_at=None).order_by("name", "id"))


def access_device(actor: Actor, device_id: UUID) -> Device:
    """Return a phone of a division where the actor manages accounts, else raise NotFound."""
    mine = within(actor.ranges(Right.USERS_MANAGE), "division")
    found = Device.objects.filter(mine, pk=device_id, revoked_at=None).first()
    if found is None:
        raise NotFound
    return found


def add_device(actor: Actor, division: int, name: str) -> tuple[Device, str]:
    """Make a shared phone known and return it with the path of the link that enrols it, once, within half an hour.

    For who holds users_manage in all of the division. Raises Refused, Invalid without a name.
    """
    _demand(actor, division)
    if not 0 < len(name.strip()) <= NAME_LENGTH:
        raise Invalid(_("A phone needs a name of 1 to 60 characters, such as the one on its label."), code="no_name")
    token = secrets.token_urlsafe(24)
    with installation_scope():
        device: Device = Device.objects.create(
            division=division, name=name.strip(), added_by=actor.name, link_hash=hash_of(token),
            link_expires_at=clock.now() + LINK_LASTS,
        )  # fmt: skip
        _record(actor, "device_added", device)
    return device, f"/enrol/{token}/"


def device_of_link(token: str) -> Device:
    """Return the phone that a link enrols. Raises Expired when it is unknown, used or too old."""
    device = Device.objects.filter(link_hash=hash_of(token), revoked_at=None).first()
    if device is None or device.link_expires_at is None or device.link_expires_at <= clock.now():
        raise Expired
    return device


def enrol_device(token: str) -> tuple[Device, str]:
    """Use an enrolling link up and return the phone with the token that its cookie carries. Raises Expired."""
    cookie = secrets.token_urlsafe(32)
    with installation_scope():
        locks.hold("device link", token)
        device = device_of_link(token)
        device.link_hash, device.token_hash, device.enrolled_at = None, hash_of(cookie), clock.now()
        device.save(update_fields=["link_hash", "token_hash", "enrolled_at"])
        _record(Actor(device.added_by, "user"), "device_enrolled", device)
    return device, cookie


def device_of_cookie(cookie: str) -> Device | None:
    """Return the enrolled phone whose cookie this is, or None."""
    return Device.objects.filter(token_hash=hash_of(cookie), revoked_at=None).first() if cookie else None


def revoke_device(actor: Actor, device_id: UUID) -> Device:
    """Give up a lost phone: whoever is signed in on it is signed out at the next request, and nobody signs in there again.

    For who holds users_manage in its division. Writes one audit entry. Raises NotFound.
    """
    with installation_scope():
        device = access_device(actor, device_id)
        device.revoked_at = clock.now()
        device.save(update_fields=["revoked_at"])
        SignIn.objects.filter(device=device, ended_at=None).update(ended_at=clock.now())
        _record(actor, "device_revoked", device)
    return device


def _demand(actor: Actor, division: int) -> None:
    if not actor.has_all(Right.USERS_MANAGE, division):
        raise Refused


def _record(actor: Actor, action: str, device: Device) -> None:
    audit.record(
        actor, action, community=NO_COMMUNITY, right=Right.USERS_MANAGE, object_type="device", object_id=device.pk,
        after={"name": device.name, "division": device.division},
    )  # fmt: skip
