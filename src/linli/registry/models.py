"""Households and the people in them, and where each entry came from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.rights import Department
from linli.core.scope import ScopedForeignKey, ScopedModel
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


class Person(ScopedModel):
    """A person, once (R48). The identity number is sealed; `id_index` and `id_tail` find it."""

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

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "id_index"],
                condition=models.Q(id_index__isnull=False),
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


class CareNeed(ScopedModel):
    """What a person needs help with, in the office's words (独居老人, 透析, …)."""

    person = ScopedForeignKey(Person, related_name="care_needs")
    kind = models.CharField(max_length=60)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "person", "kind"], name="care_need_once_per_person")
        ]


class LedgerImport(ScopedModel):
    """One spreadsheet taken in as one act, which can be undone as one act."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKED = "checked", _("checked")
        IMPORTED = "imported", _("imported")
        REFUSED = "refused", pgettext_lazy("ledger", "refused")
        UNDONE = "undone", _("undone")

    WAITING: ClassVar = (State.UPLOADED, State.CHECKED)
    """The states of an upload that was neither imported nor refused."""

    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    asked_by = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    """Counts, and which community the file itself names; no personal values."""
    details = models.BinaryField(null=True)
    """Sealed JSON: how each column was understood with samples, conflicts, who is missing from the file, the mapping."""


class LedgerChange(ScopedModel):
    """What one import did to one row, or which rows of a table it created, so that it can be undone."""

    class Act(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        DELETED = "deleted", _("deleted")

    ledger_import = ScopedForeignKey(LedgerImport, related_name="changes")
    act = models.CharField(max_length=8, choices=Act)
    table = models.CharField(max_length=40)
    row_id = models.UUIDField(null=True)
    """Null for rows that were created: one entry names all of a table."""
    before = models.BinaryField(null=True)
    """Sealed JSON of the row as it was; null for rows that were created."""
    after = models.BinaryField(null=True)
    """Keyed digest of the row as the import left it, to see later edits; null for a row that was deleted.
    For rows that were created the 16 bytes of the id and the 16 of the digest of each."""


class RegisterFlag(ScopedModel):
    """Something about a ledger row, or about somebody entered by hand, that a person should look at."""

    ledger_import = ScopedForeignKey(LedgerImport, null=True, related_name="flags")
    """Empty for somebody entered by hand; `row` is 0 then."""
    person = ScopedForeignKey(Person, null=True, related_name="flags")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    read = models.BinaryField(null=True)
    """Sealed text of what stood in the cell."""
    resolved_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [models.Index(fields=["community", "kind"], name="register_flag_by_kind")]


class RememberedColumn(ScopedModel):
    """How this office's header was corrected by hand, used at the next import."""

    header = models.CharField(max_length=200)
    field = models.CharField(max_length=40)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "header"], name="remembered_column_once_per_header")
        ]


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
