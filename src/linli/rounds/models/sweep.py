"""Teams that knock, and the doors on their lists."""

from typing import ClassVar

from django.db import models

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.places.models import Dwelling
from linli.rounds.models.rounds import Round


class SweepTeam(ScopedModel):
    """A team that knocks on doors."""

    round = ScopedForeignKey(Round, related_name="sweep_teams")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "number"], name="sweep_team_number_once")
        ]


class SweepDoor(ScopedModel):
    """A door on a team's list, in walking order."""

    round = ScopedForeignKey(Round, related_name="sweep_doors")
    team = ScopedForeignKey(SweepTeam, related_name="doors")
    dwelling = ScopedForeignKey(Dwelling, related_name="+")
    position = models.PositiveIntegerField()

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "dwelling"], name="sweep_door_once_per_dwelling")
        ]


class DoorSheet(ScopedModel):
    """A team's open doors as they were printed, so that what was written on the paper finds its people again."""

    round = ScopedForeignKey(Round, related_name="door_sheets")
    team = ScopedForeignKey(SweepTeam, related_name="door_sheets")
    number = models.PositiveIntegerField()
    """Counts within the round; printed at the head of the paper."""
    rows = models.JSONField()
    """[dwelling, target] for each line of the paper, from the top."""
    printed_at = models.DateTimeField(default=clock.now)
    printed_by = models.CharField(max_length=80)
    typed_at = models.DateTimeField(null=True)
    typed_by = models.CharField(max_length=80, blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "number"], name="door_sheet_number_once")
        ]
