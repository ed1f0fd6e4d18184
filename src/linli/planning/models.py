"""Stored microplans."""

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
