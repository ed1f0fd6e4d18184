"""Rounds and their figures, targets, statements; sites, call groups, teams; the facts: arrivals, specimens, visits; corrections."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.conditions import just_one_of
from linli.core.scope import ScopedForeignKey, ScopedModel
from linli.orders.models import RulePack
from linli.places.models import Building, Compound, Dwelling, Unit, Venue
from linli.registry.models import Household, Person


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
