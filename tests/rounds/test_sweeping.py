from typing import Any
from uuid import UUID

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.ids import uuid7
from linli.core.scope import scope_of
from linli.rounds.asked import TeamAsked
from linli.rounds.errors import RoundClosed, UnusableLayout, UnusableStatement
from linli.rounds.models import Round, SweepTeam
from linli.rounds.selectors import outstanding_targets, sweep_list, sweep_teams
from linli.rounds.services import ask_home_sampling, start_sweep, state_outcome
from tests.held import is_held
from tests.rounds.conftest import HERE, HERE_NOW, Day, at, close_at


def lists_for(day: Day, teams: int) -> list[TeamAsked]:
    """Deal the outstanding doors out to teams in the order of doors."""
    doors = dict.fromkeys(person.dwelling for person in outstanding_targets(day.actor, day.round.pk))
    dealt: list[list[UUID]] = [[] for _ in range(teams)]
    for number, door in enumerate(door for door in doors if door):
        dealt[number % teams].append(door)
    return [TeamAsked(number, f"{number}队", tuple(doors)) for number, doors in enumerate(dealt, start=1)]


def sweep_at(day: Day, teams: int, hours: float) -> Round:
    """Begin a sweep so many hours after T0."""
    with clock.frozen(at(hours)):
        return start_sweep(day.actor, day.round.pk, lists_for(day, teams))


def test_sweep_lists_the_outstanding_by_door_in_walking_order(day: Day, sweeper: Actor):
    day.finish("李一", "王三")
    round = sweep_at(day, 2, 10)
    assert round.sweep_started_at == at(10)
    first, second = (sweep_list(sweeper, team.id) for team in sweep_teams(day.actor, day.round.pk))
    assert [(door.compound, door.room, door.open) for door in first.doors] == [("明珠", "101", 1), ("金域", "101", 1)]
    assert [(door.compound, door.room, door.open) for door in second.doors] == [("明珠", "101", 1), ("金域", "102", 1)]
    assert [(person.name, person.outcome) for person in first.doors[0].people] == [("李一", "done"), ("李二", None)]


def test_visits_show_on_the_list_and_settle_its_doors(day: Day, sweeper: Actor):
    sweep_at(day, 1, 10)
    day.send(day.visit("赵四", "tested_elsewhere", 10), day.visit("吴八", "not_found", 10), actor=sweeper)
    (team,) = sweep_teams(day.actor, day.round.pk)
    assert (team.doors, team.doors_open) == (5, 4)
    doors = {door.people[0].name: (door.visited, door.open) for door in sweep_list(sweeper, team.id).doors}
    assert (doors["赵四"], doors["吴八"], doors["王三"]) == ((True, 0), (True, 1), (False, 1))


def test_visit_counts_show_how_often_a_team_knocked(day: Day):
    day.send(*[day.visit("吴八", "not_found", hours) for hours in (9, 10)])
    assert (day.target("吴八").visits, day.outcome("吴八")) == (2, None)
    day.send(day.visit("吴八", "not_found", 11))
    assert (day.target("吴八").visits, day.outcome("吴八")) == (3, "not_found")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda teams: [], "no_team"),
        (lambda teams: [*teams, teams[0]], "team_twice"),
        (lambda teams: [TeamAsked(9, "", (uuid7(),)), *teams], "door_unknown"),
        (lambda teams: [TeamAsked(9, "", teams[0].doors[:1]), *teams], "door_on_two_lists"),
        (lambda teams: teams[1:], "door_left_out"),
    ],
)
def test_refuses_lists_that_miss_or_repeat_a_door(day: Day, spoil, why: str):
    with pytest.raises(UnusableLayout) as error:
        start_sweep(day.actor, day.round.pk, spoil(lists_for(day, 2)))
    assert error.value.why == why


def test_second_sweep_replaces_the_lists_and_keeps_teams_that_visited(day: Day):
    sweep_at(day, 3, 10)
    with scope_of(HERE):
        teams = dict(SweepTeam.objects.values_list("number", "id"))
    visit = day.visit("李一", "away", 10)
    day.send(type(visit)(**{**visit.__dict__, "team": teams[3]}))
    round = sweep_at(day, 1, 12)
    assert round.sweep_started_at == at(10)
    left = sweep_teams(day.actor, day.round.pk)
    assert [(team.number, team.id) for team in left] == [(1, teams[1]), (3, teams[3])]


def test_who_cannot_come_is_tested_at_home_and_done(day: Day, sweeper: Actor):
    assert ask_home_sampling(sweeper, day.round.pk, [day.targets["赵四"]], at(7)) == [day.targets["赵四"]]
    assert ask_home_sampling(sweeper, day.round.pk, [day.targets["赵四"]], at(7.5)) == []
    assert day.target("赵四").home_sampling_asked_at == at(7)
    day.send(day.specimen("赵四", 11, home=True), actor=sweeper)
    target = day.target("赵四")
    assert (target.outcome, target.evidence, target.home_sampling_asked_at) == ("done", "home_specimen", at(7))


def test_refuses_home_sampling_for_who_is_no_target(day: Day, sweeper: Actor, stranger: Actor):
    with pytest.raises(NotFound):
        ask_home_sampling(sweeper, day.round.pk, [day.targets["赵四"], uuid7()])
    with pytest.raises(NotFound):
        ask_home_sampling(stranger, day.round.pk, [day.targets["赵四"]])
    assert day.target("赵四").home_sampling_asked_at is None


def test_office_exempts_with_a_reason_and_takes_it_back(day: Day):
    target = state_outcome(day.actor, day.round.pk, day.targets["李一"], "exempt", "三个月以内婴儿")
    assert (target.outcome, target.evidence, target.outcome_reason) == ("exempt", "statement", "三个月以内婴儿")
    with clock.frozen(at(8.5)):
        assert state_outcome(day.actor, day.round.pk, target.pk, "back", "弄错了").outcome is None


@pytest.mark.parametrize(("outcome", "reason"), [("done", "说做过"), ("refused", "不肯"), ("exempt", " "), ("x", "y")])
def test_office_cannot_state_what_only_facts_show(day: Day, outcome: str, reason: str):
    with pytest.raises(UnusableStatement):
        state_outcome(day.actor, day.round.pk, day.targets["李一"], outcome, reason)


def test_nothing_is_swept_or_stated_in_a_closed_round(day: Day):
    lists = lists_for(day, 1)
    day.finish(*HERE_NOW)
    close_at(day.actor, day.round.pk, 13)
    with pytest.raises(RoundClosed):
        start_sweep(day.actor, day.round.pk, lists)
    with pytest.raises(RoundClosed):
        state_outcome(day.actor, day.round.pk, day.targets["李一"], "exempt", "病")
    with pytest.raises(RoundClosed):
        ask_home_sampling(day.actor, day.round.pk, [day.targets["李一"]])


def test_sweeper_plans_no_sweeps(day: Day, sweeper: Actor):
    with pytest.raises(Refused):
        start_sweep(sweeper, day.round.pk, lists_for(day, 1))


def test_two_sweeps_at_once_take_turns(day: Day, database_urls: Any):
    start_sweep(day.actor, day.round.pk, lists_for(day, 1))
    assert is_held(database_urls, "sweep", day.round.pk)
