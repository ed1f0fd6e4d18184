"""A round, where it reaches, and what a wall shows of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core.conditions import just_one_of
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.orders.models import RulePack
from linli.places.models import Building, Compound, Unit


class Round(ScopedModel):
    """One testing, screening or sweep round of a community, from its order to its closing."""

    class Kind(models.TextChoices):
        TEST = "test", _("testing round")
        SCREENING = "screening", _("screening round")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        ABANDONED = "abandoned", _("abandoned")
        """A drill that was stopped: closed over whoever was outstanding. No live round ends so."""

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEST)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    is_drill = models.BooleanField(default=False)
    rule_pack = models.ForeignKey(RulePack, on_delete=models.PROTECT)
    t0 = models.DateTimeField()
    """When the targets were frozen."""
    deadline = models.DateTimeField()
    ordered_at = models.DateTimeField()
    mustered_at = models.DateTimeField(null=True)
    mobilised_at = models.DateTimeField(null=True)
    sweep_started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)
    """When the register was last compared with the targets; what has changed in it since, changed after that."""
    frozen = models.PositiveIntegerField(default=0)
    """How many targets there were at T0, counted as they were frozen."""
    frozen_digest = models.CharField(max_length=64, blank=True)
    """Digest of their ids: a target that vanishes since is noticed when the round closes."""
    newcomers = models.PositiveIntegerField(default=0)
    """How many have joined since, counted as they joined."""
    opened_by = models.CharField(max_length=80)
    settings = models.JSONField(default=dict)
    """What the planner or the drill was asked for (desks, seed, plan)."""
    report = models.JSONField(default=dict)
    """The closing report, written once."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it changes any more: closed with everybody accounted for, or a drill that was stopped."""
        return self.state != self.State.OPEN

    @property
    def is_abandoned(self) -> bool:
        """Whether it is a drill that was stopped before its end."""
        return self.state == self.State.ABANDONED


class RoundFigures(ScopedModel):
    """What a wall shows of a round: counted anew while it is open, and a last time as it closes. Anybody may recount it."""

    round = ScopedForeignKey(Round, related_name="figures")
    entry = models.BigIntegerField()
    """The last number of the community's audit chain when it was counted: nothing has changed while that is the same."""
    counted_at = models.DateTimeField()
    as_of = models.DateTimeField()
    """The moment to which the round had come; in a drill that of its latest fact."""
    total = models.PositiveIntegerField(default=0)
    outstanding = models.PositiveIntegerField(default=0)
    paced = models.PositiveIntegerField(default=0)
    """How many facts settled in the hour before `as_of`."""
    waiting = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    """When the latest fact happened."""
    hourly = models.JSONField(default=list)
    """Specimens as [hour, count]."""

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["community", "round"], name="round_figures_once")]


class RoundScope(ScopedModel):
    """A compound, building or unit that belongs to a round; a round without any covers the whole community."""

    round = ScopedForeignKey(Round, related_name="scopes")
    compound = ScopedForeignKey(Compound, null=True, related_name="+")
    building = ScopedForeignKey(Building, null=True, related_name="+")
    unit = ScopedForeignKey(Unit, null=True, related_name="+")

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=just_one_of("compound", "building", "unit"), name="round_scope_names_one_place"
            )
        ]


class RoundBuilding(ScopedModel):
    """A building in a round: when its households were told to come (R6, R34)."""

    round = ScopedForeignKey(Round, related_name="buildings")
    building = ScopedForeignKey(Building, related_name="+")
    mobilised_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "round", "building"], name="round_building_once")
        ]
