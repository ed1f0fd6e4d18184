"""Key lists: who joins by the rule or by hand, who leaves and why, who looks after them and what is due."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core import clock, outbox
from linli.core.actors import Actor, HeldRole, system_actor
from linli.core.errors import Conflict, Invalid, NotFound, Refused
from linli.core.models import AuditEntry, Grant, User
from linli.core.rights import Department, Role
from linli.core.scope import scope_of
from linli.registry.errors import UndoBlocked
from linli.registry.key_keeping import communities_with_lists
from linli.registry.key_rules import Rule
from linli.registry.models import CareNeed, KeyList, KeyListEntry, Person, Residency, SelfReport
from linli.registry.selectors.key_lists import due_today, entries_of, key_list, key_lists, lists_everywhere
from linli.registry.selectors.slips import slip_sheet
from linli.registry.services.key_entries import (
    give_to_keeper,
    put_on_key_list,
    record_deed,
    take_back_deed,
    take_off_key_list,
)
from linli.registry.services.key_lists import (
    KeyListWords,
    bring_up_to_date,
    change_key_list,
    end_key_list,
    make_key_list,
)
from linli.registry.services.ledger_import import import_ledger
from linli.registry.services.ledger_undo import undo_import
from linli.registry.services.people import PersonWords, add_person, edit_person
from linli.registry.services.self_reports import HOUSEHOLD, confirm_self_report, give_self_report
from linli.registry.services.slips import make_missing_slips
from linli.registry.services.stays import end_residency
from linli.registry.slipped import SlipPlace
from linli.registry.told import HouseholdTold, PersonTold
from tests.conftest import BALICHA, holder
from tests.registry.office import PEOPLE, written
from tests.rounds.conftest import HERE, Village
from tests.rounds.conftest import morning as morning
from tests.rounds.conftest import village as village

pytestmark = pytest.mark.django_db
ENDS = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def keepers(db: None) -> None:
    """Who looks after people here."""
    for name in ("wangge", "zhao", "qian"):
        user = User.objects.create(username=name, name=f"{name} 姐")
        Grant.objects.create(user=user, role=Role.CARE_WORKER, division=BALICHA, granted_by="the test")


def words(**changes: Any) -> KeyListWords:
    usual = {
        "name": "独居老人",
        "purpose": "看看老人是否安好",
        "task": "打电话或上门",
        "keeper": "wangge",
        "ends_on": ENDS,
    }
    return KeyListWords(**{**usual, **changes})


def need(village: Village, kind: str, *names: str) -> None:
    with scope_of(HERE):
        CareNeed.objects.bulk_create(
            CareNeed(community=BALICHA, person=village.people[name], kind=kind) for name in names
        )


def on_list(made: KeyList) -> dict[str, str]:
    """Who is on a list now, and how."""
    with scope_of(HERE):
        return dict(KeyListEntry.objects.filter(key_list=made, until=None).values_list("person__name", "how"))


def left_list(made: KeyList) -> dict[str, str]:
    with scope_of(HERE):
        return dict(KeyListEntry.objects.filter(key_list=made).exclude(until=None).values_list("person__name", "left"))


def entry_of(made: KeyList, name: str) -> KeyListEntry:
    with scope_of(HERE):
        return KeyListEntry.objects.get(key_list=made, person__name=name, until=None)


def upkeep() -> None:
    """What Linli does every night."""
    for community in communities_with_lists():
        bring_up_to_date(system_actor(community), community)


@pytest.fixture
def old(village: Village, coordinator: Actor) -> KeyList:
    """A list of two who live alone, looked at every two days."""
    need(village, "独居老人", "李一", "赵四")
    return make_key_list(coordinator, BALICHA, words(rule=Rule(needs=("独居老人",)), every_days=2))


def test_a_new_list_holds_whom_its_rule_fits_each_with_a_keeper_and_a_next_day(old: KeyList, coordinator: Actor):
    listed = key_list(coordinator, old.pk)
    assert [entry.person.name for entry in listed.entries] == ["李一", "赵四"], "in the order of doors"
    assert {(entry.keeper, entry.next_on, entry.because) for entry in listed.entries} == {
        ("wangge", clock.today(), ("needs",))
    }
    assert (listed.key_list.on, listed.key_list.due) == (2, 2)
    with scope_of(HERE):
        assert AuditEntry.objects.filter(action="key_list_made").count() == 1


def test_who_fits_later_joins_and_who_fits_no_longer_leaves(village: Village, old: KeyList, coordinator: Actor):
    need(village, "独居老人", "王三")
    with scope_of(HERE):
        CareNeed.objects.filter(person=village.people["李一"]).delete()
    assert bring_up_to_date(coordinator, BALICHA) == 1
    assert on_list(old) == {"赵四": "rule", "王三": "rule"}
    assert left_list(old) == {"李一": "rule"}
    assert bring_up_to_date(coordinator, BALICHA) == 0, "a second time changes nothing"


def test_follows_the_register_by_itself(village: Village, old: KeyList, coordinator: Actor):
    end_residency(coordinator, village.people["赵四"].pk, "moved")
    outbox.hand_over(BALICHA)
    assert on_list(old) == {"李一": "rule"}
    assert left_list(old) == {"赵四": "gone"}


def test_the_night_ends_days_and_lists(village: Village, coordinator: Actor):
    made = make_key_list(coordinator, BALICHA, words(rule=Rule(kinds=("tenant",)), stays_days=14))
    with clock.frozen(clock.now() + timedelta(days=14)):
        upkeep()
        assert left_list(made) == {"王三": "time"}
        upkeep()
        assert on_list(made) == {}, "whose days are over does not come back while the rule goes on to fit"
    with clock.frozen(datetime(2026, 6, 1, 4, tzinfo=UTC)):
        upkeep()
    with scope_of(HERE):
        assert KeyList.objects.get(pk=made.pk).ended_at is not None


def test_who_was_taken_off_stays_off_until_the_rule_has_ceased_to_fit(
    village: Village, old: KeyList, coordinator: Actor
):
    take_off_key_list(coordinator, entry_of(old, "李一").pk, "女儿搬来了")
    bring_up_to_date(coordinator, BALICHA)
    assert on_list(old) == {"赵四": "rule"}
    with scope_of(HERE):
        CareNeed.objects.filter(person=village.people["李一"]).delete()
    bring_up_to_date(coordinator, BALICHA)
    need(village, "独居老人", "李一")
    bring_up_to_date(coordinator, BALICHA)
    assert "李一" in on_list(old)


def test_who_is_put_on_by_hand_stays_though_no_rule_fits(village: Village, old: KeyList, coordinator: Actor):
    entry = put_on_key_list(coordinator, old.pk, village.people["吴八"].pk, "刚出院", leaves_on=date(2026, 4, 10))
    put_on_key_list(coordinator, old.pk, village.people["赵四"].pk, "要多看几次")
    with scope_of(HERE):
        CareNeed.objects.all().delete()
    bring_up_to_date(coordinator, BALICHA)
    assert on_list(old) == {"吴八": "hand", "赵四": "hand"}
    assert entry.next_on == clock.today()
    with clock.frozen(datetime(2026, 4, 10, 4, tzinfo=UTC)):
        bring_up_to_date(coordinator, BALICHA)
    assert on_list(old) == {"赵四": "hand"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_put_on_or_taken_off_without_a_reason(
    village: Village, old: KeyList, coordinator: Actor, reason: str
):
    with pytest.raises(Invalid):
        put_on_key_list(coordinator, old.pk, village.people["吴八"].pk, reason)
    with pytest.raises(Invalid):
        take_off_key_list(coordinator, entry_of(old, "李一").pk, reason)


def test_refuses_who_is_on_it_by_hand_already_has_left_or_comes_off_twice(
    village: Village, old: KeyList, coordinator: Actor
):
    entry = put_on_key_list(coordinator, old.pk, village.people["吴八"].pk, "刚出院")
    with pytest.raises(Conflict):
        put_on_key_list(coordinator, old.pk, village.people["吴八"].pk, "刚出院")
    take_off_key_list(coordinator, entry.pk, "好了")
    with pytest.raises(Conflict):
        take_off_key_list(coordinator, entry.pk, "好了")
    end_residency(coordinator, village.people["孙六"].pk, "moved")
    with pytest.raises(Conflict):
        put_on_key_list(coordinator, old.pk, village.people["孙六"].pk, "要照顾")


def test_a_deed_moves_the_next_day_and_can_be_taken_back(old: KeyList, coordinator: Actor):
    entry = entry_of(old, "李一")
    record_deed(coordinator, entry.pk, "done", "  都好 ")
    assert entry_of(old, "李一").next_on == clock.today() + timedelta(days=2)
    (listed,) = key_lists(coordinator, BALICHA)
    assert (listed.on, listed.due, listed.done_today) == (2, 1, 1)
    take_back_deed(coordinator, entry.pk)
    assert entry_of(old, "李一").next_on == clock.today()
    assert key_lists(coordinator, BALICHA)[0].done_today == 0
    with pytest.raises(Conflict):
        take_back_deed(coordinator, entry.pk)


def test_who_was_not_reached_is_due_again_tomorrow_or_on_a_day_that_is_given(old: KeyList, coordinator: Actor):
    entry = entry_of(old, "李一")
    record_deed(coordinator, entry.pk, "not_reached")
    assert entry_of(old, "李一").next_on == clock.today() + timedelta(days=1)
    record_deed(coordinator, entry.pk, "not_reached", next_on=date(2026, 4, 20))
    assert entry_of(old, "李一").next_on == date(2026, 4, 20)
    for wrong in ({"result": "well"}, {"result": "done", "next_on": date(2026, 4, 1)}):
        with pytest.raises(Invalid):
            record_deed(coordinator, entry.pk, **wrong)


def test_people_are_given_to_somebody_else_and_follow_the_list_no_more(old: KeyList, coordinator: Actor):
    given = give_to_keeper(coordinator, old.pk, [entry_of(old, "李一").pk], "zhao")
    assert given == 1
    change_key_list(coordinator, old.pk, words(rule=Rule(needs=("独居老人",)), keeper="qian"))
    assert (entry_of(old, "李一").keeper, entry_of(old, "赵四").keeper) == ("zhao", "qian")
    with pytest.raises(NotFound):
        give_to_keeper(coordinator, old.pk, [old.pk], "zhao")
    with pytest.raises(Invalid):
        give_to_keeper(coordinator, old.pk, [], "zhao")


def test_a_changed_rule_takes_hold_at_once(old: KeyList, coordinator: Actor):
    change_key_list(coordinator, old.pk, words(rule=Rule(kinds=("tenant",))))
    assert on_list(old) == {"王三": "rule"}


def test_an_ended_list_is_only_read_and_its_name_is_free(old: KeyList, coordinator: Actor):
    entry = entry_of(old, "李一")
    end_key_list(coordinator, old.pk)
    assert left_list(old) == {"李一": "ended", "赵四": "ended"}
    for act in (lambda: end_key_list(coordinator, old.pk), lambda: record_deed(coordinator, entry.pk, "done")):
        with pytest.raises(Conflict):
            act()
    assert make_key_list(coordinator, BALICHA, words()).name == old.name
    assert [one.ended_at is None for one in key_lists(coordinator, BALICHA)] == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"purpose": ""}, {"task": ""}, {"keeper": ""}, {"keeper": "nobody"}, {"keeper": "x" * 90},
        {"name": "长" * 61}, {"purpose": "长" * 201},
        {"every_days": 0}, {"every_days": 400}, {"stays_days": 0},
        {"stays_days": 999}, {"ends_on": date(2026, 4, 2)}, {"ends_on": date(2027, 4, 4)}, {"department": "weather"},
        {"name": "a\x00b"},
    ],
)  # fmt: skip
def test_refuses_a_list_that_nobody_could_keep(village: Village, coordinator: Actor, wrong: dict[str, Any]):
    with pytest.raises(Invalid):
        make_key_list(coordinator, BALICHA, words(**wrong))


def test_two_lists_of_one_name_are_not_kept_together(old: KeyList, coordinator: Actor):
    with pytest.raises(Conflict):
        make_key_list(coordinator, BALICHA, words())
    other = make_key_list(coordinator, BALICHA, words(name="孕妇"))
    with pytest.raises(Conflict):
        change_key_list(coordinator, other.pk, words())


def test_who_has_no_right_reaches_no_list(
    old: KeyList, coordinator: Actor, desk_clerk: Actor, stranger: Actor, nobody: Actor
):
    entry = entry_of(old, "李一")
    care_worker = holder(Role.CARE_WORKER, BALICHA)
    assert record_deed(care_worker, entry.pk, "done").by == care_worker.name
    for actor, error in ((desk_clerk, Refused), (stranger, NotFound), (nobody, Refused)):
        with pytest.raises(error):
            key_list(actor, old.pk)
        with pytest.raises(error):
            record_deed(actor, entry.pk, "done")
    for actor in (care_worker, holder(Role.AUDITOR, BALICHA)):
        assert key_list(actor, old.pk).count
        with pytest.raises(Refused):
            end_key_list(actor, old.pk)
    with pytest.raises(NotFound):
        make_key_list(stranger, BALICHA, words(name="别处"))


def test_a_department_sees_the_lists_that_are_open_to_it_and_no_other(old: KeyList, coordinator: Actor):
    opened = make_key_list(
        coordinator, BALICHA, words(name="民政", department=Department.CIVIL_AFFAIRS, rule=Rule(kinds=("tenant",)))
    )
    make_key_list(coordinator, BALICHA, words(name="财政", department=Department.FINANCE))
    civil = Actor("min", "user", held=(HeldRole(Role.DEPARTMENT, 421303000000, department="civil_affairs"),))
    assert [one.name for one in key_lists(civil, BALICHA)] == ["民政"]
    assert [one.name for one in lists_everywhere(civil)] == ["民政"]
    assert key_list(civil, opened.pk).count == 1
    with pytest.raises(NotFound):
        key_list(civil, old.pk)
    with pytest.raises(Refused):
        record_deed(civil, entry_of(opened, "王三").pk, "done")
    nameless = Actor("x", "user", held=(HeldRole(Role.DEPARTMENT, 421303000000),))
    with pytest.raises(Refused):
        key_lists(nameless, BALICHA)


def test_due_counts_only_lists_that_somebody_may_read(old: KeyList, coordinator: Actor, desk_clerk: Actor):
    assert (due_today(coordinator, BALICHA), due_today(desk_clerk, BALICHA)) == (2, 0)


def test_a_person_shows_their_lists(village: Village, old: KeyList, coordinator: Actor, desk_clerk: Actor):
    person = village.people["李一"].pk
    assert [(listed.name, entry.keeper) for listed, entry in entries_of(coordinator, person)] == [
        ("独居老人", "wangge")
    ]
    assert entries_of(desk_clerk, person) == ()


def test_a_list_takes_the_same_queries_however_many_are_on_it(village: Village, coordinator: Actor):
    need(village, "独居老人", "李一")
    made = make_key_list(coordinator, BALICHA, words(rule=Rule(needs=("独居老人",))))
    with CaptureQueriesContext(connection) as one:
        key_list(coordinator, made.pk)
    need(village, "独居老人", "赵四", "王三", "吴八", "孙六")
    bring_up_to_date(coordinator, BALICHA)
    with CaptureQueriesContext(connection) as five:
        assert key_list(coordinator, made.pk).count == 5
    assert len(one) == len(five)


def test_knows_who_came_lately_but_not_by_the_first_ledger(coordinator: Actor, tmp_path: Path):
    import_ledger(coordinator, BALICHA, written(tmp_path, PEOPLE))
    made = make_key_list(coordinator, BALICHA, words(rule=Rule(came_within_days=14)))
    door = dwelling_of("张伟")
    add_person(coordinator, door, PersonWords(name="新来的"))
    bring_up_to_date(coordinator, BALICHA)
    assert "新来的" in on_list(made)


def dwelling_of(name: str) -> Any:
    with scope_of(HERE):
        return Residency.objects.get(person__name=name, until=None).household.dwelling_id


def test_knows_what_a_confirmed_self_report_says(village: Village, coordinator: Actor):
    place = SlipPlace("building", village.buildings["明珠 1"].pk)
    make_missing_slips(coordinator, place)
    code = next(slip.code for slip in slip_sheet(coordinator, place).slips if slip.address.room == "101")
    made = make_key_list(coordinator, BALICHA, words(rule=Rule(said=("met_a_case",))))
    told = HouseholdTold((PersonTold("李一", met_a_case=True), PersonTold("李二", is_unwell=True)))
    give_self_report(HOUSEHOLD, BALICHA, code, told)
    outbox.hand_over(BALICHA)
    assert on_list(made) == {}, "nothing counts before somebody has looked at it"
    with scope_of(HERE):
        report = SelfReport.objects.get()
    confirm_self_report(coordinator, report.pk, set())
    outbox.hand_over(BALICHA)
    assert on_list(made) == {"李一": "rule"}


def test_an_import_can_be_taken_back_though_its_people_are_on_lists_by_rule(coordinator: Actor, tmp_path: Path):
    import_id = import_ledger(coordinator, BALICHA, written(tmp_path, PEOPLE)).import_id
    assert import_id is not None
    made = make_key_list(coordinator, BALICHA, words(rule=Rule(needs=("孕妇",))))
    assert on_list(made) == {"李娜": "rule"}
    record_deed(coordinator, entry_of(made, "李娜").pk, "done")
    with pytest.raises(UndoBlocked) as refused:
        undo_import(coordinator, import_id)
    assert "1" in str(refused.value)
    end_key_list(coordinator, made.pk)
    other = make_key_list(coordinator, BALICHA, words(name="租户", rule=Rule(kinds=("tenant",))))
    with scope_of(HERE):
        KeyListEntry.objects.filter(key_list=made).first().deeds.all().delete()  # type: ignore[union-attr]
    undo_import(coordinator, import_id)
    assert (on_list(other), left_list(made)) == ({}, {})


def test_correcting_somebody_keeps_their_entry(village: Village, old: KeyList, coordinator: Actor):
    edit_person(coordinator, village.people["李一"].pk, PersonWords(name="李一一"))
    outbox.hand_over(BALICHA)
    with scope_of(HERE):
        assert Person.objects.get(name="李一一").key_list_entries.filter(until=None).count() == 1
