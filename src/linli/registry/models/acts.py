"""Acts that can be taken back, and what households say about themselves."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.registry.models.people import Household, Person


class BulkEdit(ScopedModel):
    """One change of many people as one act, with what each had before, so that it can be undone as one."""

    class Kind(models.TextChoices):
        RESIDENCY = "residency", _("lives here as")
        ADD_NEED = "add_need", _("add a care need")
        REMOVE_NEED = "remove_need", _("take a care need away")

    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=60)
    before = models.JSONField()
    """The people who were changed, by id: the residency kind they had, or an empty text."""
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True)


class Merge(ScopedModel):
    """Two entries that turned out to be one person, with what changed, so that it can be taken back; the row goes then."""

    kept = ScopedForeignKey(Person, related_name="merges")
    absorbed = ScopedForeignKey(Person, related_name="absorptions")
    done = models.BinaryField()
    """Sealed JSON of `uniting.Done`: what the merge changed, and what was there before."""
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        verbose_name = _("merge of two entries")
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "absorbed"], name="person_absorbed_once")]


class TwoPeople(ScopedModel):
    """What somebody said of two entries that look like one person: they are two. `first` has the smaller id."""

    first = ScopedForeignKey(Person, related_name="+")
    second = ScopedForeignKey(Person, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "first", "second"], name="two_people_once_per_pair")
        ]


class SelfReport(ScopedModel):
    """What a household said about itself by the link on its slip, until the office has compared it (R46, R47)."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("self-report", "waiting")
        CONFIRMED = "confirmed", pgettext_lazy("self-report", "confirmed")
        REFUSED = "refused", pgettext_lazy("self-report", "refused")
        REPLACED = "replaced", pgettext_lazy("self-report", "replaced by a later one")

    household = ScopedForeignKey(Household, related_name="self_reports")
    receipt = models.CharField(max_length=12)
    told = models.BinaryField()
    """Sealed JSON of `told.HouseholdTold`."""
    given_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "receipt"], name="self_report_receipt_once"),
            models.UniqueConstraint(
                fields=["community", "household"],
                condition=models.Q(state="waiting"),
                name="self_report_waiting_once",
            ),
        ]
