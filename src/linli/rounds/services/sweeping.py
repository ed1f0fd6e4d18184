"""Send teams to the doors, have people tested at home, and note what the office knows itself."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.core import audit, clock, locks
from linli.core.actors import Actor
from linli.core.bulk import copy_rows
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.places.models import Dwelling
from linli.rounds.asked import TeamAsked
from linli.rounds.errors import StatedAhead, UnusableLayout, UnusableStatement
from linli.rounds.models import DoorSheet, Outcome, Round, Statement, SweepDoor, SweepTeam, Target, Visit
from linli.rounds.rules.fact import CLOCKS_DIFFER
from linli.rounds.rules.layout import decide_sweep
from linli.rounds.rules.outcome import LEAVES_OPEN, Word
from linli.rounds.rules.timeline import Step
from linli.rounds.scope import in_open_round
from linli.rounds.settling import lock_targets, settle
from linli.rounds.stamping import stamp_for


def start_sweep(actor: Actor, round_id: UUID, teams: Sequence[TeamAsked], at: datetime | None = None) -> Round:
    """Put the teams' door lists into force, in place of those before (R118, R119, R123, R128, R129).

    For who may plan (plan_write). Every door with somebody outstanding stands on exactly one list; other doors of the
    community may. Writes teams, doors, when the first sweep began, and one audit entry. A team is known by its number
    and stays when it has visited or has a printed list; of two sweeps at once the later one stays. Raises Refused, NotFound, RoundClosed,
    TimeOutOfOrder, and UnusableLayout saying why.
    """
    with in_open_round(actor, round_id, Right.PLAN_WRITE) as round:
        locks.hold("sweep", round_id)
        _check(round, teams)
        doors = _write_lists(round, teams)
        if round.sweep_started_at is None:
            began_at = stamp_for(round, Step.SWEPT, at)
            Round.objects.filter(pk=round.pk, sweep_started_at=None).update(sweep_started_at=began_at)
            round.refresh_from_db(fields=["sweep_started_at"])
        audit.record(
            actor,
            "start_sweep",
            community=round.community,
            right=Right.PLAN_WRITE,
            object_type="round",
            object_id=round.pk,
            after={"teams": len(teams), "doors": doors},
        )
    return round


def _check(round: Round, teams: Sequence[TeamAsked]) -> None:
    listed = {door for team in teams for door in team.doors}
    known = Dwelling.objects.filter(community=round.community, pk__in=listed).values_list("id", flat=True)
    outstanding = Target.objects.filter(community=round.community, round=round, outcome=None, dwelling__isnull=False)
    wrong = decide_sweep(teams, set(known), set(outstanding.values_list("dwelling_id", flat=True)))
    if wrong:
        raise UnusableLayout(wrong)


def _write_lists(round: Round, teams: Sequence[TeamAsked]) -> int:
    mine = {"community": round.community, "round": round}
    SweepDoor.objects.filter(**mine).delete()
    kept = dict(SweepTeam.objects.filter(**mine).values_list("number", "id"))
    named = set(Visit.objects.filter(**mine, team__in=kept.values()).values_list("team_id", flat=True).distinct())
    named |= set(DoorSheet.objects.filter(**mine).values_list("team_id", flat=True))
    gone = [id for number, id in kept.items() if id not in named and number not in {team.number for team in teams}]
    SweepTeam.objects.filter(**mine, pk__in=gone).delete()
    ids = {team.number: kept.get(team.number, team.id) for team in teams}
    rows = [SweepTeam(id=ids[team.number], **mine, number=team.number, name=team.name) for team in teams]
    SweepTeam.objects.bulk_create([row for row in rows if row.number not in kept])
    SweepTeam.objects.bulk_update([row for row in rows if row.number in kept], ["name"])
    return copy_rows(
        SweepDoor,
        (
            SweepDoor(**mine, team_id=ids[team.number], dwelling_id=door, position=position)
            for team in teams
            for position, door in enumerate(team.doors, start=1)
        ),
    )


def ask_home_sampling(
    actor: Actor, round_id: UUID, targets: Collection[UUID], at: datetime | None = None
) -> Collection[UUID]:
    """Ask for a medic at the door of people who cannot come (R115, R124, R125); return who is asked for newly.

    For sweep teams and grid workers (sweep_record). Writes a statement for each who is not asked for yet or was settled
    since without a specimen, which leaves them open, and one audit entry. A specimen taken at home settles it. Raises
    Refused, NotFound (also when one is none of the round's), RoundClosed, StatedAhead.
    """
    with in_open_round(actor, round_id, Right.SWEEP_RECORD) as round:
        _refuse_ahead(round, at)
        if lock_targets(round, targets) != set(targets):
            raise NotFound
        settled = Q(outcome__isnull=False) & ~Q(outcome=Outcome.DONE)
        asked = Target.objects.filter(settled | Q(home_sampling_asked_at=None), community=round.community)
        new = list(asked.filter(pk__in=list(targets)).values_list("id", flat=True))
        Statement.objects.bulk_create(_home_sampling(actor, round, each, at or clock.now()) for each in new)
        settle(round, new, round.rule_pack.reading())
        audit.record(
            actor,
            "ask_home_sampling",
            community=round.community,
            right=Right.SWEEP_RECORD,
            object_type="round",
            object_id=round.pk,
            after={"targets": [str(each) for each in new]},
        )
    return new


def _refuse_ahead(round: Round, at: datetime | None) -> None:
    if at and not round.is_drill and at > clock.now() + CLOCKS_DIFFER:
        raise StatedAhead


def _home_sampling(actor: Actor, round: Round, target: UUID, at: datetime) -> Statement:
    return Statement(
        community=round.community,
        round=round,
        target_id=target,
        at=at,
        asks_home_sampling=True,
        evidence=Target.Evidence.STATEMENT,
        reason=LEAVES_OPEN[Word.CANNOT_COME],
        stated_by=actor.name,
    )


def state_outcome(
    actor: Actor, round_id: UUID, target_id: UUID, outcome: str, reason: str, at: datetime | None = None
) -> Target:
    """Note what the office itself knows of a target, with its reason.

    For who may close the round (round_close). Exempt, away, moved, dead and tested elsewhere can be stated; `back`
    opens it again. Done follows from a specimen only, refused and not found from visits. Writes a statement, settles
    the target, one audit entry. Raises Refused, NotFound, RoundClosed, UnusableStatement, StatedAhead.
    """
    stated = {Outcome.EXEMPT, Outcome.AWAY, Outcome.MOVED, Outcome.DEAD, Outcome.TESTED_ELSEWHERE, "back"}
    if outcome not in stated or not reason.strip() or len(reason) > 200 or "\0" in reason:
        raise UnusableStatement
    with in_open_round(actor, round_id, Right.ROUND_CLOSE) as round:
        _refuse_ahead(round, at)
        if not lock_targets(round, [target_id]):
            raise NotFound
        statement = Statement.objects.create(
            community=round.community,
            round=round,
            target_id=target_id,
            at=at or clock.now(),
            outcome=None if outcome == "back" else outcome,
            evidence=Target.Evidence.STATEMENT,
            reason=reason.strip(),
            stated_by=actor.name,
        )
        settle(round, [target_id], round.rule_pack.reading())
        audit.record(
            actor,
            "state_outcome",
            community=round.community,
            right=Right.ROUND_CLOSE,
            object_type="target",
            object_id=target_id,
            after={"outcome": outcome, "at": statement.at},
            reason=statement.reason,
        )
        target: Target = Target.objects.get(pk=target_id)
    return target
