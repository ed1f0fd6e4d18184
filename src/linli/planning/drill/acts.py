"""What phones upload on the day of a script, in batches; every id follows from the round and the script.

A day played twice therefore sends the same facts under the same ids, and each is stored once.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.core.ids import seeded_uuid7
from linli.planning.people import Home, TargetRow, door_of
from linli.rounds.asked import AnyFact, ArrivalFact, Newcomer, SpecimenFact, TeamAsked, VisitFact
from linli_engine.drill import Arrival, HomeSampling, Notice, Script, Specimen, Visit, VisitOutcome
from linli_engine.drill import Newcomer as WalkIn
from linli_engine.routing import split_doors

SAID_BY_PHONE = {
    VisitOutcome.AWAY: "away",
    VisitOutcome.TESTED_ELSEWHERE: "tested_elsewhere",
    VisitOutcome.MOVED: "moved",
    VisitOutcome.DEAD: "dead",
    VisitOutcome.REFUSED: "exempt",
}
"""What the office states of somebody without a door; only a visit can show a refusal, so the office exempts."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is uploaded at one moment of the day, in this order."""

    minute: float
    told: tuple[tuple[str, str], ...] = ()
    """Compound and building of those that were told to come."""
    told_at: datetime | None = None
    told_last: bool = False
    """Whether these were the last to be told."""
    newcomers: tuple[Newcomer, ...] = ()
    starts_sweep: bool = False
    """The sweep begins before the facts of this batch."""
    facts: tuple[AnyFact, ...] = ()
    stated: tuple[tuple[UUID, str, datetime], ...] = ()
    """Target, outcome and time for those who have no door to knock at: the office finds out by phone."""


@dataclass(frozen=True)
class Cast:
    """Who and what the keys of a script stand for in the round."""

    round_id: UUID
    ordered_at: datetime
    targets: Mapping[str, TargetRow]
    sites: Mapping[str, UUID]
    newcomer_name: Callable[[int], str]

    def at(self, minute: float) -> datetime:
        """Return the moment so many minutes after the order."""
        return self.ordered_at + timedelta(minutes=minute)

    def id_of(self, minute: float, *parts: Any) -> UUID:
        """Return the id of something that happens at a minute."""
        return seeded_uuid7(self.at(minute), self.round_id, *parts)

    def team(self, number: int) -> UUID:
        return self.id_of(0, "team", number)

    def target(self, person: str) -> UUID:
        row = self.targets.get(person)
        return self.id_of(0, "newcomer", person) if row is None else row.target


def batches_of(script: Script, cast: Cast, step_minutes: float) -> Iterator[Batch]:
    """Cut the day into uploads, one each step, one more where the sweep begins; empty ones are left out."""
    events = script.events()
    ends = _ends(script, step_minutes)
    position = 0
    sweeping = script.timeline.sweep_began is None
    for end in ends:
        first = position
        while position < len(events) and events[position].minute < end:
            position += 1
        starts = not sweeping and position > first and any(isinstance(e, Visit) for e in events[first:position])
        sweeping = sweeping or starts
        if position > first:
            yield _batch(events[first:position], end, cast, script.notices[-1], starts_sweep=starts)


def _ends(script: Script, step_minutes: float) -> list[float]:
    """Return when uploads end: every step, and just before the first visit so that the sweep begins on time."""
    last = max(event.minute for event in script.events())
    steps = math.floor(last / step_minutes) + 1
    ends = {number * step_minutes for number in range(1, steps + 1)}
    if script.timeline.sweep_began is not None:
        ends.add(script.timeline.sweep_began)
    return sorted(ends)


def _batch(events: Sequence[Any], end: float, cast: Cast, last_notice: Notice, *, starts_sweep: bool) -> Batch:
    notices = [event for event in events if isinstance(event, Notice)]
    return Batch(
        minute=end,
        told=tuple((notice.compound, notice.building) for notice in notices),
        told_at=cast.at(max(notice.minute for notice in notices)) if notices else None,
        told_last=bool(notices) and notices[-1] is last_notice,
        newcomers=tuple(_newcomer(event, cast) for event in events if isinstance(event, WalkIn)),
        starts_sweep=starts_sweep,
        facts=tuple(fact for event in events for fact in _facts(event, cast)),
        stated=tuple(each for event in events if isinstance(event, Visit) for each in _by_phone(event, cast)),
    )


def _newcomer(event: WalkIn, cast: Cast) -> Newcomer:
    return Newcomer(
        name=cast.newcomer_name(int(event.person.rpartition("-")[2])),
        reason="walk_in",
        at=cast.at(event.minute),
        id_kind="resident_id" if event.has_identity_card else "other",
        id=cast.target(event.person),
    )


def _facts(event: Any, cast: Cast) -> Iterator[AnyFact]:
    minute = event.minute
    if isinstance(event, Arrival):
        id = cast.id_of(minute, "arrival", event.person)
        yield ArrivalFact(id, cast.at(minute), cast.target(event.person), cast.sites[event.site])
    elif isinstance(event, Specimen):
        yield SpecimenFact(
            cast.id_of(event.start_minute, "specimen", event.person), cast.at(event.start_minute), cast.at(minute),
            cast.target(event.person), cast.sites[event.site], event.desk,
        )  # fmt: skip
    elif isinstance(event, HomeSampling):
        id = cast.id_of(event.start_minute, "home specimen", event.person)
        yield SpecimenFact(id, cast.at(event.start_minute), cast.at(minute), cast.target(event.person))
    elif isinstance(event, Visit):
        yield from _visits(event, cast)


def _visits(event: Visit, cast: Cast) -> Iterator[VisitFact]:
    for person, outcome in event.outcomes:
        row = cast.targets[person]
        if row.dwelling is None:
            continue
        yield VisitFact(
            cast.id_of(event.minute, "visit", person, event.number), cast.at(event.minute), row.dwelling,
            str(outcome), row.target, cast.team(event.team),
        )  # fmt: skip


def _by_phone(event: Visit, cast: Cast) -> Iterator[tuple[UUID, str, datetime]]:
    for person, outcome in event.outcomes:
        row = cast.targets[person]
        if row.dwelling is None and outcome in SAID_BY_PHONE:
            yield row.target, SAID_BY_PHONE[outcome], cast.at(event.minute)


def sweep_lists(
    script: Script, cast: Cast, homes: Sequence[Home], outstanding: Sequence[Home], team_name: Callable[[int], str]
) -> list[TeamAsked]:
    """Return each team's list: the doors it will knock on in that order, then a share of the other doors.

    The others are outstanding when the sweep begins because their compound is still being called.
    """
    dwelling_of = {home.key: home.first.dwelling for home in homes}
    teams = sorted({visit.team for visit in script.visits})
    doors: dict[int, list[UUID]] = {team: [] for team in teams}
    listed: set[UUID | None] = {None}
    for visit in script.visits:
        dwelling = dwelling_of[visit.household]
        if dwelling is not None and dwelling not in listed:
            doors[visit.team].append(dwelling)
            listed.add(dwelling)
    rest = {home.first.dwelling: home for home in outstanding if home.first.dwelling not in listed}
    behind = {home.key: dwelling for dwelling, home in rest.items() if dwelling is not None}
    for team, route in zip(teams, split_doors([door_of(home) for home in rest.values()], len(teams)), strict=True):
        doors[team] += [behind[door.key] for door in route.doors]
    return [TeamAsked(team, team_name(team), tuple(doors[team]), cast.team(team)) for team in teams]
