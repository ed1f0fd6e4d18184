"""Lists of a round: who is outstanding, who lives behind a door, what a team has before it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from linli.core.actors import Actor
from linli.core.rights import Right
from linli.core.scope import scoped
from linli.rounds.access import access_round, access_team
from linli.rounds.corrections import taken_back
from linli.rounds.errors import Missing
from linli.rounds.models import Outcome, Round, SweepDoor, SweepTeam, Target, Visit
from linli.rounds.outstanding import missing_of
from linli.rounds.rules.door import DoorCounts, decide_door_state


def outstanding_targets(
    actor: Actor,
    round_id: UUID,
    *,
    compound: UUID | None = None,
    building: UUID | None = None,
    first: int | None = None,
) -> tuple[Missing, ...]:
    """Return who is outstanding with their doors, in the order of doors (person_search: it names people).

    Of the whole round, one compound or one building. Raises Refused, NotFound.
    """
    with scoped(actor, Right.PERSON_SEARCH):
        round = access_round(actor, round_id, right=Right.PERSON_SEARCH)
        if compound is None and building is None:
            return missing_of(round, first)
        return missing_of(round, first, wanted=lambda place: place.compound == compound or place.building == building)


@dataclass(frozen=True)
class TargetLine:
    """One target behind a door."""

    id: UUID
    name: str
    outcome: str | None
    outcome_at: datetime | None
    reason: str
    """A key of `rounds.reasons`, or the office's own words."""
    evidence: str
    visits: int
    cannot_come: bool


def people_behind(
    actor: Actor, round_id: UUID, dwelling_id: UUID, *, right: Right = Right.PERSON_SEARCH
) -> tuple[TargetLine, ...]:
    """Return the targets behind one door (person_search, or sweep_record: it names people). Raises Refused, NotFound."""
    with scoped(actor, right):
        round = access_round(actor, round_id, right=right)
        return tuple(_lines(round, [dwelling_id])[dwelling_id])


@dataclass(frozen=True)
class TeamDoor:
    """A door on a team's list."""

    position: int
    dwelling: UUID
    compound: str
    building: str
    unit: str
    room: str
    floor: int | None
    people: tuple[TargetLine, ...]
    visited: bool

    @property
    def open(self) -> int:
        """How many behind it are outstanding."""
        return sum(person.outcome is None for person in self.people)

    @property
    def state(self) -> str:
        """How it is drawn: a word of `rules.door`."""
        outcomes = [person.outcome for person in self.people]
        return decide_door_state(
            DoorCounts(
                targets=len(outcomes),
                open=self.open,
                cannot_come=sum(person.cannot_come for person in self.people),
                queuing=0,
                refused=sum(outcome in (Outcome.REFUSED, Outcome.NOT_FOUND) for outcome in outcomes),
                away=sum(outcome == Outcome.AWAY for outcome in outcomes),
            )
        )

    @property
    def phase(self) -> str:
        """Whether it is still to be knocked at, to be visited again, waits for a medic, or is settled."""
        if not self.open:
            return "settled"
        if all(person.cannot_come for person in self.people if person.outcome is None):
            return "medic"
        return "again" if self.visited else "next"


@dataclass(frozen=True)
class TeamList:
    """What a team has before it, in walking order."""

    id: UUID
    round: UUID
    number: int
    name: str
    doors: tuple[TeamDoor, ...]


def sweep_list(actor: Actor, team_id: UUID) -> TeamList:
    """Return a team's doors in walking order with who is behind them (sweep_record). Raises Refused, NotFound."""
    with scoped(actor, Right.SWEEP_RECORD):
        team = access_team(actor, team_id, right=Right.SWEEP_RECORD)
        visits = Visit.objects.filter(
            community=team.community, round=team.round_id, dwelling=OuterRef("dwelling")
        ).exclude(pk__in=taken_back(team.round))
        doors = SweepDoor.objects.filter(community=team.community, team=team).order_by("position")
        home = "dwelling__unit__building"
        columns = (
            f"{home}__compound__name",
            f"{home}__name",
            "dwelling__unit__name",
            "dwelling__room",
            "dwelling__floor",
        )
        rows = doors.annotate(visited=Exists(visits)).values_list("position", "dwelling_id", *columns, "visited")
        listed = list(rows)
        lines = _lines(team.round, [row[1] for row in listed])
        found = tuple(
            TeamDoor(position, door, compound, building, unit, room, floor, tuple(lines[door]), visited)
            for position, door, compound, building, unit, room, floor, visited in listed
        )
    return TeamList(team.pk, team.round_id, team.number, team.name, found)


@dataclass(frozen=True)
class TeamProgress:
    """A sweep team and how far it is."""

    id: UUID
    number: int
    name: str
    doors: int
    doors_open: int


def sweep_teams(actor: Actor, round_id: UUID) -> tuple[TeamProgress, ...]:
    """Return the sweep teams of a round and how many of their doors have somebody outstanding (round_read)."""
    with scoped(actor, Right.ROUND_READ):
        round = access_round(actor, round_id)
        waiting = Target.objects.filter(
            community=round.community, round=round, outcome=None, dwelling=OuterRef("doors__dwelling")
        )
        teams = SweepTeam.objects.filter(community=round.community, round=round).order_by("number")
        counted = teams.values_list("id", "number", "name").annotate(
            doors_=Count("doors"), open_=Count("doors", filter=Q(Exists(waiting)))
        )
        return tuple(TeamProgress(*row) for row in counted)


def _lines(round: Round, dwellings: list[UUID]) -> dict[UUID, list[TargetLine]]:
    targets = Target.objects.filter(community=round.community, round=round, dwelling__in=dwellings)
    lines: dict[UUID, list[TargetLine]] = defaultdict(list)
    for target in targets.order_by("name", "id"):
        if target.dwelling_id:
            lines[target.dwelling_id].append(_line(target))
    return lines


def _line(target: Target) -> TargetLine:
    return TargetLine(
        id=target.pk,
        name=target.name,
        outcome=target.outcome,
        outcome_at=target.outcome_at,
        reason=target.outcome_reason,
        evidence=target.evidence,
        visits=target.visits,
        cannot_come=target.outcome is None and target.home_sampling_asked_at is not None,
    )
