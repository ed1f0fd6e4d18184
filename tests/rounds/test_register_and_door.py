"""The register's word against what was seen at the door: a round never closes over somebody who was found at home."""

from datetime import datetime

import pytest

from linli.core import clock, outbox
from linli.core.actors import Actor
from linli.core.models import AuditEntry
from linli.core.scope import scope_of
from linli.registry import turns
from linli.registry.models import Person, Residency
from linli.rounds.asked import Newcomer
from linli.rounds.errors import Outstanding
from linli.rounds.models import Statement, Target
from linli.rounds.selectors import board, closing_report
from linli.rounds.services import (
    add_newcomer,
    ask_home_sampling,
    close_round,
    follow_register,
    state_outcome,
)
from linli.rounds.tasks import follow_changes
from tests.conftest import BALICHA
from tests.rounds.conftest import HERE, HERE_NOW, Day, Village, at, close_at, make_day

OTHERS = tuple(name for name in HERE_NOW if name != "赵四")


def mark(day: Day, name: str, kind: str) -> None:
    with scope_of(HERE):
        Residency.objects.filter(person=day.village.people[name], until=None).update(kind=kind)


def note_change(hours: float) -> None:
    """Leave the note that the register leaves with each change."""
    with clock.frozen(at(hours)), scope_of(HERE):
        outbox.put(BALICHA, turns.CHANGED, {})


def seen(day: Day, name: str, result: str, hours: float) -> None:
    with clock.frozen(at(hours)):
        day.send(day.visit(name, result, hours))


def follow(day: Day, hours: float) -> None:
    with clock.frozen(at(hours)):
        follow_register(day.actor, day.round.pk)


def said_at(name: str) -> list[datetime]:
    with scope_of(HERE):
        said = Statement.objects.filter(target__name=name, evidence="register").order_by("at")
        return list(said.values_list("at", flat=True))


def test_round_does_not_close_over_somebody_found_at_home_whom_the_register_has_away(day: Day):
    day.finish(*OTHERS)
    mark(day, "赵四", "away")
    seen(day, "赵四", "cannot_come", 15)
    with pytest.raises(Outstanding) as error:
        close_at(day.actor, day.round.pk, 20)
    assert [missing.name for missing in error.value.missing] == ["赵四"]
    follow(day, 21)
    assert (day.outcome("赵四"), day.target("赵四").outcome_reason) == (None, "home_sampling")


@pytest.mark.parametrize("found", ["cannot_come", "refused"])
def test_away_mark_of_the_register_never_settles_who_was_met_at_the_door(day: Day, found: str):
    seen(day, "赵四", found, 9)
    mark(day, "赵四", "away")
    note_change(10)
    follow(day, 11)
    assert day.outcome("赵四") is None


def test_who_is_to_be_tested_at_home_is_not_settled_by_the_ledger(day: Day):
    assert day.outcome("钱五") == "away"
    asked = ask_home_sampling(day.actor, day.round.pk, [day.targets["钱五"]])
    assert (asked, day.outcome("钱五")) == ([day.targets["钱五"]], None)
    assert [missing.cannot_come for missing in board(day.actor, day.round.pk).missing if missing.name == "钱五"] == [
        True
    ]
    with clock.frozen(at(9)):
        state_outcome(day.actor, day.round.pk, day.targets["钱五"], "away", "本人来电，已离开")
    assert day.outcome("钱五") == "away"


def test_asking_for_a_medic_again_opens_who_was_settled_since(day: Day):
    target = day.targets["赵四"]
    ask_home_sampling(day.actor, day.round.pk, [target])
    seen(day, "赵四", "away", 9)
    assert day.outcome("赵四") == "away"
    with clock.frozen(at(10)):
        assert ask_home_sampling(day.actor, day.round.pk, [target]) == [target]
    assert (day.outcome("赵四"), day.target("赵四").home_sampling_asked_at) == (None, at(8))


@pytest.mark.parametrize("door", ["tested_elsewhere", "cannot_come"])
def test_change_of_the_register_gives_way_to_a_visit_that_came_after_it(day: Day, door: str):
    with scope_of(HERE):
        day.village.move_out("赵四")
    note_change(9)
    seen(day, "赵四", door, 10)
    follow(day, 20)
    assert (said_at("赵四"), day.outcome("赵四")) == ([at(9)], {"tested_elsewhere": door}.get(door))


def test_change_of_the_register_counts_against_a_visit_that_came_before_it(day: Day):
    seen(day, "赵四", "cannot_come", 9)
    with scope_of(HERE):
        Person.objects.filter(name="赵四").update(died_on=at(0).date())
    note_change(10)
    follow(day, 20)
    assert (day.outcome("赵四"), day.target("赵四").outcome_at) == ("dead", at(10))


def test_change_that_left_no_note_counts_from_when_the_register_was_last_followed(day: Day):
    follow(day, 12)
    seen(day, "赵四", "tested_elsewhere", 13)
    with scope_of(HERE):
        day.village.move_out("赵四")
    follow(day, 20)
    assert (said_at("赵四"), day.outcome("赵四")) == ([at(12)], "tested_elsewhere")


def test_register_that_changes_its_mind_is_heard_in_order(day: Day):
    for hours, kind in enumerate(("away", "resident", "away"), start=9):
        mark(day, "赵四", kind)
        follow(day, hours)
    assert (day.outcome("赵四"), len(said_at("赵四"))) == ("away", 3)
    mark(day, "赵四", "resident")
    follow(day, 12)
    assert day.outcome("赵四") is None


def test_walk_in_from_a_compound_outside_the_round_does_not_leave_by_the_register(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, compounds=(village.compounds["明珠"].pk,))
    number = "11010519491231002X"
    with scope_of(HERE):
        assert not Target.objects.filter(round=day.round, name="孙六").exists()
    guest = add_newcomer(
        coordinator,
        day.round.pk,
        Newcomer("客人", "walk_in", id_number=number, dwelling=village.dwellings["金域 1-1-102"].pk),
    )
    day.targets["客人"] = guest.pk
    follow(day, 9)
    assert day.outcome("客人") is None
    day.finish("客人", "李一", "李二", "王三", "赵四")
    report = close_at(coordinator, day.round.pk, 13).report
    assert (report["newcomers"], report["leavers"], report["outcomes"]["done"]) == (1, 0, 5)


def test_resident_who_moves_out_of_the_compounds_of_a_round_leaves_it(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, compounds=(village.compounds["明珠"].pk,))
    with scope_of(HERE):
        village.move_out("赵四")
        household = Person.objects.get(name="孙六").residencies.get().household
        Residency.objects.create(community=BALICHA, person=village.people["赵四"], household=household)
    follow(day, 9)
    assert (day.outcome("赵四"), day.target("赵四").outcome_reason) == ("moved", "left_register")


def test_open_rounds_follow_each_change_of_the_register_by_themselves(village: Village, coordinator: Actor):
    day = make_day(village, coordinator)
    drill = make_day(village, coordinator, is_drill=True, name="演练")
    with scope_of(HERE):
        village.move_in("新人", "明珠 1-1-103")
        village.move_out("李一")
    for _time in range(2):
        follow_changes(BALICHA, {})
    report = closing_report(coordinator, day.round.pk)
    assert (report["newcomers"], report["leavers"]) == (1, 1)
    assert closing_report(coordinator, drill.round.pk)["newcomers"] == 0
    with scope_of(HERE):
        entry = AuditEntry.objects.get(action="follow_register")
    assert (entry.actor, entry.object_id) == ("linli", day.round.pk)


def test_closed_round_does_not_follow_the_register(day: Day):
    day.finish(*HERE_NOW)
    close_round(day.actor, day.round.pk)
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
    follow_changes(BALICHA, {})
    assert closing_report(day.actor, day.round.pk)["newcomers"] == 0


def test_note_in_the_outbox_reaches_the_rounds(day: Day):
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
        outbox.put(BALICHA, turns.CHANGED, {})
    outbox.hand_over(BALICHA)
    assert closing_report(day.actor, day.round.pk)["newcomers"] == 1
