"""Phones with wrong clocks: what they saw is kept, but never decides against what was seen since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from linli.core import clock
from linli.core.actors import Actor
from linli.core.scope import scope_of
from linli.rounds.asked import AnyFact
from linli.rounds.errors import StatedAhead
from linli.rounds.models import Specimen, Visit
from linli.rounds.selectors import board, closing_report, waits
from linli.rounds.services import state_outcome
from tests.rounds.conftest import HERE, Day, Village, at, make_day

FAR_AHEAD = datetime(2099, 1, 1, tzinfo=UTC)


def send(day: Day, fact: AnyFact, hours: float) -> str:
    with clock.frozen(at(hours)):
        (receipt,) = day.send(fact)
    assert receipt.answer == "stored"
    return receipt.code


def test_visit_dated_years_ahead_counts_when_it_was_received_and_not_for_ever(day: Day):
    ahead = replace(day.visit("赵四", "away", 9), at=FAR_AHEAD)
    assert send(day, ahead, 9) == "doubtful_clock"
    assert (day.outcome("赵四"), day.target("赵四").outcome_at) == ("away", at(9))
    assert send(day, day.visit("赵四", "cannot_come", 10), 10) == ""
    assert (day.outcome("赵四"), day.target("赵四").outcome_reason) == (None, "home_sampling")


def test_clock_ahead_by_hours_does_not_outlast_what_is_seen_in_them(day: Day):
    assert send(day, replace(day.visit("赵四", "away", 9), at=at(19)), 9) == ""
    send(day, day.visit("赵四", "cannot_come", 10), 10)
    assert day.outcome("赵四") is None


def test_fact_that_waited_on_a_phone_counts_when_it_was_seen(day: Day):
    send(day, day.visit("赵四", "cannot_come", 12), 12)
    assert send(day, day.visit("赵四", "away", 9), 20) == ""
    assert day.outcome("赵四") is None


@pytest.mark.parametrize("days", [-1.7, -9000])
def test_specimen_from_before_the_order_is_kept_and_settles_nobody(day: Day, days: float):
    early = at(24 * days)
    fact = replace(day.specimen("赵四", 9), at=early, finished_at=early)
    assert send(day, fact, 9) == "before_the_round"
    assert day.outcome("赵四") is None
    with scope_of(HERE):
        assert Specimen.objects.get(pk=fact.id).doubtful_clock
    report = closing_report(day.actor, day.round.pk)
    assert (report["doubtful_clocks"], report["timeline"]["first_specimen"]) == (1, None)


def test_specimen_taken_minutes_before_the_order_by_a_slow_clock_counts(day: Day):
    early = day.round.ordered_at - timedelta(minutes=14)
    assert send(day, replace(day.specimen("赵四", 9), at=early), 9) == ""
    assert day.outcome("赵四") == "done"


def test_somebody_who_cannot_come_is_believed_whatever_the_clock_says(day: Day):
    fact = replace(day.visit("钱五", "cannot_come", 9), at=datetime(1970, 1, 1, tzinfo=UTC))
    assert send(day, fact, 9) == "before_the_round"
    assert (day.outcome("钱五"), day.target("钱五").home_sampling_asked_at) == (None, at(9))
    send(day, replace(day.visit("赵四", "away", 9), at=datetime(1970, 1, 1, tzinfo=UTC)), 9)
    assert (day.outcome("赵四"), day.target("赵四").visits) == (None, 0)
    with scope_of(HERE):
        assert Visit.objects.filter(doubtful_clock=True).count() == 2


def test_drill_has_a_clock_of_its_own_and_no_specimens_before_it(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    with clock.frozen(at(24 * 30)):
        assert [receipt.code for receipt in day.send(day.visit("赵四", "away", 9))] == [""]
    assert (day.outcome("赵四"), day.target("赵四").outcome_at) == ("away", at(9))
    early = replace(day.specimen("李一", 9), at=at(-40), finished_at=at(-40))
    day.send(early)
    assert day.outcome("李一") is None


def test_wrong_clocks_stay_out_of_waits_and_timeline(day: Day):
    day.finish("李一")
    with clock.frozen(at(10)):
        day.send(
            day.arrival("李二", 9),
            replace(day.specimen("李二", 9), at=FAR_AHEAD, finished_at=FAR_AHEAD),
            replace(day.visit("赵四", "away", 9), at=FAR_AHEAD),
        )
    assert (day.outcome("李二"), waits(day.actor, day.round.pk).max) == ("done", 15)
    shown = board(day.actor, day.round.pk)
    assert (shown.stamps.last_specimen, shown.stamps.last_visit) == (at(10), at(10))
    assert (shown.sites[0].waiting, shown.sites[0].done) == (0, 2)


def test_specimen_that_ends_years_after_it_began_has_a_doubtful_clock(day: Day):
    assert send(day, replace(day.specimen("赵四", 9), finished_at=FAR_AHEAD), 9) == "doubtful_clock"
    assert board(day.actor, day.round.pk).sites[0].busy_hours == 0


def test_office_states_nothing_of_the_future(day: Day, village: Village):
    with pytest.raises(StatedAhead):
        state_outcome(day.actor, day.round.pk, day.targets["赵四"], "away", "来电", FAR_AHEAD)
    drill = make_day(village, day.actor, is_drill=True, name="演练")
    assert state_outcome(day.actor, drill.round.pk, drill.targets["赵四"], "away", "来电", at(20)).outcome == "away"
    assert day.outcome("赵四") is None
