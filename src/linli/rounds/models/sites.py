"""Where people are called to."""

from typing import ClassVar

from django.db import models

from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.places.models import Venue
from linli.rounds.models.rounds import Round


class Site(ScopedModel):
    """A sampling site of a round, at a venue, with its desks and hours."""

    round = ScopedForeignKey(Round, related_name="sites")
    venue = ScopedForeignKey(Venue, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    desks = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "number"], name="site_number_once")
        ]


class CallGroup(ScopedModel):
    """At most as many people as the rule pack allows, called to a site together."""

    round = ScopedForeignKey(Round, related_name="call_groups")
    site = ScopedForeignKey(Site, related_name="call_groups")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    size = models.PositiveSmallIntegerField()

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "site", "number"], name="call_group_number_once")
        ]
