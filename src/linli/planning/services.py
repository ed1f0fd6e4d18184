"""Plan rounds and sweeps, and start drills: what is planned is put into force through the services of rounds."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.core import audit, clock, jobs, locks
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound
from linli.core.models import Work
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.places.models import Division
from linli.places.scope import in_community
from linli.planning.chosen import Chosen
from linli.planning.drill.turn import is_being_played
from linli.planning.drill.work import DRILL, TASK, Told, give_up_round, told_of
from linli.planning.microplan import OPENS_AFTER_MINUTES, Asked, desks_at_most, draft_plan, promises
from linli.planning.models import Microplan
from linli.planning.people import Home, door_of
from linli.planning.selectors import homes_to_call, venues_of
from linli.planning.wording import TEAM, stored
from linli.registry.models import Residency
from linli.rounds.asked import TeamAsked
from linli.rounds.models import Round
from linli.rounds.scope import in_open_round
from linli.rounds.services import lay_out_round, start_sweep
from linli_engine.routing import split_doors
from linli_engine.staffing import DeskTargets

DAY_BEGINS = time(6)
"""When the order of a drill comes, in the community's time zone."""

LEFT_ALONE = timedelta(seconds=10)
"""A drill that nobody has touched for so long and nobody is playing has been given up."""


class UnknownCommunity(NotFound):
    """A drill was asked for where Linli knows no community."""

    code = "unknown_community"
    message = _("Linli knows no community with the code %(division)s. Import its household ledger first.")


class EmptyRegister(Invalid):
    """A drill was asked for where nobody is registered."""

    code = "empty_register"
    message = _("Nobody is in the register of this community yet. Import its household ledger first.")


class DrillRunning(Conflict):
    """One drill at a time in a community."""

    code = "drill_running"
    message = _("A drill is already being played in this community. Wait for its end, or stop it.")


def plan_round(
    actor: Actor,
    round_id: UUID,
    *,
    desks: int | None = None,
    opens_at: datetime | None = None,
    calling: bool = True,
    chosen: Chosen | None = None,
) -> Microplan:
    """Plan the sites, desks and call groups of a round and put them into force; return what the plan promises.

    For who may plan (plan_write). By default as many desks as the rule pack allows for the people, opening a little
    after an hour from the order; with `chosen` at its venues, with its desks and hours. Whoever has an outcome is not
    called. Without calling, sites open and people come when they like. Writes a Microplan and, through rounds, sites and
    call groups. Serves R92 to R97, R105 to R108, R113.

    Raises Refused, NotFound, RoundClosed, UnusableLayout, NobodyToPlanFor, OpensTooLate and NoPlanFits.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        homes, rules = homes_to_call(actor, round_id), round.rule_pack.reading()
        called = sum(len(home.called) for home in homes)
        usual, venues = desks_at_most(rules, called), venues_of(actor, round_id)
        if chosen is None:
            asked = _asked(round, desks or usual, opens_at)
        else:
            venues = chosen.venues(venues)
            asked = chosen.asked(venues, usual, clock.now())
        draft = draft_plan(homes, venues, rules, asked, round_id)
        lay_out_round(actor, round_id, draft.sites, draft.groups if calling else ())
        plan = Microplan.objects.create(
            community=round.community, round=round, asked=asked.as_json(), promised=promises(draft.plan)
        )
        audit.record(
            actor, "plan_round", community=round.community, right=Right.PLAN_WRITE, object_type="microplan",
            object_id=plan.pk, after={"asked": plan.asked, "promised": plan.promised, "calling": calling},
        )  # fmt: skip
    return plan


def plan_sweep(actor: Actor, round_id: UUID, teams: int) -> list[TeamAsked]:
    """Share the doors behind which somebody is outstanding out to teams, each in walking order, and start the sweep.

    For who may plan (plan_write) and sweep. Writes through rounds, and no audit entry of its own beside that of the
    sweep. Serves R119 to R121. Raises Refused, NotFound, RoundClosed, and Invalid when there is no team.
    """
    if teams < 1:
        raise Invalid(_("A sweep needs at least one team."), code="no_team")
    with in_open_round(actor, round_id, Right.PLAN_WRITE):
        lists = _lists(homes_to_call(actor, round_id), teams)
        start_sweep(actor, round_id, lists)
    return lists


def start_drill(
    actor: Actor, community: int, *, seed: int = 1, planned: bool = True, speed: float | None = None, journal: str = ""
) -> Work:
    """Ask for a drill of a whole testing day; the worker plays it. A drill cut off before is taken up again.

    For who may run drills (drill_run). Serves R256. Raises Refused, UnknownCommunity, EmptyRegister, DrillRunning, and
    Invalid for a seed or speed that cannot be.
    """
    if seed < 0 or (speed is not None and not 0 < speed < float("inf")):
        raise Invalid(_("A seed is 0 or more, and a speed more than 0."), code="drill_numbers")
    with in_community(actor, Right.DRILL_RUN, community):
        locks.hold("drill", community)
        _check(community)
        told = Told(seed, planned, _day_begins(), speed, journal)
        work = _left_over(actor, community, told)
        if work is not None:
            jobs.enqueue(TASK, work)
        else:
            work = jobs.ask(actor, community, DRILL, TASK, **told.as_arguments())
        audit.record(
            actor, "start_drill", community=community, right=Right.DRILL_RUN, object_type="work", object_id=work.pk,
            after=told.as_arguments(),
        )  # fmt: skip
    return work


def stop_drill(actor: Actor, work_id: UUID) -> Work:
    """Ask a drill to stop after the batch it is at, and abandon its round. For who may run drills (drill_run).

    Raises Refused, NotFound, and Conflict when it has ended already.
    """
    with scoped(actor, Right.DRILL_RUN):
        work: Work | None = Work.objects.filter(pk=work_id, kind=DRILL).first()
        if work is None:
            raise NotFound
        with in_community(actor, Right.DRILL_RUN, work.community):
            give_up_round(actor, work)
            open = (Work.State.WAITING, Work.State.RUNNING)
            if not Work.objects.filter(pk=work_id, state__in=open).update(state=Work.State.STOPPED):
                raise Conflict(_("This drill has ended already."), code="drill_ended")
            audit.record(
                actor, "stop_drill", community=work.community, right=Right.DRILL_RUN, object_type="work",
                object_id=work_id,
            )  # fmt: skip
    work.state = Work.State.STOPPED
    return work


def _asked(round: Round, desks: int, opens_at: datetime | None) -> Asked:
    opens_at = opens_at or max(round.ordered_at + timedelta(minutes=OPENS_AFTER_MINUTES), clock.now())
    left = (round.deadline - opens_at) / timedelta(hours=1)
    return Asked(desks, opens_at, min(DeskTargets().window_hours, left))


def _lists(homes: tuple[Home, ...], teams: int) -> list[TeamAsked]:
    """Return a list for each team that has doors; two households of one dwelling are one door."""
    doors = {home.first.dwelling: door_of(home) for home in homes if home.called and home.first.dwelling is not None}
    dwelling_of = {door.key: dwelling for dwelling, door in doors.items()}
    return [
        TeamAsked(
            route.team + 1, stored(TEAM, number=route.team + 1),
            tuple(dwelling_of[door.key] for door in route.doors),
        )
        for route in split_doors(doors.values(), teams)
        if route.doors
    ]  # fmt: skip


def _check(community: int) -> None:
    if not Division.objects.filter(code=community).exists():
        raise UnknownCommunity(division=f"{community:012}")
    if not Residency.objects.filter(community=community, until=None).exists():
        raise EmptyRegister
    if is_being_played(community):
        raise DrillRunning


def _left_over(actor: Actor, community: int, told: Told) -> Work | None:
    """Return a drill of the same day that was cut off, and give up one of another day that nobody plays."""
    open = Work.objects.filter(community=community, kind=DRILL, state__in=(Work.State.WAITING, Work.State.RUNNING))
    for work in open.order_by("-id"):
        if told.is_the_same_day(told_of(work)):
            return work
        if work.changed_at > clock.now() - LEFT_ALONE:
            raise DrillRunning
        give_up_round(actor, work)
    open.update(state=Work.State.STOPPED)
    return None


def _day_begins() -> datetime:
    return datetime.combine(clock.today(), DAY_BEGINS, tzinfo=clock.local_zone())
