"""Spreadsheets taken in, what each changed, and what somebody should look at."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.registry.models.people import Person


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
