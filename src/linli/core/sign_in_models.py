"""How somebody is signed in: each sign-in, the phones that several people share, PINs, and roles taken in an emergency."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.ids import uuid7


class Device(models.Model):
    """A phone that several people share, enrolled for a division. Of its link and its cookie only the hashes are kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    name = models.CharField(max_length=60)
    link_hash = models.BinaryField(max_length=32, unique=True, null=True)
    link_expires_at = models.DateTimeField(null=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField(default=clock.now)
    enrolled_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division"], name="device_by_division")]


class SignIn(models.Model):
    """One time that somebody signed in: how, where, and until when. A session without one that goes on is nobody's."""

    class Way(models.TextChoices):
        PASSWORD = "password", _("password")
        LINK = "link", _("one-time link")
        CARD = "card", _("sign-in card")
        PIN = "pin", _("PIN on a shared phone")
        PASSKEY = "passkey", pgettext_lazy("sign-in", "passkey")
        PROVIDER = "provider", _("identity provider")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, related_name="sign_ins")
    way = models.CharField(max_length=10, choices=Way)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    agent = models.CharField(max_length=160, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "began_at"], name="sign_in_by_user")]


class Pin(models.Model):
    """Six digits with which somebody signs in on a shared phone, and how often they were wrong since they were right."""

    user = models.OneToOneField("core.User", on_delete=models.CASCADE, primary_key=True, related_name="pin")
    hash = models.CharField(max_length=128)
    failures = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)


class BreakGlass(models.Model):
    """A role that somebody took in an emergency, why, and who above has taken note of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grant = models.ForeignKey("core.Grant", on_delete=models.CASCADE, related_name="break_glass")
    reason = models.CharField(max_length=300)
    taken_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
