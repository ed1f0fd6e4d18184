from collections.abc import Callable
from contextlib import ExitStack

import pytest

from linli.core import accounts, clock
from linli.core.actors import Actor, operator_actor
from linli.core.errors import Invalid, NotFound, Refused
from linli.core.models import AuditEntry
from linli.core.rights import Right, Role
from linli.core.scope import scope_of
from linli.rounds.endings import KIND
from linli.rounds.errors import DoesNotAddUp, Outstanding, RoundClosed
from linli.rounds.joining import digest_of
from linli.rounds.models import Round, Target
from linli.rounds.selectors import board, closing_report
from linli.rounds.services import (
    close_round,
    closing,
    follow_register,
    lay_out_round,
    mark_mobilised,
    mark_mustered,
)
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, at, close_at
from tests.rounds.test_sweeping import sweep_at


def test_refuses_to_close_and_says_who_is_outstanding(day: Day):
    day.finish("李一", "王三", "孙六")
    with pytest.raises(Outstanding) as error:
        close_at(day.actor, day.round.pk, 13)
    assert (error.value.count, error.value.more) == (3, 0)
    assert [who["name"] for who in error.value.who()] == ["李二", "赵四", "吴八"]
    assert error.value.who()[0]["door"] == "明珠 1-1-101"
    assert "3" in error.value.in_language("en")
    assert "明珠 1-1-101 李二" in error.value.in_language("zh-hans")
    with scope_of(HERE):
        assert Round.objects.get(pk=day.round.pk).state == "open"
        assert not AuditEntry.objects.filter(action="close_round").exists()


def test_day_of_the_field_reconciles(day: Day):
    mark_mustered(day.actor, day.round.pk, at(-0.5))
    mark_mobilised(day.actor, day.round.pk, at=at(1))
    day.finish("李一", "李二", hours=9)
    sweep_at(day, 1, 10)
    day.send(day.visit("王三", "refused", 10), day.visit("赵四", "cannot_come", 10), day.visit("孙六", "not_found", 10))
    day.send(day.visit("吴八", "moved", 10), day.specimen("赵四", 11, home=True), day.visit("王三", "refused", 11))
    day.send(day.visit("孙六", "not_found", 11), day.visit("孙六", "tested_elsewhere", 12))
    report = close_at(day.actor, day.round.pk, 12.5).report
    assert report["outcomes"] == {
        "done": 3, "tested_elsewhere": 1, "away": 2, "refused": 1, "not_found": 0, "exempt": 0,
    }  # fmt: skip
    assert (report["targets"], report["newcomers"], report["leavers"], report["outstanding"]) == (8, 0, 1, 0)
    assert report["targets"] + report["newcomers"] - report["leavers"] == sum(report["outcomes"].values())
    assert report["hours"] == {"mobilise": 2.0, "sample": 1.76, "sweep": 2.5, "total": 13.5}
    assert report["wait_minutes"] == {"median": 15.0, "p95": 15.0, "max": 15.0, "measured": 2, "unmeasured": 0}
    assert (report["sites"], report["desks"], report["desk_hours"], report["home_sampled"]) == (1, 2, 8.0, 1)
    assert report["utilisation"] == pytest.approx(2 * 28 / 3600 / 8, abs=0.001)
    assert {compound["name"]: compound["expected"] for compound in report["compounds"]} == {"明珠": 5, "金域": 2}


def test_round_ends_after_the_facts_that_its_closing_waited_for(day: Day, monkeypatch: pytest.MonkeyPatch):
    day.finish(*HERE_NOW)
    with ExitStack() as later:
        monkeypatch.setattr(closing, "hold_alone", lambda _round: later.enter_context(clock.frozen(at(14))))
        assert close_at(day.actor, day.round.pk, 13).closed_at == at(14)


def taken_from_the_tables(day: Day) -> None:
    """A target vanishes, as no act of Linli makes one vanish, and the register does not bring the person back."""
    day.village.move_out("吴八")
    Target.objects.filter(pk=day.targets["吴八"]).delete()


def put_into_the_tables(day: Day) -> None:
    Target.objects.create(
        community=BALICHA, round=day.round, name="来历不明", outcome="away", outcome_at=at(9), evidence="ledger"
    )
    day.finish("吴八")


def exchanged_in_the_tables(day: Day) -> None:
    """As many as before, but not the same."""
    put_into_the_tables(day)
    Target.objects.filter(name="来历不明").update(joined="newcomer")
    Round.objects.filter(pk=day.round.pk).update(newcomers=1, frozen_digest=digest_of([day.targets["吴八"]]))


def said_to_have_left(day: Day) -> None:
    """Somebody is no longer expected though no evidence says that they left."""
    Target.objects.filter(pk=day.targets["吴八"]).update(outcome="moved", outcome_at=at(9), evidence="visit")


@pytest.mark.parametrize(
    "changed", [taken_from_the_tables, put_into_the_tables, exchanged_in_the_tables, said_to_have_left]
)
def test_refuses_to_close_when_the_targets_are_not_those_that_were_counted(day: Day, changed: Callable[[Day], None]):
    day.finish(*(name for name in HERE_NOW if name != "吴八"))
    with scope_of(HERE):
        changed(day)
    with pytest.raises(DoesNotAddUp):
        close_at(day.actor, day.round.pk, 13)
    with scope_of(HERE):
        assert Round.objects.get(pk=day.round.pk).state == "open"


def test_report_of_an_open_round_is_how_it_would_look_now(day: Day):
    day.finish("李一")
    report = closing_report(day.actor, day.round.pk)
    assert (report["outcomes"]["done"], report["outstanding"], report["timeline"]["closed"]) == (1, 5, None)


def test_closed_round_stays_as_it_is(day: Day):
    day.finish(*HERE_NOW)
    close_at(day.actor, day.round.pk, 13)
    for act in (close_round, mark_mustered, mark_mobilised, follow_register):
        with pytest.raises(RoundClosed):
            act(day.actor, day.round.pk)
    with pytest.raises(RoundClosed) as error:
        lay_out_round(day.actor, day.round.pk, [], [])
    assert "第一轮" in error.value.in_language("zh-hans")
    shown = board(day.actor, day.round.pk)
    assert (shown.not_closing, shown.as_of, shown.forecast) == ("round_closed", at(13), None)


def test_only_who_may_close_closes(day: Day, sweeper: Actor, stranger: Actor):
    with pytest.raises(Refused):
        close_round(sweeper, day.round.pk)
    with pytest.raises(NotFound):
        close_round(stranger, day.round.pk)


def test_a_helper_who_was_there_for_the_round_may_nothing_once_it_closes(day: Day):
    helper = accounts.add_user(operator_actor(), "helper")
    for_the_round = f"{KIND}:{day.round.pk}"
    accounts.grant(operator_actor(), helper, Role.VOLUNTEER, BALICHA, ends_with=for_the_round)
    assert accounts.job_actor("helper", BALICHA).has(Right.ROUND_READ, BALICHA)
    day.finish(*HERE_NOW)
    close_at(day.actor, day.round.pk, 13)
    with clock.frozen(at(13)):
        assert not accounts.job_actor("helper", BALICHA).has_anywhere(Right.ROUND_READ)
    with pytest.raises(Invalid):
        accounts.grant(operator_actor(), helper, Role.VOLUNTEER, BALICHA, ends_with=for_the_round)
