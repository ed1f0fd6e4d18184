"""Households and the people in them, and where they live."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedManager, ScopedModel
from linli.places.models import Dwelling


class Household(ScopedModel):
    """The people who live together in a dwelling. `number` tells two households of one dwelling apart."""

    dwelling = ScopedForeignKey(Dwelling, related_name="households")
    number = models.CharField(max_length=40, blank=True)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "dwelling", "number"],
                condition=models.Q(until=None),
                name="household_once_per_dwelling",
            )
        ]


class PersonManager(ScopedManager):
    """Everybody once: an entry that turned out to be of somebody else's person is left out."""

    def get_queryset(self) -> models.QuerySet["Person"]:
        return super().get_queryset().filter(merged_into=None)


class Person(ScopedModel):
    """A person, once (R48). The identity number is sealed; `id_index` and `id_tail` find it.

    `objects` has everybody once, `entries` also the entries that were merged into another.
    """

    undigested = frozenset({"merged_into_id"})

    class Sex(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    class IdKind(models.TextChoices):
        RESIDENT_ID = "resident_id", _("resident identity card")
        PASSPORT = "passport", _("passport")
        HK_MACAU = "hk_macau", _("Hong Kong or Macau permit")
        TAIWAN = "taiwan", _("Taiwan permit")
        OTHER = "other", _("other document")

    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    birth = models.DateField(null=True)
    id_kind = models.CharField(max_length=12, choices=IdKind, default=IdKind.RESIDENT_ID)
    id_number = models.BinaryField(null=True)
    id_index = models.BinaryField(max_length=16, null=True)
    id_tail = models.BinaryField(max_length=16, null=True)
    hukou_division = models.CharField(max_length=200, blank=True)
    remarks = models.TextField(blank=True)
    died_on = models.DateField(null=True)
    without_door_since = models.DateField(null=True)
    """When somebody who had left was seen here again, living behind no known door; a later leaving ends it."""
    edited_at = models.DateTimeField(null=True)
    """When somebody last changed this person in Linli, outside an import."""
    imported = models.BinaryField(null=True)
    """Sealed JSON of what the last ledger import said, the base of the next three-way comparison."""
    merged_into = ScopedForeignKey("self", null=True, related_name="merged")
    """The entry that this one turned out to be the same person as; it stays as it was, and that one counts."""

    entries: ClassVar[models.Manager["Person"]] = ScopedManager()
    objects: ClassVar[models.Manager["Person"]] = PersonManager()

    class Meta(ScopedModel.Meta):
        base_manager_name = "entries"
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "id_index"],
                condition=models.Q(id_index__isnull=False, merged_into=None),
                name="person_id_number_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["community", "name"], name="person_by_name"),
            models.Index(fields=["community", "id_tail"], name="person_by_id_tail"),
        ]


class PersonPhone(ScopedModel):
    """A phone number of a person, sealed."""

    person = ScopedForeignKey(Person, related_name="phones")
    position = models.PositiveSmallIntegerField(default=0)
    number = models.BinaryField()
    number_index = models.BinaryField(max_length=16)
    number_tail = models.BinaryField(max_length=16)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "number_index"], name="phone_by_number"),
            models.Index(fields=["community", "number_tail"], name="phone_by_tail"),
        ]


class Residency(ScopedModel):
    """A person's place in a household, from a day to a day. One is open at a time."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("resident")
        TENANT = "tenant", _("tenant")
        AWAY = "away", _("away")
        REGISTERED_ONLY = "registered_only", _("registered only")

    person = ScopedForeignKey(Person, related_name="residencies")
    household = ScopedForeignKey(Household, related_name="residencies")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.RESIDENT)
    relation = models.CharField(max_length=40, blank=True)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=models.Q(until=None), name="residency_open_once_per_person"
            )
        ]


class CareNeed(ScopedModel):
    """What a person needs help with, in the office's words (独居老人, 透析, …)."""

    person = ScopedForeignKey(Person, related_name="care_needs")
    kind = models.CharField(max_length=60)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "person", "kind"], name="care_need_once_per_person")
        ]


class HouseholdSlip(ScopedModel):
    """A printed code that stands for a household and says nothing about it. One is valid at a time.

    The code is drawn at random and sealed; `code_index` finds it.
    """

    household = ScopedForeignKey(Household, related_name="slips")
    code = models.BinaryField()
    code_index = models.BinaryField(max_length=16)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "code_index"], name="household_slip_code_once"),
            models.UniqueConstraint(
                fields=["community", "household"],
                condition=models.Q(revoked_at=None),
                name="household_slip_valid_once",
            ),
        ]
