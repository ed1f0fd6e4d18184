"""Whom a round must account for, and what is known of them though no phone saw it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.places.models import Building, Dwelling
from linli.registry.models import Household, Person
from linli.rounds.models.rounds import Round
from linli.rounds.models.sites import CallGroup


class Outcome(models.TextChoices):
    """How a target ends. The leaving ones take the person out of the round's denominator."""

    DONE = "done", _("done")
    TESTED_ELSEWHERE = "tested_elsewhere", _("tested elsewhere")
    AWAY = "away", _("away")
    REFUSED = "refused", _("refused")
    NOT_FOUND = "not_found", _("not found")
    EXEMPT = "exempt", _("exempt")
    MOVED = "moved", _("moved out")
    DEAD = "dead", _("dead")


class Target(ScopedModel):
    """Somebody whom a round must account for. It has at most one outcome, and each outcome names its evidence."""

    class Joined(models.TextChoices):
        FROZEN = "frozen", _("in the register at T0")
        NEWCOMER = "newcomer", _("came later")

    class Evidence(models.TextChoices):
        SPECIMEN = "specimen", _("specimen at the site")
        HOME_SPECIMEN = "home_specimen", _("specimen at home")
        VISIT = "visit", _("visit at the door")
        LEDGER = "ledger", _("the household ledger")
        REGISTER = "register", _("a change in the register")
        STATEMENT = "statement", _("a statement by the office")

    round = ScopedForeignKey(Round, related_name="targets")
    person = ScopedForeignKey(Person, null=True, related_name="targets")
    """Empty for a walk-in of a drill, who must not enter the register."""
    household = ScopedForeignKey(Household, null=True, related_name="+")
    dwelling = ScopedForeignKey(Dwelling, null=True, related_name="+")
    building = ScopedForeignKey(Building, null=True, related_name="+")
    name = models.CharField(max_length=120)
    joined = models.CharField(max_length=8, choices=Joined, default=Joined.FROZEN)
    join_reason = models.CharField(max_length=120, blank=True)
    call_group = ScopedForeignKey(CallGroup, null=True, related_name="targets")
    visits = models.PositiveSmallIntegerField(default=0)
    home_sampling_asked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, null=True)
    outcome_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=14, choices=Evidence, blank=True)
    evidence_id = models.UUIDField(null=True)
    outcome_reason = models.CharField(max_length=200, blank=True)
    merged_into = ScopedForeignKey("self", null=True, related_name="merged")
    """The target that counts for this person, who was entered twice: what was seen of either is known of that one."""

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "round", "person"],
                condition=models.Q(person__isnull=False),
                name="target_once_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=None) | (models.Q(outcome_at__isnull=False) & ~models.Q(evidence="")),
                name="target_outcome_has_evidence",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["community", "round", "outcome"], name="target_by_outcome"),
            models.Index(fields=["community", "round", "building"], name="target_by_building"),
            models.Index(fields=["community", "round", "dwelling"], name="target_by_dwelling"),
            models.Index(
                fields=["community", "merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="target_by_merged_into",
            ),
        ]


class Statement(ScopedModel):
    """What is known of a target though no phone saw it: from the ledger at T0, the register since, or the office."""

    append_only = True
    goes_with = ("round", "is_drill")

    round = ScopedForeignKey(Round, related_name="+")
    target = ScopedForeignKey(Target, related_name="statements")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Outcome, null=True)
    """Empty: the person is back, or is to be tested at home; outstanding again unless something else is known."""
    asks_home_sampling = models.BooleanField(default=False)
    evidence = models.CharField(max_length=14, choices=Target.Evidence)
    reason = models.CharField(max_length=200)
    stated_by = models.CharField(max_length=80)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["community", "target"], name="statement_by_target"),
            models.Index(fields=["community", "round"], name="statement_by_round"),
        ]
