"""People whom somebody looks after (R43)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.rights import Department
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.registry.models.people import Person


class KeyList(ScopedModel):
    """A list of people whom somebody looks after, with the rule that puts people on it and takes them off (R43, R44)."""

    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    """Why the list is kept; whoever reads it sees this first."""
    rule = models.JSONField(default=dict)
    """`key_rules.Rule`; an empty one puts nobody on the list by itself."""
    stays_days = models.PositiveSmallIntegerField(null=True)
    """For how many days somebody is on it; empty as long as the rule holds, or until taken off."""
    task = models.CharField(max_length=60)
    """What is done for each, again and again."""
    every_days = models.PositiveSmallIntegerField(default=1)
    keeper = models.CharField(max_length=80)
    """Who looks after each who is given to nobody else."""
    department = models.CharField(max_length=20, choices=Department, blank=True)
    """The department to which the list is open."""
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=80)
    ends_on = models.DateField()
    """The day from which the list is no longer kept."""
    is_for_requests = models.BooleanField(default=False)
    """The one list of a community that holds who asked for something: whoever got it leaves it the next day."""
    ended_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=models.Q(ended_at=None), name="key_list_open_once_per_name"
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(ended_at=None, is_for_requests=True),
                name="key_list_of_requests_once",
            ),
        ]


class KeyListEntry(ScopedModel):
    """Somebody on a key list, from a day to a day."""

    class How(models.TextChoices):
        RULE = "rule", _("by the rule")
        HAND = "hand", _("by hand")

    class Left(models.TextChoices):
        RULE = "rule", _("the rule holds no longer")
        TIME = "time", _("the days are over")
        HAND = "hand", _("taken off")
        GONE = "gone", _("lives here no longer")
        ENDED = "ended", _("the list has ended")
        TWICE = "twice", _("was on it twice")

    key_list = ScopedForeignKey(KeyList, related_name="entries")
    person = ScopedForeignKey(Person, related_name="key_list_entries")
    how = models.CharField(max_length=4, choices=How)
    because = models.JSONField(default=list)
    """The conditions of the rule that held when it put them on the list; empty by hand."""
    reason = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    leaves_on = models.DateField(null=True)
    keeper = models.CharField(max_length=80)
    next_on = models.DateField()
    until = models.DateField(null=True)
    left = models.CharField(max_length=5, choices=Left, blank=True)
    left_reason = models.CharField(max_length=200, blank=True)
    is_held_off = models.BooleanField(default=False)
    """Left while the rule still held: it puts them back only after it has once ceased to hold."""

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "key_list", "person"],
                condition=models.Q(until=None),
                name="key_list_entry_open_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["community", "person"], name="key_list_entry_by_person")]


class KeyListDeed(ScopedModel):
    """That the task of a key list was done for somebody, or tried."""

    class Result(models.TextChoices):
        DONE = "done", pgettext_lazy("key list", "done")
        NOT_REACHED = "not_reached", pgettext_lazy("key list", "not reached")

    entry = ScopedForeignKey(KeyListEntry, related_name="deeds")
    result = models.CharField(max_length=11, choices=Result)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80)
    next_before = models.DateField()
    """When the next was due before this, for taking it back."""
    taken_back_at = models.DateTimeField(null=True)
