from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.models import Work
from linli.core.scope import scope_of
from linli.planning.drill.play import play_drill
from linli.planning.drill.work import DrillFailed
from linli.planning.services import DrillRunning, EmptyRegister, UnknownCommunity, start_drill, stop_drill
from linli.rounds.models import Round
from tests.conftest import BALICHA
from tests.drill.conftest import HERE
from tests.held import is_held

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_refuses_a_community_it_does_not_know(coordinator: Actor):
    with pytest.raises(UnknownCommunity) as refusal:
        call_command("drill", community="421303004777", json=True)
    assert "421303004777" in refusal.value.in_language("zh-hans")
    with pytest.raises(UnknownCommunity):
        call_command("drill", community="4213")
    with pytest.raises(UnknownCommunity):
        call_command("drill", community="八里岔")


def test_refuses_a_community_with_an_empty_register(coordinator: Actor):
    with pytest.raises(EmptyRegister) as refusal:
        start_drill(coordinator, BALICHA)
    assert "台账" in refusal.value.in_language("zh-hans")
    assert "ledger" in refusal.value.in_language("en")


def test_refuses_a_second_drill_of_another_day_while_one_is_waiting(register: None, coordinator: Actor):
    first = start_drill(coordinator, BALICHA, seed=1)
    with pytest.raises(DrillRunning):
        start_drill(coordinator, BALICHA, seed=2)
    assert start_drill(coordinator, BALICHA, seed=1).pk == first.pk


def test_gives_up_a_drill_that_nobody_plays_any_more(register: None, coordinator: Actor):
    with clock.frozen(NOON):
        first = start_drill(coordinator, BALICHA, seed=1)
    with clock.frozen(NOON + timedelta(minutes=5)):
        second = start_drill(coordinator, BALICHA, seed=2)
    assert second.pk != first.pk
    with scope_of(HERE):
        assert Work.objects.get(pk=first.pk).state == Work.State.STOPPED


def test_yesterdays_drill_is_not_taken_up_again_today(register: None, coordinator: Actor):
    with clock.frozen(NOON):
        first = start_drill(coordinator, BALICHA, seed=1)
    with clock.frozen(NOON + timedelta(days=1)):
        assert start_drill(coordinator, BALICHA, seed=1).pk != first.pk


def test_refuses_whoever_may_not_run_drills_here(register: None, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        start_drill(desk_clerk, BALICHA)
    with pytest.raises(NotFound):
        start_drill(stranger, BALICHA)


@pytest.mark.parametrize("wishes", [{"seed": -1}, {"speed": 0.0}, {"speed": float("inf")}, {"speed": float("nan")}])
def test_refuses_numbers_that_cannot_be(register: None, coordinator: Actor, wishes: dict[str, Any]):
    with pytest.raises(Invalid):
        start_drill(coordinator, BALICHA, **wishes)


def test_a_drill_that_was_stopped_plays_no_further(register: None, coordinator: Actor, stranger: Actor):
    work = start_drill(coordinator, BALICHA)
    with pytest.raises(NotFound):
        stop_drill(stranger, work.pk)
    played = play_drill(
        BALICHA, work.pk, after_batch=lambda batch: stop_drill(coordinator, work.pk) if batch.minute > 80 else None
    )
    assert played.state == Work.State.STOPPED
    assert 0 < played.done < played.total
    with scope_of(HERE):
        assert Round.objects.get(is_drill=True).state == Round.State.ABANDONED
    with pytest.raises(Conflict):
        stop_drill(coordinator, work.pk)
    assert play_drill(BALICHA, work.pk).done == played.done


def test_a_drill_that_nobody_plays_is_stopped_with_its_round(register: None, coordinator: Actor):
    work = start_drill(coordinator, BALICHA)
    with pytest.raises(KeyboardInterrupt):
        play_drill(BALICHA, work.pk, after_batch=_interrupt)
    with scope_of(HERE):
        assert Round.objects.get().state == Round.State.OPEN
    stop_drill(coordinator, work.pk)
    with scope_of(HERE):
        assert Round.objects.get().state == Round.State.ABANDONED


def test_a_drill_that_fails_leaves_no_open_round_behind(register: None, coordinator: Actor):
    work = start_drill(coordinator, BALICHA)
    with pytest.raises(ZeroDivisionError):
        play_drill(BALICHA, work.pk, after_batch=lambda _batch: 1 // 0)
    with scope_of(HERE):
        assert Work.objects.get(pk=work.pk).state == Work.State.FAILED
        assert Round.objects.get().state == Round.State.ABANDONED


def _interrupt(_batch: object) -> None:
    raise KeyboardInterrupt


def test_says_in_both_languages_why_a_drill_failed():
    failed = DrillFailed({"code": "no_plan_fits", "message_zh": "排不出方案", "message_en": "No plan fits"})
    assert failed.as_dict() == {"code": "no_plan_fits", "message_zh": "排不出方案", "message_en": "No plan fits"}
    assert DrillFailed(None).as_dict()["message_zh"] == "演练没有做完就停止了。"


def test_simulated_time_follows_the_speed(register: None, coordinator: Actor, monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []
    now = 1000.0
    monkeypatch.setattr("linli.planning.drill.play.time.monotonic", lambda: now + sum(waited))
    monkeypatch.setattr("linli.planning.drill.play.time.sleep", waited.append)
    work = play_drill(BALICHA, start_drill(coordinator, BALICHA, seed=1, speed=600).pk)
    assert work.state == Work.State.DONE
    assert sum(waited) == pytest.approx(work.result["hours"]["total"] * 3600 / 600, rel=0.1)
    assert max(waited) == pytest.approx(1, abs=0.01) or max(waited) > 1


def test_two_who_start_a_drill_at_once_take_turns(register: None, coordinator: Actor, database_urls: Any):
    start_drill(coordinator, BALICHA)
    assert is_held(database_urls, "drill", BALICHA)
