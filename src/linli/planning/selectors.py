"""What planning reads: the people of a round by door, the venues, the plans made, and the drill that is running."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.divisions import DIGITS, Level, level_of
from linli.core.errors import NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped, within
from linli.places.addresses import Address
from linli.places.models import Division
from linli.planning.drill.work import DRILL, DrillFailed, Told, round_id_of, told_of
from linli.planning.microplan import VenueRow
from linli.planning.models import Microplan
from linli.planning.people import Home, TargetRow, homes_of
from linli.planning.read import needs_of, point_of, relations_of, venue_rows
from linli.rounds.models import Round, Target
from linli.rounds.scope import in_round

DOORS_A_TEAM = 130
"""17 teams of three or four knocked at 2,219 doors in the field (R119)."""
_BUILDING = "dwelling__unit__building"
_COLUMNS = (
    "id", "name", "person_id", "person__birth", "household_id", "household__number", "dwelling_id", "dwelling__floor",
    "dwelling__room", "dwelling__unit__name", f"{_BUILDING}__name", f"{_BUILDING}__compound__name",
    f"{_BUILDING}__longitude", f"{_BUILDING}__latitude", "outcome", "evidence",
)  # fmt: skip


def homes_to_call(actor: Actor, round_id: UUID) -> tuple[Home, ...]:
    """Return the households of a round; whoever has an outcome is not called any more. For who may plan."""
    with in_round(actor, round_id, Right.PLAN_WRITE) as round:
        return homes_of(_rows(round, lambda row: row["outcome"] is None))


@dataclass(frozen=True)
class DoorsLeft:
    """What a sweep of a round has before it."""

    round: Round
    doors: int
    people: int
    teams: int
    """As many as the field had in proportion (R121), at least one."""

    @property
    def has_begun(self) -> bool:
        """Whether teams have lists already."""
        return self.round.sweep_started_at is not None


def doors_left(actor: Actor, round_id: UUID) -> DoorsLeft:
    """Return how many doors and people a sweep has before it. For who may plan (plan_write). Raises Refused, NotFound."""
    with in_round(actor, round_id, Right.PLAN_WRITE) as round:
        behind = Target.objects.filter(
            community=round.community, round=round, outcome=None, dwelling__isnull=False
        ).aggregate(doors=Count("dwelling", distinct=True), people=Count("id"))
        return DoorsLeft(round, behind["doors"], behind["people"], max(1, -(-behind["doors"] // DOORS_A_TEAM)))


def homes_at_t0(actor: Actor, round_id: UUID) -> tuple[Home, ...]:
    """Return the households as they were at T0, whatever became of them since. For who may run drills (drill_run)."""
    with in_round(actor, round_id, Right.DRILL_RUN) as round:
        frozen = {"joined": Target.Joined.FROZEN}
        return homes_of(_rows(round, lambda row: row["evidence"] != Target.Evidence.LEDGER, **frozen))


def venues_of(actor: Actor, round_id: UUID) -> tuple[VenueRow, ...]:
    """Return the venues of a round's community, by name. For who may plan (plan_write)."""
    with in_round(actor, round_id, Right.PLAN_WRITE) as round:
        return venue_rows(round.community)


def latest_plan(actor: Actor, round_id: UUID) -> Microplan | None:
    """Return the plan of a round made last, or None. For who may read the round (figures_read)."""
    with in_round(actor, round_id, Right.FIGURES_READ) as round:
        return Microplan.objects.filter(community=round.community, round=round).order_by("-made_at", "-id").first()


STATES = {
    Work.State.WAITING: _("begins in a moment"),
    Work.State.RUNNING: _("being played"),
    Work.State.STOPPED: _("stopped"),
    Work.State.FAILED: _("failed"),
    Work.State.DONE: _("played to its end"),
}


@dataclass(frozen=True)
class DrillSeen:
    """A drill as a page shows it."""

    work: Work
    told: Told
    round_id: UUID
    round_exists: bool

    @property
    def simulated_at(self) -> datetime:
        """The drill's own time."""
        return self.told.ordered_at + timedelta(minutes=self.work.done)

    @property
    def state(self) -> str:
        """The state in a word."""
        return str(STATES[Work.State(self.work.state)])

    @property
    def has_ended(self) -> bool:
        return self.work.state not in (Work.State.WAITING, Work.State.RUNNING)

    @property
    def report(self) -> dict[str, Any]:
        """What it reported, nothing before its end."""
        return self.work.result if self.work.state == Work.State.DONE else {}

    @property
    def message(self) -> str:
        """One sentence on how it stands."""
        if self.work.state == Work.State.FAILED:
            return DrillFailed(self.work.error).in_language(get_language() or "")
        at = self.simulated_at.astimezone(clock.local_zone())
        sentences = {
            Work.State.WAITING: _("The drill begins in a moment."),
            Work.State.RUNNING: _("In the drill it is %(time)s.") % {"time": f"{at:%H:%M}"},
            Work.State.STOPPED: _("The drill was stopped before its end."),
            Work.State.DONE: _("The drill is over: nobody is outstanding."),
        }
        return str(sentences[Work.State(self.work.state)])


def drills(actor: Actor, community: int) -> list[DrillSeen]:
    """Return the drills of a community, the newest first. For who may run them (drill_run)."""
    with scoped(actor, Right.DRILL_RUN):
        return _seen(list(Work.objects.filter(community=community, kind=DRILL).order_by("-id")))


def drill_seen(actor: Actor, work_id: UUID, right: Right = Right.DRILL_RUN) -> DrillSeen:
    """Return a drill as it is now. For who holds the right, by default drill_run, there. Raises NotFound."""
    with scoped(actor, right):
        work = Work.objects.filter(pk=work_id, kind=DRILL).first()
        if work is None:
            raise NotFound
        return _seen([work])[0]


def drill_community(actor: Actor, asked: str | None) -> int:
    """Return the community to drill in: the one asked for, else the first where the actor may. Raises NotFound."""
    if asked:
        found = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= DIGITS else 0
        if not actor.has(Right.DRILL_RUN, found):
            raise NotFound
        return found
    known = Division.objects.filter(within(actor.ranges(Right.DRILL_RUN), "code")).order_by("code")
    codes = known.values_list("code", flat=True).iterator()
    first = next((code for code in codes if level_of(code) is Level.COMMUNITY), None)
    if first is None:
        raise NotFound
    return first


def running_drill(actor: Actor, community: int) -> DrillSeen | None:
    """Return the drill that is waiting or being played in a community, or None. For who may read figures (figures_read)."""
    with scoped(actor, Right.FIGURES_READ):
        open = Work.objects.filter(community=community, kind=DRILL, state__in=(Work.State.WAITING, Work.State.RUNNING))
        return next(iter(_seen(list(open.order_by("-id")[:1]))), None)


def _seen(works: list[Work]) -> list[DrillSeen]:
    rounds = Round.objects.filter(pk__in=[round_id_of(work) for work in works])
    there = set(rounds.values_list("id", flat=True))
    return [DrillSeen(work, told_of(work), round_id_of(work), round_id_of(work) in there) for work in works]


def _rows(round: Round, is_called: Any, **only: Any) -> list[TargetRow]:
    targets = Target.objects.filter(community=round.community, round=round, **only).values(*_COLUMNS)
    relations, needs = relations_of(round.community), needs_of(round.community)
    return [
        _row(row, relations.get(row["person_id"], ""), needs.get(row["person_id"], []), is_called(row))
        for row in targets
    ]


def _row(row: dict[str, Any], relation: str, needs: list[str], called: bool) -> TargetRow:
    address = Address(
        row[f"{_BUILDING}__compound__name"] or "", row[f"{_BUILDING}__name"] or "", row["dwelling__unit__name"] or "",
        row["dwelling__room"] or "",
    )  # fmt: skip
    return TargetRow(
        target=row["id"],
        address=address,
        name=row["name"],
        household=row["household_id"],
        household_number=row["household__number"] or "",
        dwelling=row["dwelling_id"],
        floor=row["dwelling__floor"] or 0,
        relation=relation,
        birth=row["person__birth"],
        care_needs=tuple(sorted(needs)),
        called=called,
        point=point_of(row[f"{_BUILDING}__longitude"], row[f"{_BUILDING}__latitude"]),
    )
