"""What phones saw, and what was taken back of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.places.models import Dwelling
from linli.rounds.models.rounds import Round
from linli.rounds.models.sites import Site
from linli.rounds.models.sweep import SweepTeam
from linli.rounds.models.targets import Target


class Fact(ScopedModel):
    """Something a phone saw. Its id is made on the phone; it is stored once and never changed."""

    append_only = True
    goes_with = ("round", "is_drill")
    partitioned = True

    round = ScopedForeignKey(Round, related_name="+")
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    received_at = models.DateTimeField(default=clock.now)
    late = models.BooleanField(default=False)
    """Received after the round closed or after its author's right ended."""
    doubtful_clock = models.BooleanField(default=False)
    """Its id, its times and its receipt lie further apart than the clocks of phones do, or before the round."""

    class Meta(ScopedModel.Meta):
        abstract = True


class Arrival(Fact):
    """A target joined the queue of a site: whoever was said to be away is outstanding again."""

    target = ScopedForeignKey(Target, related_name="arrivals")
    site = ScopedForeignKey(Site, related_name="arrivals")
    at_desk = models.BooleanField(default=False)
    """Entered together with the specimen, because nobody had entered it in the queue: it measures no wait."""

    class Meta(Fact.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "round", "at"], name="arrival_by_round"),
            models.Index(fields=["community", "target"], name="arrival_by_target"),
        ]


class Specimen(Fact):
    """A specimen was taken from a target, at a desk of a site or at home; `at` is when it began."""

    target = ScopedForeignKey(Target, related_name="specimens")
    site = ScopedForeignKey(Site, null=True, related_name="specimens")
    """Empty: taken at home."""
    desk = models.PositiveSmallIntegerField(null=True)
    finished_at = models.DateTimeField()

    class Meta(Fact.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "round", "at"], name="specimen_by_round"),
            models.Index(fields=["community", "target"], name="specimen_by_target"),
        ]


class Correction(ScopedModel):
    """An arrival, specimen or visit that whoever recorded it took back: it stays stored and is evidence no more."""

    append_only = True

    round = ScopedForeignKey(Round, related_name="+")
    target = ScopedForeignKey(Target, related_name="+")
    fact = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    corrected_by = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "fact"], name="correction_once_per_fact")]
        indexes: ClassVar = [models.Index(fields=["community", "round"], name="correction_by_round")]


class Visit(Fact):
    """A team knocked for one target, or for a door nobody is registered behind."""

    class Result(models.TextChoices):
        DONE = "done", _("specimen taken at the door")
        TESTED_ELSEWHERE = "tested_elsewhere", _("tested elsewhere")
        AWAY = "away", _("away")
        REFUSED = "refused", _("refused")
        CANNOT_COME = "cannot_come", _("cannot come: test at home")
        NOT_FOUND = "not_found", _("nobody at home")
        MOVED = "moved", _("moved out")
        DEAD = "dead", _("dead")
        VACANT = "vacant", _("vacant")

    dwelling = ScopedForeignKey(Dwelling, related_name="visits")
    target = ScopedForeignKey(Target, null=True, related_name="visit_facts")
    team = ScopedForeignKey(SweepTeam, null=True, related_name="visits")
    result = models.CharField(max_length=16, choices=Result)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "round", "at"], name="visit_by_round"),
            models.Index(fields=["community", "round", "dwelling"], name="visit_by_dwelling"),
            models.Index(fields=["community", "target"], name="visit_by_target"),
        ]


class RefusedFact(ScopedModel):
    """An upload that could not be taken as it was; kept with its reason, counted and shown, never dropped."""

    round_id_sent = models.UUIDField(null=True)
    fact_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    payload = models.BinaryField()
    """Sealed JSON of what was sent."""
    code = models.CharField(max_length=40)
    """The reason, a key of `rounds.reasons`."""
    sent_by = models.CharField(max_length=80)
    received_at = models.DateTimeField(default=clock.now)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "round_id_sent"], name="refused_fact_by_round"),
            models.Index(fields=["community", "fact_id"], name="refused_fact_by_fact"),
        ]
