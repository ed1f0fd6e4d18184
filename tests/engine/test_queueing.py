import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli_engine.queueing import (
    Interval,
    Punctuality,
    ServiceTime,
    WaitAssumptions,
    erlang_c,
    mean_wait_allen_cunneen,
    mean_wait_mmc,
    predict_waits,
    simulate_queue,
)
from linli_engine.timetable import Callee, HouseholdCall, SitePace, make_call_groups

TIMES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=30)


def by_hand(arrivals, services, servers, opens):
    """Give the starts by asking, person by person, which desk falls free first."""
    free = [opens] * servers
    starts = [0.0] * len(arrivals)
    for person in sorted(range(len(arrivals)), key=lambda i: (arrivals[i], i)):
        desk = min(range(servers), key=lambda d: (free[d], d))
        starts[person] = max(arrivals[person], free[desk])
        free[desk] = starts[person] + services[person]
    return starts


@given(TIMES, st.integers(1, 4), st.integers(0, 10))
def test_simulation_agrees_with_the_queue_played_by_hand(times, servers, opens):
    arrivals, services = zip(*times, strict=True)
    result = simulate_queue(arrivals, services, servers, opens_minute=opens)
    assert result.start.tolist() == by_hand(arrivals, services, servers, opens)


@given(TIMES, st.integers(1, 4))
def test_first_come_is_first_served_and_no_desk_serves_two_at_once(times, servers):
    arrivals, services = zip(*times, strict=True)
    result = simulate_queue(arrivals, services, servers)
    order = np.argsort(result.arrival, kind="stable")
    assert (np.diff(result.start[order]) >= 0).all()
    assert (result.wait >= 0).all()
    for desk in range(servers):
        mine = order[result.server[order] == desk]
        assert (result.start[mine][1:] >= result.end[mine][:-1]).all()


def test_a_household_queues_together_and_takes_the_next_free_desks():
    result = simulate_queue([0, 5, 5, 5, 5], [9, 1, 1, 1, 1], 2)
    assert result.start.tolist() == [0, 5, 6, 7, 8]
    assert result.server.tolist() == [0, 1, 1, 1, 1]
    assert simulate_queue([5, 5], [1, 1], 2).server.tolist() == [0, 1]


def test_who_comes_before_the_opening_waits_for_it():
    assert simulate_queue([0, 0], [1, 1], 1, opens_minute=60).wait.tolist() == [60, 61]


def test_an_empty_queue_is_no_error():
    result = simulate_queue([], [], 3)
    assert result.busy_minutes == 0


@pytest.mark.parametrize(
    ("arrivals", "services", "servers"),
    [([0], [1], 0), ([0], [1, 2], 1), ([0], [-1], 1), ([float("nan")], [1], 1), ([[0]], [[1]], 1)],
)
def test_simulation_refuses_impossible_queues(arrivals, services, servers):
    with pytest.raises(ValueError):
        simulate_queue(arrivals, services, servers)


# Kleinrock 1975, section 3.5, worked by hand: C(1, a) = a; C(2, 1) = 1/3; C(3, 2) = 4/9.
@pytest.mark.parametrize(("servers", "load", "probability"), [(1, 0.7, 0.7), (2, 1, 1 / 3), (3, 2, 4 / 9), (5, 0, 0)])
def test_erlang_c_gives_the_textbook_values(servers, load, probability):
    assert erlang_c(servers, load) == pytest.approx(probability)


def test_mean_wait_of_one_desk_is_the_textbook_formula():
    # rho / (mu - lambda) = 0.8 / (10 - 8) h = 24 min
    assert mean_wait_mmc(8, 10, 1) == pytest.approx(24)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 2.4), (8, 6.8)])
@pytest.mark.parametrize("cv", [1.0, 0.5])
def test_simulated_waits_agree_with_the_formulas(servers, load, cv):
    rng = np.random.default_rng(7)
    count, rate = 400_000, 60.0
    arrivals = np.cumsum(rng.exponential(1 / load, count))
    services = ServiceTime(rate, cv).draw_minutes(rng, np.ones(count))
    wait = simulate_queue(arrivals, services, servers).wait
    formula = mean_wait_allen_cunneen(60 * load, rate, servers, arrival_cv=1, service_cv=cv)
    # Exact for exponential service and for one desk; the approximation is good to some per cent otherwise.
    assert wait.mean() == pytest.approx(formula, rel=0.06)
    if cv == 1:
        assert (wait > 0).mean() == pytest.approx(erlang_c(servers, load), rel=0.04)


@pytest.mark.parametrize(
    "make",
    [
        lambda: erlang_c(0, 0.5),
        lambda: erlang_c(2, 2),
        lambda: erlang_c(2, -1),
        lambda: mean_wait_mmc(1, 0, 1),
        lambda: mean_wait_allen_cunneen(1, 2, 1, arrival_cv=-1, service_cv=1),
        lambda: ServiceTime(0),
        lambda: ServiceTime(130, -1),
        lambda: Punctuality(spread_minutes=-1),
        lambda: Punctuality(mean_minutes=30),
        lambda: Punctuality(straggler_probability=2),
        lambda: Punctuality(straggler_minutes=(9, 3)),
        lambda: WaitAssumptions(replications=0),
        lambda: WaitAssumptions(no_show_probability=-0.1),
        lambda: Interval(2, 1, 3),
        lambda: predict_waits([], {}, rng=np.random.default_rng(1)),
    ],
)
def test_refuses_impossible_values(make):
    with pytest.raises(ValueError):
        make()


def test_service_times_have_the_mean_and_spread_asked_for():
    drawn = ServiceTime(120, 0.5).draw_minutes(np.random.default_rng(1), np.full(200_000, 2.0))
    assert drawn.mean() == pytest.approx(1.0, rel=0.01)
    assert drawn.std() / drawn.mean() == pytest.approx(0.5, rel=0.01)
    assert ServiceTime(120, 0).draw_minutes(np.random.default_rng(1), np.ones(2)).tolist() == [0.5, 0.5]


def test_lateness_keeps_its_bounds():
    late = Punctuality(straggler_probability=0).draw_minutes(np.random.default_rng(1), 100_000)
    assert late.min() >= -8
    assert late.max() <= 20
    strays = Punctuality(straggler_probability=1).draw_minutes(np.random.default_rng(1), 1000)
    assert strays.min() >= 20
    assert strays.max() <= 75


@pytest.fixture
def timetable():
    households = [
        HouseholdCall(f"h{n}", "east", "A", str(n // 10), tuple(Callee(f"{n}-{m}") for m in range(3)))
        for n in range(150)
    ]
    return make_call_groups(households, {"east": SitePace(2, 60 / 130, 0.85)})


def forecast(timetable, seed=1, **assumptions):
    household_of = {person: person.split("-")[0] for group in timetable for person in group.persons}
    return predict_waits(
        timetable,
        {"east": 2},
        rng=np.random.default_rng(seed),
        assumptions=WaitAssumptions(**assumptions),
        household_of=household_of,
    )


def test_same_seed_gives_the_same_forecast(timetable):
    assert forecast(timetable) == forecast(timetable)
    assert forecast(timetable) != forecast(timetable, seed=2)


def test_slower_desks_mean_longer_waits(timetable):
    usual, slow = forecast(timetable), forecast(timetable, service=ServiceTime(100))
    assert slow.median_minutes.mid > usual.median_minutes.mid
    assert slow.finish_minute.mid > usual.finish_minute.mid


def test_forecast_without_chance_is_the_timetable(timetable):
    exact = Punctuality(0, 0, 0, 0, straggler_probability=0)
    sure = forecast(timetable, service=ServiceTime(130, 0), punctuality=exact, no_show_probability=0, replications=3)
    # 20 called at once at 2 desks: the last starts after 9 services; groups do not touch, as desks have 15% to spare.
    sizes = {len(group.persons) for group in timetable}
    assert sizes == {18, 12}
    assert sure.max_minutes.mid == pytest.approx(8 * 60 / 130)
    assert sure.max_minutes.low == sure.max_minutes.high


def test_nobody_waits_when_nobody_comes(timetable):
    assert forecast(timetable, no_show_probability=1).max_minutes.high == 0


def test_forecast_names_the_site_without_desks(timetable):
    with pytest.raises(ValueError, match="'east' has no desks"):
        predict_waits(timetable, {}, rng=np.random.default_rng(1))
