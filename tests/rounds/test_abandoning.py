import pytest

from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.rounds.errors import NotADrill, RoundClosed
from linli.rounds.models import Round
from linli.rounds.selectors import board, closing_report, rounds_of
from linli.rounds.services import abandon_round, close_round, mark_mustered
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, at, make_day


@pytest.fixture
def drill(village: Village, coordinator: Actor) -> Day:
    return make_day(village, coordinator, is_drill=True)


def test_stopped_drill_is_closed_as_abandoned_with_its_report_so_far(drill: Day):
    drill.finish("李一")
    round = abandon_round(drill.actor, drill.round.pk)
    assert round.state == "abandoned"
    (head,) = rounds_of(drill.actor, BALICHA)
    assert (head.is_closed, head.is_abandoned, head.total, head.outstanding) == (True, True, 8, 5)
    report = closing_report(drill.actor, drill.round.pk)
    assert (report["outcomes"]["done"], report["outstanding"], report["adds_up"]) == (1, 5, True)
    shown = board(drill.actor, drill.round.pk)
    assert (shown.round.is_abandoned, shown.not_closing, shown.forecast) == (True, "round_closed", None)
    with scope_of(HERE):
        assert AuditEntry.objects.get(action="abandon_round").object_id == drill.round.pk


def test_abandoned_drill_ends_on_the_clock_of_its_own_day(drill: Day):
    drill.send(drill.visit("李一", "refused", 5))
    assert abandon_round(drill.actor, drill.round.pk).closed_at == at(5)
    assert board(drill.actor, drill.round.pk).as_of == at(5)


def test_live_round_is_never_abandoned(day: Day):
    with pytest.raises(NotADrill) as error:
        abandon_round(day.actor, day.round.pk)
    assert (error.value.code, "第一轮" in error.value.in_language("zh-hans")) == ("not_a_drill", True)
    with scope_of(HERE):
        assert Round.objects.get().state == "open"


def test_abandoning_twice_is_one_act_and_a_finished_drill_stays_finished(drill: Day, village: Village):
    for _time in range(2):
        assert abandon_round(drill.actor, drill.round.pk).state == "abandoned"
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="abandon_round").count() == 1
    other = make_day(village, drill.actor, is_drill=True, name="另一次")
    other.finish(*HERE_NOW)
    close_round(drill.actor, other.round.pk)
    with pytest.raises(RoundClosed):
        abandon_round(drill.actor, other.round.pk)


def test_nothing_of_an_abandoned_drill_changes_any_more(drill: Day):
    abandon_round(drill.actor, drill.round.pk)
    for act in (close_round, mark_mustered):
        with pytest.raises(RoundClosed):
            act(drill.actor, drill.round.pk)
    (receipt,) = drill.send(drill.specimen("李一", 9))
    assert (receipt.answer, receipt.code, drill.outcome("李一")) == ("stored", "round_closed", None)


def test_only_who_runs_drills_abandons_one(drill: Day, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        abandon_round(desk_clerk, drill.round.pk)
    with pytest.raises(NotFound):
        abandon_round(stranger, drill.round.pk)
