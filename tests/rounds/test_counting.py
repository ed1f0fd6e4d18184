"""The figures that walls add up: those of the board, kept up by a job."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import clock
from linli.core.actors import Actor
from linli.core.scope import scope_of
from linli.rounds.counting import AGES_AFTER, count_open_rounds
from linli.rounds.models import RoundFigures
from linli.rounds.selectors import board
from linli.rounds.services import abandon_round
from linli.rounds.services.discarding import discard_drills
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, at, close_at, make_day


def figures(day: Day) -> RoundFigures:
    with scope_of(HERE):
        return RoundFigures.objects.get(round=day.round)


def test_a_round_has_figures_as_soon_as_it_is_open(day: Day):
    assert (figures(day).total, figures(day).outstanding, figures(day).waiting) == (8, 6, 0)


def test_figures_are_those_of_the_board(day: Day):
    day.send(day.arrival("王三", 7.5), *[day.specimen(name, 7.75) for name in HERE_NOW[:2]])
    day.send(day.visit("吴八", "moved", 7.8))
    assert count_open_rounds() == 1
    shown, counted = board(day.actor, day.round.pk), figures(day)
    assert (counted.total, counted.outstanding) == (shown.total, shown.account.outstanding)
    assert (counted.waiting, counted.waiting_since) == (shown.waiting, at(7.5))
    assert [count for _hour, count in counted.hourly] == [count for _hour, count in shown.hourly]
    assert counted.reported_at == at(7.8)
    assert (counted.as_of, counted.paced) == (at(8), 3)


def test_only_rounds_in_which_something_happened_are_counted_again(day: Day):
    count_open_rounds()
    assert count_open_rounds() == 0
    day.send(day.arrival("王三", 7.5))
    assert count_open_rounds() == 1
    with clock.frozen(at(8) + AGES_AFTER + timedelta(seconds=1)):
        assert count_open_rounds() == 1


def test_a_closed_round_is_counted_a_last_time(day: Day):
    day.finish(*HERE_NOW, hours=7)
    close_at(day.actor, day.round.pk, 8)
    assert (figures(day).outstanding, figures(day).waiting) == (0, 0)
    assert count_open_rounds() == 0


def test_a_drill_is_counted_by_its_own_clock(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    day.send(day.arrival("李一", 11))
    count_open_rounds()
    assert figures(day).as_of == at(11)
    with clock.frozen(at(12)):
        assert count_open_rounds() == 0


def test_figures_go_with_a_drill_that_is_discarded(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    abandon_round(coordinator, day.round.pk)
    discard_drills(coordinator, BALICHA, [day.round])
    with scope_of(HERE):
        assert not RoundFigures.objects.exists()


def test_looking_for_rounds_to_count_is_one_query(day: Day):
    count_open_rounds()
    with CaptureQueriesContext(connection) as queries:
        count_open_rounds()
    assert len([query for query in queries if "rounds_round" in query["sql"]]) == 1
