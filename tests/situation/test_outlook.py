from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rounds.rules.account import Forecast, forecast_finish
from linli.situation.outlook import Called, forecast_hours, planned_queue

NOON = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_forecast_is_spread_over_hours_and_sums_to_what_is_left():
    forecast = Forecast(600.0, NOON + 2.5 * HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR)
    hours = forecast_hours(forecast, 1500, NOON)
    assert [at for at, *_numbers in hours] == [NOON, NOON + HOUR, NOON + 2 * HOUR]
    assert [numbers for _at, *numbers in hours] == [[500, 600, 750], [500, 600, 750], [0, 300, 500]]


def test_hour_under_way_adds_what_it_has_to_what_comes():
    forecast = Forecast(600.0, NOON + HOUR, NOON + HOUR, NOON + HOUR)
    first = forecast_hours(forecast, 600, NOON + HOUR / 2, taken_this_hour=250)[0]
    assert first[1:] == pytest.approx((550, 550, 850))


@given(st.integers(1, 20_000), st.integers(5, 3_000), st.integers(0, 59))
def test_intervals_hold_their_middle(outstanding: int, pace: int, minute: int):
    now = NOON + timedelta(minutes=minute)
    forecast = forecast_finish(outstanding, pace, HOUR, now)
    assert forecast is not None
    for _, low, middle, high in forecast_hours(forecast, outstanding, now):
        assert 0 <= low <= middle <= high


def test_timetable_that_desks_can_hold_leads_to_no_queue():
    called = [Called(NOON + timedelta(minutes=n), 4) for n in range(30)]
    assert [people for _at, people, _minutes in planned_queue(called, 2, 130)] == [0, 0]


def test_too_many_at_once_wait_until_the_desks_are_through():
    points = planned_queue([Called(NOON, 130)], 2, 130)
    assert [at - NOON for at, *_rest in points] == [timedelta(0), timedelta(minutes=15)]
    assert [people for _at, people, _minutes in points] == [95, 30]
    assert [minutes for *_rest, minutes in points] == pytest.approx([22, 7])


def test_nobody_called_has_no_prediction():
    assert planned_queue([], 2, 130) == ()
