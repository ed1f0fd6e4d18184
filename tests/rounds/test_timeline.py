"""The steps of a round follow each other, whatever somebody types behind --at."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from linli.core.ids import uuid7
from linli.rounds.errors import StatedAhead, TimeOutOfOrder
from linli.rounds.rules.timeline import OutOfOrder, Step, Timeline, decide_step, time_of_step
from linli.rounds.selectors import board, closing_report
from linli.rounds.services import ask_home_sampling, mark_mobilised, mark_mustered, start_sweep
from tests.rounds.conftest import Day, Village, at, make_day
from tests.rounds.terminal import told
from tests.rounds.test_round_commands_record import record, stored, table
from tests.rounds.test_sweeping import lists_for

ORDERED, MUSTERED, TOLD, SWEPT, NOW = (at(hour) for hour in (1, 2, 3, 4, 5))
DAY = Timeline(ORDERED, MUSTERED, TOLD, SWEPT, NOW)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("step", "moment", "wrong"),
    [
        (Step.MUSTERED, at(0.9), OutOfOrder("before_the_order", ORDERED)),
        (Step.MUSTERED, at(3.1), OutOfOrder("after_the_first_building", TOLD)),
        (Step.MUSTERED, at(2.5), None),
        (Step.TOLD, at(0.9), OutOfOrder("before_the_order", ORDERED)),
        (Step.TOLD, at(1.5), OutOfOrder("before_the_muster", MUSTERED)),
        (Step.TOLD, at(4.5), None),
        (Step.TOLD, at(5.5), OutOfOrder("ahead", NOW)),
        (Step.TOLD, at(5.2), None),
        (Step.SWEPT, at(1.5), OutOfOrder("before_the_muster", MUSTERED)),
        (Step.SWEPT, at(2.5), None),
    ],
)
def test_each_step_has_its_place_in_the_order(step: Step, moment: datetime, wrong: OutOfOrder | None):
    assert decide_step(step, moment, DAY) == wrong


def test_team_is_not_assembled_after_the_sweep_began():
    late = decide_step(Step.MUSTERED, at(4.5), Timeline(ORDERED, swept=SWEPT, now=NOW))
    assert late == OutOfOrder("after_the_sweep", SWEPT)


def test_steps_that_nobody_noted_hold_nothing_up_and_a_drill_has_no_now():
    assert decide_step(Step.TOLD, at(900), Timeline(ORDERED)) is None
    assert decide_step(Step.MUSTERED, at(900), Timeline(ORDERED)) is None


def test_seconds_and_clocks_that_differ_turn_nothing_round():
    seconds = Timeline(ORDERED + 30 * SECOND, now=NOW)
    assert decide_step(Step.MUSTERED, ORDERED, seconds) is None
    assert time_of_step(Step.MUSTERED, ORDERED, seconds) == seconds.ordered
    assert time_of_step(Step.SWEPT, at(5.2), DAY) == NOW


@pytest.mark.parametrize("hours", [-2, 12])
@pytest.mark.parametrize(
    "act", [mark_mustered, lambda actor, round_id, moment: mark_mobilised(actor, round_id, None, moment)]
)
def test_refuses_a_step_before_the_order_or_in_the_future(day: Day, act, hours: float):
    with pytest.raises(TimeOutOfOrder) as refusal:
        act(day.actor, day.round.pk, at(hours))
    assert refusal.value.why == ("before_the_order" if hours < 0 else "ahead")
    head = board(day.actor, day.round.pk).round
    assert (head.mustered_at, head.mobilised_at) == (None, None)


def test_refuses_a_sweep_before_the_order_or_in_the_future(day: Day):
    for hours in (-2, 12):
        with pytest.raises(TimeOutOfOrder):
            start_sweep(day.actor, day.round.pk, lists_for(day, 1), at(hours))
    with pytest.raises(StatedAhead):
        ask_home_sampling(day.actor, day.round.pk, [day.targets["赵四"]], at(12))


def test_team_forgotten_until_buildings_were_told_is_asked_when_it_was(day: Day):
    mark_mobilised(day.actor, day.round.pk, [day.village.buildings["明珠 1"].pk], at(2))
    with pytest.raises(TimeOutOfOrder) as refusal:
        mark_mustered(day.actor, day.round.pk)
    assert "集结" in refusal.value.in_language("zh-hans")
    mark_mustered(day.actor, day.round.pk, at(1))
    mark_mustered(day.actor, day.round.pk)
    assert board(day.actor, day.round.pk).round.mustered_at == at(1)


def test_a_drill_is_played_on_a_day_of_its_own(village: Village, day: Day):
    drill = make_day(village, day.actor, is_drill=True, name="演练")
    assert mark_mobilised(day.actor, drill.round.pk, at=at(15)) == 0
    start_sweep(day.actor, drill.round.pk, lists_for(drill, 1), at(16))
    assert closing_report(day.actor, drill.round.pk)["hours"]["mobilise"] == 16.0


def test_commands_say_what_the_time_conflicts_with(day: Day):
    refused = told("round", "muster", "--at", "2026-04-01T20:00", exit_code=2)["error"]
    assert refused["code"] == "time_out_of_order"
    assert refused["message_zh"] == "时间 04-01 20:00 不对：早于接到通知的时间（04-02 07:00）。请改正时间。"
    assert "before the round was ordered (04-02 07:00)" in refused["message_en"]
    assert told("round", "mobilise", "--at", "23:00", exit_code=2)["error"]["code"] == "time_out_of_order"


def test_rows_with_times_that_cannot_be_are_refused_for_correction(day: Day, tmp_path: Path):
    file = table(
        tmp_path,
        "到达,2026-04-02 03:30,李一,明珠1-1-101,小广场,,,",
        "上门,23:50,赵四,明珠 2-1-101,,,家中无人,",
        "到达,15:30,李二,明珠1-1-101,小广场,,,",
    )
    answer = record(file, exit_code=1)
    assert [row["code"] for row in answer["rows"]] == ["time_before_the_order", "time_ahead", ""]
    assert "时间早于接到通知" in answer["rows"][0]["reason_zh"]
    assert stored() == (1, 0, 0)


def test_a_phone_with_a_wrong_clock_loses_nothing(day: Day, tmp_path: Path):
    row = f"到达,2026-04-02 03:30,李一,明珠1-1-101,小广场,,,,{uuid7()}"
    answer = record(table(tmp_path, row, headers="类型,时间,姓名,门牌,采样点,采样台,结果,备注,编号"))
    assert [(row["answer"], row["code"]) for row in answer["rows"]] == [("stored", "before_the_round")]
