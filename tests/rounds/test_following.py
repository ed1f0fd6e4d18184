from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import clock, locks, outbox
from linli.core.actors import Actor
from linli.core.errors import NotFound, Refused
from linli.core.models import OutboxEntry
from linli.core.scope import scope_of
from linli.registry import turns
from linli.registry.models import Person, Residency
from linli.registry.services.people import PersonWords, add_person
from linli.rounds.errors import Outstanding
from linli.rounds.models import Statement, Target
from linli.rounds.selectors import reconciliation
from linli.rounds.services import follow_register, opening
from tests.conftest import BALICHA
from tests.held import held_elsewhere
from tests.places.answers import answers
from tests.rounds.asked import writes_of_targets
from tests.rounds.conftest import HERE, HERE_NOW, T0, Day, Village, at, close_at, make_day, opened


def change_kind(day: Day, name: str, kind: str) -> None:
    with scope_of(HERE):
        Residency.objects.filter(person=day.village.people[name], until=None).update(kind=kind)


def test_person_entered_since_is_a_newcomer_with_the_reason(day: Day):
    with scope_of(HERE):
        person = day.village.move_in("新人", "明珠 1-1-103")
    assert follow_register(day.actor, day.round.pk).newcomers == 1
    with scope_of(HERE):
        target = Target.objects.get(person=person)
    assert (target.joined, target.join_reason, target.outcome) == ("newcomer", "new_in_register", None)
    account = reconciliation(day.actor, day.round.pk)
    assert (account.frozen, account.newcomers, account.expected, account.adds_up) == (8, 1, 9, True)


def test_newcomer_who_is_away_by_the_ledger_ends_as_away(day: Day):
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103", "away")
    follow_register(day.actor, day.round.pk)
    with scope_of(HERE):
        target = Target.objects.get(name="新人")
        assert (target.outcome, target.evidence) == ("away", "ledger")
        assert Statement.objects.filter(target=target).count() == 1


def test_who_moved_out_or_died_leaves_with_the_register_as_evidence(day: Day):
    with scope_of(HERE):
        day.village.move_out("李一")
        day.village.move_out("吴八")
        Person.objects.filter(name="吴八").update(died_on=T0.date())
    assert follow_register(day.actor, day.round.pk).left == 2
    one, eight = day.target("李一"), day.target("吴八")
    assert (one.outcome, one.evidence, one.outcome_reason) == ("moved", "register", "left_register")
    assert (eight.outcome, eight.evidence, eight.outcome_reason) == ("dead", "register", "died")
    account = reconciliation(day.actor, day.round.pk)
    assert (account.leavers, account.expected, account.adds_up) == (2, 6, True)


def test_following_twice_changes_nothing(day: Day):
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
        day.village.move_out("李一")
    change_kind(day, "王三", "away")
    change_kind(day, "钱五", "resident")
    first = follow_register(day.actor, day.round.pk)
    assert (first.newcomers, first.left, first.away, first.back) == (1, 1, 1, 1)
    again = follow_register(day.actor, day.round.pk)
    assert (again.newcomers, again.left, again.away, again.back, again.rehoused) == (0, 0, 0, 0, 0)
    assert (day.outcome("王三"), day.outcome("钱五")) == ("away", None)


def test_specimen_given_before_moving_out_stays(day: Day):
    day.finish("李一")
    with scope_of(HERE):
        day.village.move_out("李一")
    follow_register(day.actor, day.round.pk)
    assert day.outcome("李一") == "done"


def test_visit_after_the_register_said_moved_counts_more(day: Day):
    with scope_of(HERE):
        day.village.move_out("李一")
    follow_register(day.actor, day.round.pk)
    with clock.frozen(at(10)):
        day.send(day.visit("李一", "cannot_come", 10))
    assert day.outcome("李一") is None
    with clock.frozen(at(11)):
        follow_register(day.actor, day.round.pk)
    assert day.outcome("李一") is None


def test_person_who_moved_within_the_community_is_looked_for_at_the_new_door(day: Day):
    with scope_of(HERE):
        day.village.move_out("李一")
        household = day.village.move_in("房客", "明珠 1-1-103").residencies.get().household
        Residency.objects.create(community=day.round.community, person=day.village.people["李一"], household=household)
    followed = follow_register(day.actor, day.round.pk)
    assert (followed.rehoused, followed.left) == (1, 0)
    assert day.target("李一").dwelling_id == day.village.dwellings["明珠 1-1-103"].pk


def test_targets_are_locked_in_one_order_before_any_of_them_is_written(day: Day):
    with scope_of(HERE):
        day.village.move_out("李一")
        household = day.village.move_in("房客", "明珠 1-1-103").residencies.get().household
        Residency.objects.create(community=BALICHA, person=day.village.people["李一"], household=household)
    change_kind(day, "王三", "away")
    with CaptureQueriesContext(connection) as asked:
        follow_register(day.actor, day.round.pk)
    assert writes_of_targets(asked) == ["lock", "update", "update"]


def test_round_of_one_compound_ignores_the_others(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, compounds=(village.compounds["明珠"].pk,))
    with scope_of(HERE):
        village.move_in("远客", "金域 1-1-102")
    assert follow_register(coordinator, day.round.pk).newcomers == 0


def test_closing_follows_the_register_a_last_time(day: Day):
    day.finish(*HERE_NOW[1:])
    with scope_of(HERE):
        day.village.move_out("李一")
    report = close_at(day.actor, day.round.pk, 13).report
    assert (report["leavers"], report["outstanding"], report["adds_up"]) == (1, 0, True)


def test_who_is_found_in_the_register_by_a_refused_closing_can_be_tested_and_the_round_closed(day: Day):
    day.finish(*HERE_NOW)
    with scope_of(HERE):
        day.village.move_in("新人", "明珠 1-1-103")
    with pytest.raises(Outstanding) as refused:
        close_at(day.actor, day.round.pk, 13)
    assert [each.name for each in refused.value.missing] == ["新人"]
    day.targets["新人"] = refused.value.missing[0].target
    day.finish("新人", hours=14)
    assert close_at(day.actor, day.round.pk, 15).report["newcomers"] == 1


def test_change_in_the_register_while_a_round_opens_reaches_the_round(
    village: Village, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
):
    note_buildings = opening._note_buildings

    def meanwhile(*asked: Any) -> None:
        """Another session enters somebody, and its note is handed over where no open round is seen yet."""
        door = village.dwellings["明珠 1-1-103"].pk
        add_person(coordinator, door, PersonWords(name="新人"))
        OutboxEntry.objects.update(handed_over_at=at(8))
        note_buildings(*asked)

    monkeypatch.setattr(opening, "_note_buildings", meanwhile)
    round = opened(coordinator)
    outbox.hand_over(BALICHA)
    with scope_of(HERE):
        assert Target.objects.get(round=round, name="新人").joined == "newcomer"


@pytest.mark.parametrize("act", ["open", "follow"])
def test_the_register_is_not_read_under_an_import(
    day: Day, database_urls: Any, monkeypatch: pytest.MonkeyPatch, act: str
):
    monkeypatch.setattr(turns, "EDIT_WAITS_SECONDS", 0.05)
    acts = {"open": lambda: opened(day.actor, another=True), "follow": lambda: follow_register(day.actor, day.round.pk)}
    with held_elsewhere(database_urls, "imported here", BALICHA), answers("register_busy"):
        monkeypatch.setattr(locks, "hold_within", renamed(locks.hold_within))
        acts[act]()


def renamed(hold_within: Any) -> Any:
    """Ask for the lock under a name that this test's own transaction does not hold yet."""
    return lambda seconds, _name, community, **how: hold_within(seconds, "imported here", community, **how)


def test_drill_does_not_follow_the_register_when_it_closes(village: Village, coordinator: Actor):
    day = make_day(village, coordinator, is_drill=True)
    day.finish(*HERE_NOW)
    with scope_of(HERE):
        village.move_in("新人", "明珠 1-1-103")
    assert close_at(coordinator, day.round.pk, 13).report["newcomers"] == 0


def test_only_who_opens_rounds_follows(day: Day, desk_clerk: Actor, stranger: Actor):
    with pytest.raises(Refused):
        follow_register(desk_clerk, day.round.pk)
    with pytest.raises(NotFound):
        follow_register(stranger, day.round.pk)
