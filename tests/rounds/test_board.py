from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.scope import scope_of
from linli.rounds.directory import natural
from linli.rounds.models import Arrival
from linli.rounds.partitions import days_ahead, prepare_partitions
from linli.rounds.selectors import (
    Board,
    board,
    closing_report,
    outstanding_targets,
    people_behind,
    reconciliation,
    round_version,
    rounds_of,
    sweep_list,
    sweep_teams,
    waits,
)
from linli.rounds.services import mark_mobilised, mark_mustered, start_sweep
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, at, close_at, make_day
from tests.rounds.test_sweeping import lists_for


def counts(shown: Board) -> dict[str, tuple[int, int]]:
    return {
        f"{compound.name} {building.name}": (building.settled, building.total)
        for compound in shown.compounds
        for building in compound.buildings
    }


def states(shown: Board) -> dict[str, str]:
    return {
        f"{compound.name} {building.name}-{door.unit}-{door.room}": door.state
        for compound in shown.compounds
        for building in compound.buildings
        for door in building.doors
    }


def test_board_counts_done_of_total_by_compound_and_building(day: Day):
    day.finish("李一", "孙六")
    shown = board(day.actor, day.round.pk)
    assert (shown.total, shown.settled, shown.account.outstanding, shown.without_door) == (8, 4, 4, 0)
    assert counts(shown) == {"明珠 1": (1, 3), "明珠 2": (1, 2), "金域 1": (2, 3)}
    assert [(compound.name, compound.settled, compound.total) for compound in shown.compounds] == [
        ("明珠", 2, 5),
        ("金域", 2, 3),
    ]


def test_board_draws_every_door_with_its_state(day: Day):
    day.send(day.arrival("李一", 8), day.arrival("李二", 8), day.visit("王三", "cannot_come", 9))
    day.send(day.visit("吴八", "refused", 9), day.visit("吴八", "refused", 10))
    assert states(board(day.actor, day.round.pk)) == {
        "明珠 1-1-101": "waiting",
        "明珠 1-1-102": "help",
        "明珠 1-1-103": "nobody",
        "明珠 2-1-101": "open",
        "明珠 2-1-102": "away",
        "金域 1-1-101": "open",
        "金域 1-1-102": "refused",
    }


def test_totals_without_doors_are_those_with_doors(day: Day):
    day.finish("李一", "孙六")
    day.send(day.visit("吴八", "moved", 9))
    full, light = board(day.actor, day.round.pk), board(day.actor, day.round.pk, doors_up_to=1)
    assert counts(light) == counts(full)
    assert light.missing == full.missing
    assert [(each.doors_to_reach, each.doors_open) for each in light.compounds] == [(4, 3), (1, 0)]
    assert [(each.doors_to_reach, each.doors_open) for each in full.compounds] == [(4, 3), (1, 0)]
    assert states(light) == {}


def test_leavers_are_out_of_the_total(day: Day):
    day.send(day.visit("吴八", "moved", 9))
    shown = board(day.actor, day.round.pk)
    assert (shown.total, shown.account.leavers) == (7, 1)
    assert counts(shown)["金域 1"] == (1, 2)


def test_board_shows_the_queue_of_a_site(day: Day):
    day.send(day.arrival("李一", 7.5), day.arrival("李二", 7.75), day.arrival("王三", 7.6), day.specimen("王三", 7.8))
    (site,) = board(day.actor, day.round.pk).sites
    assert (site.waiting, site.waiting_since, site.done, site.done_lately) == (2, at(7.5), 1, 1)
    assert site.median_wait_minutes == pytest.approx(12)


def test_drill_has_the_clock_of_its_latest_fact(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    assert board(coordinator, day.round.pk).as_of == day.round.t0
    day.send(day.arrival("李一", 11))
    assert board(coordinator, day.round.pk).as_of == at(11)


def test_board_forecasts_from_the_last_hour(day: Day):
    day.send(*[day.specimen(name, 7.5) for name in HERE_NOW[:5]])
    shown = board(day.actor, day.round.pk)
    assert shown.forecast is not None
    assert shown.forecast.finish == at(8.2)
    assert not shown.misses_deadline
    assert shown.hourly == ((at(7), 5),)


def test_names_are_masked_for_who_may_not_search_persons(day: Day, command_post: Actor):
    assert {person.name for person in board(command_post, day.round.pk).missing} == {"李*", "王*", "赵*", "孙*", "吴*"}
    assert "李一" in {person.name for person in board(day.actor, day.round.pk).missing}
    with pytest.raises(Refused):
        outstanding_targets(command_post, day.round.pk)


def test_missing_are_listed_by_door_and_narrowed_to_a_building(day: Day):
    assert [person.name for person in outstanding_targets(day.actor, day.round.pk)] == list(HERE_NOW)
    building = day.village.buildings["明珠 2"].pk
    (only,) = outstanding_targets(day.actor, day.round.pk, building=building)
    assert (only.name, only.compound, only.building, only.unit, only.room) == ("赵四", "明珠", "2", "1", "101")


def test_people_behind_a_door_are_shown_with_what_became_of_them(day: Day):
    day.finish("李一")
    lines = people_behind(day.actor, day.round.pk, day.village.dwellings["明珠 1-1-101"].pk)
    assert [(line.name, line.outcome, line.evidence) for line in lines] == [
        ("李一", "done", "specimen"),
        ("李二", None, ""),
    ]


def test_version_changes_with_each_fact_and_each_minute(day: Day):
    before = round_version(day.actor, day.round.pk)
    assert round_version(day.actor, day.round.pk) == before
    day.send(day.arrival("李一", 8))
    after = round_version(day.actor, day.round.pk)
    assert after != before
    with clock.frozen(at(8) + timedelta(minutes=1)):
        assert round_version(day.actor, day.round.pk) != after


def test_rounds_are_listed_with_the_open_ones_first(village: Village, coordinator: Actor):
    first = make_day(village, coordinator, name="第一轮")
    first.finish(*HERE_NOW)
    close_at(coordinator, first.round.pk, 13)
    make_day(village, coordinator, name="第二轮", t0=at(-24), ordered_at=at(-24))
    heads = rounds_of(coordinator, BALICHA)
    assert [(head.name, head.is_closed, head.total, head.outstanding) for head in heads] == [
        ("第二轮", False, 8, 6),
        ("第一轮", True, 8, 0),
    ]


def test_stamps_of_mustering_and_mobilising_show_and_the_first_counts(day: Day):
    mark_mustered(day.actor, day.round.pk, at(1))
    mark_mustered(day.actor, day.round.pk, at(2))
    one = day.village.buildings["明珠 1"].pk
    assert mark_mobilised(day.actor, day.round.pk, [one], at(1.5)) == 2
    assert board(day.actor, day.round.pk).round.mobilised_at is None
    assert mark_mobilised(day.actor, day.round.pk, at=at(3)) == 0
    head = board(day.actor, day.round.pk).round
    assert (head.mustered_at, head.mobilised_at) == (at(1), at(3))
    assert closing_report(day.actor, day.round.pk)["hours"]["mobilise"] == 4.0


def test_numbers_in_names_are_ordered_by_size():
    assert sorted(["10", "2", "A", "1B", "1A"], key=natural) == ["1A", "1B", "2", "10", "A"]


READS = (board, closing_report, waits, reconciliation, outstanding_targets, sweep_teams, round_version)


@pytest.mark.parametrize("read", READS)
def test_round_of_another_community_is_as_if_it_did_not_exist(day: Day, stranger: Actor, nobody: Actor, read):
    with pytest.raises(NotFound):
        read(stranger, day.round.pk)
    with pytest.raises(NotFound):
        read(day.actor, day.village.compounds["明珠"].pk)
    with pytest.raises(Refused):
        read(nobody, day.round.pk)


def queries_of(actor: Actor, day: Day) -> dict[str, int]:
    counted = {}
    team = sweep_teams(actor, day.round.pk)[0].id
    reads = {
        "board": lambda: board(actor, day.round.pk),
        "report": lambda: closing_report(actor, day.round.pk),
        "missing": lambda: outstanding_targets(actor, day.round.pk),
        "team": lambda: sweep_list(actor, team),
        "rounds": lambda: rounds_of(actor, BALICHA),
        "version": lambda: round_version(actor, day.round.pk),
        "record": lambda: day.send(*[day.arrival(name, 8) for name in day.targets]),
        "visit": lambda: day.send(*[day.visit(name, "away", 8) for name in HERE_NOW]),
    }
    for name, read in reads.items():
        with CaptureQueriesContext(connection) as queries:
            read()
        counted[name] = len(queries)
    return counted


def test_queries_do_not_grow_with_the_round(village: Village, coordinator: Actor):
    prepare_partitions(days_ahead())
    small = make_day(village, coordinator)
    start_sweep(coordinator, small.round.pk, lists_for(small, 1))
    few = queries_of(coordinator, small)
    with scope_of(HERE):
        village.build("金域", "2", 20)
        for number in range(40):
            village.move_in(f"新{number}", f"金域 2-1-{101 + number // 2}")
    large = make_day(village, coordinator, name="第二轮", another=True)
    start_sweep(coordinator, large.round.pk, lists_for(large, 1))
    assert queries_of(coordinator, large) == few
    assert few["board"] <= 13
    with scope_of(HERE):
        assert Arrival.objects.count() == 8 + 48
