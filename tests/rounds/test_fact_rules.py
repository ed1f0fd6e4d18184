from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from linli.rounds.reasons import FACT
from linli.rounds.rules.account import account_of, decide_closing, forecast_finish
from linli.rounds.rules.door import DoorCounts, decide_door_state
from linli.rounds.rules.fact import Answer, Circumstances, clock_is_doubtful, decide_fact

NOON = datetime(2022, 4, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen", "answer", "code", "late"),
    [
        (Circumstances(), Answer.STORED, "", False),
        (Circumstances(stored_same=True, round_closed=True, right_now=False), Answer.DUPLICATE, "", False),
        (Circumstances(stored_other=True), Answer.REFUSED, "id_reused", False),
        (Circumstances(right_now=False, right_then=False, wrong="unknown_site"), Answer.REFUSED, "no_right", False),
        (Circumstances(wrong="unknown_target"), Answer.REFUSED, "unknown_target", False),
        (Circumstances(round_closed=True), Answer.STORED, "round_closed", True),
        (Circumstances(right_now=False), Answer.STORED, "right_ended", True),
        (Circumstances(before_round=True, doubtful_clock=True), Answer.STORED, "before_the_round", False),
        (Circumstances(doubtful_clock=True), Answer.STORED, "doubtful_clock", False),
    ],
)
def test_first_row_that_holds_answers(seen: Circumstances, answer: Answer, code: str, late: bool):
    taking = decide_fact(seen)
    assert (taking.answer, taking.code, taking.late) == (answer, code, late)


def test_every_answer_but_the_plain_ones_says_why_in_words():
    for values in product((False, True), repeat=7):
        taking = decide_fact(Circumstances("", *values))
        assert taking.code in {"", *FACT}
        assert (taking.code != "") or taking.answer is not Answer.REFUSED


def test_clock_is_doubtful_beyond_two_days():
    near, far = NOON + timedelta(hours=48), NOON + timedelta(hours=48, seconds=1)
    assert not clock_is_doubtful(NOON, near, NOON)
    assert clock_is_doubtful(NOON, far, NOON)
    assert clock_is_doubtful(NOON, NOON, far)


def test_round_may_close_only_when_nobody_is_outstanding():
    complete = account_of({("frozen", "done"): 5, ("newcomer", "away"): 1, ("frozen", "moved"): 2})
    assert (complete.frozen, complete.newcomers, complete.leavers, complete.expected, complete.adds_up) == (
        7,
        1,
        2,
        6,
        True,
    )
    assert decide_closing(is_closed=False, account=complete) == ""
    assert decide_closing(is_closed=True, account=complete) == "round_closed"
    assert decide_closing(is_closed=False, account=account_of({("frozen", None): 1})) == "outstanding"
    assert decide_closing(is_closed=False, account=replace(complete, frozen=8)) == "does_not_add_up"


def test_forecast_projects_the_pace_with_an_interval_around_it():
    forecast = forecast_finish(200, 100, timedelta(hours=1), NOON)
    assert forecast is not None
    assert forecast.finish == NOON + timedelta(hours=2)
    assert forecast.earliest < forecast.finish
    assert forecast.latest is not None
    assert forecast.finish < forecast.latest < NOON + timedelta(hours=2.5)


def test_forecast_says_nothing_from_nothing():
    assert forecast_finish(200, 4, timedelta(hours=1), NOON) is None
    assert forecast_finish(0, 400, timedelta(hours=1), NOON) is None


@pytest.mark.parametrize(
    ("door", "state"),
    [
        (DoorCounts(0, 0, 0, 0, 0, 0), "nobody"),
        (DoorCounts(3, 2, 1, 2, 0, 0), "help"),
        (DoorCounts(3, 2, 0, 2, 0, 0), "waiting"),
        (DoorCounts(3, 2, 0, 1, 1, 0), "open"),
        (DoorCounts(3, 0, 0, 0, 1, 2), "refused"),
        (DoorCounts(3, 0, 0, 0, 0, 3), "away"),
        (DoorCounts(3, 0, 0, 0, 0, 1), "done"),
    ],
)
def test_door_is_drawn_by_the_first_state_that_holds(door: DoorCounts, state: str):
    assert decide_door_state(door) == state
