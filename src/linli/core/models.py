"""Accounts, grants, one-time links, the audit chain, data keys, the outbox and the progress of long work."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.ids import uuid7
from linli.core.rights import Department, Role
from linli.core.scope import ScopedModel
from linli.core.sign_in_models import BreakGlass as BreakGlass
from linli.core.sign_in_models import Device as Device
from linli.core.sign_in_models import Pin as Pin
from linli.core.sign_in_models import SignIn as SignIn


class UserManager(BaseUserManager["User"]):
    """Finds accounts by user name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account. It holds no resident data and says nothing about rights: those are grants."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = models.BinaryField(null=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def get_full_name(self) -> str:
        return self.name or self.username


class Grant(models.Model):
    """A role of a user in a division and everything below it. One user may hold several; each may end at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    department = models.CharField(max_length=20, choices=Department, blank=True)
    division = models.BigIntegerField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ends_with = models.CharField(max_length=60, blank=True)
    """What it ends with, as `kind:id`; see `core.endings`."""
    granted_at = models.DateTimeField(default=clock.now)
    granted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "department", "division"], name="grant_once_per_user_role_division"
            )
        ]


class SignInLink(models.Model):
    """A one-time link to set a password, or a printed one that signs in; only the hash of its token is kept."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("link to set a password")
        CARD = "card", _("sign-in card")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PASSWORD)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AuditEntry(ScopedModel):
    """One link of a community's audit chain. `detail` is sealed under its data key; `hash` covers the ciphertext."""

    append_only = True

    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    right = models.CharField(max_length=30)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField(null=True)
    detail = models.BinaryField()
    request_id = models.CharField(max_length=40, blank=True)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "number"], name="audit_number_once_per_community")
        ]
        indexes: ClassVar = [
            models.Index(fields=["community", "object_id"], name="audit_by_object"),
            models.Index(fields=["actor", "id"], name="audit_by_actor"),
            models.Index(fields=["action", "id"], name="audit_by_action"),
        ]


class DataKey(ScopedModel):
    """A wrapped key for values that are destroyed together; deleting the row destroys the values."""

    purpose = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "purpose"], name="data_key_once_per_purpose")
        ]


class OutboxEntry(ScopedModel):
    """Work for a sibling app, written in the same transaction as the fact that caused it."""

    topic = models.CharField(max_length=60)
    payload = models.JSONField()
    handed_over_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [models.Index(fields=["community", "handed_over_at"], name="outbox_waiting")]


class Work(ScopedModel):
    """The progress of something that takes longer than a page: who asked, how far it is, how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("work", "done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    kind = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [models.Index(fields=["community", "kind"], name="work_by_kind")]
