"""Stored microplans, and drafts of rounds."""

from typing import ClassVar

from django.db import models

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.rounds.models import Round


class Microplan(ScopedModel):
    """What was planned for a round and what it promised, kept to compare with what happened."""

    round = ScopedForeignKey(Round, related_name="microplans")
    made_at = models.DateTimeField(default=clock.now)
    asked = models.JSONField()
    """Inputs: desks at most, rate, window."""
    promised = models.JSONField()
    """Predicted waits in minutes, finish, desk hours, utilisation."""

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [models.Index(fields=["community", "round"], name="microplan_by_round")]


class RoundDraft(ScopedModel):
    """A round that is being prepared; its id becomes the round's. Once that is open it keeps who stands where and the notice."""

    told = models.JSONField()
    """What each step says, read through `drafting.told`."""
    changed = models.JSONField(default=dict)
    """The version at which each step was last changed."""
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=80)
    opened_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [models.Index(fields=["community", "opened_at"], name="round_draft_by_opening")]
