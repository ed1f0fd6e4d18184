"""The blank forms of agencies that an office has uploaded, with how each column is understood."""

from typing import ClassVar

from django.db import models

from linli.core import clock
from linli.core.scope import ScopedModel


class AgencyForm(ScopedModel):
    """A blank spreadsheet that an agency wants filled, kept under the office's name for it."""

    name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    file = models.BinaryField()
    """Sealed: a form that is thought blank may not be."""
    layout = models.JSONField()
    """A `FormLayout`: sheets, columns and what each is filled with; no personal values."""
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "name"], name="agency_form_name_once")]
